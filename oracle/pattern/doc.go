// Package pattern decides whether the FilterCriteria of a mapping select a
// record, as the Lambda developer guide describes it (invocation-eventfiltering)
// and as AWS was recorded to behave.
//
// It answers Unknown wherever the guide leaves more than one reading and the
// readings disagree, because whoever judges a delivery may reject only what no
// reading allows. A part that surely differs still decides the whole: a filter
// with one field that differs and one that is unknown differs.
package pattern
