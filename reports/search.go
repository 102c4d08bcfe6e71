package reports

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

// SearchFormat is the number of the form that a search's file has.
const SearchFormat = 1

// Search is what drawn scenarios have shown so far: fuzz.json is this type as JSON.
// It is also where a search goes on from, and several of one seed make one.
type Search struct {
	Format    int       `json:"format"`
	Suite     string    `json:"suite"`
	Target    Target    `json:"target"`
	Profile   string    `json:"profile"`
	Level     string    `json:"level"` // the weakest that is judged
	Seed      uint64    `json:"seed"`
	Command   string    `json:"command"`
	Replay    string    `json:"replay"` // the command that plays a least case again, but for its file
	Started   time.Time `json:"started"`
	Ended     time.Time `json:"ended,omitzero"`
	Shards    []Shard   `json:"shards"`
	Sequences uint64    `json:"sequences"` // played
	Steps     uint64    `json:"steps"`     // calls, and steps of scenarios with records
	Fine      uint64    `json:"fine"`      // calls that succeeded, and invocations
	Simulated float64   `json:"simulated_seconds"`
	Stopped   string    `json:"stopped,omitempty"` // why it ended before its time
	Broken    string    `json:"broken,omitempty"`  // the target died, the suite is at fault, or it was told to stop
	Missing   []string  `json:"missing,omitempty"` // shards that were not merged
	Exercised []string  `json:"exercised"`         // rules that were decided
	States    Bitmap    `json:"states"`            // abstract states that were come upon
	Findings  []Found   `json:"findings"`          // by rule and class
}

// Shard is a part of a search: the sequences whose index leaves Index when divided by Of.
type Shard struct {
	Index uint64 `json:"index"`
	Of    uint64 `json:"of"`
	Next  uint64 `json:"next"` // how many of its sequences were played
}

// MaxShards is the most shards that a search has.
const MaxShards = 10_000

// Found is a way in which a rule was broken, with the least that shows it.
type Found struct {
	Rule     string          `json:"rule"`
	Level    string          `json:"level"`
	Class    string          `json:"class"`
	Expected string          `json:"expected"`
	Actual   string          `json:"actual"`
	First    uint64          `json:"first"` // the index of the first sequence that showed it
	Count    uint64          `json:"count"` // how many did
	Known    bool            `json:"known,omitempty"`
	Runs     int             `json:"runs"`  // how often something smaller was tried
	Alone    string          `json:"alone"` // how often the least shows it by itself: "5/5"
	Least    *trace.Scenario `json:"least,omitempty"`
}

// Size is how many operations the least case has.
func (f *Found) Size() int {
	if f.Least == nil {
		return 0
	}
	return max(len(f.Least.Calls), len(f.Least.Steps))
}

// Bitmap is a set of small numbers, in base64 when written.
type Bitmap []byte

// NumStates is how many abstract states are told apart.
const NumStates = 1 << 16

// NewBitmap holds numbers below n.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+7)/8) }

// Add puts a number in, and reports whether it is new.
func (b Bitmap) Add(n uint16) bool {
	old := b[n/8]
	b[n/8] |= 1 << (n % 8)
	return b[n/8] != old
}

// Count is how many numbers are in.
func (b Bitmap) Count() (n int) {
	for _, x := range b {
		n += bits.OnesCount8(x)
	}
	return n
}

// MarshalText writes base64.
func (b Bitmap) MarshalText() ([]byte, error) {
	return []byte(base64.StdEncoding.EncodeToString(b)), nil
}

// UnmarshalText reads base64.
func (b *Bitmap) UnmarshalText(text []byte) (err error) {
	*b, err = base64.StdEncoding.DecodeString(string(text))
	return err
}

// SearchFile is the name of a search's file in a report folder.
const SearchFile = "fuzz.json"

// Write writes the search to a file, whole or not at all.
func (s *Search) Write(file string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(s); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return replace(file, b.Bytes(), true)
}

// Find is the finding of a rule and class, or nil.
func (s *Search) Find(rule, class string) *Found {
	for i := range s.Findings {
		if f := &s.Findings[i]; f.Rule == rule && f.Class == class {
			return f
		}
	}
	return nil
}

// Sort puts the findings in their order: by rule, then by class.
func (s *Search) Sort() {
	slices.SortFunc(s.Findings, func(a, b Found) int {
		return strings.Compare(a.Rule+"\x00"+a.Class, b.Rule+"\x00"+b.Class)
	})
}
