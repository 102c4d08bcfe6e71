package reports

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func FuzzTexts(f *testing.F) {
	for _, s := range []string{nasty, "", "plain words", strings.Repeat("x", 500), "ä ö ü 日本語日本語日本語", "`", "``a`", "a\n\nb"} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width < 1 || width > 1000 {
			return
		}
		shown := visible(s)
		for _, c := range shown {
			if c != '\n' && !unicode.IsPrint(c) {
				t.Fatalf("visible(%q) has %q", s, c)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		lines := wrap(shown, width)
		if bare(strings.Join(lines, "")) != bare(shown) {
			t.Fatalf("wrap(%q, %d) = %q", shown, width, lines)
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > width {
				t.Fatalf("wrap(%q, %d) has a line of %d: %q", shown, width, n, line)
			}
		}
		if short := cut(shown, width); !utf8.ValidString(short) || len(short) > width+40 {
			t.Fatalf("cut(%q, %d) = %q", shown, width, short)
		}
		for _, c := range xmlText(s) {
			if c == utf8.RuneError || c == 0xFFFE || c == 0xFFFF || c < 0x20 && c != '\t' && c != '\n' {
				t.Fatalf("xmlText(%q) has %q", s, c)
			}
		}
		// A code span ends at the first run of as many backticks as began it.
		if span := code(s); span != "" {
			inner := strings.TrimLeft(span, "`")
			fence := span[:len(span)-len(inner)]
			end := strings.Index(inner+" ", fence)
			for end >= 0 && end+len(fence) < len(inner) && inner[end+len(fence)] == '`' {
				t.Fatalf("code(%q) = %q holds a longer run of backticks than its fence", s, span)
			}
			if end != len(inner)-len(fence) || strings.Contains(span, "\n") {
				t.Fatalf("code(%q) = %q ends early", s, span)
			}
		}
	})
}

func TestProse(t *testing.T) {
	if got, want := prose("a|b *c* <img>\n# [x](y) snake_case"), `a\|b \*c\* \<img\> \# \[x\](y) snake\_case`; got != want {
		t.Errorf("got %s; expected %s", got, want)
	}
}
