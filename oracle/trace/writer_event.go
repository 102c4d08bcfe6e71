package trace

import "fmt"

// event writes the members that the kind has: those that are required always,
// others only when they say more than their absence does.
func (l *line) event(e *Event) {
	l.text(mEvent, e.Kind.String())
	switch e.Kind {
	case Header, SourceEvent, Call, Mapping, Queue:
		if e.Detail == nil {
			l.wrong("it has no Detail; expected one")
			return
		}
	}
	switch e.Kind {
	case Header, SourceEvent:
	default:
		l.number(mT, e.T)
	}
	switch e.Kind {
	case Put:
		l.put(e)
	case Invoke:
		l.invoke(e)
	case Destination:
		l.text(mARN, e.Source)
		l.optional(mMapping, e.Mapping)
		l.optional(mMessageID, e.ID)
		l.json(mBody, e.Body)
	case Call:
		l.number(mEnd, e.End)
		l.text(mOperation, string(e.Operation))
		l.json(mRequest, e.Request)
		l.number(mStatus, float64(e.Status))
		l.object(mResponse, e.Response)
		l.optional(mError, e.Code)
	case Throttle:
		l.number(mEnd, e.End)
		l.optional(mFunction, e.Function)
	case Queue:
		l.text(mSource, e.Source)
		l.list(mVisible, e.Visible)
		l.list(mInFlight, e.InFlight)
		l.list(mDead, e.Dead)
	case Mapping:
		l.text(mUUID, e.Mapping)
		l.json(mConfig, e.Config)
	case SourceEvent:
		l.text(mARN, e.Source)
		l.source(e.Detail)
	case Header:
		l.header(e.Detail)
	}
}

func (l *line) put(e *Event) {
	l.text(mSource, e.Source)
	l.optional(mShard, e.Shard)
	l.text(mSeq, e.Seq)
	l.optional(mKey, e.Key)
	l.positive(mSize, float64(e.Size))
	if e.Arrival != e.T {
		l.number(mArrival, e.Arrival)
	}
	l.optional(mOrder, e.Order)
	l.object(mRecord, e.Record)
}

func (l *line) invoke(e *Event) {
	if e.End == NotEnded {
		l.json(mEnd, nil)
	} else {
		l.number(mEnd, e.End)
	}
	l.optional(mID, e.ID)
	l.text(mMapping, e.Mapping)
	l.optional(mFunction, e.Function)
	l.optional(mSource, e.Source)
	l.optional(mShard, e.Shard)
	l.name(mRecords)
	l.texts(e.Records)
	if int(e.Outcome) >= len(outcomeNames) {
		l.wrong(fmt.Sprintf("its outcome is %d; expected one of the outcomes", e.Outcome))
		return
	}
	l.text(mOutcome, e.Outcome.String())
	if len(e.Attempts) > 0 {
		l.json(mAttempts, e.Attempts)
	}
	if e.HasReport {
		l.json(mReport, e.Report)
	}
	l.object(mPayload, e.Event)
}

func (l *line) source(s *Detail) {
	l.text(mKind, s.SourceKind)
	if len(s.Shards) > 0 {
		l.json(mShards, s.Shards)
	}
	l.positive(mVisibility, s.VisibilityMS)
	l.positive(mMaxReceive, float64(s.MaxReceiveCount))
	l.positive(mRetention, s.RetentionMS)
}

func (l *line) header(h *Detail) {
	l.number(mFormat, float64(h.Format))
	l.optional(mProfile, h.Profile)
	l.optional(mTarget, h.Target)
	l.json(mComplete, h.Complete)
	l.number(mSettle, h.SettleMS)
	l.number(mSkew, h.SkewMS)
	l.number(mDuplicates, float64(h.Duplicates))
}
