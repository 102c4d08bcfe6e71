// Package generators draws scenarios and requests at random, as pure data.
//
// A generator is written once against a Source of random bits. It is total: any
// bits make a valid scenario, so a source may be a seeded generator, the draws
// of a property test, or the bytes of a fuzzer.
package generators

import "math/rand/v2"

// Source is where random bits come from.
type Source interface{ Uint64() uint64 }

// Seeded is a source that is fixed by its seed.
func Seeded(seed uint64) Source { return rand.NewPCG(seed, seed^0x9e3779b97f4a7c15) }

// Bytes is a source that takes its bits from bytes, as a fuzzer gives them, and that goes
// on with zeros where they end.
func Bytes(b []byte) Source { return &byteSource{b} }

type byteSource struct{ rest []byte }

// Uint64 is the next two bytes: few choices are of more than that.
func (s *byteSource) Uint64() uint64 {
	var n uint64
	for i := range min(2, len(s.rest)) {
		n |= uint64(s.rest[i]) << (8 * i)
	}
	s.rest = s.rest[min(2, len(s.rest)):]
	return n
}

// draw picks values from a source.
type draw struct{ Source }

// below returns a number from 0 to n-1.
func (d draw) below(n int) int { return int(d.Uint64() % uint64(n)) }

// between returns a number from lo to hi.
func (d draw) between(lo, hi int) int { return lo + d.below(hi-lo+1) }

// chance is true once in n times.
func (d draw) chance(n int) bool { return d.below(n) == 0 }

func pick[T any](d draw, list ...T) T { return list[d.below(len(list))] }
