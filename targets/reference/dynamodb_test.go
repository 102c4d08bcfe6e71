package reference

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/esmconform/esmconform/targets"
)

func tableInput(stream bool) *dynamodb.CreateTableInput {
	in := &dynamodb.CreateTableInput{
		TableName:            aws.String("tab"),
		AttributeDefinitions: []types.AttributeDefinition{{AttributeName: aws.String("id"), AttributeType: types.ScalarAttributeTypeS}},
		KeySchema:            []types.KeySchemaElement{{AttributeName: aws.String("id"), KeyType: types.KeyTypeHash}},
		BillingMode:          types.BillingModePayPerRequest,
	}
	if stream {
		in.StreamSpecification = &types.StreamSpecification{StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages}
	}
	return in
}

func TestTableLife(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).dynamodb, t.Context()

	d := must(c.CreateTable(ctx, tableInput(true)))(t).TableDescription
	want := "arn:aws:dynamodb:us-east-1:000000000000:table/tab/stream/2026-01-01T00:00:00.000"
	if *d.LatestStreamArn != want || *d.LatestStreamLabel != "2026-01-01T00:00:00.000" || d.TableStatus != types.TableStatusActive {
		t.Errorf("created %s, label %s, %s; want stream %s", *d.LatestStreamArn, *d.LatestStreamLabel, d.TableStatus, want)
	}
	m.expect(t, "+source "+want)
	_, err := c.CreateTable(ctx, tableInput(true))
	var inUse *types.ResourceInUseException
	if !errors.As(err, &inUse) || inUse.ErrorMessage() == "" {
		t.Errorf("the second time: %v, want a ResourceInUseException with a message", err)
	}

	for _, name := range []string{"tab", *d.TableArn} {
		got := must(c.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(name)}))(t).Table
		if *got.LatestStreamArn != want || got.StreamSpecification.StreamViewType != types.StreamViewTypeNewAndOldImages || *got.KeySchema[0].AttributeName != "id" {
			t.Errorf("%s is described with stream %s, %v, %v", name, *got.LatestStreamArn, got.StreamSpecification, got.KeySchema)
		}
	}
	if err := dynamodb.NewTableExistsWaiter(c).Wait(ctx, &dynamodb.DescribeTableInput{TableName: aws.String("tab")}, time.Second); err != nil {
		t.Error(err)
	}

	gone := must(c.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String("tab")}))(t)
	if gone.TableDescription.TableStatus != types.TableStatusDeleting {
		t.Errorf("deleted as %s", gone.TableDescription.TableStatus)
	}
	m.expect(t, "-source "+want)
	_, err = c.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String("tab")})
	expectCode(t, err, "ResourceNotFoundException")

	// The clock stands still, and yet it is another stream.
	if d := must(c.CreateTable(ctx, tableInput(true)))(t).TableDescription; *d.LatestStreamArn == want {
		t.Errorf("the new stream has the ARN of the old one, %s", want)
	}
}

func TestPutItem(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).dynamodb, t.Context()
	arn := *must(c.CreateTable(ctx, tableInput(true)))(t).TableDescription.LatestStreamArn
	m.take()
	str := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
	bad := "a " + targets.FailMarker
	for name, test := range map[string]struct {
		value  types.AttributeValue
		failed string
	}{
		"string":        {str("fine"), "false"},
		"marked string": {str(bad), "true"},
		"marked binary": {&types.AttributeValueMemberB{Value: []byte(bad)}, "true"},
		"marked set":    {&types.AttributeValueMemberBS{Value: [][]byte{[]byte("x"), []byte(bad)}}, "true"},
		"marked deep": {&types.AttributeValueMemberL{Value: []types.AttributeValue{
			&types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"x": str(bad)}}}}, "true"},
		"null": {&types.AttributeValueMemberNULL{Value: true}, "false"},
	} {
		must(c.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("tab"),
			Item: map[string]types.AttributeValue{"id": str("1"), "payload": test.value}}))(t)
		if got, want := m.take(), "processed "+arn+" "+test.failed; len(got) != 1 || got[0] != want {
			t.Errorf("%s: the mappings were told %v, want %s", name, got, want)
		}
	}
	_, err := c.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("tab"), Item: map[string]types.AttributeValue{"other": str("1")}})
	expectCode(t, err, "ValidationException")
	_, err = c.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("none"), Item: map[string]types.AttributeValue{"id": str("1")}})
	expectCode(t, err, "ResourceNotFoundException")
	m.expect(t)
}

func TestTableWithoutStream(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).dynamodb, t.Context()
	if d := must(c.CreateTable(ctx, tableInput(false)))(t).TableDescription; d.LatestStreamArn != nil || d.StreamSpecification != nil {
		t.Errorf("a stream that nobody asked for: %v, %v", d.LatestStreamArn, d.StreamSpecification)
	}
	must(c.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("tab"),
		Item: map[string]types.AttributeValue{"id": &types.AttributeValueMemberS{Value: "1"}}}))(t)
	must(c.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String("tab")}))(t)
	m.expect(t) // nothing to map, nothing to process
}

// TestChecksum: clients throw an answer away whose checksum is wrong. The
// number is what zlib makes of "{}".
func TestChecksum(t *testing.T) {
	s, _ := newFake(t)
	must(inMemoryClients(s).dynamodb.CreateTable(t.Context(), tableInput(true)))(t)
	r := send(t, s, "POST", "/", `{"TableName":"tab","Item":{"id":{"S":"1"}}}`, "X-Amz-Target: DynamoDB_20120810.PutItem")
	if got := r.header.Get("X-Amz-Crc32"); r.body != "{}" || got != "2745614147" {
		t.Errorf("%s has the checksum %s", r.body, got)
	}
}

func TestTableErrors(t *testing.T) {
	s, _ := newFake(t)
	c, ctx := inMemoryClients(s).dynamodb, t.Context()
	for name, change := range map[string]func(*dynamodb.CreateTableInput){
		"short name":           func(in *dynamodb.CreateTableInput) { in.TableName = aws.String("ta") },
		"no key":               func(in *dynamodb.CreateTableInput) { in.KeySchema = []types.KeySchemaElement{} },
		"key not defined":      func(in *dynamodb.CreateTableInput) { in.KeySchema[0].AttributeName = aws.String("x") },
		"range key first":      func(in *dynamodb.CreateTableInput) { in.KeySchema[0].KeyType = types.KeyTypeRange },
		"bad type":             func(in *dynamodb.CreateTableInput) { in.AttributeDefinitions[0].AttributeType = "BOOL" },
		"no throughput":        func(in *dynamodb.CreateTableInput) { in.BillingMode = types.BillingModeProvisioned },
		"stream without views": func(in *dynamodb.CreateTableInput) { in.StreamSpecification.StreamViewType = "" },
	} {
		t.Run(name, func(t *testing.T) {
			in := tableInput(true)
			change(in)
			_, err := c.CreateTable(ctx, in)
			expectCode(t, err, "ValidationException")
		})
	}
}
