package endpoint

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
)

// The bounds that hold unless Options say otherwise.
const (
	// DefaultFirstContact is enough for an emulator that loads a service on its
	// first request, and short enough to tell a wrong URL while one looks on.
	DefaultFirstContact = 10 * time.Second
	DefaultCallTimeout  = 30 * time.Second
	// DefaultSettle covers AWS, where a stream takes 10 to 20 s to become active.
	DefaultSettle = 30 * time.Second
)

// Options say where the target is and how to treat it. URL or AWS is required;
// everything else has a default.
type Options struct {
	URL string // the endpoint of all services: http://127.0.0.1:4566
	AWS bool   // AWS itself, with the default credential chain; URL must be empty

	Region string // empty: us-east-1; with AWS what its configuration says, if it does
	// Account makes ARNs well-formed until the target's own function ARNs tell
	// the account; empty: 000000000000.
	Account   string
	AccessKey string // empty: "test"; some emulators take 12 digits for the account
	SecretKey string // empty: "test"

	// Role is the execution role of functions. Empty: with AWS the role
	// "esmconform" of the account, which must exist; elsewhere one of this run's
	// own, for the emulators that look it up.
	Role string
	// Sources are ARNs brought along, used instead of making a source of the kind.
	Sources map[control.SourceKind]string

	Transport http.RoundTripper // nil: HTTP over the network, never through a proxy to a URL
	Clock     Clock             // nil: real time

	FirstContact time.Duration // bound of the first answer, in real time; 0: DefaultFirstContact
	CallTimeout  time.Duration // bound of every other answer, in real time; 0: DefaultCallTimeout
	Settle       time.Duration // bound of a change of state, by the clock; 0: DefaultSettle

	RunID   string // in every name after targets.Prefix; empty: random
	Name    string // empty: the product that the Server header names, or "endpoint"
	Version string // empty: the version that the Server header names
}

// NoCredentials says that AWS was asked for and no credentials were found. No
// call to AWS was made.
type NoCredentials struct{ Err error }

func (e *NoCredentials) Error() string {
	return "AWS was asked for, but the default chain (environment, shared files, container and instance roles) holds no credentials; " +
		"set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: " + e.Err.Error()
}
func (e *NoCredentials) Unwrap() error { return e.Err }

// runIDs are short enough for the tightest limit, the 64 characters of a
// function name, and in the alphabet that all services share.
var (
	runIDs     = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$`)
	accountIDs = regexp.MustCompile(`^[0-9]{12}$`)
)

func (o Options) withDefaults() (Options, error) {
	base, err := o.base()
	if err != nil {
		return o, err
	}
	o.URL = base
	setDefault(&o.Account, "000000000000")
	if !accountIDs.MatchString(o.Account) {
		return o, fmt.Errorf("account %q: want 12 digits", o.Account)
	}
	setDefault(&o.AccessKey, "test")
	setDefault(&o.SecretKey, "test")
	if o.RunID == "" {
		var b [4]byte
		rand.Read(b[:]) // never fails, by its documentation
		o.RunID = hex.EncodeToString(b[:])
	}
	if !runIDs.MatchString(o.RunID) {
		return o, fmt.Errorf("run id %q: want at most 24 of a-z, 0-9 and, inside, hyphens", o.RunID)
	}
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	for d, fallback := range map[*time.Duration]time.Duration{
		&o.FirstContact: DefaultFirstContact, &o.CallTimeout: DefaultCallTimeout, &o.Settle: DefaultSettle,
	} {
		if *d < 0 {
			return o, fmt.Errorf("bound %s: want more than 0, or 0 for the default", *d)
		}
		if *d == 0 {
			*d = fallback
		}
	}
	return o, nil
}

func setDefault(s *string, fallback string) {
	if *s == "" {
		*s = fallback
	}
}

// base checks the URL and returns it without a slash at its end. Its errors
// never repeat a URL that may hold a password.
func (o Options) base() (string, error) {
	if o.AWS {
		if o.URL != "" {
			return "", errors.New("both AWS and a URL were given: want one of them")
		}
		return "", nil
	}
	if o.URL == "" {
		return "", errors.New("no URL was given: want one such as http://127.0.0.1:4566, or AWS by name")
	}
	u, err := url.Parse(o.URL)
	switch {
	case err != nil:
		return "", errors.New("the URL cannot be parsed: want one such as http://127.0.0.1:4566")
	case u.User != nil:
		return "", errors.New("the URL holds a user name or password: give credentials as access key and secret key")
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", fmt.Errorf("URL %q: want http or https and a host, such as http://127.0.0.1:4566", o.URL)
	case u.RawQuery != "" || u.Fragment != "":
		return "", fmt.Errorf("URL %q: want no query and no fragment", o.URL)
	}
	return strings.TrimRight(u.String(), "/"), nil
}
