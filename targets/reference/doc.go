// Package reference answers as AWS would: the event source mapping operations
// from a model, and of Lambda, Kinesis, DynamoDB, SQS and IAM just what a client
// calls to have something to map. It is served over HTTP, or handed to a client
// in memory.
//
// Nothing is provisioned and nobody is asked who they are: whatever is created
// is ACTIVE at once, signatures are ignored, and all state ends with the Server.
package reference
