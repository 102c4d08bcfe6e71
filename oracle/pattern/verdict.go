package pattern

// Verdict says whether filters select a record.
type Verdict uint8

// The verdicts. Unknown is the zero value, so that nothing is judged by mistake.
const (
	Unknown Verdict = iota // the documentation does not say
	Matches                // the function must be given the record
	Differs                // the record is discarded
)

var verdictNames = [...]string{"Unknown", "Matches", "Differs"}

// String is the verdict's name.
func (v Verdict) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return "Verdict?"
}

// and is the verdict on two conditions that must both hold.
func (v Verdict) and(w Verdict) Verdict {
	switch {
	case v == Differs || w == Differs:
		return Differs
	case v == Unknown || w == Unknown:
		return Unknown
	}
	return Matches
}

// or is the verdict on two conditions one of which is enough.
func (v Verdict) or(w Verdict) Verdict {
	switch {
	case v == Matches || w == Matches:
		return Matches
	case v == Unknown || w == Unknown:
		return Unknown
	}
	return Differs
}

// eitherReading is the verdict when the guide allows two readings.
func eitherReading(v, w Verdict) Verdict {
	if v == w {
		return v
	}
	return Unknown
}

func verdictOf(matches bool) Verdict {
	if matches {
		return Matches
	}
	return Differs
}
