package delivery

import (
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

// filterRule is the rule that a record speaks for, or breaks, that the filters
// of a mapping do not select.
func filterRule(m *mapping, fields map[string]any) *rule.Rule {
	switch m.now.filters.Fails(m.src.kind, fields) {
	case pattern.Format:
		if m.src.queue != nil {
			return rule.FilterSQSFormatMismatch
		}
		if m.src.stream {
			return rule.FilterNonjsonDataDropped
		}
	case pattern.AllFields:
		return rule.FilterAllFieldsPresent
	case pattern.ExactString:
		return rule.FilterStringExact
	}
	return rule.FilterCriteriaSupported
}
