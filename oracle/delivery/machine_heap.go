package delivery

// machineHappening is something that will happen at a time.
type machineHappening struct {
	t  float64
	n  uint64 // what was planned first happens first among those of one time
	do func()
}

// machineHeap holds what will happen, the next one first.
type machineHeap struct {
	items []machineHappening
	n     uint64
}

func (a *machineHappening) before(b *machineHappening) bool {
	return a.t < b.t || a.t == b.t && a.n < b.n
}

func (h *machineHeap) push(t float64, do func()) {
	h.n++
	h.items = append(h.items, machineHappening{t, h.n, do})
	s := h.items
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s[i].before(&s[up]) {
			return
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

func (h *machineHeap) pop() machineHappening {
	s := h.items
	first, last := s[0], len(s)-1
	s[0] = s[last]
	s[last] = machineHappening{}
	s = s[:last]
	h.items = s
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(s) {
			return first
		}
		if down+1 < len(s) && s[down+1].before(&s[down]) {
			down++
		}
		if !s[down].before(&s[i]) {
			return first
		}
		s[i], s[down] = s[down], s[i]
		i = down
	}
}
