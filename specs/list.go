package specs

import (
	"github.com/esmconform/esmconform/oracle/rule"
)

// Listing: filters and pages.

// twoByTwo makes mappings of two sources and two functions, so that each filter
// leaves something out.
func twoByTwo(e *Env) (sources [2]string) {
	second := e.SecondFunction()
	for i := range sources {
		m := e.Create()
		sources[i] = m.Source.ARN
		other, x := e.createOn(m.Source, minimal(e.Kind, *m.Source, second.Name, e.run.serial()))
		if other == nil {
			e.refused(x)
		}
		e.Settle(m)
		e.Settle(other)
	}
	return sources
}

var _ = Verify(rule.ListNoFilter, anyKind, func(e *Env) {
	twoByTwo(e)
	e.ListAll(nil)
})

var _ = Verify(rule.ListFilterEventSource, anyKind, func(e *Env) {
	for _, arn := range twoByTwo(e) {
		e.ListAll(Fields{"EventSourceArn": arn})
	}
})

var _ = Verify(rule.ListFilterFunction, anyKind, func(e *Env) {
	twoByTwo(e)
	e.ListAll(Fields{"FunctionName": e.Function().Name})
	e.ListAll(Fields{"FunctionName": e.SecondFunction().Name})
})

var _ = Verify(rule.ListFiltersCombine, anyKind, func(e *Env) {
	for _, arn := range twoByTwo(e) {
		e.ListAll(Fields{"EventSourceArn": arn, "FunctionName": e.Function().Name})
	}
})

var _ = Verify(rule.ListFilterFunctionForms, anyKind, func(e *Env) {
	twoByTwo(e)
	f := e.Function()
	e.ListAll(Fields{"FunctionName": f.ARN})
	e.ListAll(Fields{"FunctionName": partialARN(e, f)})
})

var _ = Verify(rule.ListQueryNames, anyKind, func(e *Env) {
	sources := twoByTwo(e)
	e.List(Fields{"EventSourceArn": sources[0], "FunctionName": e.Function().Name, "MaxItems": 1})
})

var _ = Verify(rule.ListUnknownFunction, anyKind, func(e *Env) {
	e.Create()
	e.List(Fields{"FunctionName": "esmconform-no-such-function"})
})

// A list of none, and of one, is a list.
var _ = Verify(rule.ListResponseMembers, anyKind, func(e *Env) {
	own := e.OwnFunction()
	e.List(Fields{"FunctionName": own.Name})
	e.Create(Fields{"FunctionName": own.Name})
	e.List(Fields{"FunctionName": own.Name})
})

var _ = Verify(rule.ListMaxitemsMin, anyKind, func(e *Env) { e.RefusesList(Fields{"MaxItems": 0}) })

var _ = Verify(rule.ListMaxitemsMax, anyKind, func(e *Env) {
	e.RefusesList(Fields{"MaxItems": rule.ListMaxitemsMax.Int(e.Profile) + 1})
})

// pages walks five mappings of one function two at a time.
func pages(e *Env) {
	own := e.OwnFunction()
	for range 5 {
		e.Settle(e.Create(Fields{"FunctionName": own.Name}))
	}
	e.ListAll(Fields{"FunctionName": own.Name, "MaxItems": 2})
}

var (
	_ = Verify(rule.ListMaxitemsBoundsPage, anyKind, pages)
	_ = Verify(rule.ListNextmarkerWhenMore, anyKind, pages)
	_ = Verify(rule.ListMarkerContinues, anyKind, pages)
)

var _ = Verify(rule.ListMarkerInvalid, anyKind, func(e *Env) {
	e.Create()
	e.RefusesList(Fields{"Marker": "esmconform-no-such-marker"})
})

