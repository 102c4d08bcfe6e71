package specs

import (
	"slices"

	"github.com/anishathalye/porcupine"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
)

// The model of one slot, for calls one after the other. It is wide: a change that was taken
// may show at once or later, but never less of it than was seen before; a mapping that was
// changed may be too busy for the next change; a deleted one is Deleting until it is gone.

// wanted is what was asked of a mapping.
type wanted struct {
	batch   int
	enabled bool
}

// slotState is what a slot is in. It is never changed, only replaced.
type slotState struct {
	uuid     string   // of the last mapping; older ones are gone or going
	may      []wanted // what it may show: the last that was seen, and what was asked since
	changed  bool     // a change was taken since it was known to be at rest
	deleting bool
	gone     bool
}

var slotModel = porcupine.Model{
	Init: func() any { return slotState{gone: true} },
	Step: func(state, input, output any) (bool, any) {
		return state.(slotState).step(input.(slotCall), output.(slotAnswer))
	},
	Equal: func(a, b any) bool {
		x, y := a.(slotState), b.(slotState)
		return x.uuid == y.uuid && x.changed == y.changed && x.deleting == y.deleting && x.gone == y.gone && slices.Equal(x.may, y.may)
	},
}

func (s slotState) step(in slotCall, out slotAnswer) (bool, slotState) {
	taken := out.status/100 == 2
	switch {
	case in.do == trace.CallSettle:
		return true, slotState{uuid: in.uuid, may: []wanted{{out.batch, out.state == control.IsEnabled}}}
	case out.status == 429:
		return in.do != trace.CallGone, s
	case in.do == trace.CallCreate:
		return s.create(out, taken)
	case in.uuid != s.uuid:
		// One that was there before, which another took the place of.
		return out.status/100 == 4 || out.state == control.Deleting, s
	case s.gone:
		return out.status == 404, s
	case out.status == 404:
		s.gone = true
		return s.deleting, s
	}
	switch in.do {
	case trace.CallUpdate:
		return s.update(in, out, taken)
	case trace.CallDelete:
		if taken {
			s.deleting = true
			return out.state == control.Deleting, s
		}
		return s.busy(out), s
	}
	return s.look(out, taken, in.do == trace.CallGone)
}

// busy reports whether the mapping may be in use.
func (s slotState) busy(out slotAnswer) bool {
	return (out.code == control.ResourceInUse || out.code == control.ResourceConflict) && (s.changed || s.deleting)
}

func (s slotState) create(out slotAnswer, taken bool) (bool, slotState) {
	if !taken {
		return out.code == control.ResourceConflict || out.code == control.ResourceInUse && s.deleting, s
	}
	next := slotState{uuid: out.uuid, may: []wanted{{out.batch, true}}, changed: true}
	return (s.gone || s.deleting) && out.uuid != s.uuid, next
}

func (s slotState) update(in slotCall, out slotAnswer, taken bool) (bool, slotState) {
	if !taken {
		return s.busy(out), s
	}
	if s.deleting {
		return out.state == control.Deleting, s // whether it is refused is not documented
	}
	next := s.may[len(s.may)-1]
	next.batch = in.batch
	if enabled, ok := in.enabled.(bool); ok {
		next.enabled = enabled
	}
	s.may, s.changed = append(slices.Clone(s.may), next), true
	return s.shows(out) >= 0 && out.state != control.Deleting, s
}

// look is a Get. The last look comes after a wait, when everything must show.
func (s slotState) look(out slotAnswer, taken, last bool) (bool, slotState) {
	if !taken {
		return false, s
	}
	if s.deleting {
		return out.state == control.Deleting && !last, s
	}
	i := s.shows(out)
	if i < 0 || out.state == control.Deleting {
		return false, s
	}
	s.may = s.may[i:]
	goal := control.Disabled
	if s.may[len(s.may)-1].enabled {
		goal = control.IsEnabled
	}
	return !last || len(s.may) == 1 && out.state == goal, s
}

// shows is the place of what an answer shows among what the mapping may show, or -1.
func (s slotState) shows(out slotAnswer) int {
	return slices.IndexFunc(s.may, func(w wanted) bool { return w.batch == out.batch })
}
