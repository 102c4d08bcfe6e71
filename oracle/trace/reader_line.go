package trace

import (
	"bytes"
	"fmt"
	"io"
)

const (
	// maxLine bounds a line, so that a file without line ends cannot take the
	// machine's memory. The longest honest line is an invocation with its whole
	// event and report: 6 MB each by Lambda's own limit, a few times that with escapes.
	maxLine = 64 << 20

	// lineBuffer is what is read at once; lineBufferKept is how large the buffer
	// may stay after a long line.
	lineBuffer     = 128 << 10
	lineBufferKept = 1 << 20
)

// lines cuts a stream into lines.
type lines struct {
	in         io.Reader
	buf        []byte
	start, end int // what is in buf and not yet returned
	err        error
	n          int // lines begun so far
}

// next returns the next line without its end, until the next call; last is set
// when the stream ended without a line end. The error is io.EOF at the end, an
// *InputError for a line that is too long, or the stream's own.
func (l *lines) next() (line []byte, last bool, err error) {
	seen := 0
	for {
		i := bytes.IndexByte(l.buf[l.start+seen:l.end], '\n')
		if i >= 0 {
			seen += i
		} else {
			seen = l.end - l.start
		}
		if seen > maxLine {
			return nil, false, &InputError{Line: l.n + 1,
				What: fmt.Sprintf("longer than %d MiB; expected one event a line", maxLine>>20)}
		}
		line = l.buf[l.start : l.start+seen]
		switch {
		case i >= 0:
			l.start += seen + 1
			l.n++
			return line, false, nil
		case l.err == io.EOF && seen > 0:
			l.start = l.end
			l.n++
			return line, true, nil
		case l.err == io.EOF:
			return nil, false, io.EOF
		case l.err != nil:
			return nil, false, fmt.Errorf("reading line %d: %w", l.n+1, l.err)
		}
		l.fill()
	}
}

// fill reads once, after making room for it.
func (l *lines) fill() {
	rest := l.buf[l.start:l.end]
	switch {
	case l.buf == nil || len(l.buf) > lineBufferKept && len(rest) < lineBuffer/2:
		l.buf = make([]byte, lineBuffer)
		l.start, l.end = 0, copy(l.buf, rest)
	case l.start > 0:
		l.start, l.end = 0, copy(l.buf, rest)
	case l.end == len(l.buf):
		grown := make([]byte, min(2*len(l.buf), maxLine+lineBuffer))
		copy(grown, l.buf)
		l.buf = grown
	}
	// As bufio: a reader may return nothing now and then, but not forever.
	const emptyReads = 100
	for range emptyReads {
		n, err := l.in.Read(l.buf[l.end:])
		l.end += n
		l.err = err
		if n > 0 || err != nil {
			return
		}
	}
	l.err = io.ErrNoProgress
}
