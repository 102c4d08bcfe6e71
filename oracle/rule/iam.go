package rule

// Rules about permissions.
var (
	DestPermissionSQS = add(Rule{
		ID: "dest-permission-sqs", Area: "iam", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "Delivery to an SQS on-failure destination is done with the execution role and needs sqs:SendMessage there",
		Silent: "The fate of a batch whose record cannot be delivered",
		Needs:  []Capability{CanDestinationSQS},
		In2020: Clause{Holds: true, Value: "sqs:SendMessage", Cites: []Cite{{Guide2020, "with-kinesis.md, Execution role permissions"}, {Guide2020, "with-ddb.md, Execution role permissions"}}, Unobservable: "permissions of the execution role are neither set by the suite nor shown in a trace"},
		Now:    Clause{Holds: true, Value: "sqs:SendMessage", Cites: []Cite{{Guide2022, "with-kinesis.md, Execution role permissions"}, {DocsToday, "kafka-on-failure.md"}}, Unobservable: "permissions of the execution role are neither set by the suite nor shown in a trace"},
	})
	DestPermissionSNS = add(Rule{
		ID: "dest-permission-sns", Area: "iam", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "Delivery to an SNS on-failure destination is done with the execution role and needs sns:Publish there",
		Needs:  []Capability{CanDestinationSNS},
		In2020: Clause{Holds: true, Value: "sns:Publish", Cites: []Cite{{Guide2020, "with-kinesis.md, Execution role permissions"}, {Guide2020, "with-ddb.md, Execution role permissions"}}, Unobservable: "permissions of the execution role are neither set by the suite nor shown in a trace"},
		Now:    Clause{Holds: true, Value: "sns:Publish", Cites: []Cite{{DocsToday, "kafka-on-failure.md"}}, Unobservable: "permissions of the execution role are neither set by the suite nor shown in a trace"},
	})
	DestPermissionS3 = add(Rule{
		ID: "dest-permission-s3", Area: "iam", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "Delivery to an S3 on-failure destination is done with the execution role and needs both s3:PutObject and s3:ListBucket there",
		Needs:  []Capability{CanDestinationS3},
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: []string{"s3:PutObject", "s3:ListBucket"}, Cites: []Cite{{DocsToday, "kafka-on-failure.md"}}, Unobservable: "permissions of the execution role are neither set by the suite nor shown in a trace"},
	})
	IAMRoleKinesis = add(Rule{
		ID: "iam-role-kinesis", Area: "iam", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "The function's execution role has to allow the documented read actions on the Kinesis stream",
		Silent: "Whether missing permissions make Create fail at once or only show up later in the mapping",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: []string{"kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams", "kinesis:SubscribeToShard"}, Cites: []Cite{{Guide2020, "with-kinesis, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
		Now:    Clause{Holds: true, Value: []string{"kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams", "kinesis:SubscribeToShard"}, Cites: []Cite{{Guide2022, "with-kinesis, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
	})
	IAMRoleDynamoDB = add(Rule{
		ID: "iam-role-dynamodb", Area: "iam", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "The function's execution role has to allow the documented read actions on the DynamoDB stream",
		Silent: "Whether missing permissions make Create fail at once or only show up later in the mapping",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: []string{"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}, Cites: []Cite{{Guide2020, "with-ddb, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
		Now:    Clause{Holds: true, Value: []string{"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}, Cites: []Cite{{Guide2022, "with-ddb, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
	})
	IAMRoleSQS = add(Rule{
		ID: "iam-role-sqs", Area: "iam", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "The function's execution role has to allow receiving and deleting messages of the queue and reading its attributes",
		Silent: "Whether missing permissions make Create fail at once or only show up later in the mapping",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}, Cites: []Cite{{Guide2020, "with-sqs, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
		Now:    Clause{Holds: true, Value: []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}, Cites: []Cite{{Guide2022, "with-sqs, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
	})
	IAMRoleMSK = add(Rule{
		ID: "iam-role-msk", Area: "iam", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "The function's execution role has to allow the documented cluster, network interface and logging actions of an MSK source",
		Silent: "Whether missing permissions make Create fail at once or only show up later in the mapping",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: []string{"kafka:DescribeCluster", "kafka:GetBootstrapBrokers", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}, Cites: []Cite{{Guide2020, "with-msk, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
		Now:    Clause{Holds: true, Value: []string{"kafka:DescribeCluster", "kafka:GetBootstrapBrokers", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "kafka:DescribeClusterV2"}, Cites: []Cite{{Guide2022, "with-msk, Execution role permissions"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
	})
	IAMConditionFunctionARN = add(Rule{
		ID: "iam-condition-function-arn", Area: "iam", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The condition key lambda:FunctionArn lets a policy limit creating, updating and deleting mappings to certain functions",
		In2020: Clause{Holds: true, Value: "lambda:FunctionArn", Cites: []Cite{{Guide2020, "lambda-api-permissions-ref"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
		Now:    Clause{Holds: true, Value: "lambda:FunctionArn", Cites: []Cite{{Smithy2026, "CreateEventSourceMapping, aws.iam#conditionKeys"}, {Guide2022, "lambda-api-permissions-ref"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
	})
	IAMGetListUnrestricted = add(Rule{
		ID: "iam-get-list-unrestricted", Area: "iam", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Permission for GetEventSourceMapping and ListEventSourceMappings covers every mapping and cannot be narrowed by resource or condition",
		In2020: Clause{Holds: true, Value: "*", Cites: []Cite{{Guide2020, "lambda-api-permissions-ref"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
		Now:    Clause{Holds: true, Value: "*", Cites: []Cite{{Guide2022, "lambda-api-permissions-ref"}}, Unobservable: "permissions cannot be varied from outside: the suite sets up no IAM policies"},
	})
)
