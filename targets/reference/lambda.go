package reference

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

const (
	functionsPath = "/2015-03-31/functions"
	tagsPath      = "/2017-03-31/tags/"
)

// lambda answers a request below functionsPath; rest is what follows it in the
// escaped path.
func (s *Server) lambda(c *call, rest string) answer {
	// A slash at the end is always optional.
	segments := strings.Split(strings.Trim(rest, "/"), "/")
	if segments[0] == "" {
		if c.Method != http.MethodPost {
			return unknownPath(c)
		}
		out, f := s.createFunction(c)
		return restAnswer(http.StatusCreated, out, f)
	}
	route := c.Method
	if len(segments) > 1 {
		route += " " + segments[1]
	}
	run, ok := lambdaRoutes[route]
	if !ok || len(segments) > 2 {
		return unknownPath(c)
	}
	name, err := url.PathUnescape(segments[0])
	if err != nil {
		return unknownPath(c)
	}
	fn, r, f := s.findFunction(name, c.URL.Query().Get("Qualifier"))
	if f != nil {
		return restError(f)
	}
	out, f := run.do(s, c, fn, r.qualifier)
	return restAnswer(run.status, out, f)
}

type lambdaRoute struct {
	status int
	do     func(s *Server, c *call, fn *function, qualifier string) (any, *fault)
}

// lambdaRoutes has what can be done with a function, by method and what
// follows the name in the path.
var lambdaRoutes = map[string]lambdaRoute{
	"GET":               {http.StatusOK, (*Server).getFunction},
	"GET configuration": {http.StatusOK, (*Server).getFunctionConfiguration},
	"DELETE": {http.StatusNoContent, func(s *Server, _ *call, fn *function, qualifier string) (any, *fault) {
		return nil, s.deleteFunction(fn, qualifier)
	}},
	"POST versions": {http.StatusCreated, (*Server).publishVersion},
	"POST aliases":  {http.StatusCreated, (*Server).createAlias},
	"POST invocations": {http.StatusOK, func(*Server, *call, *function, string) (any, *fault) {
		// The code of a function is not run: what the suite's own probe answers to
		// an event without records is answered for it.
		return struct{}{}, nil
	}},
}

func restAnswer(status int, out any, f *fault) answer {
	if f != nil {
		return restError(f)
	}
	return answer{status: status, contentType: jsonType, body: encode(out)}
}

func (s *Server) getFunction(_ *call, fn *function, qualifier string) (any, *fault) {
	config, f := s.at(fn, qualifier)
	type location struct{ RepositoryType string }
	return struct {
		Configuration functionConfig
		Code          location
		Tags          map[string]string `json:",omitempty"`
	}{config, location{"S3"}, fn.tags}, f
}

func (s *Server) getFunctionConfiguration(_ *call, fn *function, qualifier string) (any, *fault) {
	config, f := s.at(fn, qualifier)
	return config, f
}

func (s *Server) publishVersion(c *call, fn *function, qualifier string) (any, *fault) {
	var in struct{ CodeSha256, Description, RevisionId string }
	if f := decode(c.body, &in); f != nil {
		return nil, f
	}
	switch {
	case qualifier != "" && qualifier != "$LATEST":
		return nil, badRequest("InvalidParameterValueException", "only $LATEST can be published, not %s", qualifier)
	case in.CodeSha256 != "" && in.CodeSha256 != fn.config.CodeSha256:
		return nil, badRequest("InvalidParameterValueException", "CodeSHA256 (%s) is different from current CodeSHA256 in $LATEST (%s).",
			in.CodeSha256, fn.config.CodeSha256)
	case in.RevisionId != "" && in.RevisionId != fn.config.RevisionId:
		return nil, &fault{http.StatusPreconditionFailed, "PreconditionFailedException",
			"The RevisionId provided does not match the latest RevisionId."}
	}
	v := s.publish(fn, c.now)
	if in.Description != "" {
		v.Description = in.Description
		fn.versions[v.Version] = v
	}
	return v, nil
}

// aliasName is the pattern of an alias, which also must not be a number only.
var (
	aliasName  = regexp.MustCompile(`^[a-zA-Z0-9-_]{1,128}$`)
	onlyDigits = regexp.MustCompile(`^[0-9]+$`)
)

func (s *Server) createAlias(c *call, fn *function, _ string) (any, *fault) {
	var in struct{ Name, FunctionVersion, Description string }
	if f := decode(c.body, &in); f != nil {
		return nil, f
	}
	name := fn.config.FunctionName
	_, published := fn.versions[in.FunctionVersion]
	switch {
	case in.Name == "":
		return nil, missing("name")
	case !aliasName.MatchString(in.Name) || onlyDigits.MatchString(in.Name):
		return nil, badName("name", in.Name, "(?!^[0-9]+$)([a-zA-Z0-9-_]+), 1 to 128 characters")
	case in.FunctionVersion == "":
		return nil, missing("functionVersion")
	case !published && in.FunctionVersion != "$LATEST":
		return nil, notFound("Function not found: %s", s.functionARN(name, in.FunctionVersion))
	}
	a := alias{s.functionARN(name, in.Name), in.Name, in.FunctionVersion, in.Description, newUUID()}
	if _, ok := fn.aliases[in.Name]; ok {
		return nil, conflict("Alias already exists: %s", a.AliasArn)
	}
	fn.aliases[a.Name] = a
	s.opt.Mappings.AddFunction(name, a.Name)
	return a, nil
}

// tags answers for functions only: mappings have tags that no operation here
// can change.
func (s *Server) tags(c *call, escaped string) answer {
	arn, err := url.PathUnescape(strings.TrimSuffix(escaped, "/"))
	if err != nil || c.Method != http.MethodGet {
		return unknownPath(c)
	}
	name, ok := strings.CutPrefix(arn, s.functionARN("", ""))
	if fn := s.functions[name]; ok && fn != nil {
		tags := fn.tags
		if tags == nil {
			tags = map[string]string{}
		}
		return restAnswer(http.StatusOK, map[string]any{"Tags": tags}, nil)
	}
	return restError(notFound("The resource you requested does not exist: %s", arn))
}
