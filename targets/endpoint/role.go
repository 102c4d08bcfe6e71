package endpoint

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// roleKind names roles in reports of what is left.
const roleKind = "role"

// executionRole is the role of functions: the one given, or one that is made
// for the emulators that look it up. IAM speaks a protocol of its own, and two
// calls are not worth its client.
func (t *Target) executionRole(ctx context.Context) (string, error) {
	t.mu.Lock()
	role, account, partition := t.role, t.account, t.partition
	t.mu.Unlock()
	switch {
	case role != "":
		return role, nil
	case t.opt.Role != "":
		return t.opt.Role, nil
	case t.opt.AWS:
		return "arn:" + partition + ":iam::" + account + ":role/esmconform", nil
	}
	role, err := t.makeRole(ctx, "arn:"+partition+":iam::"+account+":role/")
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.role = role
	return role, nil
}

// trust lets Lambda assume the role.
const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` +
	`"Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

// makeRole returns the role's ARN as the target tells it, or as it would be:
// most targets have no IAM and take any ARN, so failing is no error.
func (t *Target) makeRole(ctx context.Context, prefix string) (string, error) {
	name := t.name()
	// Remembered first, as in make.
	t.made.add(entry{kind: roleKind, name: name, remove: func(ctx context.Context) error {
		answer, err := t.iam(ctx, url.Values{"Action": {"DeleteRole"}, "RoleName": {name}})
		if err == nil && answer.Status/100 != 2 && answer.Status != http.StatusNotFound {
			err = fmt.Errorf("%d %s", answer.Status, clip(answer.Body))
		}
		return err
	}})
	answer, err := t.iam(ctx, url.Values{
		"Action": {"CreateRole"}, "RoleName": {name}, "AssumeRolePolicyDocument": {trust}})
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var made struct {
		ARN string `xml:"CreateRoleResult>Role>Arn"`
	}
	if err != nil || answer.Status/100 != 2 || xml.Unmarshal([]byte(answer.Body), &made) != nil || made.ARN == "" {
		if err == nil {
			t.made.forget(roleKind, name)
		}
		return prefix + name, nil
	}
	t.learn(made.ARN)
	return made.ARN, nil
}

// iamAnswer is an answer as it came.
type iamAnswer struct {
	Status int
	Body   string
}

func (t *Target) iam(ctx context.Context, form url.Values) (iamAnswer, error) {
	form.Set("Version", "2010-05-08")
	rec := &record{}
	r, err := http.NewRequestWithContext(withRecord(ctx, rec), http.MethodPost, t.base+"/", nil)
	if err != nil {
		return iamAnswer{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	body := strings.ReplaceAll(form.Encode(), "+", "%20")
	if err := t.sign(ctx, r, "iam", defaultRegion, body); err != nil {
		return iamAnswer{}, err
	}
	if _, err := t.wire.Do(r); err != nil {
		return iamAnswer{}, err
	}
	return iamAnswer{rec.exchange.Status, rec.exchange.Response}, nil
}
