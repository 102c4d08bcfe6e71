package delivery

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// kafka judges a batch of an MSK mapping. It may hold records of several
// partitions; each partition is a lane of its own, and what the function
// answers holds for all of them.
func (c *Checker) kafka(m *mapping, e *trace.Event) {
	if len(e.Records) == 0 {
		return
	}
	// Records of several partitions may stand in any order.
	var partitions []string
	byPartition := map[string][]string{}
	for _, id := range e.Records {
		p, offset := splitOffset(id)
		if byPartition[p] == nil {
			partitions = append(partitions, p)
		}
		byPartition[p] = append(byPartition[p], offset)
	}
	for _, p := range partitions {
		part := *e
		part.Records, part.Shard = byPartition[p], p
		sh := kafkaShard(m.src, p)
		if sh == nil {
			c.report(src1, nil, "unknown partition", "a partition of the topic", p)
			continue
		}
		l := m.lane(sh)
		if l.softened < m.change.to && m.changes > 0 {
			l.soften(e.T)
		}
		c.settleEnded(l, e.T)
		if c.resolve(l, &part) {
			c.deliver(l, &part)
		}
	}
	if rule.MSKRetryForever.Holds(c.profile) {
		c.touch(rule.MSKRetryForever)
	}
}

// splitOffset takes "partition:offset" apart.
func splitOffset(id string) (partition, offset string) {
	i := strings.LastIndexByte(id, ':')
	if i < 0 {
		return "", id
	}
	return id[:i], id[i+1:]
}

// kafkaShard finds a partition by its name: "0", or "topic-0".
func kafkaShard(s *source, p string) *shardLog {
	if sh := s.shards[p]; sh != nil {
		return sh
	}
	for _, sh := range s.order {
		if strings.HasSuffix(sh.id, "-"+p) || p == "" && len(s.order) == 1 {
			return sh
		}
	}
	return nil
}

// discardKafka notes that a Kafka batch was given up. Of its message only that
// there is one is judged: its form is not documented.
func (c *Checker) discardKafka(l *lane, u *unit, t float64) {
	m := l.m
	if m.now.destination == "" || m.changing(t) || u == nil || !c.usedUp(l, u, t) || u.soft {
		return
	}
	c.touch(rule.KafkaRetryCap10)
	m.due, m.dueAt = u.line, u.end
}

// heardKafka reports whether a message is about a Kafka batch, and notes it.
func (c *Checker) heardKafka(e *trace.Event) bool {
	for _, m := range c.order {
		if m.src.kafka && (m.uuid == e.Mapping || e.Mapping == "" && m.now.destination == e.Source) {
			if m.heard = true; m.now.destination != "" && m.changes == 0 && !strings.HasSuffix(e.Source, strings.TrimPrefix(m.now.destination, "kafka://")) {
				c.report(dlq2, rule.DestOnfailureKafkaTopic, "another destination", m.now.destination, e.Source)
			}
			return true
		}
	}
	return false
}

// finishKafka judges that what was given up has been reported.
func (c *Checker) finishKafka(m *mapping) {
	if m.due == 0 || !c.complete || !strings.HasPrefix(m.now.destination, "kafka://") || m.changes > 0 {
		return
	}
	c.touch(rule.DestOnfailureKafkaTopic)
	if !m.heard && m.dueAt < c.now-c.settle {
		c.report(dlq2, rule.DestOnfailureKafkaTopic, "not reported", "a message at "+m.now.destination, "none", m.due)
	}
}
