package rule

import (
	"slices"
	"testing"
)

// Names are what users write, so each reads back as what it stands for.
func TestNames(t *testing.T) {
	if got := []string{P2020.String(), Today.String()}; !slices.Equal(got, []string{"2020-08-11", "today"}) {
		t.Errorf("profiles %q", got)
	}
	for _, want := range Profiles {
		if got, ok := ParseProfile(want.String()); got != want || !ok {
			t.Errorf("%s is parsed as %s, %v", want, got, ok)
		}
	}
	for i, want := range Levels {
		if got, ok := ParseLevel(want.String()); got != want || !ok || int(want) != i {
			t.Errorf("%s is parsed as %s, %v", want, got, ok)
		}
	}
	for _, name := range []string{"", "2021", "Today", "MUST"} {
		if p, ok := ParseProfile(name); ok {
			t.Errorf("%q is the profile %s", name, p)
		}
		if l, ok := ParseLevel(name); ok || l != Must {
			t.Errorf("%q is the level %s, %v", name, l, ok)
		}
	}
	if Control.String() != "control" || Data.String() != "data" {
		t.Errorf("planes %s, %s", Control, Data)
	}
}

func TestSources(t *testing.T) {
	for _, c := range []struct {
		set  Sources
		has  []Source
		text string
	}{
		{From(), nil, ""},
		{From(SQS), []Source{SQS}, "sqs"},
		{From(DocumentDB, Kinesis, Kinesis), []Source{Kinesis, DocumentDB}, "kinesis, documentdb"},
		{AllSources, []Source{Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ, DocumentDB}, "all"},
		{From(DocumentDB, MQ, SelfManagedKafka, MSK, SQS, DynamoDB), []Source{DynamoDB, SQS, MSK, SelfManagedKafka, MQ, DocumentDB},
			"dynamodb, sqs, msk, self-managed-kafka, mq, documentdb"},
	} {
		for s := range numSources {
			if got, want := c.set.Has(s), slices.Contains(c.has, s); got != want {
				t.Errorf("%q has %s: %v, want %v", c.text, s, got, want)
			}
		}
		if got := c.set.String(); got != c.text {
			t.Errorf("%q, want %q", got, c.text)
		}
	}
}

// A clause belongs to one profile, and its value has the type that the rule's readers ask for.
func TestValues(t *testing.T) {
	r := &Rule{
		In2020: Clause{Holds: true, Value: map[string]any{"min": -1, "max": 10}, Unobservable: "x"},
		Now:    Clause{Holds: true, Value: []string{"a", "b"}},
	}
	if lo, hi := r.Range(P2020); lo != -1 || hi != 10 {
		t.Errorf("range %d to %d", lo, hi)
	}
	if got := r.Strings(Today); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("strings %q", got)
	}
	if r.Observable(P2020) || !r.Observable(Today) || (&Rule{}).Observable(Today) {
		t.Error("observable is what holds and is not unobservable")
	}
}

func TestCite(t *testing.T) {
	if got, want := (Cite{Guide2022, "with-sqs.md"}).String(), "Lambda developer guide of 2022-11-14, with-sqs.md"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for doc, title := range titles {
		if doc == "" || title == "" || doc.Title() != title {
			t.Errorf("document %q has the title %q", doc, title)
		}
	}
}
