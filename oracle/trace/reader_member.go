package trace

// member is a member of some event, by its place in the format.
type member uint8

const (
	mEvent member = iota
	mT
	mEnd
	mSource
	mShard
	mSeq
	mKey
	mSize
	mArrival
	mOrder
	mRecord
	mMapping
	mRecords
	mID
	mFunction
	mOutcome
	mReport
	mAttempts
	mARN
	mBody
	mMessageID
	mOperation
	mRequest
	mStatus
	mResponse
	mError
	mUUID
	mConfig
	mVisible
	mInFlight
	mDead
	mFormat
	mProfile
	mTarget
	mComplete
	mSettle
	mSkew
	mDuplicates
	mKind
	mShards
	mVisibility
	mMaxReceive
	mRetention
	mParents // of a shard
	mPayload
	numMembers
	unknown = numMembers
)

var memberNames = [numMembers]string{"event", "t", "end", "source", "shard", "seq", "key", "size", "arrival", "order", "record",
	"mapping", "records", "id", "function", "outcome", "report", "attempts", "arn", "body", "message_id",
	"operation", "request", "status", "response", "error", "uuid", "config", "visible", "in_flight", "dead",
	"format", "profile", "target", "complete", "settle_ms", "skew_ms", "duplicates",
	"kind", "shards", "visibility_timeout_ms", "max_receive_count", "retention_ms", "parents", "payload"}

// String is the member's name in a file.
func (m member) String() string { return memberNames[m] }

// longestMember is the length of the longest name.
const longestMember = len("visibility_timeout_ms")

// membersByLength holds the members with names of each length, the frequent ones
// first: that leaves few to compare with.
var membersByLength = func() (byLength [longestMember + 1][]member) {
	for m, name := range memberNames {
		byLength[len(name)] = append(byLength[len(name)], member(m))
	}
	return byLength
}()

func memberOf(name []byte) member {
	if len(name) > longestMember {
		return unknown
	}
	for _, m := range membersByLength[len(name)] {
		if memberNames[m] == string(name) {
			return m
		}
	}
	return unknown
}

// span is where a value stands in its line. A string's span includes the quotes.
type span struct {
	start, end int
	form       form
}

// members is a line taken apart: where the members stand that any event knows.
// Which of them count and what they must be is known only after the last one,
// since the event's name may come last.
type members struct {
	line  []byte
	found uint64 // a bit for each member
	at    [numMembers]span
}

// scan takes a line apart. It returns false when the line is no JSON object. Of
// members of one name the last counts, as in encoding/json. But the format calls
// two members of an invocation "event": the kind, a string, and what the function
// was given, an object. So an object of that name is taken for the payload, the
// name that a Writer uses, because few JSON tools can write one name twice.
func (m *members) scan(line []byte) bool {
	m.line, m.found = line, 0
	i := skipSpace(line, 0)
	if i >= len(line) || line[i] != '{' {
		return false
	}
	if i = skipSpace(line, i+1); i < len(line) && line[i] == '}' {
		return skipSpace(line, i+1) == len(line)
	}
	for {
		start, name := skipName(line, i)
		if start < 0 {
			return false
		}
		end, f := skipValue(line, start, 1)
		if end < 0 {
			return false
		}
		id := memberOf(unquote(line[name.start:name.end], name.form))
		if id == mEvent && line[start] == '{' {
			id = mPayload
		}
		if id != unknown {
			m.at[id] = span{start, end, f}
			m.found |= 1 << id
		}
		if i = skipSpace(line, end); i >= len(line) {
			return false
		}
		switch line[i] {
		case ',':
			i = skipSpace(line, i+1)
		case '}':
			return skipSpace(line, i+1) == len(line)
		default:
			return false
		}
	}
}

// raw returns the member's JSON, or nil when there is none.
func (m *members) raw(id member) []byte {
	if m.found&(1<<id) == 0 {
		return nil
	}
	at := &m.at[id]
	return m.line[at.start:at.end]
}
