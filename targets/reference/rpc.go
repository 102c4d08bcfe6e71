package reference

import (
	"fmt"
	"hash/crc32"
	"net/http"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/targets"
)

// operation answers one operation of a service that speaks JSON with an
// X-Amz-Target: an output to encode, or a fault.
type operation func(*Server, *call) (any, *fault)

// typed makes an operation of a function that takes its input decoded.
func typed[Input any](f func(*Server, *call, *Input) (any, *fault)) operation {
	return func(s *Server, c *call) (any, *fault) {
		var in Input
		if f := decode(c.body, &in); f != nil {
			return nil, f
		}
		return f(s, c, &in)
	}
}

// empty is the output of an operation that has none.
type empty struct{}

// service is what tells one such service from another on the wire.
type service struct {
	contentType string
	namespace   string // before the code in __type
	operations  map[string]operation
	// checksum: the service sends X-Amz-Crc32, and its clients check it.
	checksum bool
	// queryCodes: what the query protocol, now gone, called an error; clients
	// written then still look for it.
	queryCodes map[string]string
}

var services = map[string]*service{
	"Kinesis_20131202":  &kinesisService,
	"DynamoDB_20120810": &dynamoDBService,
	"AmazonSQS":         &sqsService,
}

// rpc answers a request that names its operation in X-Amz-Target.
func (s *Server) rpc(c *call) answer {
	target := c.Header.Get("X-Amz-Target")
	name, op, _ := strings.Cut(target, ".")
	sv := services[name]
	if sv == nil {
		// Nobody's error format is the right one; this is the most common.
		sv = &service{contentType: "application/x-amz-json-1.1"}
	}
	run := sv.operations[op]
	if run == nil || c.Method != http.MethodPost {
		return sv.error(badRequest("UnknownOperationException", "the reference does not answer %s %q", c.Method, target))
	}
	out, f := run(s, c)
	if f != nil {
		return sv.error(f)
	}
	return sv.answer(http.StatusOK, encode(out))
}

func (sv *service) answer(status int, body string) answer {
	a := answer{status: status, contentType: sv.contentType, body: body, header: map[string]string{}}
	if sv.checksum {
		a.header["X-Amz-Crc32"] = strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(body))), 10)
	}
	return a
}

func (sv *service) error(f *fault) answer {
	a := sv.answer(f.status, encode(map[string]string{"__type": sv.namespace + f.code, "message": f.message}))
	if sv.queryCodes != nil {
		code := f.code
		if old := sv.queryCodes[code]; old != "" {
			code = old
		}
		a.header["x-amzn-query-error"] = code + ";Sender"
	}
	return a
}

// missing is the fault of a required member that was not given.
func missing(member string) *fault {
	return badRequest("ValidationException", "1 validation error detected: Value null at '%s' failed to satisfy constraint: "+
		"Member must not be null", member)
}

// badName is the fault of a name that its pattern does not match.
func badName(member, value, pattern string) *fault {
	return badRequest("ValidationException", "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: "+
		"Member must satisfy regular expression pattern: %s", value, member, pattern)
}

// fails reports whether a payload makes the probe function fail.
func fails(payload string) bool { return strings.Contains(payload, targets.FailMarker) }

// nameIn returns the name in what is either a name or the ARN that prefix
// starts; ok is false for another ARN.
func nameIn(s, prefix string) (name string, ok bool) {
	if name, ok = strings.CutPrefix(s, prefix); ok {
		return name, true
	}
	return s, !strings.HasPrefix(s, "arn:")
}

// sequenceNumber is a sequence number of the length that AWS gives them.
func sequenceNumber(n uint64) string { return fmt.Sprintf("49%054d", n) }
