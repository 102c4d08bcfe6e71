package reference

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"time"
)

var dynamoDBService = service{
	contentType: "application/x-amz-json-1.0",
	namespace:   "com.amazonaws.dynamodb.v20120810#",
	checksum:    true,
	operations: map[string]operation{
		"CreateTable":   typed((*Server).createTable),
		"DescribeTable": typed((*Server).describeTable),
		"DeleteTable":   typed((*Server).deleteTable),
		"PutItem":       typed((*Server).putItem),
	},
}

// table is a DynamoDB table.
type table struct {
	createTableInput
	arn, id          string
	streamARN, label string // empty without a stream
	created          time.Time
}

var tableName = regexp.MustCompile(`^[a-zA-Z0-9_.-]{3,255}$`)

// streamLabel is the form of a stream's label: UTC, without a zone.
const streamLabel = "2006-01-02T15:04:05.000"

type attributeDefinition struct{ AttributeName, AttributeType string }

type keyElement struct{ AttributeName, KeyType string }

type streamSpecification struct {
	StreamEnabled  bool
	StreamViewType string `json:",omitempty"`
}

type throughput struct{ ReadCapacityUnits, WriteCapacityUnits int64 }

type createTableInput struct {
	TableName             string
	AttributeDefinitions  []attributeDefinition
	KeySchema             []keyElement
	BillingMode           string
	ProvisionedThroughput *throughput
	StreamSpecification   *streamSpecification
}

var viewTypes = map[string]bool{"NEW_IMAGE": true, "OLD_IMAGE": true, "NEW_AND_OLD_IMAGES": true, "KEYS_ONLY": true}

func invalid(format string, args ...any) *fault {
	return badRequest("ValidationException", format, args...)
}

// check returns the fault of a table that could not be made.
func (in *createTableInput) check() *fault {
	if !tableName.MatchString(in.TableName) {
		return badName("tableName", in.TableName, "[a-zA-Z0-9_.-]+, 3 to 255 characters")
	}
	if n := len(in.KeySchema); n < 1 || n > 2 {
		return invalid("KeySchema must have one or two elements, not %d", n)
	}
	defined := map[string]bool{}
	for _, a := range in.AttributeDefinitions {
		if a.AttributeType != "S" && a.AttributeType != "N" && a.AttributeType != "B" {
			return invalid("the AttributeType of %s must be S, N or B, not %q", a.AttributeName, a.AttributeType)
		}
		defined[a.AttributeName] = true
	}
	for i, k := range in.KeySchema {
		if want := [...]string{"HASH", "RANGE"}[i]; k.KeyType != want {
			return invalid("the KeyType of %s must be %s, not %q", k.AttributeName, want, k.KeyType)
		}
		if !defined[k.AttributeName] {
			return invalid("the key %s is missing from AttributeDefinitions", k.AttributeName)
		}
	}
	switch in.BillingMode {
	case "", "PROVISIONED":
		if in.ProvisionedThroughput == nil {
			return invalid("ProvisionedThroughput must be given unless BillingMode is PAY_PER_REQUEST")
		}
	case "PAY_PER_REQUEST":
	default:
		return invalid("BillingMode must be PROVISIONED or PAY_PER_REQUEST, not %q", in.BillingMode)
	}
	if sp := in.StreamSpecification; sp != nil && sp.StreamEnabled && !viewTypes[sp.StreamViewType] {
		return invalid("StreamViewType must be NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY, not %q", sp.StreamViewType)
	}
	return nil
}

func (s *Server) createTable(c *call, in *createTableInput) (any, *fault) {
	if f := in.check(); f != nil {
		return nil, f
	}
	if s.tables[in.TableName] != nil {
		return nil, badRequest("ResourceInUseException", "Table already exists: %s", in.TableName)
	}
	resource := "table/" + in.TableName
	t := &table{createTableInput: *in, arn: s.arn("dynamodb", resource), id: newUUID(), created: c.now}
	if sp := in.StreamSpecification; sp != nil && sp.StreamEnabled {
		t.label = s.stamp(resource, c.now, time.Millisecond).Format(streamLabel)
		t.streamARN = t.arn + "/stream/" + t.label
	}
	s.tables[t.TableName] = t
	if t.streamARN != "" {
		s.opt.Mappings.AddSource(t.streamARN)
	}
	return struct{ TableDescription tableDescription }{t.describe("ACTIVE")}, nil
}

