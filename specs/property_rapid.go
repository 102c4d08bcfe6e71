package specs

import (
	"flag"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/esmconform/esmconform/generators"
)

// What is drawn from rapid is a seed, and the rest comes from that: a draw of rapid
// costs a hundred times as much, and what rapid would make of it, a smaller sequence of
// draws, is rarely a smaller scenario.

// seeds are seeds. Rapid prefers small numbers and draws them again and again, two in
// five of a thousand, so that a seed is mixed from several.
var seeds = rapid.Custom(func(t *rapid.T) (seed uint64) {
	for range 4 {
		seed = (seed ^ rapid.Uint64().Draw(t, "part")) * 0x9e3779b97f4a7c15
		seed ^= seed >> 29
	}
	return max(seed, 1)
})

// Rapid is a source of random bits with a seed that rapid draws.
func Rapid(t *rapid.T) generators.Source { return generators.Seeded(seeds.Draw(t, "seed")) }

// rapidFlags guards the flags of rapid, which are the program's.
var rapidFlags sync.Mutex

// rapidly has rapid check a body so many times, from a seed, with everything left out
// that the suite does itself: shrinking, and files of failures.
func rapidly(name string, checks int, seed uint64, body func(*rapid.T)) {
	rapidFlags.Lock()
	defer rapidFlags.Unlock()
	if flag.Lookup("test.short") == nil {
		testing.Init() // rapid asks for -short, also outside of tests
	}
	if !flag.Parsed() {
		_ = flag.CommandLine.Parse(nil) // there is nothing in it to be wrong
	}
	if testing.Short() {
		checks = max(checks, 5) // of which rapid makes a fifth
	}
	for flagName, value := range map[string]string{"rapid.checks": strconv.Itoa(checks), "rapid.seed": strconv.FormatUint(seed, 10),
		"rapid.nofailfile": "true", "rapid.failfile": "", "rapid.shrinktime": "0s"} {
		f := flag.Lookup(flagName)
		before := f.Value.String()
		defer func() { _ = f.Value.Set(before) }()
		if err := f.Value.Set(value); err != nil {
			panic("specs: " + err.Error())
		}
	}
	defer func() {
		if x := recover(); x != nil && x != any(quietly) {
			panic(x)
		}
	}()
	rapid.Check(&quiet{name: name}, body)
}

// quiet stands where rapid expects a *testing.T: what came of a property is in
// its outcome.
type quiet struct {
	name   string
	failed bool
}

type stopped struct{}

// quietly is what ends a check that failed.
var quietly = stopped{}

func (*quiet) Helper()                 {}
func (q *quiet) Name() string          { return q.name }
func (*quiet) Log(...any)              {}
func (*quiet) Logf(string, ...any)     {}
func (*quiet) Skip(...any)             { panic(quietly) }
func (*quiet) Skipf(string, ...any)    { panic(quietly) }
func (*quiet) SkipNow()                { panic(quietly) }
func (q *quiet) Error(...any)          { q.failed = true }
func (q *quiet) Errorf(string, ...any) { q.failed = true }
func (q *quiet) Fatal(...any)          { q.FailNow() }
func (q *quiet) Fatalf(string, ...any) { q.FailNow() }
func (q *quiet) Fail()                 { q.failed = true }
func (q *quiet) Failed() bool          { return q.failed }
func (q *quiet) FailNow()              { q.failed = true; panic(quietly) }
