package delivery

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

const (
	machineRegion  = "us-east-1"
	machineAccount = "000000000000"
	machineTopic   = "topic"
)

// machineSource is a source and all that was put into it.
type machineSource struct {
	name, kind, arn string
	index           int
	given           int // shards from the start; begin knows the later ones too
	shards          []*machineShard
	puts            map[int]int // of all steps, by the number of the shard
	last            uint64      // sequence number
	visibility      float64
	maxReceives     int
	retention       float64
	filtered        bool // some mapping has FilterCriteria: records need their JSON
	queue           *machineQueue
}

// machineShard is a shard or partition. Records stay, since any number of
// mappings may read them from any position.
type machineShard struct {
	id      string
	number  int
	parents []*machineShard
	born    int // the step; -1 from the start
	closed  bool
	records []machineRecord
	readers []*machineReader
}

// machineRecord is one record of a stream or message of a queue.
type machineRecord struct {
	label   string // as an invocation names it
	seq     string
	key     string
	arrival float64
	size    int
	extra   *machineExtra // of few records
}

// machineExtra is what few records have.
type machineExtra struct {
	record map[string]any
	poison *trace.Poison
	hits   int // invocations that had the record
}

func machineNewSource(index int, s *trace.ScenarioSource) *machineSource {
	src := &machineSource{name: s.Name, kind: s.Kind, index: index, visibility: s.VisibilityMS, maxReceives: s.MaxReceiveCount, retention: s.RetentionMS, puts: map[int]int{}}
	hours := 24.0
	service := "kinesis"
	path := "stream/" + s.Name
	switch s.Kind {
	case "kinesis-consumer":
		path += "/consumer/c:1"
	case "dynamodb":
		service, path = "dynamodb", "table/"+s.Name+"/stream/1970-01-01T00:00:00.000"
	case "msk":
		service, path, hours = "kafka", "cluster/"+s.Name+"/"+machineUUID(uint64(index)+1, 0)+"-1", 7*24
	case "sqs", "sqs-fifo":
		service, path, hours = "sqs", s.Name, 4*24
		if s.Kind == "sqs-fifo" && !strings.HasSuffix(s.Name, ".fifo") {
			path += ".fifo"
		}
		if src.visibility == 0 {
			src.visibility = 30_000
		}
		src.queue = &machineQueue{src: src, groups: map[string]*machineGroup{}}
	}
	if src.retention == 0 {
		src.retention = hours * 3_600_000
	}
	src.arn = "arn:aws:" + service + ":" + machineRegion + ":" + machineAccount + ":" + path
	if src.queue == nil {
		for range max(s.Shards, 1) {
			src.addShard(-1)
		}
	}
	src.given = len(src.shards)
	return src
}

func (src *machineSource) addShard(born int, parents ...*machineShard) *machineShard {
	id := fmt.Sprintf("shardId-%012d", len(src.shards))
	if src.kind == "msk" {
		id = machineTopic + "-" + strconv.Itoa(len(src.shards))
	}
	sh := &machineShard{id: id, parents: parents, born: born, number: len(src.shards)}
	src.shards = append(src.shards, sh)
	return sh
}

// number appends the records of a put, without more than their names. The text
// of up to 512 names is one allocation.
func (src *machineSource) number(sh *machineShard, n int) []machineRecord {
	from := len(sh.records)
	if sh.records == nil {
		sh.records = make([]machineRecord, 0, min(src.puts[sh.number], 1<<22))
	}
	var text []byte
	var ends [512]int
	for n > 0 {
		k := min(n, len(ends))
		text = text[:0]
		for i := range k {
			if src.kind == "msk" {
				text = append(append(text, sh.id...), ':')
				text = strconv.AppendInt(text, int64(len(sh.records)+i), 10)
			} else {
				src.last++
				text = strconv.AppendUint(text, src.last, 10)
			}
			ends[i] = len(text)
		}
		names, at := string(text), 0
		for i := range k {
			r := machineRecord{label: names[at:ends[i]]}
			r.seq = r.label
			if src.kind == "msk" {
				r.seq = r.label[len(sh.id)+1:]
			}
			sh.records = append(sh.records, r)
			at = ends[i]
		}
		n -= k
	}
	return sh.records[from:]
}

// machineUUID is the same for the same arguments, and looks like a random one.
func machineUUID(space, n uint64) string {
	mix := func(z uint64) uint64 { // splitmix64
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		return z ^ z>>31
	}
	var raw [16]byte
	hi := mix(space*0x9e3779b97f4a7c15 + n + 1)
	lo := mix(hi + n*0x9e3779b97f4a7c15)
	for i := range 8 {
		raw[i], raw[8+i] = byte(hi>>(8*i)), byte(lo>>(8*i))
	}
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	var text [36]byte
	hex.Encode(text[0:8], raw[0:4])
	hex.Encode(text[9:13], raw[4:6])
	hex.Encode(text[14:18], raw[6:8])
	hex.Encode(text[19:23], raw[8:10])
	hex.Encode(text[24:], raw[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}
