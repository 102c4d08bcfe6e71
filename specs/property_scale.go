package specs

import (
	"encoding/json"
	"maps"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

// Another pace. The checker has lengths of time of its own, such as how long a mapping may
// dawdle; it holds them only against a trace whose observer waited long enough, so that
// traces are compared that do not claim so. What an event of an invocation says
// of the time is left out, since some of it is cut to seconds.

// scaled makes everything take so many times as long.
func scaled(t *Trial, _ *trace.Scenario, seen []trace.Event) []trace.Event {
	k := float64(2 + t.below(4))
	for i := range seen {
		e := &seen[i]
		e.Event = nil
		if e.Kind == trace.Header {
			e.Complete = false
		}
	}
	out := make([]trace.Event, len(seen))
	for i := range seen {
		out[i] = slower(seen[i], k)
	}
	return out
}

func slower(e trace.Event, k float64) trace.Event {
	e.T *= k
	if e.End != trace.NotEnded {
		e.End *= k
	}
	e.Arrival *= k
	e.Body = slowerTimes(e.Body, k)
	if e.Detail == nil {
		return e
	}
	d := *e.Detail
	d.SettleMS, d.SkewMS, d.VisibilityMS, d.RetentionMS = k*d.SettleMS, k*d.SkewMS, k*d.VisibilityMS, k*d.RetentionMS
	d.Request, d.Response, d.Config = slowerSettings(d.Request, k), slowerSettings(d.Response, k), slowerSettings(d.Config, k)
	e.Detail = &d
	return e
}

// slowerTimes is a message with its times moved.
func slowerTimes(body map[string]any, k float64) map[string]any {
	if body == nil {
		return nil
	}
	return changedTexts(body, func(s string) string {
		for _, form := range []string{"2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05Z"} {
			if at, err := time.Parse(form, s); err == nil && at.Format(form) == s {
				return time.UnixMilli(int64(float64(at.UnixMilli()) * k)).UTC().Format(form)
			}
		}
		return s
	}).(map[string]any)
}

// slowerSettings are settings with their lengths of time longer.
func slowerSettings(config map[string]any, k float64) map[string]any {
	config = maps.Clone(config)
	for _, name := range []string{"MaximumBatchingWindowInSeconds", "StartingPositionTimestamp", "LastModified"} {
		var n float64
		switch v := config[name].(type) {
		case int:
			n = float64(v)
		case float64:
			n = v
		case json.Number:
			n, _ = v.Float64()
		}
		if n > 0 {
			config[name] = k * n
		}
	}
	return config
}
