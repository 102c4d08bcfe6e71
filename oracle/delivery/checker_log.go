package delivery

import (
	"fmt"
	"sort"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// source is an event source as the checker sees it.
type source struct {
	arn       string
	kind      string
	stream    bool // kinesis, kinesis-consumer, dynamodb
	kafka     bool
	queue     *queue // of an SQS queue
	retention float64
	shards    map[string]*shardLog
	order     []*shardLog
	last      *shardLog
	readers   []*mapping
}

// record is a record as it was put.
type record struct {
	seq     string
	key     string
	arrival float64
	size    int32
	line    int32
	fields  map[string]any // the record's JSON, when given
}

// shardLog holds the records of a shard in order: those that some mapping has
// not settled, and a bounded history.
type shardLog struct {
	src     *source
	id      string
	parents []string
	ring    []record
	base    int64 // the index of ring[0]
	lanes   []*lane
	trimAt  int
}

func (s *shardLog) end() int64           { return s.base + int64(len(s.ring)) }
func (s *shardLog) at(i int64) *record   { return &s.ring[i-s.base] }
func (s *shardLog) has(i int64) bool     { return i >= s.base && i < s.end() }
func (s *shardLog) seqOf(i int64) string { return s.at(i).seq }

// compareSeq compares decimal numbers of any length.
func compareSeq(a, b string) int {
	if len(a) > 0 && a[0] == '0' || len(b) > 0 && b[0] == '0' {
		a, b = trimZeros(a), trimZeros(b)
	}
	if len(a) != len(b) {
		if len(a) < len(b) {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

func trimZeros(s string) string {
	t := strings.TrimLeft(s, "0")
	if t == "" && s != "" {
		return "0"
	}
	return t
}

// find returns the index of a sequence number; guess is where it is expected.
func (s *shardLog) find(seq string, guess int64) (int64, bool) {
	if s.has(guess) && s.at(guess).seq == seq {
		return guess, true
	}
	i := sort.Search(len(s.ring), func(i int) bool { return compareSeq(s.ring[i].seq, seq) >= 0 })
	if i < len(s.ring) && compareSeq(s.ring[i].seq, seq) == 0 {
		return s.base + int64(i), true
	}
	return 0, false
}

// before reports whether a sequence number is below everything that is kept.
func (s *shardLog) before(seq string) bool {
	return s.base > 0 && (len(s.ring) == 0 || compareSeq(seq, s.ring[0].seq) < 0)
}

// trim drops what every lane has done with, beyond the history.
func (s *shardLog) trim() {
	low := s.end() - historyBound
	for _, l := range s.lanes {
		low = min(low, l.low())
	}
	if n := low - s.base; n > 0 {
		kept := copy(s.ring, s.ring[n:])
		clear(s.ring[kept:])
		s.ring = s.ring[:kept]
		s.base = low
	}
	s.trimAt = max(2*historyBound, 2*len(s.ring))
}

func (c *Checker) addSource(e *trace.Event) error {
	d := e.Detail
	if c.sources[e.Source] != nil {
		return &InputError{e.Line, "the source " + e.Source + " is there twice"}
	}
	s := &source{arn: e.Source, kind: d.SourceKind, retention: d.RetentionMS, shards: map[string]*shardLog{}}
	switch d.SourceKind {
	case "kinesis", "kinesis-consumer", "dynamodb":
		s.stream = true
	case "msk":
		s.kafka = true
	case "sqs", "sqs-fifo":
		s.queue = newQueue(d)
	default:
		return &InputError{e.Line, fmt.Sprintf("unknown source kind %q", d.SourceKind)}
	}
	for _, sh := range d.Shards {
		s.shard(sh.ID, sh.Parents)
	}
	c.sources[e.Source] = s
	return nil
}

func (s *source) shard(id string, parents []string) *shardLog {
	sh := s.shards[id]
	if sh == nil {
		sh = &shardLog{src: s, id: id, parents: parents, trimAt: 2 * historyBound}
		s.shards[id] = sh
		s.order = append(s.order, sh)
	}
	return sh
}

func (c *Checker) source(arn string) *source {
	if c.lastSource == nil || c.lastSource.arn != arn {
		c.lastSource = c.sources[arn]
	}
	return c.lastSource
}

func (c *Checker) put(e *trace.Event) error {
	s := c.source(e.Source)
	if s == nil {
		return &InputError{e.Line, "a record is put into " + e.Source + ", which is no source of this trace"}
	}
	if s.queue != nil {
		return c.send(s.queue, e)
	}
	sh := s.last
	if sh == nil || sh.id != e.Shard {
		sh = s.shards[e.Shard]
		if sh == nil {
			if e.Shard == "" && len(s.order) == 1 {
				sh = s.order[0]
			} else {
				sh = s.shard(e.Shard, nil)
			}
		}
		s.last = sh
	}
	if n := len(sh.ring); n > 0 && compareSeq(sh.ring[n-1].seq, e.Seq) >= 0 {
		return &InputError{e.Line, fmt.Sprintf("sequence number %s of shard %s is not above %s before it", e.Seq, sh.id, sh.ring[n-1].seq)}
	}
	sh.ring = append(sh.ring, record{seq: e.Seq, key: e.Key, arrival: e.Arrival, size: int32(min(e.Size, 1<<30)), line: int32(e.Line), fields: e.Record})
	for _, l := range sh.lanes {
		if l.keys != nil {
			l.queueKey(sh.end() - 1)
		}
	}
	if len(sh.ring) >= sh.trimAt {
		sh.trim()
	}
	return nil
}
