package specs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// LoadCorpus reads the scenarios of a folder, in the order of their names. A folder that
// does not exist yet holds none; a file that is no scenario is an error, because a corpus
// that is silently smaller proves less.
func LoadCorpus(dir string) (list []*trace.Scenario, err error) {
	if dir == "" {
		return nil, nil
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("--corpus %s: it is a file; expected a folder of scenarios", dir)
	}
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		name := filepath.Join(dir, e.Name())
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		s, err := trace.ReadScenario(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w; correct it or take it out of the corpus", name, err)
		}
		list = append(list, s)
	}
	return list, nil
}
