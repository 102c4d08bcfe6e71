package trace

import (
	"encoding/binary"
	"math/bits"
)

// maxDepth is how deep arrays and objects may nest, as in encoding/json.
const maxDepth = 10000

// form says what it takes to read a string: nothing, a look at its UTF-8, or
// the replacement of escapes.
type form uint8

const (
	plain   form = 0
	wide    form = 1 // holds bytes outside of ASCII
	escaped form = 2
)

// The skip functions below go over one piece of JSON and return the index after
// it, or -1 when encoding/json would refuse it. They say nothing about why:
// the message is encoding/json's own, which is asked once something is wrong.

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// skipValue goes over the value at i, which stands depth containers deep.
func skipValue(b []byte, i, depth int) (int, form) {
	if i >= len(b) {
		return -1, plain
	}
	switch c := b[i]; {
	case c == '"':
		return skipString(b, i+1)
	case c == '-' || '0' <= c && c <= '9':
		return skipNumber(b, i), plain
	case c == '{':
		return skipObject(b, i+1, depth+1), plain
	case c == '[':
		return skipArray(b, i+1, depth+1), plain
	case c == 't':
		return skipWord(b, i, "true"), plain
	case c == 'f':
		return skipWord(b, i, "false"), plain
	case c == 'n':
		return skipWord(b, i, "null"), plain
	}
	return -1, plain
}

func skipWord(b []byte, i int, word string) int {
	if end := i + len(word); end <= len(b) && string(b[i:end]) == word {
		return end
	}
	return -1
}

// skipString starts after the opening quote. It takes eight bytes at a time as
// long as none of them is a quote, a backslash, a control character or outside
// of ASCII: strings are most of a trace.
func skipString(b []byte, i int) (int, form) {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	f := plain
	for {
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			quote, slash := w^('"'*ones), w^('\\'*ones)
			// Exact up to and including the lowest marked byte, which is all that counts.
			found := ((w-' '*ones)&^w | (quote-ones)&^quote | (slash-ones)&^slash | w) & tops
			if found != 0 {
				i += bits.TrailingZeros64(found) / 8
				break
			}
			i += 8
		}
		if i >= len(b) {
			return -1, f
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1, f
		case c == '\\':
			f |= escaped
			if i = skipEscape(b, i+1); i < 0 {
				return -1, f
			}
		case c < ' ':
			return -1, f
		case c >= 0x80:
			f |= wide
			for i < len(b) && b[i] >= 0x80 {
				i++
			}
		default:
			i++
		}
	}
}

// skipEscape starts after the backslash.
func skipEscape(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		if i+5 > len(b) {
			return -1
		}
		for _, c := range b[i+1 : i+5] {
			if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
				return -1
			}
		}
		return i + 5
	}
	return -1
}

func skipNumber(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	switch {
	case i < len(b) && b[i] == '0':
		i++
	default:
		if i = skipDigits(b, i); i < 0 {
			return -1
		}
	}
	if i < len(b) && b[i] == '.' {
		if i = skipDigits(b, i+1); i < 0 {
			return -1
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		return skipDigits(b, i)
	}
	return i
}

// skipDigits goes over one digit or more.
func skipDigits(b []byte, i int) int {
	start := i
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		i++
	}
	if i == start {
		return -1
	}
	return i
}

// skipArray starts after the opening bracket of an array that is the depth-th
// container around what it holds.
func skipArray(b []byte, i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	if i = skipSpace(b, i); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i, _ = skipValue(b, skipSpace(b, i), depth); i < 0 {
			return -1
		}
		if i = skipSpace(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ']':
			return i + 1
		case ',':
			i++
		default:
			return -1
		}
	}
}

// skipObject is skipArray for objects.
func skipObject(b []byte, i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	if i = skipSpace(b, i); i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		if i, _ = skipName(b, i); i < 0 {
			return -1
		}
		if i, _ = skipValue(b, i, depth); i < 0 {
			return -1
		}
		if i = skipSpace(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case '}':
			return i + 1
		case ',':
			i = skipSpace(b, i+1)
		default:
			return -1
		}
	}
}

// skipName goes over a member's name, which starts at i, the colon and the space
// after it. The span is the name's, with its quotes.
func skipName(b []byte, i int) (int, span) {
	if i >= len(b) || b[i] != '"' {
		return -1, span{}
	}
	end, f := skipString(b, i+1)
	if end < 0 {
		return -1, span{}
	}
	name := span{start: i, end: end, form: f}
	if i = skipSpace(b, end); i >= len(b) || b[i] != ':' {
		return -1, span{}
	}
	return skipSpace(b, i+1), name
}
