package check

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Create makes a file, or takes stdout for "-". What is written to a name that
// ends in .gz or .zst is compressed.
func Create(name string, stdout io.Writer) (io.WriteCloser, error) {
	if name == Stdio {
		return struct {
			io.Writer
			io.Closer
		}{stdout, io.NopCloser(nil)}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, plain(err))
	}
	switch filepath.Ext(name) {
	case ".gz":
		return packed{gzip.NewWriter(f), f}, nil
	case ".zst":
		z, err := zstd.NewWriter(f)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return packed{z, f}, nil
	}
	return f, nil
}

// packed closes the file together with what compresses it.
type packed struct {
	io.WriteCloser
	file io.Closer
}

func (p packed) Close() error { return errors.Join(p.WriteCloser.Close(), p.file.Close()) }

// sameFile reports whether two names name one file that is there.
func sameFile(a, b string) bool {
	if a == Stdio || b == Stdio {
		return false
	}
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
