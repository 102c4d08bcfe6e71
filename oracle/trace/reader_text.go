package trace

import (
	"encoding/json"
	"hash/maphash"
	"strings"
	"unicode/utf8"
)

const (
	// cachedPairs is half of how many names are remembered: ARNs, UUIDs, shards,
	// keys. A name has the two places of one pair, and takes over the older one.
	cachedPairs = 2048
	// maxCached keeps the cache below a megabyte.
	maxCached = 256

	// textChunk is how many bytes of strings are allocated at once; maxChunked
	// is the longest string that goes into a chunk.
	textChunk  = 64 << 10
	maxChunked = 1 << 10
)

// texts makes strings of bytes. Names come over and over and are handed out
// again; sequence numbers and other identifiers come once or twice and are cut
// out of chunks, a thousand to an allocation. Keeping one such string keeps
// its chunk of 64 KiB alive: whoever holds a window of the latest ones, as the
// checker does, holds at most one chunk more than needed, and a program that
// picks a few for good should clone them.
type texts struct {
	seed   maphash.Seed
	cached [cachedPairs][2]string
	chunk  strings.Builder
}

func newTexts() *texts { return &texts{seed: maphash.MakeSeed()} }

// name returns the bytes as a string that is likely to come again.
func (t *texts) name(b []byte) string {
	if len(b) > maxCached {
		return string(b)
	}
	pair := &t.cached[maphash.Bytes(t.seed, b)%cachedPairs]
	if pair[0] == string(b) {
		return pair[0]
	}
	if pair[1] == string(b) {
		return pair[1]
	}
	pair[0], pair[1] = string(b), pair[0]
	return pair[0]
}

// identifier returns the bytes as a string that is likely to be the only one.
func (t *texts) identifier(b []byte) string {
	if len(b) > maxChunked {
		return string(b)
	}
	if t.chunk.Cap()-t.chunk.Len() < len(b) {
		t.chunk.Reset()
		t.chunk.Grow(textChunk)
	}
	start := t.chunk.Len()
	t.chunk.Write(b)
	return t.chunk.String()[start:] // no copy: a Builder only ever appends
}

// unquote returns what a valid JSON string stands for; raw has its quotes. It
// replaces what is not UTF-8, as encoding/json does.
func unquote(raw []byte, f form) []byte {
	inside := raw[1 : len(raw)-1]
	if f == plain || f == wide && utf8.Valid(inside) {
		return inside
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		panic("trace: the scanner let a bad string pass: " + err.Error())
	}
	return []byte(s)
}
