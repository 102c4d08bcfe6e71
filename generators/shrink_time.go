package generators

import "github.com/esmconform/esmconform/oracle/trace"

// Times: steps come earlier, throttles and the observation end earlier.

// grid is what spans are brought to, in milliseconds.
var grid = []float64{1_000, 10_000, 60_000, 600_000}

// shorterTimes pulls steps together, and ends what lasts.
func (r *shrinker) shorterTimes() {
	gaps := func(x *trace.Scenario) (at []int) {
		last := 0.0
		for i := range x.Steps {
			if x.Steps[i].At > last {
				at = append(at, i)
			}
			last = x.Steps[i].At
		}
		return at
	}
	simplify(r, gaps, func(x *trace.Scenario, at int) { pull(x, at, 0) })
	for _, at := range gaps(r.least) {
		r.span(func(x *trace.Scenario) float64 { return gap(x, at) }, func(x *trace.Scenario, ms float64) { pull(x, at, ms) })
	}
	for i := range r.least.Steps {
		if r.least.Steps[i].Do == trace.DoThrottle {
			r.span(func(x *trace.Scenario) float64 { return x.Steps[i].Until - x.Steps[i].At },
				func(x *trace.Scenario, ms float64) { x.Steps[i].Until = x.Steps[i].At + ms })
		}
	}
	r.span(func(x *trace.Scenario) float64 { return x.EndMS - over(x) }, func(x *trace.Scenario, ms float64) { x.EndMS = over(x) + ms })
}

// span brings a span of time to the shortest one of the grid that shows the same.
func (r *shrinker) span(is func(x *trace.Scenario) float64, set func(x *trace.Scenario, ms float64)) {
	for _, ms := range grid {
		if is(r.least) <= ms || r.change(func(x *trace.Scenario) { set(x, ms) }) {
			return
		}
	}
}

// gap is how long after the step before a step comes.
func gap(x *trace.Scenario, at int) float64 {
	if at == 0 {
		return x.Steps[0].At
	}
	return x.Steps[at].At - x.Steps[at-1].At
}

// pull has a step come so long after the one before, and all that is after it as
// much earlier.
func pull(x *trace.Scenario, at int, ms float64) {
	by := gap(x, at) - ms
	for i := at; i < len(x.Steps); i++ {
		x.Steps[i].At -= by
		if x.Steps[i].Until > 0 {
			x.Steps[i].Until -= by
		}
	}
	x.EndMS -= by
}

// over is when the last step, and all that it brings about, is over.
func over(x *trace.Scenario) (t float64) {
	for i := range x.Steps {
		t = max(t, x.Steps[i].At, x.Steps[i].Until)
	}
	return t
}
