package trace

import "github.com/esmconform/esmconform/oracle/rule"

// sourceKinds lists the kinds of sources by the names they have in files.
var sourceKinds = []string{"kinesis", "kinesis-consumer", "dynamodb", "sqs", "sqs-fifo", "msk"}

// kind returns which event the line is.
func (d *decoder) kind() EventKind {
	name := d.bytes(mEvent, required)
	for k, known := range eventNames {
		if known == string(name) {
			return EventKind(k)
		}
	}
	d.oneOf(mEvent, required, eventNames[:]...) // says what is wrong
	return numEventKinds
}

// event fills in an empty event whose kind is known. The lists are used for the
// batch of an invocation and returned, maybe longer.
func (d *decoder) event(e *Event, records []string, attempts []int) ([]string, []int) {
	switch e.Kind {
	case Header, SourceEvent:
	default:
		e.T = d.time(mT, required, 0)
	}
	switch e.Kind {
	case Put:
		d.put(e)
	case Invoke:
		return d.invoke(e, records, attempts)
	case Destination:
		e.Source = d.name(mARN, required)
		e.Mapping = d.name(mMapping, optional)
		e.ID = d.identifier(mMessageID, optional)
		e.Body = d.object(mBody, required)
	case Call:
		e.End = d.end(e.T)
		e.Detail = d.call()
	case Throttle:
		e.End = d.end(e.T)
		e.Function = d.name(mFunction, optional)
	case Queue:
		e.Source = d.name(mSource, required)
		e.Detail = &Detail{
			Visible:  d.identifiers(mVisible, optional, nil),
			InFlight: d.identifiers(mInFlight, optional, nil),
			Dead:     d.identifiers(mDead, optional, nil),
		}
	case Mapping:
		e.Mapping = d.name(mUUID, required)
		e.Detail = &Detail{Config: d.wire(mConfig, required)}
	case SourceEvent:
		e.Source = d.name(mARN, required)
		e.Detail = d.source()
	case Header:
		e.Detail = d.header()
	}
	return records, attempts
}

func (d *decoder) put(e *Event) {
	e.Source = d.name(mSource, required)
	e.Shard = d.name(mShard, optional)
	e.Seq = d.identifier(mSeq, required)
	e.Key = d.name(mKey, optional)
	e.Size = d.count(mSize, optional)
	e.Arrival = d.number(mArrival, optional, e.T)
	e.Order = d.identifier(mOrder, optional)
	e.Record = d.object(mRecord, optional)
}

func (d *decoder) invoke(e *Event, records []string, attempts []int) ([]string, []int) {
	if raw := d.raw(mEnd); raw != nil && raw[0] == 'n' {
		e.End = NotEnded
	} else {
		e.End = d.end(e.T)
	}
	e.Mapping = d.name(mMapping, required)
	e.ID = d.identifier(mID, optional)
	e.Function = d.name(mFunction, optional)
	e.Source = d.name(mSource, optional)
	e.Shard = d.name(mShard, optional)
	e.Outcome = d.outcome()
	e.Event = d.object(mPayload, optional)
	if raw := d.raw(mReport); raw != nil {
		e.Report, e.HasReport = d.any(mReport, raw), true
	}
	records = d.identifiers(mRecords, required, records[:0])
	attempts = d.counts(mAttempts, attempts[:0])
	if len(attempts) > 0 && len(attempts) != len(records) {
		d.wrong("attempts has %d counts for %d records; expected one for each record", len(attempts), len(records))
	}
	// An empty batch is for a check to judge.
	e.Records = records
	if len(attempts) > 0 {
		e.Attempts = attempts
	}
	return records, attempts
}

func (d *decoder) outcome() Outcome {
	switch d.oneOf(mOutcome, required, outcomeNames[:]...) {
	case "error":
		return Error
	case "timeout":
		return Timeout
	}
	return OK
}

func (d *decoder) call() *Detail {
	return &Detail{
		Operation: Operation(d.oneOf(mOperation, required, names(Operations, func(o Operation) string { return string(o) })...)),
		Request:   d.wire(mRequest, required),
		Status:    d.count(mStatus, required),
		Response:  d.wire(mResponse, optional),
		Code:      d.name(mError, optional),
	}
}

func (d *decoder) source() *Detail {
	s := &Detail{
		SourceKind:      d.oneOf(mKind, required, sourceKinds...),
		VisibilityMS:    d.time(mVisibility, optional, 0),
		MaxReceiveCount: d.count(mMaxReceive, optional),
		RetentionMS:     d.time(mRetention, optional, 0),
	}
	d.elements(mShards, optional, `an array of {"id":"…","parents":["…"]}`, func(raw []byte, _ form) bool {
		shard := decoder{texts: d.texts}
		if !shard.scan(raw) {
			return false
		}
		s.Shards = append(s.Shards, Shard{
			ID:      shard.name(mID, required),
			Parents: shard.identifiers(mParents, optional, nil),
		})
		if shard.fault != "" {
			d.wrong("shards[%d]: %s", len(s.Shards)-1, shard.fault)
		}
		return true
	})
	return s
}

func (d *decoder) header() *Detail {
	h := &Detail{Format: d.count(mFormat, required)}
	if h.Format != 1 {
		d.wrong("format is %d; expected 1, the only one that this version reads", h.Format)
	}
	h.Profile = d.oneOf(mProfile, optional, names(rule.Profiles, rule.Profile.String)...)
	h.Target = d.name(mTarget, optional)
	h.Complete = d.boolean(mComplete)
	h.SettleMS = d.time(mSettle, optional, DefaultSettleMS)
	h.SkewMS = d.time(mSkew, optional, DefaultSkewMS)
	h.Duplicates = d.count(mDuplicates, optional)
	return h
}

// names returns what things are called in files.
func names[T any](of []T, name func(T) string) []string {
	list := make([]string, len(of))
	for i, x := range of {
		list[i] = name(x)
	}
	return list
}
