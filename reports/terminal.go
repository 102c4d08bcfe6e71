package reports

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

const (
	// plainWidth is where lines end when the output is no terminal; no terminal
	// gets longer lines either, because long ones are hard to read.
	plainWidth = 120
	// plainPause is the longest that progress without a bar stays silent while
	// rules are done, and plainStep the share of all rules that is always worth a line.
	plainPause = 2 * time.Second
	plainStep  = 0.1
	// reasonLimit is how many reasons the summary at the end gives an outcome.
	reasonLimit = 6
)

// Terminal shows a run to whoever watches: a bar on a terminal, lines elsewhere,
// and each finding when it is found. Its methods are safe for concurrent use, and
// a nil Terminal shows nothing.
//
// The bar is schollz/progressbar and not mpb: it draws when told to and has no
// goroutine of its own, so a finding is printed between two draws and nothing
// has to be waited for; mpb's strength is many bars at once.
type Terminal struct {
	mu     sync.Mutex
	w      io.Writer
	onTerm bool
	color  bool
	size   func() int // columns

	bar      *progressbar.ProgressBar
	result   Result // its header
	total    int
	done     int
	findings int
	started  time.Time
	said     time.Time // when, and
	saidDone int       // at which number the last plain line was written
}

// NewTerminal returns a Terminal that writes to w. It draws a bar if w is a
// terminal that can, and uses colour there unless NO_COLOR is set.
func NewTerminal(w io.Writer) *Terminal {
	t := &Terminal{w: w, size: func() int { return plainWidth }}
	f, ok := terminal(w)
	if !ok {
		return t
	}
	t.onTerm, t.color = true, os.Getenv("NO_COLOR") == ""
	t.size = func() int {
		width, _, err := term.GetSize(int(f.Fd()))
		if err != nil || width <= 0 {
			return 80
		}
		return min(width, plainWidth)
	}
	return t
}

// terminal returns the terminal that w is, if it is one that can draw.
func terminal(w io.Writer) (f *os.File, ok bool) {
	f, ok = w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// Printf writes a line above the bar.
func (t *Terminal) Printf(format string, args ...any) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.print(strings.TrimRight(visible(fmt.Sprintf(format, args...)), "\n") + "\n")
}

// print writes whole lines where the bar was and draws the bar below them. An
// error of the terminal is nobody's verdict, so it is ignored.
func (t *Terminal) print(lines string) {
	if t.bar == nil {
		_, _ = io.WriteString(t.w, lines)
		return
	}
	_ = t.bar.Clear()
	_, _ = io.WriteString(t.w, lines)
	_ = t.bar.RenderBlank()
}

func (t *Terminal) start(r *Result) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result, t.total, t.started = *r, len(r.Rules), time.Now()
	t.result.Rules = nil
	t.said = t.started
	t.print(fmt.Sprintf("%s  target %s  profile %s  seed %d  %s\n", oneLine(r.Suite), targetName(r), r.Profile, r.Seed, rules(t.total)))
	if t.onTerm && t.total > 0 {
		t.bar = progressbar.NewOptions(t.total,
			progressbar.OptionSetWriter(t.w), progressbar.OptionUseANSICodes(true), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetDescription("rules"), progressbar.OptionShowCount(), progressbar.OptionSetWidth(30),
			progressbar.OptionSetRenderBlankState(true))
	}
}

// Show shows a finding that belongs to no Run. Of r, Profile and Gated count.
func (t *Terminal) Show(r *Result, x *RuleResult, f *Finding) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.print(t.finding(r, x, f))
}

// rule shows that a rule was recorded. found lists its new findings; done says
// that it is one more rule, of total.
func (t *Terminal) rule(x RuleResult, found []Finding, done bool, total int) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if x.Outcome.Finding() { // known failures are no news
		for i := range found {
			t.findings++
			t.print(t.finding(&t.result, &x, &found[i]))
		}
	}
	if t.bar != nil && total != t.total {
		t.bar.ChangeMax(total)
	}
	t.total = total
	if done {
		t.done++
	}
	switch {
	case t.bar != nil:
		if len(found) > 0 {
			t.bar.Describe("rules, " + findings(t.findings))
		}
		if done {
			_ = t.bar.Add(1)
		}
	case done:
		t.progress()
	}
}

func (t *Terminal) finding(r *Result, x *RuleResult, f *Finding) string {
	word, rest := heading(r, x, f)
	if t.color {
		paint := "\x1b[31;1m"
		if word == "NOTE" {
			paint = "\x1b[33;1m"
		}
		word = paint + word + "\x1b[0m"
	}
	return block(x, f, word+rest, t.size(), terminalLimit)
}

// progress writes a plain line when enough happened since the last one.
func (t *Terminal) progress() {
	step := float64(t.done-t.saidDone) >= plainStep*float64(t.total)
	if !step && time.Since(t.said) < plainPause && t.done < t.total {
		return
	}
	t.said, t.saidDone = time.Now(), t.done
	spent := time.Since(t.started)
	line := fmt.Sprintf("%d of %s, %s, %s", t.done, rules(t.total), findings(t.findings), seconds(spent))
	if left := t.total - t.done; left > 0 {
		line += fmt.Sprintf(", about %s left", seconds(spent/time.Duration(t.done)*time.Duration(left)))
	}
	t.print(line + "\n")
}

func (t *Terminal) end(r *Result, dir string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bar != nil {
		_ = t.bar.Clear()
		_ = t.bar.Exit()
		t.bar = nil
	}
	t.print(closing(r, dir, t.size()))
}

func targetName(r *Result) string {
	return strings.TrimSpace(oneLine(r.Target.Name + " " + r.Target.Version))
}

func findings(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	if d < 10*time.Minute {
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f min", d.Minutes())
}
