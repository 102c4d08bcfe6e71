package reports

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a target answers ends up in a finding, so every text is made harmless
// for the place that it is shown in.

// visible replaces what a terminal would obey or a reader would not see by its
// escape: control and format characters, and bytes that are not UTF-8. Line
// ends stay.
func visible(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == '\r' && strings.HasPrefix(s[i:], "\r\n"):
		case c == '\t':
			b.WriteByte(' ')
		case c == '\n':
			b.WriteByte('\n')
		case c == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsPrint(c):
			b.WriteRune(c)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(c), "'"))
		}
		i += size
	}
	return b.String()
}

// oneLine is visible text with every run of white space made one space.
func oneLine(s string) string { return strings.Join(strings.Fields(visible(s)), " ") }

// cut shortens a text to at most limit bytes and says how long it was.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	end := limit
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return fmt.Sprintf("%s … (%d bytes in all)", s[:end], len(s))
}

// wrap breaks a text into lines of at most width characters, between words where
// it can.
func wrap(s string, width int) (lines []string) {
	for paragraph := range strings.SplitSeq(s, "\n") {
		line, used := "", 0
		for word := range strings.FieldsSeq(paragraph) {
			n := utf8.RuneCountInString(word)
			if used > 0 && used+1+n > width {
				lines = append(lines, line)
				line, used = "", 0
			}
			if used > 0 {
				line, used = line+" ", used+1
			}
			for ; n > width; n -= width { // only ever at the start of a line
				head := string([]rune(word)[:width])
				lines, word = append(lines, head), word[len(head):]
			}
			line, used = line+word, used+n
		}
		lines = append(lines, line)
	}
	return lines
}

// xmlText drops what XML 1.0 has no way to hold.
func xmlText(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t', c == '\n', c >= 0x20 && c <= 0xD7FF, c >= 0xE000 && c < 0xFFFD, c >= 0x10000:
			return c
		}
		return -1 // and utf8.RuneError, which invalid bytes decode to
	}, s)
}

var markdown = func() *strings.Replacer {
	var pairs []string
	for _, c := range "\\`*_{}[]<>#|!~$&" {
		pairs = append(pairs, string(c), `\`+string(c))
	}
	return strings.NewReplacer(pairs...)
}()

// prose is one line of text that Markdown shows as it is.
func prose(s string) string { return markdown.Replace(oneLine(s)) }

// code is a Markdown code span of one line.
func code(s string) string {
	s = oneLine(s)
	longest, run := 0, 0
	for _, c := range s {
		if run++; c != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	if s == "" {
		return ""
	}
	fence, pad := strings.Repeat("`", longest+1), ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		pad = " "
	}
	return fence + pad + s + pad + fence
}
