package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// LoadSearch reads a search's file, or the one in a folder.
func LoadSearch(name string) (*Search, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, SearchFile)
	}
	b, err := os.ReadFile(name)
	switch {
	case os.IsNotExist(err):
		return nil, fmt.Errorf("%s: %w; expected the %s that esmconform fuzz writes, or its folder", name, fs.ErrNotExist, SearchFile)
	case err != nil:
		return nil, err
	}
	var s Search
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("%s: not the result of a search: %w; expected the %s that esmconform fuzz writes", name, err, SearchFile)
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &s, nil
}

// check says what is wrong with a search that was read.
func (s *Search) check() error {
	if s.Format != SearchFormat {
		return fmt.Errorf("format is %d; expected %d, the only one that this version reads", s.Format, SearchFormat)
	}
	if len(s.Shards) == 0 {
		return fmt.Errorf("it has no shards; expected the %s that esmconform fuzz writes", SearchFile)
	}
	if _, ok := rule.ParseProfile(s.Profile); !ok {
		return fmt.Errorf("profile is %q; expected one of %v", s.Profile, rule.Profiles)
	}
	if _, ok := rule.ParseLevel(s.Level); !ok {
		return fmt.Errorf("level is %q; expected must, implied, should or recorded", s.Level)
	}
	for _, h := range s.Shards {
		if h.Index >= h.Of || h.Of > MaxShards {
			return fmt.Errorf("shard %d/%d; expected I/N with I from 0 to N-1, and N at most %d", h.Index, h.Of, MaxShards)
		}
	}
	if n := len(s.States); n != 0 && n != NumStates/8 {
		return fmt.Errorf("states holds %d bytes; expected %d", n, NumStates/8)
	}
	for _, id := range s.Exercised {
		if rule.Find(id) == nil {
			return unknownRule(id)
		}
	}
	for i := range s.Findings {
		if err := s.Findings[i].check(); err != nil {
			return fmt.Errorf("findings[%d]: %w", i, err)
		}
	}
	return nil
}

func unknownRule(id string) error {
	return fmt.Errorf("it names the unknown rule %q: see esmconform list", id)
}

func (f *Found) check() error {
	if rule.Find(f.Rule) == nil {
		return unknownRule(f.Rule)
	}
	if _, ok := rule.ParseLevel(f.Level); !ok {
		return fmt.Errorf("level is %q; expected must, implied, should or recorded", f.Level)
	}
	if f.Least == nil {
		return nil
	}
	var b bytes.Buffer
	return trace.WriteScenario(&b, f.Least)
}
