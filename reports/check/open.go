package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Stdio is the name of standard input and of standard output.
const Stdio = "-"

// maxWindow is the most memory that a zstd file may ask for to be unpacked: what
// the zstd command gives it, too.
const maxWindow = 128 << 20

// pieces is how much is handed over at once.
const pieces = 128 << 10

// Input is a file that is read from its beginning to its end.
type Input struct {
	out  *io.PipeReader
	stop func() bool
	size int64 // 0: not known
	read atomic.Int64
}

// Open opens a file, or stdin for "-". What a name that ends in .gz or .zst names
// is unpacked. When ctx ends, so does reading, with its error: also a read that
// waits for somebody to write into a pipe.
func Open(ctx context.Context, name string, stdin io.Reader) (*Input, error) {
	open := func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }
	in := new(Input)
	if name != Stdio {
		info, err := os.Stat(name)
		switch {
		case err != nil:
			return nil, plain(err)
		case info.IsDir():
			return nil, errors.New("is a directory; expected a file")
		}
		open = func() (io.ReadCloser, error) { return os.Open(name) }
		if info.Mode().IsRegular() { // anything else may keep os.Open waiting
			f, err := os.Open(name)
			if err != nil {
				return nil, plain(err)
			}
			in.size = info.Size()
			open = func() (io.ReadCloser, error) { return f, nil }
		}
	}
	r, w := io.Pipe()
	in.out = r
	in.stop = context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	go func() { w.CloseWithError(in.pump(w, filepath.Ext(name), open)) }()
	return in, nil
}

// Read reads what was unpacked.
func (in *Input) Read(b []byte) (int, error) { return in.out.Read(b) }

// Close ends the reading.
func (in *Input) Close() error {
	in.stop()
	return in.out.Close()
}

// Share is how much of the file was read, between 0 and 1; negative when nobody
// knows how long it is.
func (in *Input) Share() float64 {
	if in.size == 0 {
		return -1
	}
	return min(float64(in.read.Load())/float64(in.size), 1)
}

// pump copies the whole input to w.
func (in *Input) pump(w io.Writer, ext string, open func() (io.ReadCloser, error)) error {
	f, err := open()
	if err != nil {
		return plain(err)
	}
	defer f.Close()
	packed := &counted{f, &in.read}
	switch ext {
	case ".gz":
		z, err := gzip.NewReader(packed)
		if err == nil {
			err = copyPieces(w, z)
		}
		return unpacking("gzip", err)
	case ".zst":
		z, err := zstd.NewReader(packed, zstd.WithDecoderMaxWindow(maxWindow))
		if err == nil {
			defer z.Close()
			err = copyPieces(w, z)
		}
		return unpacking("zstd", err)
	}
	return copyPieces(w, packed)
}

// copyPieces copies in pieces as large as a reader of lines likes them.
func copyPieces(w io.Writer, r io.Reader) error {
	_, err := io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, pieces))
	return err
}

// unpacking says what is wrong with a compressed file.
func unpacking(format string, err error) error {
	switch {
	case err == nil, errors.Is(err, io.ErrClosedPipe):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the %s data is cut off; expected a whole file", format)
	}
	return fmt.Errorf("unpacking: %w; expected %s data, as the name ends", err, format)
}

// plain takes the operation and the path out of an error: whoever shows it
// names the file.
func plain(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

type counted struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n.Add(int64(n))
	return n, err
}
