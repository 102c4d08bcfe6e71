package control

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// functionRef is a FunctionName taken apart. Empty parts were not given.
type functionRef struct {
	region, account, name, qualifier string
}

// bare reports whether only a function name was given, a qualifier aside.
func (f *functionRef) bare() bool { return f.region == "" && f.account == "" }

// parseFunctionName matches the NamespacedFunctionName pattern of the profile,
// whole, and takes the name apart:
//
//	(arn:(aws[a-zA-Z-]*)?:lambda:)?(REGION:)?(\d{12}:)?(function:)?NAME(:QUALIFIER)?
func parseFunctionName(p rule.Profile, s string) (f functionRef, ok bool) {
	rest := s
	if after, found := strings.CutPrefix(s, "arn:"); found {
		partition, tail, _ := strings.Cut(after, ":")
		if tail, found := strings.CutPrefix(tail, "lambda:"); found && validFunctionPartition(partition) {
			rest = tail
		}
	}
	return parseFunctionTail(p, rest, 0)
}

// validFunctionPartition is (aws[a-zA-Z-]*)?.
func validFunctionPartition(s string) bool {
	if s == "" {
		return true
	}
	tail, ok := strings.CutPrefix(s, "aws")
	return ok && all(tail, func(c byte) bool { return isNameByte(c) && !isDigit(c) })
}

// parseFunctionTail reads what follows the prefix. Each optional part is taken
// when it fits and left when the remainder then does not, as the pattern would.
func parseFunctionTail(p rule.Profile, s string, part int) (f functionRef, ok bool) {
	if part == 3 {
		name, qualifier, qualified := strings.Cut(s, ":")
		if name == "" || !all(name, functionNameByte(p)) || qualified && !validQualifier(p, qualifier) {
			return f, false
		}
		return functionRef{name: name, qualifier: qualifier}, true
	}
	head, rest, more := strings.Cut(s, ":")
	if more {
		switch {
		case part == 0 && validRegion(head, p == rule.Today):
			if f, ok = parseFunctionTail(p, rest, 1); ok {
				f.region = head
				return f, true
			}
		case part == 1 && validAccount(head):
			if f, ok = parseFunctionTail(p, rest, 2); ok {
				f.account = head
				return f, true
			}
		case part == 2 && head == "function":
			if f, ok = parseFunctionTail(p, rest, 3); ok {
				return f, true
			}
		}
	}
	return parseFunctionTail(p, s, part+1)
}

func functionNameByte(p rule.Profile) func(byte) bool {
	if p == rule.Today {
		return func(c byte) bool { return isNameByte(c) || c == '_' || c == '.' }
	}
	return func(c byte) bool { return isNameByte(c) || c == '_' }
}

func validQualifier(p rule.Profile, s string) bool {
	if s == "$LATEST" || p == rule.Today && s == "$LATEST.PUBLISHED" {
		return true
	}
	return s != "" && all(s, func(c byte) bool { return isNameByte(c) || c == '_' })
}

// validFunctionARN matches the FunctionArn pattern of an answer, qualifier
// optional.
func validFunctionARN(p rule.Profile, s string) bool {
	a, ok := splitARN(s)
	if !ok || a.service != "lambda" || !validFunctionPartition(a.partition) ||
		!validRegion(a.region, p == rule.Today) || !validAccount(a.account) {
		return false
	}
	tail, ok := strings.CutPrefix(a.resource, "function:")
	if !ok {
		return false
	}
	name, qualifier, qualified := strings.Cut(tail, ":")
	return name != "" && all(name, func(c byte) bool { return isNameByte(c) || c == '_' }) &&
		(!qualified || validQualifier(p, qualifier))
}