type tableRef struct{ TableName string }

func (s *Server) findTable(ref string) (*table, *fault) {
	if ref == "" {
		return nil, missing("tableName")
	}
	name, ok := nameIn(ref, s.arn("dynamodb", "table/"))
	if t := s.tables[name]; ok && t != nil {
		return t, nil
	}
	return nil, badRequest("ResourceNotFoundException", "Requested resource not found: Table: %s not found", name)
}

func (s *Server) describeTable(_ *call, in *tableRef) (any, *fault) {
	t, f := s.findTable(in.TableName)
	if f != nil {
		return nil, f
	}
	return struct{ Table tableDescription }{t.describe("ACTIVE")}, nil
}

func (s *Server) deleteTable(_ *call, in *tableRef) (any, *fault) {
	t, f := s.findTable(in.TableName)
	if f != nil {
		return nil, f
	}
	delete(s.tables, t.TableName)
	if t.streamARN != "" {
		s.opt.Mappings.RemoveSource(t.streamARN)
	}
	return struct{ TableDescription tableDescription }{t.describe("DELETING")}, nil
}

type tableDescription struct {
	TableName, TableArn, TableId, TableStatus string
	CreationDateTime                          json.Number
	AttributeDefinitions                      []attributeDefinition
	KeySchema                                 []keyElement
	ProvisionedThroughput                     throughput
	BillingModeSummary                        *billing             `json:",omitempty"`
	StreamSpecification                       *streamSpecification `json:",omitempty"`
	LatestStreamLabel, LatestStreamArn        string               `json:",omitempty"`
	ItemCount, TableSizeBytes                 int64
}

type billing struct{ BillingMode string }

func (t *table) describe(status string) tableDescription {
	d := tableDescription{
		TableName: t.TableName, TableArn: t.arn, TableId: t.id, TableStatus: status, CreationDateTime: epochSeconds(t.created),
		AttributeDefinitions: t.AttributeDefinitions, KeySchema: t.KeySchema,
		LatestStreamLabel: t.label, LatestStreamArn: t.streamARN,
	}
	if t.ProvisionedThroughput != nil {
		d.ProvisionedThroughput = *t.ProvisionedThroughput
	}
	if t.BillingMode != "" {
		d.BillingModeSummary = &billing{t.BillingMode}
	}
	if t.streamARN != "" {
		d.StreamSpecification = t.StreamSpecification
	}
	return d
}

type putItemInput struct {
	TableName string
	Item      map[string]map[string]any
}

// putItem takes every item for a new one: items are not kept.
func (s *Server) putItem(_ *call, in *putItemInput) (any, *fault) {
	t, f := s.findTable(in.TableName)
	if f != nil {
		return nil, f
	}
	if in.Item == nil {
		return nil, missing("item")
	}
	for name, value := range in.Item {
		if len(value) != 1 {
			return nil, invalid("the attribute %s must have exactly one type, not %d", name, len(value))
		}
	}
	types := map[string]string{}
	for _, a := range t.AttributeDefinitions {
		types[a.AttributeName] = a.AttributeType
	}
	for _, k := range t.KeySchema {
		if _, ok := in.Item[k.AttributeName][types[k.AttributeName]]; !ok {
			return nil, invalid("One or more parameter values were invalid: the key %s of type %s is missing from the item",
				k.AttributeName, types[k.AttributeName])
		}
	}
	if t.streamARN != "" {
		failed := false
		for _, value := range in.Item {
			failed = failed || attributeFails("", value)
		}
		s.opt.Mappings.Processed(t.streamARN, failed)
	}
	return empty{}, nil
}

// attributeFails looks for the marker in every string and binary of a value.
// member is the key that the value stands under.
func attributeFails(member string, x any) bool {
	switch x := x.(type) {
	case string:
		if b, err := base64.StdEncoding.DecodeString(x); err == nil && (member == "B" || member == "BS") {
			return fails(string(b))
		}
		return fails(x)
	case []any:
		for _, e := range x {
			if attributeFails(member, e) {
				return true
			}
		}
	case map[string]any:
		for k, e := range x {
			if attributeFails(k, e) {
				return true
			}
		}
	}
	return false
}
