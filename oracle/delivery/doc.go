// Package delivery is the model of the data plane: what a mapping may do with
// records.
//
// It holds two implementations of one specification that share types and
// nothing else, so that each tests the other. The machine delivers, in virtual
// time: every freedom that the documentation leaves is a choice point, where the
// default is one fixed answer and a seeded source explores the others. The
// checker judges a trace in one pass, without search, with memory bounded by
// what is unsettled; it rejects only what no reading of the documentation allows.
package delivery
