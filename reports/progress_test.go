package reports

import (
	"strings"
	"testing"
	"time"
)

func TestProgressIsShownOfLongWorkOnly(t *testing.T) {
	var out strings.Builder
	p := NewProgress(&out)
	what := func() string { return "12 events" }
	p.At(0.5, what)
	if out.String() != "" {
		t.Errorf("quick work says %q", &out)
	}
	p.started = time.Now().Add(-10 * time.Second)
	p.At(0.5, what)
	p.At(0.51, what) // too little is new
	p.At(0.75, what)
	p.Clear()
	const expected = "50 %, 12 events, 10 s, about 10 s left\n75 %, 12 events, 10 s, about 3.3 s left\n"
	if out.String() != expected {
		t.Errorf("got %q, expected %q", &out, expected)
	}
}

func TestProgressWithoutAnEndInSight(t *testing.T) {
	var out strings.Builder
	p := NewProgress(&out)
	p.started = time.Now().Add(-20 * time.Second)
	for range 3 {
		p.At(-1, func() string { return "7 events" })
	}
	if out.String() != "7 events, 20 s\n" {
		t.Errorf("got %q", &out)
	}
	p.onTerm, p.said = true, time.Time{}
	p.At(-1, func() string { return "8 events" })
	if !strings.Contains(out.String(), "8 events, 20 s") {
		t.Errorf("the bar shows %q", &out)
	}
}
