package pattern

import "fmt"

// Error says what in FilterCriteria is no filter, and where.
type Error struct {
	Filter  int    // index in Filters; -1 when the criteria as a whole are wrong
	Path    string // the place in the pattern, as body.my-key[1]; "" for its root
	Problem string // what is wrong, what was expected, and what to do
}

// Error is the place and the problem in one line.
func (e *Error) Error() string {
	switch {
	case e.Filter < 0:
		return "FilterCriteria: " + e.Problem
	case e.Path == "":
		return fmt.Sprintf("FilterCriteria.Filters[%d].Pattern: %s", e.Filter, e.Problem)
	}
	return fmt.Sprintf("FilterCriteria.Filters[%d].Pattern at %s: %s", e.Filter, e.Path, e.Problem)
}

// problem is an error whose place is filled in by Compile.
func problem(path, format string, args ...any) *Error {
	return &Error{Path: path, Problem: fmt.Sprintf(format, args...)}
}
