package reports

import "regexp"

var userinfo = regexp.MustCompile(`://[^/\s@'"?#]+@`)

// redact takes user names and passwords out of URLs, because command lines and
// network errors carry them into reports that others read.
func redact(s string) string { return userinfo.ReplaceAllString(s, "://***@") }
