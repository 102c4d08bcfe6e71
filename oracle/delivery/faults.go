package delivery

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/trace"
)

// Faults give the machine a fault. The zero value leaves it alone.
type Faults struct {
	// Decide is told what the machine is about to decide, and the right decision,
	// and returns the one that is taken.
	Decide func(d Decision, right int) int
	// Match says whether filters let a record through, in the place of MachineFilter.
	Match func(criteria map[string]any, kind string, record map[string]any) bool
	// Event is given each event that is about to be observed, and hands on what
	// is observed instead: nothing, another event, or several. It copies what it
	// keeps.
	Event func(e *trace.Event, emit func(*trace.Event) error) error
}

// Decision is something that the machine decides, where a wrong decision is a
// fault; a Point is where every decision is right. Where a decision is whether
// something holds, 1 says yes and 0 no.
type Decision uint8

// The decisions about positions.
const (
	DecisionStart       Decision = iota // the place in a shard of the first record that a mapping reads
	DecisionEarlier                     // whether a record is left out as earlier than the timestamp of AT_TIMESTAMP
	DecisionInherits                    // whether a new mapping goes on where another one of the source is
	DecisionOwnPosition                 // whether a position is the mapping's own, or all mappings of the source share it
	DecisionParents                     // whether a parent of a shard is done
	DecisionChildStart                  // the place of the first record that is read of a shard whose parents are done
	DecisionResume                      // by how many records the position moves when delivery goes on after a change
	DecisionEnabled                     // whether the mapping is enabled
	DecisionDeleted                     // whether the mapping is deleted

	// The decisions about batches.

	DecisionReaders   // how many of the shards have a reader of their own
	DecisionLanes     // how many batches of a shard may be in flight
	DecisionLane      // which of the lanes a key has
	DecisionApart     // whether a shard goes on while another one has a failed batch
	DecisionTooLarge  // whether a Kafka record is too large to be delivered
	DecisionBatchSize // how many records a batch may have
	DecisionPayload   // how many bytes
	DecisionWindow    // how many milliseconds a batch waits to become full
	DecisionFull      // whether a batch is full, which ends the wait
	DecisionAwait     // whether the end of an invocation is awaited before anything follows from it

	// The decisions about failures.

	DecisionReports       // whether the report that a function returned is looked at
	DecisionAnswer        // what an invocation came to: one of the answers
	DecisionReported      // which of the reported records, counted from the lowest, is the one to go on at
	DecisionProgress      // how many records a partial report settles
	DecisionThrottleFails // whether a throttle is a failure of the batch
	DecisionCounter       // what the counter of a batch is after a failure
	DecisionRetries       // how often a failed batch may be tried again; -1: always
	DecisionSplit         // whether a failed batch of several records is split
	DecisionSplitAt       // how many records the first half gets
	DecisionHalves        // what becomes of the halves: HalvesInOrder and so on
	DecisionHalfCounter   // what the counter of a half starts at
	DecisionKeepBatch     // whether a failed batch is tried again as it was cut
	DecisionMaxAge        // how many milliseconds old a record may be; -1: any
	DecisionOnlyAged      // whether a record that is too old goes alone, or with its batch
	DecisionRetention     // how many milliseconds old a record is when it leaves the source

	// The decisions about messages.

	DecisionMessages     // how many messages are sent for a discarded batch
	DecisionTellsSuccess // whether a message is sent for a batch that succeeded
	DecisionTellsFailure // whether one is sent for a batch that is tried again

	// The decisions about tumbling windows.

	DecisionFinal       // whether a window wants its final invocation
	DecisionFinalAnswer // what that came to: one of the answers
	DecisionStateNeeded // whether an invocation that returned no state has failed
	DecisionStateBound  // how many bytes a state may have

	// The decisions about queues.

	DecisionBatches     // how many batches of a queue may be in flight
	DecisionVisibility  // how many milliseconds a message is hidden once it was received
	DecisionMaxReceives // how often a message is received before it goes to the dead-letter queue; 0: always
	DecisionDeletes     // whether a message is deleted after its invocation
	DecisionUnmatched   // whether a message that no filter lets through is deleted
	DecisionGroupLocked // whether nothing of a message group is received beside what is in flight
	DecisionGroupFree   // whether a message group goes on after an invocation
	DecisionNewestFirst // whether the messages of a group are received in the wrong order
	numDecisions
)

var decisionNames = [numDecisions]string{
	"start", "earlier", "inherits", "own-position", "parents", "child-start", "resume", "enabled", "deleted",
	"readers", "lanes", "lane", "apart", "too-large", "batch-size", "payload", "window", "full", "await",
	"reports", "answer", "reported", "progress", "throttle-fails", "counter", "retries", "split", "split-at", "halves", "half-counter",
	"keep-batch", "max-age", "only-aged", "retention", "messages", "tells-success", "tells-failure",
	"final", "final-answer", "state-needed", "state-bound",
	"batches", "visibility", "max-receives", "deletes", "unmatched", "group-locked", "group-free", "newest-first",
}

// String is the name of the decision.
func (d Decision) String() string {
	if d >= numDecisions {
		return fmt.Sprintf("Decision(%d)", uint8(d))
	}
	return decisionNames[d]
}

// What may become of the halves of a split batch. Only the first is right.
const (
	HalvesInOrder = iota
	HalvesSwapped
	FirstHalfOnly
	SecondHalfOnly
)
