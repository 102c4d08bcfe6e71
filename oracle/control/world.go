package control

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// World is what exists besides mappings: the functions that they may invoke
// and the sources that they may read. Copies of a World share what they hold.
type World struct {
	Partition, Region, Account string

	functions map[string]*function // by name
	sources   map[string]bool
	resolved  map[string]string      // function names to ARNs, as far as asked
	buried    map[string]bool        // sources whose mappings are gone
	patterns  map[string]patternForm // of filters, as far as asked
}

// NewWorld returns an empty world of one account in one Region.
func NewWorld(partition, region, account string) World {
	return World{Partition: partition, Region: region, Account: account,
		functions: map[string]*function{}, sources: map[string]bool{}, resolved: map[string]string{},
		buried: map[string]bool{}, patterns: map[string]patternForm{}}
}

type function struct {
	qualifiers map[string]bool
	deleted    bool
}

// Presence says whether a thing exists, as far as is known.
type Presence uint8

// The presences.
const (
	Unknown Presence = iota
	Exists
	Missing
)

// AddFunction makes a function exist, with the qualifiers given ($LATEST
// exists always).
func (w *World) AddFunction(name string, qualifiers ...string) {
	f := w.functions[name]
	if f == nil || f.deleted {
		f = &function{qualifiers: map[string]bool{"": true, "$LATEST": true}}
		w.functions[name] = f
	}
	for _, q := range qualifiers {
		f.qualifiers[q] = true
	}
}

// RemoveFunction makes a function not exist any more.
func (w *World) RemoveFunction(name string) {
	if f := w.functions[name]; f != nil {
		f.deleted = true
	}
}

// AddSource makes a source exist, by ARN.
func (w *World) AddSource(arn string) {
	w.sources[arn] = true
}

// RemoveSource makes a source not exist any more.
func (w *World) RemoveSource(arn string) { delete(w.sources, arn) }

// Bury notes that a source was mapped and that its mapping is gone. A target
// may still find it in the way: that is a finding of its own, and no rule of the
// Create that it answers.
func (w *World) Bury(arn string) { w.buried[arn] = true }

func (w *World) source(arn string) Presence {
	if w.sources[arn] {
		return Exists
	}
	return Unknown
}

// function says whether the function that a name speaks of exists.
func (w *World) function(f *functionRef) Presence {
	if f.account != "" && f.account != w.Account || f.region != "" && f.region != w.Region {
		return Unknown
	}
	fn := w.functions[f.name]
	if fn == nil || fn.deleted || !fn.qualifiers[f.qualifier] {
		return Missing
	}
	return Exists
}

// FunctionARN is the ARN of a function in this world, qualified when the
// reference is.
func (w *World) functionARN(f *functionRef) string {
	var b strings.Builder
	b.WriteString("arn:" + w.Partition + ":lambda:")
	b.WriteString(orElse(f.region, w.Region) + ":" + orElse(f.account, w.Account))
	b.WriteString(":function:" + f.name)
	if f.qualifier != "" {
		b.WriteString(":" + f.qualifier)
	}
	return b.String()
}

// FunctionARN is the ARN of a function of this world.
func (w *World) FunctionARN(name, qualifier string) string {
	return w.functionARN(&functionRef{name: name, qualifier: qualifier})
}

// mappingARN is the ARN of a mapping in this world.
func (w *World) mappingARN(uuid string) string {
	return "arn:" + w.Partition + ":lambda:" + w.Region + ":" + w.Account + ":event-source-mapping:" + uuid
}

// isMappingARN compares an ARN with mappingARN, piece by piece so as not to allocate.
func (w *World) isMappingARN(arn, uuid string) bool {
	for _, piece := range [...]string{"arn:", w.Partition, ":lambda:", w.Region, ":", w.Account, ":event-source-mapping:", uuid} {
		rest, ok := strings.CutPrefix(arn, piece)
		if !ok {
			return false
		}
		arn = rest
	}
	return arn == ""
}

// resolve turns any form of a function name into the ARN that an answer shows;
// ok is false for a name of no documented form.
func (w *World) resolve(p rule.Profile, name string) (arn string, ok bool) {
	if arn, ok := w.resolved[name]; ok {
		return arn, true
	}
	f, ok := parseFunctionName(p, name)
	if !ok {
		return "", false
	}
	if len(w.resolved) >= maxResolved {
		clear(w.resolved)
	}
	arn = w.functionARN(&f)
	w.resolved[name] = arn
	return arn, true
}

// pattern is the form of a filter's pattern.
func (w *World) pattern(text string) patternForm {
	if form, ok := w.patterns[text]; ok {
		return form
	}
	if len(w.patterns) >= maxResolved {
		clear(w.patterns)
	}
	form := formOfPattern(text)
	w.patterns[text] = form
	return form
}

// maxResolved bounds what resolve and pattern remember.
const maxResolved = 1024

// sameFunction compares two function ARNs; the answer is Unknown when they
// differ in nothing but the qualifier, which the documentation leaves open.
func sameFunction(a, b string) Presence {
	if a == b {
		return Exists
	}
	if unqualified(a) == unqualified(b) {
		return Unknown
	}
	return Missing
}

// unqualified cuts the qualifier off a function ARN.
func unqualified(arn string) string {
	parts := strings.SplitN(arn, ":", 8)
	if len(parts) < 8 {
		return arn
	}
	return strings.Join(parts[:7], ":")
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
