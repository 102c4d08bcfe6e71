package endpoint

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Call makes one control-plane request. Whatever complete HTTP answer comes,
// readable or not, is the exchange. A mapping that was created is remembered
// for Close.
func (t *Target) Call(ctx context.Context, req targets.Request) (*trace.Exchange, error) {
	x, err := t.call(ctx, req)
	if err != nil {
		return nil, err
	}
	t.remember(x)
	return x, nil
}

func (t *Target) call(ctx context.Context, req targets.Request) (*trace.Exchange, error) {
	rec := &record{}
	err := t.exchange(withRecord(ctx, rec), rec, req)
	switch {
	case rec.answered:
		// An SDK that could not read the answer says so in err; judging the
		// answer is not its part.
		rec.exchange.Operation = operationOf(req, &rec.exchange)
		return &rec.exchange, nil
	case err == nil:
		return nil, errors.New("endpoint: no request was made; this is a fault of esmconform")
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	var none *noAnswer
	if errors.As(err, &none) {
		return nil, t.unreachable(string(operationOf(req, &rec.exchange)), none.err)
	}
	return nil, fmt.Errorf("endpoint: %s could not be sent: %w", req.Operation, err)
}

// exchange sends the request through the SDK where that says exactly what was
// asked, and raw where it does not.
func (t *Target) exchange(ctx context.Context, rec *record, req targets.Request) error {
	plain, err := plainRequest(req)
	if err != nil {
		return err
	}
	if send := t.typed(req, plain); send != nil {
		rec.only = plain.saidBy
		err := send(ctx)
		rec.only = nil
		// Where nothing was sent, the SDK or the comparison refused.
		if err == nil || rec.sent || ctx.Err() != nil {
			return err
		}
	}
	return t.sendRaw(ctx, plain)
}

func operationOf(req targets.Request, x *trace.Exchange) trace.Operation {
	if req.Operation != "" {
		return req.Operation
	}
	op, _ := control.OperationOf(x.Method, x.Path)
	return op
}

// unreachable names what was asked and what came instead of an answer.
func (t *Target) unreachable(operation string, err error) error {
	where := t.opt.URL
	if where == "" {
		where = "AWS"
	}
	return &targets.Unreachable{What: where + " gave no usable answer to " + operation, Err: err}
}

// remember keeps the books of mappings: a created one is to be removed, one that
// is answered with 404 is gone.
func (t *Target) remember(x *trace.Exchange) {
	switch {
	case x.Operation == trace.Create && x.Status/100 == 2:
		var created struct{ UUID string }
		// What cannot be read names nothing that could be removed.
		if json.Unmarshal([]byte(x.Response), &created) == nil && created.UUID != "" {
			t.made.add(entry{kind: mappingKind, name: created.UUID, first: true, remove: t.removeMapping(created.UUID)})
		}
	case (x.Operation == trace.Get || x.Operation == trace.Delete) && x.Status == http.StatusNotFound:
		r := control.ParseRequest(x.Operation, x.Method, x.Path, x.Query, "")
		t.made.forget(mappingKind, r.UUID)
	}
}

const mappingKind = "event source mapping"

// removeMapping deletes a mapping. One that is gone or going is as good as
// deleted; one that is busy is asked again.
func (t *Target) removeMapping(uuid string) func(context.Context) error {
	return func(ctx context.Context) error {
		var last *trace.Exchange
		err := t.wait(ctx, "it could not be deleted", func() (ok bool, err error) {
			if last, err = t.call(ctx, targets.Request{Operation: trace.Delete, UUID: uuid}); err != nil {
				return false, err
			}
			if last.Status/100 == 2 || last.Status == http.StatusNotFound {
				return true, nil
			}
			now, err := t.call(ctx, targets.Request{Operation: trace.Get, UUID: uuid})
			if err != nil {
				return false, err
			}
			var mapping struct{ State string }
			_ = json.Unmarshal([]byte(now.Response), &mapping) // an unreadable state is not Deleting
			return now.Status == http.StatusNotFound || mapping.State == "Deleting", nil
		})
		if err != nil && last != nil && ctx.Err() == nil {
			return fmt.Errorf("%w; the last answer was %d %s", err, last.Status, clip(last.Response))
		}
		return err
	}
}
