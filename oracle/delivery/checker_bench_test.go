package delivery

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

const (
	trafficStream  = "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
	trafficMapping = "14e0db71-5d35-4eb5-b481-8945cf9d10c2"
	trafficShards  = 4
)

// traffic is the ordinary life of a stream: records are put, and delivered in
// batches of a size, of which one in a hundred fails once. It makes events
// without end.
type traffic struct {
	batch  int
	now    float64
	seq    [trafficShards]uint64
	shard  int
	rounds int
	text   []byte
}

func (g *traffic) begin() []trace.Event {
	shards := make([]trace.Shard, trafficShards)
	for i := range shards {
		shards[i].ID = trafficShard(i)
	}
	return []trace.Event{
		{Kind: trace.Header, Detail: &trace.Detail{Format: 1, Profile: "today", Complete: true, SettleMS: trace.DefaultSettleMS, SkewMS: trace.DefaultSkewMS}},
		{Kind: trace.SourceEvent, Source: trafficStream, Detail: &trace.Detail{SourceKind: "kinesis", Shards: shards}},
		{Kind: trace.Mapping, Mapping: trafficMapping, Detail: &trace.Detail{Config: map[string]any{
			"EventSourceArn": trafficStream, "StartingPosition": "TRIM_HORIZON", "BatchSize": float64(g.batch), "MaximumRetryAttempts": float64(3)}}},
	}
}

var trafficShardIDs = func() (ids [trafficShards]string) {
	for i := range ids {
		ids[i] = fmt.Sprintf("shardId-%012d", i)
	}
	return ids
}()

func trafficShard(i int) string { return trafficShardIDs[i] }

// next appends the events of one batch: its puts, and one or two invocations.
func (g *traffic) next(events []trace.Event) []trace.Event {
	g.shard = (g.shard + 1) % trafficShards
	shard := trafficShard(g.shard)
	records := make([]string, g.batch)
	for i := range records {
		g.seq[g.shard]++
		g.now++
		g.text = append(g.text[:0], "4959033827149025660855969253836157109592157598"...)
		g.text = strconv.AppendUint(g.text, 1_000_000_000+g.seq[g.shard], 10)
		records[i] = string(g.text)
		events = append(events, trace.Event{Kind: trace.Put, T: g.now, Arrival: g.now, Source: trafficStream, Shard: shard, Seq: records[i], Key: "k", Size: 220})
	}
	g.rounds++
	outcome := trace.OK
	if g.rounds%100 == 0 {
		events = append(events, trace.Event{Kind: trace.Invoke, T: g.now, End: g.now + 1, Mapping: trafficMapping, Shard: shard, Records: records, Outcome: trace.Error})
		g.now += 2
	}
	events = append(events, trace.Event{Kind: trace.Invoke, T: g.now, End: g.now + 0.5, Mapping: trafficMapping, Shard: shard, Records: records, Outcome: outcome})
	return events
}

// fill makes at least n events.
func (g *traffic) fill(events []trace.Event, n int) []trace.Event {
	for len(events) < n {
		events = g.next(events)
	}
	return events
}

var trafficSizes = []struct {
	name   string
	events int
}{{"10k", 10_000}, {"1M", 1_000_000}, {"10M", 10_000_000}}

// BenchmarkChecker is the checker alone, on one core: events are made outside of
// the time that counts. That the rate stays the same shows that the cost of an
// event does not depend on how many came before.
func BenchmarkChecker(b *testing.B) {
	for _, batch := range []int{1, 100} {
		for _, size := range trafficSizes {
			b.Run(fmt.Sprintf("batch=%d/%s", batch, size.name), func(b *testing.B) { benchmarkChecker(b, batch, size.events) })
		}
	}
}

