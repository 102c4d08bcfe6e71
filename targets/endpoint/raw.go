package endpoint

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/esmconform/esmconform/targets"
)

// plain is a request as it is to appear on the wire.
type plain struct {
	targets.Raw
	query url.Values // of a request that was not given raw
}

// plainRequest writes a request out.
func plainRequest(req targets.Request) (*plain, error) {
	raw, query, err := req.Letters()
	return &plain{Raw: raw, query: query}, err
}

// saidBy reports whether an SDK's request says what was asked: the same members
// with the same values, neither more nor less.
func (p *plain) saidBy(r *http.Request, body []byte) bool {
	query, err := url.ParseQuery(r.URL.RawQuery)
	return err == nil && reflect.DeepEqual(query, p.query) && sameJSON(p.Body, string(body))
}

func sameJSON(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	x, errX := decode(a)
	y, errY := decode(b)
	return errX == nil && errY == nil && reflect.DeepEqual(x, y)
}

// decode keeps numbers as they are written.
func decode(s string) (x any, err error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	err = d.Decode(&x)
	return x, err
}

// sendRaw signs a request as the SDK would and sends it letter for letter.
func (t *Target) sendRaw(ctx context.Context, p *plain) error {
	r, err := http.NewRequestWithContext(ctx, p.Method, t.base, nil)
	if err != nil {
		return err
	}
	if p.Body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	prefix := r.URL.EscapedPath()
	path := prefix + p.Path
	r.URL.RawPath = path
	if r.URL.Path, err = url.PathUnescape(path); err != nil {
		r.URL.Path = path
	}
	r.URL.RawQuery = p.Query
	if err := t.sign(ctx, r, "lambda", t.opt.Region, p.Body); err != nil {
		return err
	}
	// The signer sorts the query, and net/url repairs a path that is not well
	// escaped; neither must reach the wire. Opaque cannot start with two slashes.
	r.URL.RawQuery = p.Query
	if r.URL.EscapedPath() != path && !strings.HasPrefix(path, "//") {
		r.URL.Opaque = path
	}
	_, err = t.wire.Do(r)
	return err
}

// sign sets the body and the signature of a request for a service.
func (t *Target) sign(ctx context.Context, r *http.Request, service, region, body string) error {
	if body != "" {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	r.Header.Set("User-Agent", "esmconform")
	who, err := t.credentials.Retrieve(ctx)
	if err != nil {
		return errors.Join(errors.New("the credentials cannot be had any more"), err)
	}
	sum := sha256.Sum256([]byte(body))
	return v4.NewSigner().SignHTTP(ctx, who, r, hex.EncodeToString(sum[:]), service, region, time.Now())
}
