package delivery

import (
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// legalReason is why a corrupted trace may be a good one.
type legalReason struct {
	says string
	of   []string // the kinds of corruption
	is   func(c *corruption) bool
}

// legal are the reasons. Each is as narrow as it can be put in a line or two.
var legal = []legalReason{
	{"one attempt fewer, of a batch that was not given up for its retries", []string{dropInvocation}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		aged := c.good.splitFrom(c.at) && c.good.message(c.corrupted(), trace.RecordAgeExceeded) > c.at // before its first run, then
		return !c.good.queue() && c.good.stuck(c.corrupted()) && (len(run) > 1 || aged) && !c.good.spent(c.at)
	}},
	{"after a partial report the counter may run on: one attempt fewer", []string{dropInvocation}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		return c.good.stuck(c.corrupted()) && c.good.progressed(run[0]) && len(run)-1 == max(1, c.told().retries)
	}},
	{"a part of a split batch may count its first run as a retry: one attempt fewer", []string{dropInvocation, shiftBatch}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		return c.told().bisect && c.good.stuck(c.corrupted()) && c.good.splitFrom(run[0]) && len(run) > 1 && len(run)-1 >= c.told().retries
	}},
	{"an error and a time-out are failures alike", []string{swapNeighbours}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		return slices.Equal(e.Records, n.Records) && c.good.failed(e) && c.good.failed(n)
	}},
	{"one attempt more, of a batch that had some left", []string{repeatInvocation}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		n := c.told().retries
		return !c.good.queue() && c.good.stuck(c.corrupted()) && (n < 0 || len(run) <= n)
	}},
	{"the first cut may have been as small as the part that followed", []string{dropInvocation}, func(c *corruption) bool {
		e, later := c.corrupted(), c.good.later(c.at)
		if !c.good.failed(e) || !c.told().bisect || !c.good.freshlyCut(c.at) || len(later) == 0 {
			return false
		}
		n := c.good.events[later[0]].Records
		return len(n) < len(e.Records) && slices.Equal(n, e.Records[:len(n)])
	}},
	{"after a partial report a new batch may be cut", []string{leaveOutRecord}, func(c *corruption) bool {
		e, b := c.corrupted(), &c.bad[c.at]
		return !c.good.queue() && c.good.failed(e) && !c.good.stuck(e) && len(b.Records) > 0 && slices.Equal(b.Records, e.Records[:len(b.Records)]) &&
			len(c.good.later(c.at)) > 0
	}},
	{"without a destination nothing tells a batch given up after its last attempt from one processed", []string{changeOutcome, dropInvocation}, func(c *corruption) bool {
		x := c.told()
		run, _ := c.good.run(c.at)
		attempts, needed := len(run), x.retries+1
		if c.kind == dropInvocation {
			attempts--
		}
		switch {
		case c.good.progressed(run[0]):
			needed = max(1, needed-slices.Index(c.good.with(run[0]), run[0])) // the counter may run on
		case c.good.splitFrom(run[0]):
			needed = max(1, x.retries) // it may have begun at 1
		}
		return !c.good.queue() && x.destination == "" && x.retries >= 0 && c.last() && attempts >= needed && (!x.bisect || len(c.corrupted().Records) == 1)
	}},
	{"while a change takes effect the last batch may come again", []string{repeatInvocation}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		return c.good.changing(e.Mapping, e.T) && (n == nil || n.T >= e.End)
	}},
	{"batches without a key in common may come in any order", []string{swapNeighbours}, func(c *corruption) bool {
		return c.told().parallel > 1 && c.good.disjoint(c.corrupted(), c.good.nextOf(c.at))
	}},
	{"messages of a standard queue, and of other groups, may come in any order", []string{swapNeighbours, shiftBatch}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		if c.kind == shiftBatch {
			return c.good.queue() && c.reordered()
		}
		return c.good.queue() && !c.good.shareRecord(e, n) && (c.good.source.SourceKind == "sqs" || c.good.disjoint(e, n))
	}},
	{"a receive that nobody saw counts as well", []string{dropInvocation, leaveOutRecord}, func(c *corruption) bool {
		return c.good.queue() && (c.comesLater() || len(c.losses()) == 0 || c.good.failed(c.corrupted()) && c.seenDead())
	}},
	{"with LATEST the first record is free", []string{dropInvocation, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		return c.beforeFirst()
	}},
	{"it may have left the source before it had to be delivered, or tried again", []string{dropInvocation, changeOutcome, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		return c.good.retention() > 0 && c.grewOld(c.good.retention())
	}},
	{"under bisect a report without progress may be answered by the whole batch again, uncounted", []string{repeatInvocation}, func(c *corruption) bool {
		e := c.corrupted()
		return c.told().bisect && e.Outcome == trace.OK && c.good.stuck(e) && len(e.Records) > 1
	}},
	{"a message may count what was filtered out, or merged with it, between its first and last record", []string{changeMessage}, func(c *corruption) bool {
		return strings.HasSuffix(c.member, ".batchSize") && !c.gone && (c.told().filtered || c.told().bisect || c.told().parallel > 1) && c.merged()
	}},
	{"in 2020 no document says how a Kafka batch is tried again", []string{dropInvocation, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		return c.good.source.SourceKind == "msk" && c.good.events[0].Profile == rule.P2020.String() && (c.good.failed(c.corrupted()) || len(c.good.with(c.at)) > 1)
	}},
	{"without a destination it may have aged unseen before it had to be delivered, or tried again", []string{dropInvocation, changeOutcome, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		x := c.told()
		return !c.good.queue() && x.destination == "" && x.age >= 0 && c.grewOld(x.age)
	}},
	{"the last attempt may have gone well: no message tells of it, and nothing after it is missing", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		return c.good.failed(e) && c.last() && c.good.message(e, trace.RetryAttemptsExhausted) < 0 && c.good.message(e, trace.RecordAgeExceeded) < 0 &&
			(c.good.queue() || c.restGone())
	}},
	{"an attempt more at one failing batch, one fewer at another", []string{shiftBatch}, func(c *corruption) bool {
		return c.told().parallel > 1 && c.moved()
	}},
	{"the parts of a split batch may have been cut one by one from the start", []string{leaveOutRecord}, func(c *corruption) bool {
		return c.cutApart()
	}},
	{"another partition is stuck, and one consumer may read both", []string{dropInvocation, leaveOutRecord}, func(c *corruption) bool {
		return c.good.source.SourceKind == "msk" && c.heldUp()
	}},
	{"another batch of the shard is stuck, and may share its lane", []string{dropInvocation, changeOutcome, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		return c.told().parallel > 1 && c.heldUp()
	}},
	{"a receive while the function is throttled counts as well, so it may be in the dead-letter queue", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		return c.good.queue() && c.mayBeDead()
	}},
	{"a message may have come again right after the end", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		losses := c.losses()
		return c.good.queue() && len(losses) > 0 && !slices.ContainsFunc(losses, func(l corruptLoss) bool { return c.rest(l, c.good.end()) > c.patience() })
	}},
	{"messages about the parts of a split batch may be merged, whatever their counts", []string{changeMessage}, func(c *corruption) bool {
		return c.member == "requestContext.approximateInvokeCount" && !c.gone && c.told().bisect && c.merged()
	}},
	{"which status of the 200 range, and which kind of error, is not documented", []string{changeMessage}, func(c *corruption) bool {
		return !c.gone && (c.member == "responseContext.statusCode" || c.member == "responseContext.functionError")
	}},
	{"it was never delivered", []string{dropPut}, func(c *corruption) bool {
		return !slices.ContainsFunc(c.good.events, func(e trace.Event) bool {
			return e.Kind == trace.Invoke && slices.ContainsFunc(e.Records, func(r string) bool { return c.good.put(&e, r) == c.at })
		})
	}},
	{"a message that was visible again while it was processed may be anywhere", []string{changeOutcome, shiftBatch}, func(c *corruption) bool {
		long := func(e *trace.Event) bool { return e.End-e.T >= c.good.source.VisibilityMS-trace.DefaultSkewMS }
		if c.kind == shiftBatch {
			return c.good.queue() && len(c.losses()) == 0 && !slices.ContainsFunc(c.bad[c.at].Records, func(r string) bool {
				return !slices.ContainsFunc(c.good.events[:c.at+1], func(n trace.Event) bool {
					return n.Kind == trace.Invoke && slices.Contains(n.Records, r) && (long(&n) || n.T == c.corrupted().T)
				})
			})
		}
		return c.good.queue() && (long(c.corrupted()) || c.doneElsewhere())
	}},
	{"a message may be in the dead-letter queue once its receives are used up", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		most := c.good.source.MaxReceiveCount
		return c.good.queue() && most > 0 && c.last() && !slices.ContainsFunc(e.Attempts, func(n int) bool { return n < most })
	}},
	{"the number of attempts at a record that aged may be any", []string{changeMessage}, func(c *corruption) bool {
		return c.member == "requestContext.approximateInvokeCount" && !c.gone && c.condition() == trace.RecordAgeExceeded
	}},
	{"which request and which version a message names is not in the trace", []string{changeMessage}, func(c *corruption) bool {
		return !c.gone && (c.member == "requestContext.requestId" || c.member == "responseContext.executedVersion")
	}},
}

// rare are more of them, so rare that it takes 8000 generated scenarios to need each.
var rare = []legalReason{
	{"a batch may have been split one record earlier, where all of it grew too old after that", []string{leaveOutRecord}, func(c *corruption) bool {
		e, shorter := c.corrupted(), c.bad[c.at].Records
		return c.told().bisect && c.good.splitFrom(c.at) && c.good.stuck(e) && c.last() &&
			slices.Equal(shorter, e.Records[:len(shorter)]) && c.good.message(e, trace.RecordAgeExceeded) > c.at
	}},
	{"the last attempt at a part of a split batch may have gone well, among parts that were reported together", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		return c.told().bisect && c.good.failed(e) && c.last() && c.inside(c.good.message(e, trace.RetryAttemptsExhausted))
	}},
	{"what expired at the source may be reported or not", []string{dropMessage}, func(c *corruption) bool {
		return c.condition() == trace.RecordAgeExceeded && c.corrupted().T-c.firstArrival() >= c.good.retention()-trace.DefaultSkewMS
	}},
	{"with LATEST the first record is free, whether delivered or given up", []string{dropMessage}, func(c *corruption) bool {
		return c.condition() == trace.RecordAgeExceeded && c.reportsFirst()
	}},
}
