package delivery

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/trace"
)

// fuzzBound is far more than any input of the fuzzer may take.
const fuzzBound = 5 * time.Second

// FuzzChecker: whatever stands in a file, the reader and the checker come to an
// end, with violations or with an error that names the line.
func FuzzChecker(f *testing.F) {
	for i := range breaches {
		f.Add(breaches[i].lines(&testing.T{}))
	}
	for seed := range uint64(20) {
		var file bytes.Buffer
		w := trace.NewWriter(&file)
		s := generators.Delivery(generators.Seeded(seed))
		err := Play(s, Seeded(seed), w.Write)
		if err == nil {
			err = w.Flush()
		}
		if err != nil {
			f.Fatal(err)
		}
		if file.Len() < 1<<15 {
			f.Add(file.Bytes())
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		start := time.Now()
		c := NewChecker(func(v Violation) { checkViolation(t, &v) })
		for r := trace.NewReader(bytes.NewReader(file)); ; {
			e, err := r.Next()
			if err == io.EOF {
				break
			}
			if err == nil {
				err = c.Event(e)
			}
			if err != nil {
				checkInputError(t, err)
				break
			}
		}
		if d := time.Since(start); d > fuzzBound {
			t.Errorf("it took %v", d)
		}
	})
}

// FuzzCheckerMutated does the same with good traces that are changed in more
// places than one: the bytes say how.
func FuzzCheckerMutated(f *testing.F) {
	for seed := range uint64(16) {
		f.Add(seed, []byte{0, 3, 1, 5, 2, 9, 3, 2, 4, 1, 5, 7})
	}
	f.Fuzz(func(t *testing.T, seed uint64, how []byte) {
		all, err := PlayAll(generators.Delivery(generators.Seeded(seed)), Seeded(seed))
		if err != nil {
			t.Fatal(err)
		}
		if len(all) > 2000 {
			t.Skip("long")
		}
		for ; len(how) >= 2 && len(all) > 2; how = how[2:] {
			all = mutate(all, how[0], int(how[1]))
		}
		c := NewChecker(func(v Violation) { checkViolation(t, &v) })
		for i := range all {
			all[i].Line = i + 1
			if err := c.Event(&all[i]); err != nil {
				checkInputError(t, err)
				return
			}
		}
	})
}

// mutate changes one event, counted from the end so that small numbers reach
// what is interesting.
func mutate(all []trace.Event, how byte, place int) []trace.Event {
	i := len(all) - 1 - place%(len(all)-1)
	e := &all[i]
	e.Records, e.Attempts = slices.Clone(e.Records), slices.Clone(e.Attempts)
	switch how % 8 {
	case 0:
		return slices.Delete(all, i, i+1)
	case 1:
		return slices.Insert(all, i, *e)
	case 2:
		all[i], all[i-1] = all[i-1], all[i]
	case 3:
		e.Outcome = (e.Outcome + 1) % 3
	case 4:
		if len(e.Records) > 0 {
			e.Records = e.Records[1:]
			e.Attempts = nil
		}
	case 5:
		slices.Reverse(e.Records)
	case 6:
		e.End = trace.NotEnded
	case 7:
		other := &all[1+place*7%(len(all)-1)]
		e.Records = append(e.Records, other.Records...)
		e.Shard = other.Shard
		e.Attempts = nil
	}
	return all
}

func checkViolation(t *testing.T, v *Violation) {
	if v.Rule == nil || v.Invariant == nil || v.Class == "" || v.Expected == "" || !slices.Contains(v.Evidence, v.Line) {
		t.Errorf("a violation without its parts: %+v", v)
	}
}

func checkInputError(t *testing.T, err error) {
	var read *trace.InputError
	var judge *InputError
	if !errors.As(err, &read) && !errors.As(err, &judge) {
		t.Errorf("%T: %v", err, err)
	}
}
