package pattern

// Demand is a demand of the guide on what a filter selects.
type Demand uint8

// The demands that a record can fail by itself.
const (
	Other       Demand = iota // several filters, or something else
	Format                    // the record and the pattern are of one format, JSON or plain text
	AllFields                 // every field of the pattern is in the record
	ExactString               // a string is the one in the pattern, letter for letter
)

// Fails says which demand a record fails that the filters do not select.
func (f *Filters) Fails(kind string, record map[string]any) Demand {
	s, ok := sources[kind]
	if !ok || record == nil || f == nil {
		return Other
	}
	v := s.view(record)
	for _, o := range f.filters {
		o.match(v.match) // which finds out about the format
	}
	if v.mismatch {
		return Format
	}
	if len(f.filters) != 1 {
		return Other
	}
	switch fields, exact := f.filters[0].leaves(); {
	case fields > 1:
		return AllFields
	case fields == 1 && exact:
		return ExactString
	}
	return Other
}

// leaves counts the members that a pattern looks at; exact says whether it
// compares all of them with strings.
func (o *object) leaves() (n int, exact bool) {
	exact = len(o.ors) == 0
	for _, f := range o.fields {
		if f.inside != nil {
			m, e := f.inside.leaves()
			n, exact = n+m, exact && e
			continue
		}
		n++
		for _, a := range f.alternatives {
			exact = exact && a.exact
		}
	}
	return n, exact
}
