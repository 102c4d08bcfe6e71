package delivery

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Where messages arrive, and which mapping they are of.

// addressee finds the lane that a message is about.
func (c *Checker) addressee(e *trace.Event, info *trace.BatchInfo) *lane {
	for _, m := range c.order {
		if e.Mapping != "" && m.uuid != e.Mapping || !m.src.stream {
			continue
		}
		if e.Mapping == "" && (m.src.arn != info.StreamArn || m.now.destination != e.Source && m.before.destination != e.Source) {
			continue
		}
		if sh := m.src.shards[info.ShardID]; sh != nil {
			return m.lane(sh)
		}
		for _, sh := range m.src.order {
			if _, ok := sh.find(info.StartSequenceNumber, sh.base); ok {
				return m.lane(sh)
			}
		}
	}
	return nil
}

// misplaced reports whether a message did not arrive where the mapping sends
// its messages.
func (l *lane) misplaced(e *trace.Event) bool {
	m, to := l.m, l.m.now.destination
	return e.Source != "" && to != "" && !strings.HasPrefix(e.Source+"/", to+"/") && e.T > m.former[e.Source]
}

// stray is a message that arrived at another destination.
type stray struct {
	dest string
	at   float64
	line int
}

// checkAddress notes a message that arrived elsewhere, which counts as one all
// the same. It is reported when time has gone on: a call that makes it right
// may stand next to it.
func (c *Checker) checkAddress(l *lane, e *trace.Event) {
	c.reportStrays(l.m, e.T)
	if l.misplaced(e) {
		l.m.strays = append(l.m.strays, stray{e.Source, e.T, e.Line})
	}
}

// reportStrays reports the messages that arrived elsewhere before t.
func (c *Checker) reportStrays(m *mapping, t float64) {
	if len(m.strays) == 0 || t <= m.strays[len(m.strays)-1].at {
		return
	}
	line := c.line
	for _, s := range m.strays {
		c.line = s.line
		for service, r := range onFailure {
			if strings.Contains(m.now.destination, service) {
				c.report(dlq2, r, "at another destination", "a message at "+m.now.destination, "one at "+s.dest)
			}
		}
	}
	c.line, m.strays = line, nil
}

// onFailure are the rules that a destination of a service must work.
var onFailure = map[string]*rule.Rule{":sqs:": rule.DestOnfailureSQS, ":sns:": rule.DestOnfailureSNS, ":s3:": rule.DestOnfailureS3}
