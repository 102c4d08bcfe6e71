package delivery

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// corrupted is the event that was corrupted.
func (c *corruption) corrupted() *trace.Event { return &c.good.events[c.at] }

// told is the settings of the mapping of the event that was corrupted.
func (c *corruption) told() settings { return c.good.settings(c.corrupted().Mapping, c.corrupted().T) }

// last reports whether nothing came after an invocation of what it held.
func (c *corruption) last() bool { return len(c.good.later(c.at)) == 0 }

// condition is that of the message that was corrupted.
func (c *corruption) condition() string {
	q, _ := c.corrupted().Body["requestContext"].(map[string]any)
	return text(q["condition"])
}

// merged reports whether the corrupted message is about more than one record.
func (c *corruption) merged() bool {
	for _, info := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
		if b, ok := c.corrupted().Body[info].(map[string]any); ok {
			return b["startSequenceNumber"] != b["endSequenceNumber"]
		}
	}
	return false
}

// beforeFirst reports whether what the corruption takes away, so that it is never
// delivered, stands before everything that a mapping with LATEST still delivers of the shard.
func (c *corruption) beforeFirst() bool {
	x, e := c.good, c.corrupted()
	if x.start(e.Mapping) != "LATEST" || x.followsParent(e) {
		return false
	}
	first, kept := map[string]int{}, map[string]bool{} // by partition; one of a stream
	for i := range c.bad {
		n := &c.bad[i]
		if n.Kind != trace.Invoke || n.Mapping != e.Mapping || n.Shard != e.Shard && x.source.SourceKind != "msk" {
			continue
		}
		for _, r := range n.Records {
			kept[r] = true
			p, _ := splitOffset(r)
			if lowest, ok := first[p]; !ok || x.put(n, r) < lowest {
				first[p] = x.put(n, r)
			}
		}
	}
	missing := 0
	for _, r := range e.Records {
		p, _ := splitOffset(r)
		lowest, ok := first[p]
		switch {
		case kept[r]:
		case ok && x.put(e, r) >= lowest:
			return false
		default:
			missing++
		}
	}
	return missing > 0
}

// comesLater reports whether every record that the corruption takes away from an
// invocation comes again.
func (c *corruption) comesLater() bool {
	return !slices.ContainsFunc(c.corrupted().Records, func(r string) bool {
		if c.kind == leaveOutRecord && slices.Contains(c.bad[c.at].Records, r) {
			return false
		}
		return !slices.ContainsFunc(c.good.later(c.at), func(i int) bool { return slices.Contains(c.good.events[i].Records, r) })
	})
}

// reordered reports whether the corruption only changes the order in a batch of a
// queue, and that of no group.
func (c *corruption) reordered() bool {
	e, b := c.corrupted(), &c.bad[c.at]
	if !slices.Equal(slices.Sorted(slices.Values(e.Records)), slices.Sorted(slices.Values(b.Records))) {
		return false
	}
	for i, r := range b.Records {
		for _, later := range b.Records[i+1:] {
			p, q := c.good.put(e, r), c.good.put(e, later)
			if c.good.source.SourceKind == "sqs-fifo" && p > q && c.good.events[p].Key == c.good.events[q].Key {
				return false
			}
		}
	}
	return true
}

// inside reports whether the corrupted batch stands between the first and the last
// record of a message, itself neither.
func (c *corruption) inside(message int) bool {
	if message < 0 {
		return false
	}
	e, b := c.corrupted(), reportedBatch(&c.good.events[message])
	return compareSeq(text(b["startSequenceNumber"]), e.Records[0]) < 0 && compareSeq(text(b["endSequenceNumber"]), e.Records[len(e.Records)-1]) > 0
}

// reportedBatch is the part of a message that says which batch it is about.
func reportedBatch(d *trace.Event) map[string]any {
	for _, info := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
		if b, ok := d.Body[info].(map[string]any); ok {
			return b
		}
	}
	return nil
}

// firstArrival is when the first record arrived that the corrupted message reports.
func (c *corruption) firstArrival() float64 {
	b := reportedBatch(c.corrupted())
	if i, ok := c.good.place[corruptName(text(b["shardId"]), text(b["startSequenceNumber"]))]; ok {
		return c.good.events[i].Arrival
	}
	return c.corrupted().T
}

// reportsFirst reports whether a mapping with LATEST delivered or reported nothing
// of a shard that stands before what the corrupted message reports.
func (c *corruption) reportsFirst() bool {
	d := c.corrupted()
	b := reportedBatch(d)
	if c.good.start(d.Mapping) != "LATEST" || c.good.followsParent(&trace.Event{Mapping: d.Mapping, Shard: text(b["shardId"])}) {
		return false
	}
	return !slices.ContainsFunc(c.bad, func(n trace.Event) bool {
		first := ""
		switch {
		case n.Mapping != d.Mapping:
		case n.Kind == trace.Invoke && n.Shard == b["shardId"]:
			first = n.Records[0]
		case n.Kind == trace.Destination:
			if other := reportedBatch(&n); other["shardId"] == b["shardId"] {
				first = text(other["startSequenceNumber"])
			}
		}
		return first != "" && compareSeq(first, text(b["endSequenceNumber"])) < 0
	})
}

// doneElsewhere reports whether another invocation than the corrupted one was the
// end of each of its records.
func (c *corruption) doneElsewhere() bool {
	e := c.corrupted()
	return !slices.ContainsFunc(e.Records, func(r string) bool {
		for i := range c.bad {
			if n := &c.bad[i]; n.ID != e.ID && c.good.sameShard(n, e) && slices.Contains(n.Records, r) && c.good.settles(n, r) {
				return false
			}
		}
		return true
	})
}
