package reference

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// function is a function of Lambda with its versions and aliases.
type function struct {
	config   functionConfig // of $LATEST
	tags     map[string]string
	versions map[string]functionConfig // published ones, by number
	last     int                       // number of the last one published; none is used twice
	aliases  map[string]alias
}

type environment struct {
	Variables map[string]string `json:",omitempty"`
}

// functionConfig is a FunctionConfiguration.
type functionConfig struct {
	FunctionName, FunctionArn     string
	Runtime, Role, Handler        string `json:",omitempty"`
	Description                   string
	Timeout, MemorySize, CodeSize int
	CodeSha256, LastModified      string
	Version, RevisionId           string
	State, LastUpdateStatus       string
	Environment                   *environment `json:",omitempty"`
	TracingConfig                 struct{ Mode string }
	PackageType                   string   `json:",omitempty"`
	Architectures                 []string `json:",omitempty"`
}

type alias struct {
	AliasArn, Name, FunctionVersion, Description, RevisionId string
}

// lastModified is the form of a function's LastModified.
const lastModified = "2006-01-02T15:04:05.000-0700"

type functionCode struct {
	ZipFile                                    []byte
	S3Bucket, S3Key, S3ObjectVersion, ImageUri string
}

type createFunctionInput struct {
	FunctionName, Runtime, Role, Handler, Description string
	Code                                              *functionCode
	Timeout, MemorySize                               int
	Environment                                       *environment
	PackageType                                       string
	Architectures                                     []string
	Publish                                           bool
	Tags                                              map[string]string
}

// functionName is the pattern of FunctionName where a qualifier may follow:
// a name, a partial ARN or a whole one.
var functionName = regexp.MustCompile(`^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-gov)?-[a-z]+-\d):)?(?:(\d{12}):)?` +
	`(?:function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$`)

// functionRef is a function's name, taken apart. Empty parts were not given.
type functionRef struct{ region, account, name, qualifier string }

func parseFunctionRef(s string) (r functionRef, f *fault) {
	m := functionName.FindStringSubmatch(s)
	if m == nil || len(m[3]) > 64 {
		return r, badName("functionName", s, functionName.String()+", the name 1 to 64 characters")
	}
	return functionRef{m[1], m[2], m[3], m[4]}, nil
}

func (s *Server) functionARN(name, qualifier string) string {
	if qualifier != "" {
		name += ":" + qualifier
	}
	return s.arn("lambda", "function:"+name)
}

// here reports whether a reference is to this account and region.
func (s *Server) here(r functionRef) bool {
	return (r.region == "" || r.region == s.opt.Region) && (r.account == "" || r.account == s.opt.Account)
}

func notFound(format, arg string) *fault {
	f := badRequest("ResourceNotFoundException", format, arg)
	f.status = 404
	return f
}

func conflict(format, arg string) *fault {
	f := badRequest("ResourceConflictException", format, arg)
	f.status = 409
	return f
}

// findFunction returns the function that a path names, and its qualifier.
func (s *Server) findFunction(path, query string) (fn *function, r functionRef, f *fault) {
	if r, f = parseFunctionRef(path); f != nil {
		return nil, r, f
	}
	if r.qualifier != "" && query != "" && r.qualifier != query {
		return nil, r, badRequest("InvalidParameterValueException",
			"The derived qualifier from the function name does not match the specified qualifier.")
	}
	if r.qualifier == "" {
		r.qualifier = query
	}
	fn = s.functions[r.name]
	if fn == nil || !s.here(r) {
		return nil, r, notFound("Function not found: %s", s.functionARN(r.name, r.qualifier))
	}
	return fn, r, nil
}

// at returns the configuration that a qualifier leads to.
func (s *Server) at(fn *function, qualifier string) (functionConfig, *fault) {
	version := qualifier
	if a, ok := fn.aliases[qualifier]; ok {
		version = a.FunctionVersion
	}
	config, ok := fn.versions[version]
	if version == "" || version == "$LATEST" {
		config, ok = fn.config, true
	}
	config.FunctionArn = s.functionARN(fn.config.FunctionName, qualifier)
	if !ok {
		return config, notFound("Function not found: %s", config.FunctionArn)
	}
	return config, nil
}

