package reports

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

const (
	// progressQuiet is how long work goes on before its progress is shown: what
	// is over by then needs none.
	progressQuiet = 2 * time.Second
	// progressDraw is the least time between two draws of a bar, and progressPause
	// the longest that plain lines stay silent.
	progressDraw  = 100 * time.Millisecond
	progressPause = 30 * time.Second
	// barSteps is how finely a bar is divided.
	barSteps = 1000
)

// Progress shows how far one long piece of work has got: a bar on a terminal,
// plain lines elsewhere, and nothing of what takes less than two seconds. It is not safe
// for concurrent use.
type Progress struct {
	w         io.Writer
	onTerm    bool
	started   time.Time
	said      time.Time
	saidShare float64
	bar       *progressbar.ProgressBar
}

// NewProgress returns the progress of work that begins now. It is shown on w.
func NewProgress(w io.Writer) *Progress {
	_, onTerm := terminal(w)
	return &Progress{w: w, onTerm: onTerm, started: time.Now()}
}

// At says that a share of the work is done, between 0 and 1; negative when nobody
// knows. what counts what was done so far. At is cheap to call often.
func (p *Progress) At(share float64, what func() string) {
	now := time.Now()
	spent := now.Sub(p.started)
	if spent < progressQuiet {
		return
	}
	since := now.Sub(p.said)
	if p.onTerm && since < progressDraw || !p.onTerm && since < progressPause && share-p.saidShare < plainStep {
		return
	}
	p.said, p.saidShare = now, share
	line := what() + ", " + seconds(spent)
	if share > 0 {
		line += fmt.Sprintf(", about %s left", seconds(time.Duration(float64(spent)*(1-share)/share)))
	}
	switch {
	case p.onTerm:
		p.draw(share, line)
	case share > 0:
		_, _ = fmt.Fprintf(p.w, "%.0f %%, %s\n", 100*share, line)
	default:
		_, _ = fmt.Fprintln(p.w, line)
	}
}

func (p *Progress) draw(share float64, line string) {
	if p.bar == nil {
		steps := barSteps
		if share < 0 {
			steps = -1 // a spinner
		}
		p.bar = progressbar.NewOptions(steps, progressbar.OptionSetWriter(p.w), progressbar.OptionUseANSICodes(true),
			progressbar.OptionSetWidth(20), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false))
	}
	p.bar.Describe(line)
	if share >= 0 {
		_ = p.bar.Set(min(int(share*barSteps), barSteps-1))
	} else {
		_ = p.bar.Add(1)
	}
}

// Clear takes the bar away, so that something can be printed where it was; the
// next At draws it again.
func (p *Progress) Clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
