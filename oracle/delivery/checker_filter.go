package delivery

import (
	"encoding/base64"
	"encoding/json"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/rule"
)

type filterVerdict uint8

const (
	filterUnknown filterVerdict = iota
	filterMatches
	filterDiffers
)

// judgeFilter says whether the mapping's filters match a record.
func (l *lane) judgeFilter(r *record) filterVerdict {
	switch l.m.now.filters.Match(l.sh.src.kind, r.fields) {
	case pattern.Matches:
		return filterMatches
	case pattern.Differs:
		return filterDiffers
	}
	return filterUnknown
}

// filterRule says more exactly what kind of record got through.
func (c *Checker) filterRule(l *lane, r *record) *rule.Rule {
	k, _ := r.fields["kinesis"].(map[string]any)
	data, _ := k["data"].(string)
	if b, err := base64.StdEncoding.DecodeString(data); k != nil && err == nil && !json.Valid(b) {
		return rule.FilterNonjsonDataDropped
	}
	return rule.FilterCriteriaSupported
}
