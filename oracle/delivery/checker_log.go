package delivery

import (
	"fmt"
	"slices"
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
	blocks  [][]record // of blockSize each, but for the last
	base    int64      // the index of the first record of the first block
	next    int64      // the index of the record to come
	lanes   []*lane
}

// blockSize is how many records a block holds. It divides historyBound.
const blockSize = 1 << 12

func (s *shardLog) end() int64           { return s.next }
func (s *shardLog) has(i int64) bool     { return i >= s.base && i < s.next }
func (s *shardLog) seqOf(i int64) string { return s.at(i).seq }

func (s *shardLog) at(i int64) *record {
	n := uint64(i - s.base)
	return &s.blocks[n/blockSize][n%blockSize]
}

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
	i := s.base + int64(sort.Search(int(s.next-s.base), func(n int) bool { return compareSeq(s.seqOf(s.base+int64(n)), seq) >= 0 }))
	if i < s.next && compareSeq(s.seqOf(i), seq) == 0 {
		return i, true
	}
	return 0, false
}

// before reports whether a sequence number is below everything that is kept.
func (s *shardLog) before(seq string) bool {
	return s.base > 0 && compareSeq(seq, s.seqOf(s.base)) < 0
}

// add appends a record. A full block stays where it is; the next one is a block
// that is settled, once there are any beyond the history, so that a long trace
// takes no new memory.
func (s *shardLog) add(r record) {
	n := len(s.blocks) - 1
	if s.next%blockSize == 0 {
		s.blocks = append(s.blocks, s.block())
		n = len(s.blocks) - 1
	}
	s.blocks[n] = append(s.blocks[n], r)
	s.next++
}

// block drops the blocks that are settled, beyond the history, and returns one
// of them, or a new one, to be filled.
func (s *shardLog) block() []record {
	beyond := len(s.blocks) - historyBound/blockSize
	if beyond > 0 {
		beyond = min(beyond, int(s.low()-s.base)/blockSize)
	}
	switch {
	case beyond > 0:
		b := s.blocks[0][:0]
		s.blocks = slices.Delete(s.blocks, 0, beyond)
		s.base += int64(beyond) * blockSize
		return b
	case len(s.blocks) > 0:
		return make([]record, 0, blockSize)
	}
	return nil // a shard of few records takes little
}

// low is the lowest record that some mapping may still need.
func (s *shardLog) low() int64 {
	low := s.next
	for _, m := range s.src.readers {
		if l := m.lanes[s]; l != nil {
			low = min(low, l.low())
		} else if !m.deleted {
			return s.base // it has yet to read them
		}
	}
	return low
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
		sh = &shardLog{src: s, id: id, parents: parents}
		s.shards[id] = sh
		s.order = append(s.order, sh)
	}
	return sh
}

// named returns the shard of that id, or nil. Events of a shard stand together.
func (s *source) named(id string) *shardLog {
	if s.last != nil && s.last.id == id {
		return s.last
	}
	sh := s.shards[id]
	if sh != nil {
		s.last = sh
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
	sh := s.named(e.Shard)
	if sh == nil {
		if e.Shard == "" && len(s.order) == 1 {
			sh = s.order[0]
		} else {
			sh = s.shard(e.Shard, nil)
		}
	}
	if i := sh.next - 1; sh.has(i) && compareSeq(sh.seqOf(i), e.Seq) >= 0 {
		return &InputError{e.Line, fmt.Sprintf("sequence number %s of shard %s is not above %s before it", e.Seq, sh.id, sh.seqOf(i))}
	}
	sh.add(record{seq: e.Seq, key: e.Key, arrival: e.Arrival, size: int32(min(e.Size, 1<<30)), line: int32(e.Line), fields: e.Record})
	for _, l := range sh.lanes {
		if l.keys != nil {
			l.queueKey(sh.end() - 1)
		}
	}
	return nil
}
