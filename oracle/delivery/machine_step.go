package delivery

import (
	"github.com/esmconform/esmconform/oracle/trace"
)

// do does one step.
func (m *machine) do(st *trace.Step) {
	src := m.named[st.Source]
	switch st.Do {
	case trace.DoPut:
		m.put(src, st)
	case trace.DoCreate, trace.DoUpdate, trace.DoDelete:
		m.call(src, st)
	case trace.DoThrottle:
		t := machineThrottle{from: m.now, to: st.Until}
		if mp := m.mappings[st.Mapping]; mp != nil {
			t.function = mp.cfg.function
		} else if st.Mapping != "" {
			m.fail("there is no mapping %q", st.Mapping)
			return
		}
		m.throttle = append(m.throttle, t)
		m.event = trace.Event{Kind: trace.Throttle, T: m.now, End: st.Until, Function: t.function}
		m.emit()
	case trace.DoSplit:
		m.reshard(src, 2, src.shards[st.Shard])
	case trace.DoMerge:
		m.reshard(src, 1, src.shards[st.Shard], src.shards[st.Shard+1])
	case trace.DoLook:
		if src.queue == nil {
			m.fail("only a queue can be looked at, not a source of kind %s", src.kind)
			return
		}
		m.look(src.queue)
	default:
		m.fail("the action is unknown, expected put, create, update, delete, throttle, split, merge or look")
	}
}

func (m *machine) put(src *machineSource, st *trace.Step) {
	n, size := max(st.Count, 1), st.Size
	if size == 0 {
		size = 200
	}
	if src.queue != nil {
		m.send(src.queue, st, n, size)
		return
	}
	if st.Shard < 0 || st.Shard >= len(src.shards) || src.shards[st.Shard].closed {
		m.fail("source %q has no open shard %d", src.name, st.Shard)
		return
	}
	sh := src.shards[st.Shard]
	records := src.number(sh, n)
	for i := range records {
		r := &records[i]
		r.key, r.arrival, r.size = st.Key, m.now, size
		if r.key == "" {
			r.key = r.seq
		}
		r.extra = machineExtraOf(src, sh.id, r, st)
		m.event = trace.Event{Kind: trace.Put, T: m.now, Source: src.arn, Shard: sh.id, Seq: r.seq, Key: r.key, Size: r.size, Arrival: m.now}
		if r.extra != nil {
			m.event.Record = r.extra.record
		}
		m.emit()
	}
	for _, r := range sh.readers {
		r.poll()
	}
}

// machineExtraOf is nil for a plain record.
func machineExtraOf(src *machineSource, shard string, r *machineRecord, st *trace.Step) *machineExtra {
	if st.Record == nil && st.Poison == nil && !src.filtered {
		return nil
	}
	x := &machineExtra{record: st.Record, poison: st.Poison}
	if x.record == nil && src.filtered {
		x.record = machineRecordJSON(src, shard, r)
	}
	return x
}

// reshard ends shards and gives them children, which every mapping that was
// there before reads from their first record.
func (m *machine) reshard(src *machineSource, children int, ending ...*machineShard) {
	for _, sh := range ending {
		sh.closed = true
		for _, r := range sh.readers {
			if r.lanes[0].due() {
				r.poll() // its window is over
			}
		}
	}
	for range children {
		sh := src.addShard(m.step, ending...)
		for _, mp := range m.all {
			if mp.src == src && !mp.deleted {
				mp.read(sh)
			}
		}
	}
}
