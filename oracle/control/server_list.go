package control

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// How the server lists mappings, page by page.

// pageCap is the most entries on a page.
const pageCap = 100

func (s *Server) list(r *Request) (map[string]any, *Refusal) {
	after, ok := parseMarker(&r.Query[qMarker])
	if !ok && !s.overlooks(r, rule.ListMarkerInvalid) {
		return nil, &Refusal{InvalidParameterValue, "The marker is not valid."}
	}
	size := pageCap
	if n, ok := r.maxItems(); ok {
		if size = n; n > pageCap && !s.overlooks(r, rule.ListPageCap100) {
			size = pageCap
		}
	} else if r.Query[qMaxItems].Str != "" {
		return nil, &Refusal{InvalidParameterValue, "MaxItems is a whole number."}
	}
	entries := []any{}
	answer := map[string]any{}
	for _, m := range s.mappings {
		if m.born <= after || !s.matches(m, r) {
			continue
		}
		if len(entries) == size {
			answer["NextMarker"] = marker(after)
			break
		}
		after = m.born
		entries = append(entries, s.render(m))
	}
	answer["EventSourceMappings"] = entries
	return answer, nil
}

func (s *Server) matches(m *mapping, r *Request) bool {
	if v := &r.Query[qSource]; v.Str != "" && m.settings.at(EventSourceArn).Str != v.Str {
		return false
	}
	if v := &r.Query[qFunction]; v.Str != "" {
		arn, _ := s.world.resolve(s.profile, v.Str)
		return m.current().at(FunctionArn).Str == arn
	}
	return true
}

const markerPrefix = "after:"

func marker(born int) string {
	return base64.URLEncoding.EncodeToString([]byte(markerPrefix + strconv.Itoa(born)))
}

func parseMarker(v *Value) (born int, ok bool) {
	if v.Kind != String || v.Str == "" {
		return 0, true
	}
	b, err := base64.URLEncoding.DecodeString(v.Str)
	text, found := strings.CutPrefix(string(b), markerPrefix)
	born, bad := strconv.Atoi(text)
	return born, err == nil && found && bad == nil
}
