package main

import (
	"bytes"
	"cmp"
	"slices"
)

// edit replaces the bytes from start to end of a source file.
type edit struct {
	start, end int
	text       string
}

// edits are made to one file; those at one place stand in the order in which
// they nest, given that an outer expression is added before what is in it.
type edits struct {
	closings, openings, replacements []edit
}

// around puts text before and after what lies between two offsets.
func (e *edits) around(start int, before string, end int, after string) {
	e.openings = append(e.openings, edit{start, start, before})
	e.closings = append(e.closings, edit{end, end, after})
}

func (e *edits) replace(start, end int, text string) {
	e.replacements = append(e.replacements, edit{start, end, text})
}

// apply returns the source with the edits made.
func (e *edits) apply(src []byte) []byte {
	inner := slices.Clone(e.closings)
	slices.Reverse(inner)
	all := slices.Concat(inner, e.openings, e.replacements)
	slices.SortStableFunc(all, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	return splice(src, all...)
}

// splice makes edits that are in order and do not overlap.
func splice(src []byte, list ...edit) []byte {
	var out bytes.Buffer
	at := 0
	for _, e := range list {
		out.Write(src[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.Write(src[at:])
	return out.Bytes()
}