// benchmarkChecker lets checkers of traces of n events judge them. What the clock
// sees is the checker alone, on events that are new to it.
//
// The events are made in chunks, as a reader of a file would hand them over, in a
// list that is used again: the checker keeps strings of them, but no event. A chunk
// is larger than the cache of a core, so it is not made for the checker's good.
//
// The strings of the events are garbage in time, as they are with a reader. A
// collection that they cause would, with one core, run between the checker's
// instructions and be charged to it. So it is brought forward to where the clock
// stands still, when one is near or going on. The collector stays on: one that the
// checker brings about by what it allocates itself is charged to it. GCs says how
// many there were.
func benchmarkChecker(b *testing.B, batch, n int) {
	const chunk = 10_000
	var spent time.Duration
	var allocs, collections uint64
	total := 0
	events := make([]trace.Event, 0, chunk+2*batch)
	for b.Loop() {
		g := &traffic{batch: batch}
		c := NewChecker(func(v Violation) { b.Fatal(v.String()) })
		line := 0
		for events = append(events[:0], g.begin()...); line < n; events = events[:0] {
			events = g.fill(events, min(chunk, n-line))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if before.HeapAlloc > before.NextGC/4*3 {
				runtime.GC()
				runtime.ReadMemStats(&before)
			}
			start := time.Now()
			for i := range events {
				line++
				events[i].Line = line
				if err := c.Event(&events[i]); err != nil {
					b.Fatal(err)
				}
			}
			spent += time.Since(start)
			runtime.ReadMemStats(&after)
			allocs += after.Mallocs - before.Mallocs
			collections += uint64(after.NumGC - before.NumGC)
		}
		total += line
	}
	b.ReportMetric(float64(total)/spent.Seconds(), "events/s")
	b.ReportMetric(float64(spent.Nanoseconds())/float64(total), "ns/event")
	b.ReportMetric(float64(allocs)/float64(total), "allocs/event")
	b.ReportMetric(float64(collections), "GCs")
}

// TestCheckerAllocatesNothing: in the steady state an event costs no memory.
func TestCheckerAllocatesNothing(t *testing.T) {
	for _, batch := range []int{1, 100} {
		g := &traffic{batch: batch}
		c := NewChecker(func(v Violation) { t.Fatal(v.String()) })
		line := 0
		feed := func(events []trace.Event) {
			for i := range events {
				line++
				events[i].Line = line
				if err := c.Event(&events[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		feed(g.begin())
		const rounds = 5
		// The history of every shard grows until it is full; half the events are
		// puts at the least.
		for line < 2*trafficShards*(historyBound+blockSize) {
			feed(g.fill(nil, 10_000))
		}
		chunks := make([][]trace.Event, rounds+1)
		for i := range chunks {
			chunks[i] = g.fill(nil, 10_000)
		}
		next := 0
		if n := testing.AllocsPerRun(rounds, func() { feed(chunks[next]); next++ }); n > 0 {
			t.Errorf("batches of %d: %v allocations in 10,000 events", batch, n)
		}
	}
}

// trafficFile writes a trace of n events, and returns its name and size.
func trafficFile(b *testing.B, batch, n int) (string, int64) {
	b.Helper()
	name := filepath.Join(b.TempDir(), "trace.jsonl")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriterSize(f, 1<<20)
	w := trace.NewWriter(out)
	g := &traffic{batch: batch}
	for written, events := 0, g.begin(); written < n; events = g.fill(events[:0], 10_000) {
		for i := range events {
			if err := w.Write(&events[i]); err != nil {
				b.Fatal(err)
			}
		}
		written += len(events)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return name, info.Size()
}

// BenchmarkCheckFile is the whole way from a file of JSON Lines to the verdict.
// peak-MiB is the most memory that the process held meanwhile.
func BenchmarkCheckFile(b *testing.B) {
	for _, batch := range []int{1, 100} {
		for _, size := range trafficSizes[1:] {
			b.Run(fmt.Sprintf("batch=%d/%s", batch, size.name), func(b *testing.B) {
				if testing.Short() && size.events > 1_000_000 {
					b.Skip("long")
				}
				benchmarkCheckFile(b, batch, size.events)
			})
		}
	}
}

func benchmarkCheckFile(b *testing.B, batch, n int) {
	name, size := trafficFile(b, batch, n)
	runtime.GC()
	b.SetBytes(size)
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse+m.StackInuse)
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	events := 0
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		c := NewChecker(func(v Violation) { b.Fatal(v.String()) })
		r := trace.NewReader(f)
		for {
			e, err := r.Next()
			if err == io.EOF {
				break
			}
			if err == nil {
				err = c.Event(e)
			}
			if err != nil {
				b.Fatal(err)
			}
			events++
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	close(stop)
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(<-peak)/(1<<20), "peak-MiB")
}
