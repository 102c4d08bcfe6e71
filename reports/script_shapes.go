package reports

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/esmconform/esmconform/oracle/trace"
)

// What the AWS CLI checks before it sends a request: the names of members, their types,
// and the least length or value, but no greatest, no pattern and no enumeration.

// shape is the type of a member.
type shape struct {
	kind    shapeKind
	least   int64
	of      *shape            // of a list's entries, of a map's values
	members map[string]*shape // of a structure
}

type shapeKind uint8

const (
	aText shapeKind = iota
	aNumber
	aBool
	aTime
	aList
	aMap
	aStructure
)

func textOf(least int64) *shape   { return &shape{kind: aText, least: least} }
func numberOf(least int64) *shape { return &shape{kind: aNumber, least: least} }
func listOf(least int64, of *shape) *shape {
	return &shape{kind: aList, least: least, of: of}
}
func structure(members map[string]*shape) *shape { return &shape{kind: aStructure, members: members} }

var (
	aSwitch  = &shape{kind: aBool}
	accesses = listOf(0, structure(map[string]*shape{"Type": textOf(0), "URI": textOf(1)}))
	target   = structure(map[string]*shape{"Destination": textOf(0)})
	consumer = structure(map[string]*shape{"ConsumerGroupId": textOf(1), "SchemaRegistryConfig": structure(map[string]*shape{
		"SchemaRegistryURI": textOf(1), "EventRecordFormat": textOf(0), "AccessConfigs": accesses,
		"SchemaValidationConfigs": listOf(0, structure(map[string]*shape{"Attribute": textOf(0)}))})})
)

// inUpdates are the members of an update besides the UUID, which a create has too.
var inUpdates = map[string]*shape{
	"FunctionName": textOf(1), "Enabled": aSwitch, "BatchSize": numberOf(1), "KMSKeyArn": textOf(0),
	"FilterCriteria":                 structure(map[string]*shape{"Filters": listOf(0, structure(map[string]*shape{"Pattern": textOf(0)}))}),
	"MetricsConfig":                  structure(map[string]*shape{"Metrics": listOf(0, textOf(0))}),
	"LoggingConfig":                  structure(map[string]*shape{"SystemLogLevel": textOf(0)}),
	"ScalingConfig":                  structure(map[string]*shape{"MaximumConcurrency": numberOf(2)}),
	"MaximumBatchingWindowInSeconds": numberOf(0), "ParallelizationFactor": numberOf(1),
	"DestinationConfig":         structure(map[string]*shape{"OnSuccess": target, "OnFailure": target}),
	"MaximumRecordAgeInSeconds": numberOf(-1), "BisectBatchOnFunctionError": aSwitch, "MaximumRetryAttempts": numberOf(-1),
	"TumblingWindowInSeconds": numberOf(0), "SourceAccessConfigurations": accesses, "FunctionResponseTypes": listOf(0, textOf(0)),
	"AmazonManagedKafkaEventSourceConfig": consumer, "SelfManagedKafkaEventSourceConfig": consumer,
	"DocumentDBEventSourceConfig": structure(map[string]*shape{"DatabaseName": textOf(1), "CollectionName": textOf(1), "FullDocument": textOf(0)}),
	"ProvisionedPollerConfig":     structure(map[string]*shape{"MinimumPollers": numberOf(1), "MaximumPollers": numberOf(1), "PollerGroupName": textOf(0)}),
}

// inCreates are the members that only a create has.
var inCreates = map[string]*shape{
	"EventSourceArn": textOf(0), "StartingPosition": textOf(0), "StartingPositionTimestamp": {kind: aTime},
	"Tags": {kind: aMap, of: textOf(0)}, "Topics": listOf(1, textOf(1)), "Queues": listOf(1, textOf(1)),
	"SelfManagedEventSource": structure(map[string]*shape{"Endpoints": {kind: aMap, least: 1, of: listOf(1, textOf(1))}}),
}

// inLists are the members of a list's query.
var inLists = map[string]*shape{"EventSourceArn": textOf(0), "FunctionName": textOf(1), "Marker": textOf(0), "MaxItems": numberOf(1)}

// cliTakes reports whether the AWS CLI sends the members as they are.
func cliTakes(op trace.Operation, members map[string]any) bool {
	tables := map[trace.Operation][]map[string]*shape{trace.Create: {inUpdates, inCreates}, trace.Update: {inUpdates}, trace.List: {inLists}}[op]
	if _, named := members["FunctionName"]; op == trace.Create && !named {
		return false
	}
	for name, v := range members {
		var s *shape
		for _, t := range tables {
			if t[name] != nil {
				s = t[name]
			}
		}
		if !s.takes(v) {
			return false
		}
	}
	return true
}

// takes reports whether a JSON value is of the shape.
func (s *shape) takes(v any) bool {
	if s == nil {
		return false
	}
	switch v := v.(type) {
	case string:
		switch s.kind {
		case aTime:
			return v == "${hour-ago}" || v == "${in-an-hour}"
		case aText:
			return int64(utf8.RuneCountInString(v)) >= s.least
		}
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		whole := err == nil && strconv.FormatInt(n, 10) == v.String()
		return whole && (s.kind == aTime || s.kind == aNumber && n >= s.least)
	case bool:
		return s.kind == aBool
	case []any:
		if s.kind != aList || int64(len(v)) < s.least {
			return false
		}
		for _, x := range v {
			if !s.of.takes(x) {
				return false
			}
		}
		return true
	case map[string]any:
		if s.kind != aMap && s.kind != aStructure || int64(len(v)) < s.least {
			return false
		}
		for name, x := range v {
			member := s.of
			if s.kind == aStructure {
				member = s.members[name]
			}
			if s.kind == aMap && name == "" || !member.takes(x) {
				return false
			}
		}
		return true
	}
	return false
}
