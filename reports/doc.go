// Package reports holds the one result of a run and everything made from it:
// results.json, junit.xml, summary.md, and what a terminal shows.
//
// A Run takes the outcome of one rule after the other and keeps results.json up
// to date while it goes. The other reports are made from a Result, so any of
// them can be made again later from a results.json.
package reports
