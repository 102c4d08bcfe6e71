package endpoint

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/targets"
)

// itemKey is the partition key of the tables made here.
const itemKey = "id"

// makeTable makes a table with a stream, waits until it is ACTIVE and returns
// the ARN of the stream.
func (t *Target) makeTable(ctx context.Context, kind control.SourceKind) (arn string, err error) {
	name, c := t.name(), kind.Capability()
	remembered := entry{kind: "DynamoDB table", name: name, remove: t.removal(func(ctx context.Context) error {
		_, err := t.dynamodb.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &name})
		return err
	})}
	err = t.make(ctx, c, "CreateTable", remembered, func() error {
		_, err := t.dynamodb.CreateTable(ctx, &dynamodb.CreateTableInput{
			TableName:   &name,
			BillingMode: types.BillingModePayPerRequest,
			AttributeDefinitions: []types.AttributeDefinition{
				{AttributeName: aws.String(itemKey), AttributeType: types.ScalarAttributeTypeS}},
			KeySchema: []types.KeySchemaElement{{AttributeName: aws.String(itemKey), KeyType: types.KeyTypeHash}},
			StreamSpecification: &types.StreamSpecification{
				StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages},
		})
		return err
	})
	if err != nil {
		return "", err
	}
	err = t.awaitSource(ctx, c, fmt.Sprintf("the table %s did not become ACTIVE", name), "DescribeTable",
		func() (bool, error) {
			out, err := t.dynamodb.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
			if err != nil || out.Table == nil {
				return false, err
			}
			arn = aws.ToString(out.Table.LatestStreamArn)
			return out.Table.TableStatus == types.TableStatusActive, nil
		})
	if err == nil && arn == "" {
		err = lacking(c, "DescribeTable", "LatestStreamArn")
	}
	return arn, err
}

// putItem writes an item of its own key, so that every record is an INSERT.
func (t *Target) putItem(ctx context.Context, s targets.Source, payload string) error {
	table := between(s.ARN, ":table/", "/")
	_, err := t.dynamodb.PutItem(ctx, &dynamodb.PutItemInput{TableName: &table, Item: map[string]types.AttributeValue{
		itemKey:   &types.AttributeValueMemberS{Value: t.name()},
		"payload": &types.AttributeValueMemberS{Value: payload},
	}})
	return t.trouble(ctx, s.Kind.Capability(), "PutItem", err)
}
