package delivery

import (
	"maps"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machineMapping is one mapping, from its creation on.
type machineMapping struct {
	m       *machine
	src     *machineSource
	name    string
	uuid    string
	wanted  *machineConfig   // what the calls so far ask for
	cfg     *machineConfig   // what is in effect
	created int              // the step
	running bool             // polling has begun
	due     int              // calls that have yet to take effect
	acted   float64          // when the last call took, or takes, effect
	ended   bool             // a delete was called
	deleted bool             // and took effect
	readers []*machineReader // of a stream
	poller  *machinePoller   // of a queue
}

// call makes a control-plane call. It acts after the call by a choice, but within
// the time that the first line grants, and in the order of the calls.
func (m *machine) call(src *machineSource, st *trace.Step) {
	mp := m.mappings[st.Mapping]
	lag := [...]float64{0, 500, 2000}[m.c.Choose(PointCallLag, 3)]
	took := [...]float64{0, 30, 300}[m.c.Choose(PointCallTime, 3)]
	d := &trace.Detail{Status: 202, Request: maps.Clone(st.Config)}
	if d.Request == nil {
		d.Request = map[string]any{}
	}
	switch {
	case st.Mapping == "":
		m.fail("the step names no mapping")
	case st.Do == trace.DoCreate && mp != nil && !mp.ended:
		m.fail("mapping %q exists already", st.Mapping)
	case st.Do != trace.DoCreate && mp == nil:
		m.fail("mapping %q was never created", st.Mapping)
	}
	if m.err != nil {
		return
	}
	if st.Do == trace.DoCreate {
		d.Operation = trace.Create
		d.Request["EventSourceArn"] = src.arn
		if d.Request["FunctionName"] == nil {
			d.Request["FunctionName"] = "f"
		}
		mp = &machineMapping{m: m, src: src, name: st.Mapping, uuid: machineUUID(1000, uint64(len(m.all))), created: m.step}
	} else {
		d.Request["UUID"] = mp.uuid
	}
	switch {
	case st.Do != trace.DoCreate && mp.ended:
		d.Operation = map[trace.Action]trace.Operation{trace.DoUpdate: trace.Update, trace.DoDelete: trace.Delete}[st.Do]
		d.Status, d.Code = 404, "ResourceNotFoundException"
		if !mp.deleted {
			d.Status, d.Code = 400, "ResourceInUseException"
		}
		d.Response = map[string]any{"Type": "User", "Message": "The mapping is being deleted, or is gone."}
	case st.Do == trace.DoDelete:
		d.Operation = trace.Delete
		d.Response = mp.wireJSON("Deleting")
		mp.ended = true
		mp.acted = max(mp.acted, m.now+took+lag)
		m.act(mp, mp.remove)
	default:
		given := maps.Clone(d.Request)
		delete(given, "UUID")
		cfg, err := machineMerge(mp.wanted, given, mp.src.kind, m.today)
		if err != nil {
			m.fail("config: %v", err)
			return
		}
		mp.acted = max(mp.acted, m.now+took+lag)
		state := "Creating"
		if st.Do == trace.DoCreate {
			mp.wanted = cfg
			m.mappings[st.Mapping] = mp
			m.all = append(m.all, mp)
			mp.begin()
		} else {
			d.Operation, state = trace.Update, "Updating"
			if cfg.enabled != mp.wanted.enabled {
				state = map[bool]string{true: "Enabling", false: "Disabling"}[cfg.enabled]
			}
			mp.wanted = cfg
			m.act(mp, func() { mp.apply(cfg) })
		}
		d.Response = mp.wireJSON(state)
	}
	m.event = trace.Event{Kind: trace.Call, T: m.now, End: m.now + took, Detail: d}
	m.emit()
}

// act does something when the last call takes effect.
func (m *machine) act(mp *machineMapping, do func()) {
	if mp.acted <= m.now && mp.due == 0 {
		do()
		return
	}
	mp.due++ // what was called before takes effect before
	m.at(mp.acted, func() {
		mp.due--
		do()
	})
}

// apply puts a configuration into effect.
func (mp *machineMapping) apply(cfg *machineConfig) {
	if mp.deleted {
		return
	}
	old := mp.cfg
	mp.cfg = cfg
	for _, r := range mp.readers {
		r.stop(old)
	}
	if mp.poller != nil {
		mp.poller.begin()
	}
}

// remove ends the mapping. What is in flight goes on without it.
func (mp *machineMapping) remove() {
	for _, r := range mp.readers {
		for _, l := range r.lanes {
			l.flush()
		}
	}
	mp.deleted = true
}

// live says whether the mapping may invoke its function.
func (mp *machineMapping) live() bool {
	return mp.running && !mp.gone() && mp.m.holds(DecisionEnabled, mp.cfg.enabled)
}

// gone says whether it has been deleted.
func (mp *machineMapping) gone() bool { return mp.m.holds(DecisionDeleted, mp.deleted) }

// wireJSON is the mapping as a call returns it, every number as a float64.
func (mp *machineMapping) wireJSON(state string) map[string]any {
	c := mp.wanted
	j := maps.Clone(c.wire)
	delete(j, "FunctionName")
	delete(j, "Enabled")
	maps.Copy(j, map[string]any{
		"UUID": mp.uuid, "EventSourceArn": mp.src.arn, "FunctionArn": c.function, "State": state,
		"StateTransitionReason": "User action", "LastModified": mp.m.now / 1000, "LastProcessingResult": "No records processed",
		"BatchSize": float64(c.batchSize), "MaximumBatchingWindowInSeconds": c.window / 1000,
	})
	if mp.src.kind != "msk" && mp.src.queue == nil {
		maps.Copy(j, map[string]any{
			"MaximumRetryAttempts": float64(c.retries), "MaximumRecordAgeInSeconds": -1.0,
			"BisectBatchOnFunctionError": c.bisect, "ParallelizationFactor": float64(c.parallel),
		})
		if c.maxAge > 0 {
			j["MaximumRecordAgeInSeconds"] = c.maxAge / 1000
		}
	}
	return j
}
