package reference

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// role is a role of IAM: it has no power, but functions name one.
type role struct {
	Path, RoleName, RoleId, Arn string
	CreateDate                  string
	AssumeRolePolicyDocument    string
}

var roleName = regexp.MustCompile(`^[\w+=,.@-]{1,64}$`)

// queryActions has the actions of the query protocol, which IAM and STS speak.
// A nil result has no members.
var queryActions = map[string]func(*Server, *call, url.Values) (result any, f *fault){
	"CreateRole":        (*Server).createRole,
	"GetRole":           (*Server).getRole,
	"DeleteRole":        (*Server).deleteRole,
	"AttachRolePolicy":  (*Server).withRole,
	"DetachRolePolicy":  (*Server).withRole,
	"PutRolePolicy":     (*Server).withRole,
	"DeleteRolePolicy":  (*Server).withRole,
	"GetCallerIdentity": (*Server).callerIdentity,
}

// query answers a request of the query protocol, in XML.
func (s *Server) query(c *call) answer {
	form, err := url.ParseQuery(c.body)
	if err != nil {
		return queryError(c, badRequest("MalformedQueryString", "the body is no form: %s", err))
	}
	action := form.Get("Action")
	run := queryActions[action]
	if run == nil || c.Method != http.MethodPost {
		return queryError(c, badRequest("InvalidAction", "the reference does not answer %s with the action %q", c.Method, action))
	}
	result, f := run(s, c, form)
	if f != nil {
		return queryError(c, f)
	}
	type metadata struct{ RequestId string }
	type response struct {
		XMLName          xml.Name
		Result           any
		ResponseMetadata metadata
	}
	namespace := "https://iam.amazonaws.com/doc/2010-05-08/"
	if action == "GetCallerIdentity" {
		namespace = "https://sts.amazonaws.com/doc/2011-06-15/"
	}
	return xmlAnswer(http.StatusOK, response{xml.Name{Space: namespace, Local: action + "Response"},
		named{action + "Result", result}, metadata{c.id}})
}

// named is a value under a name known only when it is written.
type named struct {
	name  string
	value any
}

// MarshalXML writes the value as an element of that name.
func (n named) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	if n.value == nil {
		return nil
	}
	return e.EncodeElement(n.value, xml.StartElement{Name: xml.Name{Local: n.name}})
}

func queryError(c *call, f *fault) answer {
	type detail struct{ Type, Code, Message string }
	return xmlAnswer(f.status, struct {
		XMLName   xml.Name `xml:"ErrorResponse"`
		Error     detail
		RequestId string
	}{Error: detail{"Sender", f.code, f.message}, RequestId: c.id})
}

func xmlAnswer(status int, x any) answer {
	b, err := xml.Marshal(x)
	if err != nil {
		panic("reference: encode an answer: " + err.Error())
	}
	return answer{status: status, contentType: "text/xml", body: string(b)}
}

func (s *Server) createRole(c *call, form url.Values) (any, *fault) {
	name := form.Get("RoleName")
	if !roleName.MatchString(name) {
		return nil, badRequest("ValidationError", "RoleName must be 1 to 64 of alphanumeric and +=,.@_-, not %q", name)
	}
	if _, ok := s.roles[name]; ok {
		return nil, &fault{http.StatusConflict, "EntityAlreadyExists", "Role with name " + name + " already exists."}
	}
	path := form.Get("Path")
	if path == "" {
		path = "/"
	}
	s.roles[name] = role{
		Path: path, RoleName: name, Arn: "arn:" + partition + ":iam::" + s.opt.Account + ":role" + path + name,
		RoleId:     "AROA" + strings.ToUpper(strings.ReplaceAll(c.id, "-", ""))[:17],
		CreateDate: c.now.UTC().Format(time.RFC3339), AssumeRolePolicyDocument: url.QueryEscape(form.Get("AssumeRolePolicyDocument")),
	}
	return s.getRole(c, form)
}

func (s *Server) getRole(_ *call, form url.Values) (any, *fault) {
	r, f := s.findRole(form)
	if f != nil {
		return nil, f
	}
	return struct{ Role role }{r}, nil
}

func (s *Server) deleteRole(_ *call, form url.Values) (any, *fault) {
	r, f := s.findRole(form)
	if f != nil {
		return nil, f
	}
	delete(s.roles, r.RoleName)
	return nil, nil
}

// withRole answers what changes a role's policies, which nobody asks here.
func (s *Server) withRole(_ *call, form url.Values) (any, *fault) {
	_, f := s.findRole(form)
	return nil, f
}

func (s *Server) findRole(form url.Values) (role, *fault) {
	name := form.Get("RoleName")
	r, ok := s.roles[name]
	if !ok {
		return r, &fault{http.StatusNotFound, "NoSuchEntity", "The role with name " + name + " cannot be found."}
	}
	return r, nil
}

func (s *Server) callerIdentity(*call, url.Values) (any, *fault) {
	return struct{ UserId, Account, Arn string }{s.opt.Account, s.opt.Account,
		"arn:" + partition + ":iam::" + s.opt.Account + ":root"}, nil
}
