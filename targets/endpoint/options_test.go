package endpoint

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

func TestBadOptions(t *testing.T) {
	tests := []struct {
		name string
		o    Options
		want string
	}{
		{"no URL", Options{}, "no URL was given"},
		{"both", Options{AWS: true, URL: "http://127.0.0.1:1"}, "both AWS and a URL"},
		{"no scheme", Options{URL: "127.0.0.1:4566"}, "want"},
		{"other scheme", Options{URL: "ftp://127.0.0.1"}, "want http or https"},
		{"no host", Options{URL: "http://:80"}, "and a host"},
		{"query", Options{URL: "http://127.0.0.1/?a=b"}, "want no query"},
		{"account", Options{URL: "http://127.0.0.1", Account: "12"}, "want 12 digits"},
		{"run id", Options{URL: "http://127.0.0.1", RunID: "A b"}, "run id"},
		{"bound", Options{URL: "http://127.0.0.1", Settle: -1}, "want more than 0"},
	}
	for _, test := range tests {
		if _, err := New(context.Background(), test.o); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want it to say %q", test.name, err, test.want)
		}
	}
	_, err := New(context.Background(), Options{URL: "http://me:hunter2@127.0.0.1:x"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %v, want one without the password", err)
	}
}

// withoutCredentials empties the default chain, whatever machine this is.
func withoutCredentials(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN",
		"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_REGION", "AWS_DEFAULT_REGION",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", none)
	t.Setenv("AWS_CONFIG_FILE", none)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", none)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}

type inMemory func(*http.Request) *http.Response

func (f inMemory) RoundTrip(r *http.Request) (*http.Response, error) { return f(r), nil }

func TestAWSWithoutCredentials(t *testing.T) {
	withoutCredentials(t)
	_, err := New(context.Background(), Options{AWS: true, Transport: inMemory(func(*http.Request) *http.Response {
		t.Error("a call was made")
		return nil
	})})
	var none *NoCredentials
	if !errors.As(err, &none) {
		t.Errorf("error %v (%T), want a *NoCredentials", err, err)
	}
}

// TestAWS meets AWS in memory: where requests go, and what is not invented there.
func TestAWS(t *testing.T) {
	withoutCredentials(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-west-1")
	hosts := map[string]bool{}
	target, err := New(context.Background(), Options{AWS: true, Transport: inMemory(func(r *http.Request) *http.Response {
		hosts[r.URL.Host] = true
		rec := httptest.NewRecorder()
		answer(404, "{}")(rec, r)
		return rec.Result()
	})})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{uuid, ""} { // by the SDK, and raw
		if _, err := target.Call(context.Background(), targets.Request{Operation: trace.Get, UUID: id}); err != nil {
			t.Error(err)
		}
	}
	if len(hosts) != 1 || !hosts["lambda.eu-west-1.amazonaws.com"] {
		t.Errorf("hosts %v, want that of Lambda", hosts)
	}
	_, err = target.CreateSource(context.Background(), control.MSKCluster)
	var u *targets.Unsupported
	if !errors.As(err, &u) {
		t.Errorf("error %v, want an *Unsupported", err)
	}
}

// TestURLNeverGetsCredentials: those of the environment are for AWS.
func TestURLNeverGetsCredentials(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_SESSION_TOKEN", "token")
	f := newFake(t)
	if _, err := newTarget(t, f.URL).Describe(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, r := range f.seen {
		wantSigned(t, r.header, "/us-east-1/")
		if r.header.Get("X-Amz-Security-Token") != "" {
			t.Errorf("%s carries a session token", r.operation)
		}
	}
}

// TestProbe runs the deployed function, where there is a Python to run it.
func TestProbe(t *testing.T) {
	b, err := deployment()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) != 1 || z.File[0].Name != "index.py" {
		t.Fatalf("zip %v, error %v", z, err)
	}
	r, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	source, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	in64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	records := func(r ...any) object { return object{"Records": r} }
	tests := []struct {
		name  string
		event any
		fails bool
	}{
		{"queue", records(object{"body": "a"}, object{"body": `{"x":"` + targets.FailMarker + `"}`}), true},
		{"stream", records(object{"kinesis": object{"data": in64("a " + targets.FailMarker)}}), true},
		{"cluster", object{"records": object{"topic-0": []any{object{"value": in64(targets.FailMarker)}}}}, true},
		{"table", records(object{"dynamodb": object{"NewImage": object{"payload": object{"S": targets.FailMarker}}}}), true},
		{"harmless", records(object{"kinesis": object{"data": in64("a")}}, object{"body": "not base64 é", "n": 1, "z": nil}), false},
		{"empty", object{}, false},
	}
	var events []any
	for _, test := range tests {
		events = append(events, test.event)
	}
	input, err := json.Marshal(events)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", string(source)+`
import sys
def tries(event):
    try:
        return json.dumps(handler(event, None))
    except Exception:
        return "failed"
print(json.dumps([tries(e) for e in json.load(sys.stdin)]))
`)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal(out, &got); err != nil || len(got) != len(tests) {
		t.Fatalf("output %s, error %v", out, err)
	}
	for i, test := range tests {
		if want := map[bool]string{true: "failed", false: "{}"}[test.fails]; got[i] != want {
			t.Errorf("%s: %s, want %s", test.name, got[i], want)
		}
	}
}
