package delivery

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machineInvocation is what the function does with a batch, as the records that
// it meets have it.
type machineInvocation struct {
	outcome  trace.Outcome
	report   any
	reported bool
	instead  bool     // report is one that a record gives in the place of a list
	named    []string // records to report
}

// meets counts the invocation for a poisoned record and takes its effect.
func (c *machineInvocation) meets(rec *machineRecord) {
	p := rec.extra.poison
	if p.Kind == "final" || rec.extra.healed() {
		return
	}
	switch p.Kind {
	case "timeout":
		c.outcome = trace.Timeout
	case "error":
		if c.outcome == trace.OK {
			c.outcome = trace.Error
		}
	case "report":
		c.named = append(c.named, rec.seq)
		if p.Return != nil && !c.instead {
			c.report, c.instead = p.Return, true
		}
	}
}

// spoils is meets for a final invocation of a tumbling window with the record in it.
func (c *machineInvocation) spoils(rec *machineRecord) {
	if rec.extra != nil && rec.extra.poison != nil && rec.extra.poison.Kind == "final" && !rec.extra.healed() {
		c.outcome = trace.Error
	}
}

// healed counts an invocation, and says whether the poison has lost its effect.
func (x *machineExtra) healed() bool {
	x.hits++
	return x.poison.Times > 0 && x.hits > x.poison.Times
}

// The ways in which a batch ends for a mapping.
const (
	AnswerDone    = iota
	AnswerEmpty   // a report that names nothing
	AnswerError   // the function failed
	AnswerTimeout // or was not done in time
	AnswerInvalid // a report that is none
	AnswerStuck   // a report whose first record is the first of the batch
	AnswerPartial // everything before the first record of the report is done
)

// machineAnswer is the function's answer as the mapping takes it.
type machineAnswer struct {
	kind  int
	first int   // in the batch: the first record that failed
	some  []int // in the batch: what failed; queues only
}

// failed says whether the function gave no answer at all.
func (a machineAnswer) failed() bool { return a.kind == AnswerError || a.kind == AnswerTimeout }

// answer ends the invocation. reports says whether the mapping looks at what
// the function returns.
func (c *machineInvocation) answer(m *machine, reports bool, batch []string) machineAnswer {
	switch c.outcome {
	case trace.Error:
		c.report = nil
		return machineAnswer{kind: AnswerError}
	case trace.Timeout:
		c.report = nil
		return machineAnswer{kind: AnswerTimeout}
	}
	if len(c.named) == 0 {
		return machineAnswer{}
	}
	if !c.instead {
		list := make([]any, len(c.named))
		for i, n := range c.named {
			list[i] = map[string]any{"itemIdentifier": n}
		}
		c.report = map[string]any{"batchItemFailures": list}
	}
	c.reported = true
	if !m.holds(DecisionReports, reports) {
		return machineAnswer{}
	}
	failed, valid := machineReported(c.report, batch)
	switch {
	case !valid:
		return machineAnswer{kind: AnswerInvalid}
	case len(failed) == 0:
		return machineAnswer{kind: AnswerEmpty}
	}
	first := failed[min(m.decide(DecisionReported, 0), len(failed)-1)]
	if first == 0 {
		return machineAnswer{kind: AnswerStuck, some: failed}
	}
	return machineAnswer{kind: AnswerPartial, first: first, some: failed}
}

// machineReported reads a report: what failed, by place in the batch and in its
// order. Nothing at all is success; an entry that names no record of the batch
// makes the whole report invalid.
func machineReported(report any, batch []string) (failed []int, valid bool) {
	if report == nil || report == "" {
		return nil, true
	}
	if list, ok := report.([]any); ok && len(list) == 0 {
		return nil, true
	}
	object, ok := report.(map[string]any)
	if !ok {
		return nil, false
	}
	if object["batchItemFailures"] == nil {
		return nil, true
	}
	list, ok := object["batchItemFailures"].([]any)
	if !ok {
		return nil, false
	}
	for _, entry := range list {
		one, _ := entry.(map[string]any)
		id, ok := one["itemIdentifier"].(string)
		i := slices.Index(batch, id)
		if !ok || i < 0 {
			return nil, false
		}
		failed = append(failed, i)
	}
	slices.Sort(failed)
	return slices.Compact(failed), true
}
