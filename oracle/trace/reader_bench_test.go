package trace

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
)

// benchTrace makes a trace of puts and invocations as Kinesis has them.
func benchTrace(events int) []byte {
	const arn, uuid = "arn:aws:kinesis:us-east-1:000000000000:stream/orders", "14e0db71-5d35-4eb5-b481-8945cf9d10c2"
	random := rand.New(rand.NewPCG(1, 2))
	var file bytes.Buffer
	file.WriteString(header)
	seq := func(i int) string { return fmt.Sprintf("4959033827149025660855969253836157109592157598%010d", i) }
	for i := range events {
		t, shard := 1597104000000+float64(i)/8, i%16
		if i%2 == 0 {
			fmt.Fprintf(&file, `{"event":"put","t":%.3f,"source":"%s","shard":"shardId-%012d","seq":"%s","key":"%x","size":220}`+"\n", t, arn, shard, seq(i), random.IntN(1000))
		} else {
			fmt.Fprintf(&file, `{"event":"invoke","t":%.3f,"end":%.3f,"id":"%016x","mapping":"%s","shard":"shardId-%012d","records":["%s"],"outcome":"ok"}`+"\n", t, t+10, random.Uint64(), uuid, shard, seq(i-1))
		}
	}
	return file.Bytes()
}

func BenchmarkReader(b *testing.B) {
	const events = 200_000
	file := benchTrace(events)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		r := NewReader(bytes.NewReader(file))
		for n := 0; ; n++ {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	each := float64(b.Elapsed().Nanoseconds()) / float64(b.N) / events
	b.ReportMetric(each, "ns/event")
	b.ReportMetric(1e9/each, "events/s")
	b.ReportMetric(float64(len(file))/events, "bytes/event")
}

func BenchmarkWriter(b *testing.B) {
	events, err := readAll(bytes.NewReader(benchTrace(20_000)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w := NewWriter(io.Discard)
		for i := range events {
			if err := w.Write(&events[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(events)), "ns/event")
}

// A long trace takes no more memory than a short one, and hardly any allocation:
// the budget is one chunk of strings for a few hundred events.
func TestReaderMemory(t *testing.T) {
	const events = 100_000
	file := benchTrace(events)
	var before, after runtime.MemStats
	r := NewReader(bytes.NewReader(file))
	runtime.GC()
	runtime.ReadMemStats(&before)
	for {
		if _, err := r.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.Mallocs - before.Mallocs; n > events/20 {
		t.Errorf("%d allocations for %d events", n, events)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(r)
	runtime.KeepAlive(file)
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 2<<20 {
		t.Errorf("the Reader holds %d bytes", held)
	}
}