var _ = Verify(rule.ListPageCap100, anyKind, func(e *Env) {
	// One function more than fits on a page: functions are cheaper than sources.
	m := e.Create()
	for n := int64(1); n <= rule.ListPageCap100.Int(e.Profile); n++ {
		body := minimal(e.Kind, *m.Source, e.OwnFunction().Name, e.run.serial())
		if other, x := e.createOn(m.Source, body); other == nil {
			e.refused(x)
		}
	}
	e.ListAll(Fields{"EventSourceArn": m.Source.ARN, "MaxItems": 1000})
})

// Errors that any operation may answer with.

var (
	_ = Verify(rule.ErrCreateInvalidparametervalue, anyKind, refusedCreate)
	_ = Verify(rule.ErrBodyInvalidparametervalue, anyKind, refusedCreate)
	_ = Verify(rule.ErrTypeInHeader, anyKind, refusedCreate)
)

func refusedCreate(e *Env) {
	e.RefusesAs(rule.BatchSizeMin, e.Minimal(Fields{"BatchSize": 0}))
	e.RefusesAs(rule.FnNotFound, e.Minimal(Fields{"FunctionName": "esmconform-no-such-function"}))
}

var _ = Verify(rule.ErrListInvalidparametervalue, anyKind, func(e *Env) {
	e.List(Fields{"EventSourceArn": "not an arn"})
	e.List(Fields{"MaxItems": 0})
})

var _ = Verify(rule.ErrUpdateInvalidparametervalue, anyKind, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.Update(m, Fields{"BatchSize": 0})
})

var _ = Verify(rule.ErrBodyResourceconflict, anyKind, duplicate)

// strange are requests that many an implementation does not expect. Any answer
// but a 5xx is right.
var strange = []Fields{
	{"BatchSize": "ten"}, {"BatchSize": 1e30}, {"BatchSize": []any{}}, {"BatchSize": null}, {"BatchSize": 20000},
	{"FunctionName": 7}, {"FunctionName": map[string]any{}}, {"EventSourceArn": 7}, {"EventSourceArn": []any{"a"}},
	{"EventSourceArn": "arn:aws:sqs:us-east-1:000000000000:"}, {"EventSourceArn": "arn:aws:kinesis:us-east-1:000000000000:stream/"},
	{"Enabled": "yes"}, {"Enabled": null}, {"StartingPosition": 3}, {"StartingPositionTimestamp": "yesterday"},
	{"DestinationConfig": "x"}, {"DestinationConfig": map[string]any{"OnFailure": "x"}}, {"Topics": "x"}, {"Topics": []any{null}},
	{"MaximumRecordAgeInSeconds": true}, {"ParallelizationFactor": -1}, {"Colour": "red"}, {"FilterCriteria": 5},
}

var _ = Verify(rule.ErrCreateService, common, func(e *Env) {
	for _, f := range strange {
		e.Offers(f)
	}
})

var _ = Verify(rule.ErrUpdateService, common, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	for _, f := range strange {
		if x := e.Update(m, f); x.Status < 300 {
			e.Settle(m)
		}
	}
})

var oddUUIDs = []string{"x", "0", "a b", "é", "..", "%", strangeUUID + "0", "00000000-0000-0000-0000-000000000000"}

var _ = Verify(rule.ErrGetService, anyKind, func(e *Env) {
	for _, id := range oddUUIDs {
		e.Get(&Mapping{UUID: id})
	}
})

var _ = Verify(rule.ErrDeleteService, anyKind, func(e *Env) {
	for _, id := range oddUUIDs {
		e.Delete(&Mapping{UUID: id})
	}
})

var _ = Verify(rule.ErrListService, anyKind, func(e *Env) {
	for _, q := range []Fields{{"MaxItems": "x"}, {"MaxItems": -1}, {"MaxItems": "1e3"}, {"MaxItems": ""}, {"Marker": ""},
		{"Marker": "é"}, {"EventSourceArn": ""}, {"FunctionName": ""}, {"FunctionName": "a b"}, {"Colour": "red"}} {
		e.List(q)
	}
})
