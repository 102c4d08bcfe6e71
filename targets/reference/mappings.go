package reference

import "time"

// mappingsPath is where the five operations live, with or without a slash at
// the end.
const mappingsPath = "/2015-03-31/event-source-mappings"

// Mappings is the model behind the event source mapping operations. A Server
// calls it from one goroutine at a time.
type Mappings interface {
	// Answer takes a request and returns status, error code and JSON body. The
	// path is escaped and the query raw, as on the wire; the code is empty for
	// a success.
	Answer(now time.Time, method, path, query, body string) (status int, code string, response string)

	// AddFunction makes a function known, or more qualifiers of a known one:
	// versions and aliases.
	AddFunction(name string, qualifiers ...string)
	// RemoveFunction forgets a function and all its qualifiers.
	RemoveFunction(name string)

	AddSource(arn string)
	RemoveSource(arn string)

	// Processed says that a record of the source was processed, and with what
	// outcome.
	Processed(sourceARN string, failed bool)
}

func (s *Server) mappings(c *call, path string) answer {
	status, code, response := s.opt.Mappings.Answer(c.now, c.Method, path, c.URL.RawQuery, c.body)
	return answer{status: status, contentType: jsonType, errorType: code, body: response}
}
