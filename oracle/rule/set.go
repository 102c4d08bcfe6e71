package rule

// Set is a set of rules.
type Set []uint64

// NewSet is the empty set.
func NewSet() Set { return make(Set, (len(all)+63)/64) }

// Has reports whether the rule is in the set.
func (s Set) Has(r *Rule) bool {
	i := uint(r.index)
	return s[i/64]&(1<<(i%64)) != 0
}

// Add puts a rule into the set.
func (s Set) Add(r *Rule) {
	i := uint(r.index)
	s[i/64] |= 1 << (i % 64)
}

// Union puts all that is in another set into this one; a nil one is empty.
func (s Set) Union(other Set) {
	for i, word := range other {
		s[i] |= word
	}
}

// Rules lists the rules of the set, in the order of the catalogue.
func (s Set) Rules() (list []*Rule) {
	for _, r := range all {
		if s.Has(r) {
			list = append(list, r)
		}
	}
	return list
}
