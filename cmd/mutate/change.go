package main

import (
	"cmp"
	"fmt"
	"go/token"
	"hash/fnv"
	"slices"
)

// The kinds of change, by the names that other tools give them.
const (
	boundary  = "CONDITIONALS_BOUNDARY"
	negation  = "CONDITIONALS_NEGATION"
	basics    = "ARITHMETIC_BASE"
	stepping  = "INCREMENT_DECREMENT"
	negatives = "INVERT_NEGATIVES"
)

// swap is one kind of change to an operator.
type swap struct {
	kind string
	to   token.Token
}

// swaps are the changes to an operator between two operands. Where there are
// two, the switch of the second has the next number.
var swaps = map[token.Token][]swap{
	token.EQL: {{negation, token.NEQ}},
	token.NEQ: {{negation, token.EQL}},
	token.LSS: {{boundary, token.LEQ}, {negation, token.GEQ}},
	token.LEQ: {{boundary, token.LSS}, {negation, token.GTR}},
	token.GTR: {{boundary, token.GEQ}, {negation, token.LEQ}},
	token.GEQ: {{boundary, token.GTR}, {negation, token.LSS}},
	token.ADD: {{basics, token.SUB}},
	token.SUB: {{basics, token.ADD}},
	token.MUL: {{basics, token.QUO}},
	token.QUO: {{basics, token.MUL}},
	token.REM: {{basics, token.MUL}},
}

// change is one small change to the source of a package.
type change struct {
	File   string `json:"file"` // relative to the root of the module
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Kind   string `json:"kind"`
	From   string `json:"from"`
	To     string `json:"to"`

	// id is the number that switches it on in the instrumented package.
	id int
	// alone says that it has no switch, as constants must be constant: it takes
	// a build of its own, with edit applied to the source as it is.
	alone bool
	edit  edit
	// source identifies the text of the file.
	source string
}

func (c *change) String() string {
	return fmt.Sprintf("%s:%d:%d %s %s -> %s", c.File, c.Line, c.Column, c.Kind, c.From, c.To)
}

// key is what a change is found by in the results of an earlier run.
func (c *change) key() string { return c.source + " " + c.String() }

// sample picks n of the changes, always the same ones, in their order.
func sample(all []*change, n int) []*change {
	if n <= 0 || n >= len(all) {
		return all
	}
	lot := func(c *change) uint64 {
		h := fnv.New64a()
		fmt.Fprint(h, c.String(), " drawn")
		return h.Sum64()
	}
	drawn := slices.Clone(all)
	slices.SortFunc(drawn, func(a, b *change) int { return cmp.Compare(lot(a), lot(b)) })
	drawn = drawn[:n]
	slices.SortFunc(drawn, func(a, b *change) int { return cmp.Compare(a.id, b.id) })
	return drawn
}