func (s *Server) createFunction(c *call) (any, *fault) {
	var in createFunctionInput
	if f := decode(c.body, &in); f != nil {
		return nil, f
	}
	r, f := parseFunctionRef(in.FunctionName)
	switch {
	case in.FunctionName == "":
		return nil, missing("functionName")
	case f != nil:
		return nil, f
	case r.qualifier != "":
		return nil, badRequest("InvalidParameterValueException", "FunctionName must not have a qualifier, but has %q", r.qualifier)
	case !s.here(r):
		return nil, badRequest("InvalidParameterValueException", "FunctionName must name account %s and region %s, or neither",
			s.opt.Account, s.opt.Region)
	case in.Role == "":
		return nil, missing("role")
	case in.Code == nil:
		return nil, missing("code")
	case s.functions[r.name] != nil:
		return nil, conflict("Function already exist: %s", r.name)
	}
	sum := sha256.Sum256(in.Code.ZipFile)
	config := functionConfig{
		FunctionName: r.name, FunctionArn: s.functionARN(r.name, ""),
		Runtime: in.Runtime, Role: in.Role, Handler: in.Handler, Description: in.Description,
		Timeout: in.Timeout, MemorySize: in.MemorySize, Environment: in.Environment,
		CodeSize: len(in.Code.ZipFile), CodeSha256: base64.StdEncoding.EncodeToString(sum[:]),
		LastModified: c.now.UTC().Format(lastModified), Version: "$LATEST", RevisionId: newUUID(),
		State: "Active", LastUpdateStatus: "Successful",
		PackageType: in.PackageType, Architectures: in.Architectures,
	}
	config.TracingConfig.Mode = "PassThrough"
	if config.Timeout == 0 {
		config.Timeout = 3
	}
	if config.MemorySize == 0 {
		config.MemorySize = 128
	}
	fn := &function{config: config, tags: in.Tags, versions: map[string]functionConfig{}, aliases: map[string]alias{}}
	s.functions[r.name] = fn
	s.opt.Mappings.AddFunction(r.name)
	if in.Publish {
		config.Version = s.publish(fn, c.now).Version
	}
	return config, nil
}

// publish makes the next version. AWS makes none when nothing changed since
// the last; here code never changes, so that every call makes one.
func (s *Server) publish(fn *function, now time.Time) functionConfig {
	fn.last++
	v := fn.config
	v.Version = strconv.Itoa(fn.last)
	v.RevisionId = newUUID()
	v.LastModified = now.UTC().Format(lastModified)
	v.FunctionArn = s.functionARN(v.FunctionName, v.Version)
	fn.versions[v.Version] = v
	s.opt.Mappings.AddFunction(v.FunctionName, v.Version)
	return v
}

// deleteFunction deletes all of a function, or the one version that the
// reference is qualified with.
func (s *Server) deleteFunction(fn *function, qualifier string) *fault {
	name := fn.config.FunctionName
	if qualifier == "" {
		delete(s.functions, name)
		s.opt.Mappings.RemoveFunction(name)
		return nil
	}
	if _, ok := fn.versions[qualifier]; !ok {
		if _, isAlias := fn.aliases[qualifier]; isAlias || qualifier == "$LATEST" {
			return badRequest("InvalidParameterValueException", "only a published version can be deleted alone, and %s is none", qualifier)
		}
		return notFound("Function not found: %s", s.functionARN(name, qualifier))
	}
	for _, a := range fn.aliases {
		if a.FunctionVersion == qualifier {
			return conflict("delete the alias %s, which points at the version, first", a.Name)
		}
	}
	delete(fn.versions, qualifier)
	s.opt.Mappings.RemoveFunction(name)
	s.opt.Mappings.AddFunction(name, fn.qualifiers()...)
	return nil
}

// qualifiers lists the versions and aliases.
func (fn *function) qualifiers() (list []string) {
	for v := range fn.versions {
		list = append(list, v)
	}
	for a := range fn.aliases {
		list = append(list, a)
	}
	slices.Sort(list)
	return list
}
