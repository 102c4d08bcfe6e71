package generators

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// access lists ways to authenticate; IAM alone needs no secret.
func access(types ...string) fields {
	list := []any{}
	for _, t := range types {
		entry := map[string]any{"Type": t}
		if !strings.HasPrefix(t, "IAM_") {
			entry["URI"] = secretARN
		}
		list = append(list, entry)
	}
	return fields{"SourceAccessConfigurations": list}
}

// provisioned goes with a schema registry, as the examples show it.
var provisioned = map[string]any{"MinimumPollers": 1, "MaximumPollers": 5}

func registry(changes map[string]any) map[string]any {
	all := map[string]any{"SchemaRegistryURI": "https://registry.example.com", "EventRecordFormat": "JSON",
		"SchemaValidationConfigs": []any{map[string]any{"Attribute": "KEY"}, map[string]any{"Attribute": "VALUE"}},
		"AccessConfigs":           []any{map[string]any{"Type": "BASIC_AUTH", "URI": secretARN}}}
	for name, v := range changes {
		all[name] = v
	}
	return map[string]any{"SchemaRegistryConfig": all}
}

func brokersAt(servers ...any) fields {
	return fields{"SelfManagedEventSource": map[string]any{"Endpoints": map[string]any{"KAFKA_BOOTSTRAP_SERVERS": append([]any{}, servers...)}}}
}

func manyBrokers(n int) fields {
	servers := []any{"${source}"}
	for i := 1; i < n; i++ {
		servers = append(servers, "also-"+string(rune('a'+i))+"-${source}")
	}
	return brokersAt(servers...)
}

// consuming are settings of a consumer, under the member that each kind has for them.
func consuming(kinds []control.SourceKind, make func(config func(map[string]any) fields) []setting) (list []row) {
	for _, k := range kinds {
		member := "AmazonManagedKafkaEventSourceConfig"
		if k == control.SelfManagedKafka {
			member = "SelfManagedKafkaEventSourceConfig"
		}
		for _, s := range make(func(config map[string]any) fields { return fields{member: config} }) {
			list = append(list, row{[]control.SourceKind{k}, rule.Today, s})
		}
	}
	return list
}

func with(f fields, others ...fields) fields {
	all := fields{}
	for _, layer := range append([]fields{f}, others...) {
		for name, v := range layer {
			all[name] = v
		}
	}
	return all
}

// kafkaRows are what only Kafka mappings carry, and how sources are authenticated.
var kafkaRows = rows(
	[]row{
		{kafkas, 0, refuses(fields{"Topics": []any{}}, rule.TopicsExactlyOne)},
		{kafkas, 0, refuses(fields{"Topics": []any{"topic-a", "topic-b"}}, rule.TopicsExactlyOne)},
		{kafkas, 0, takes(fields{"Topics": []any{"topic-a"}}, rule.TopicsExactlyOne)},
		{kafkas, 0, refuses(fields{"Topics": []any{""}}, rule.TopicMinLength)},
		{kafkas, 0, takes(fields{"Topics": []any{strings.Repeat("t", int(rule.TopicMaxLength.Int(rule.Today)))}}, rule.TopicMaxLength)},
		{kafkas, 0, refuses(fields{"Topics": []any{strings.Repeat("t", int(rule.TopicMaxLength.Int(rule.Today))+1)}}, rule.TopicMaxLength)},
		{kafkas, 0, takes(fields{"Topics": []any{"a.b-c_d"}}, rule.TopicPattern)},
		{kafkas, 0, refuses(fields{"Topics": []any{".topic"}}, rule.TopicPattern)},
		{kafkas, rule.Today, refuses(fields{"Topics": []any{"my topic"}}, rule.TopicPattern)},
		{mskOnly, 0, refuses(fields{"Topics": gone{}}, rule.TopicsRequiredMSK)},
		{ownKafka, rule.Today, takes(manyBrokers(10), rule.KafkaSelfManagedEndpoints)},
		{ownKafka, rule.Today, refuses(manyBrokers(11), rule.KafkaSelfManagedEndpoints)},
		{ownKafka, rule.Today, refuses(brokersAt(), rule.KafkaSelfManagedEndpoints)},
		{ownKafka, rule.Today, refuses(brokersAt("no-port.example.com"), rule.KafkaSelfManagedEndpoints)},
		{ownKafka, rule.Today, refuses(brokersAt(strings.Repeat("b", 296)+":9092"), rule.KafkaSelfManagedEndpoints)},
		{kafkas, rule.Today, refuses(fields{"LoggingConfig": map[string]any{"SystemLogLevel": "ERROR"}}, rule.KafkaLoggingLevels)},
		{kafkas, rule.Today, takesAlone(pollers(map[string]any{"PollerGroupName": "group-1_A", "MaximumPollers": 5}), rule.ProvisionedGroupName)},
		{kafkas, rule.Today, refuses(pollers(map[string]any{"PollerGroupName": strings.Repeat("g", 129)}), rule.ProvisionedGroupName)},
		{kafkas, rule.Today, refuses(pollers(map[string]any{"PollerGroupName": "my group"}), rule.ProvisionedGroupName)},
		{kafkas, rule.Today, takesAlone(pollers(map[string]any{"PollerGroupName": "esmconform-full", "MaximumPollers": 2000}), rule.ProvisionedGroupLimits)},
		{kafkas, rule.Today, refuses(pollers(map[string]any{"PollerGroupName": "esmconform-full", "MaximumPollers": 1}), rule.ProvisionedGroupLimits)},
		{secretKinds, rule.Today, refuses(access(slicesOf("VPC_SUBNET", 23)...), rule.SourceAccessCount)},
		{[]control.SourceKind{control.MSKCluster, control.SelfManagedKafka, control.MQBroker}, rule.Today, refuses(access("MAGIC_AUTH"), rule.SourceAccessTypes)},
		{brokers, rule.Today, refuses(access("BASIC_AUTH", "VIRTUAL_HOST"), rule.SourceAccessVirtualHostCreateOnly)},
		{ownKafka, rule.Today, refuses(access("OAUTHBEARER_AUDIENCE"), rule.OAuthAudienceRequiresAuth)},
		{ownKafka, rule.Today, refuses(access("IAM_OAUTHBEARER_AUTH"), rule.OAuthIAMRequiresAudience)},
		{ownKafka, rule.Today, refuses(access("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE", "OAUTHBEARER_AUTH"), rule.OAuthIAMRequiresAudience)},
		{ownKafka, rule.Today, takes(access("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE"), rule.OAuthIAMNoURI)},
	},
	each(kafkas, rule.Today, rule.KafkaLoggingLevels.Strings(rule.Today), func(level string) setting {
		return takes(fields{"LoggingConfig": map[string]any{"SystemLogLevel": level}}, rule.KafkaLoggingLevels)
	}),
	each(ownKafka, rule.Today, []string{"OAUTHBEARER_SCOPE", "OAUTHBEARER_LOGICAL_CLUSTER", "OAUTHBEARER_IDENTITY_POOL"}, func(t string) setting {
		return refuses(access(t), rule.OAuthScopeRequiresAuth)
	}),
	each(kafkas, rule.Today, []fields{{"MaximumRetryAttempts": -1}, {"MaximumRetryAttempts": 10000}, {"MaximumRecordAgeInSeconds": -1},
		{"MaximumRecordAgeInSeconds": 60}, {"MaximumRecordAgeInSeconds": 604800}}, func(f fields) setting {
		return takes(with(f, pollers(provisioned)), rule.KafkaErrorOptionsSameRanges)
	}),
	each(kafkas, rule.Today, []fields{{"MaximumRetryAttempts": -2}, {"MaximumRetryAttempts": 10001}, {"MaximumRecordAgeInSeconds": 59},
		{"MaximumRecordAgeInSeconds": -2}, {"MaximumRecordAgeInSeconds": 604801}}, func(f fields) setting {
		return refuses(with(f, pollers(provisioned)), rule.KafkaErrorOptionsSameRanges)
	}),
	consuming(kafkas, func(config func(map[string]any) fields) []setting {
		registered := func(changes map[string]any) fields { return with(pollers(provisioned), config(registry(changes))) }
		const uri = "https://registry.example.com/"
		return []setting{
			takesAlone(config(map[string]any{"ConsumerGroupId": "esmconform/1*:_+=.@-"}), rule.KafkaConsumerGroupID),
			takesAlone(config(map[string]any{"ConsumerGroupId": strings.Repeat("g", 200)}), rule.KafkaConsumerGroupID),
			refuses(config(map[string]any{"ConsumerGroupId": ""}), rule.KafkaConsumerGroupID),
			refuses(config(map[string]any{"ConsumerGroupId": strings.Repeat("g", 201)}), rule.KafkaConsumerGroupID),
			refuses(config(map[string]any{"ConsumerGroupId": "a group"}), rule.KafkaConsumerGroupID),
			refuses(config(map[string]any{"ConsumerGroupId": "another"}), rule.KafkaConsumerGroupID),
			takesAlone(registered(nil), rule.KafkaSchemaRegistry),
			takesAlone(registered(map[string]any{"EventRecordFormat": "SOURCE"}), rule.KafkaSchemaRegistry),
			refuses(registered(map[string]any{"EventRecordFormat": "XML"}), rule.KafkaSchemaRegistry),
			refuses(registered(map[string]any{"SchemaRegistryURI": uri + strings.Repeat("r", 10001-len(uri))}), rule.KafkaSchemaRegistry),
			refuses(registered(map[string]any{"SchemaValidationConfigs": []any{map[string]any{"Attribute": "HEADER"}}}), rule.KafkaSchemaRegistry),
			refuses(registered(map[string]any{"AccessConfigs": []any{map[string]any{"Type": "VPC_SUBNET", "URI": "subnet-1"}}}), rule.SchemaRegistryAuthTypes),
		}
	}),
	consuming(ownKafka, func(config func(map[string]any) fields) []setting {
		queued := config(map[string]any{"ConsumptionMode": "Queue"})
		return []setting{
			takesAlone(config(map[string]any{"ConsumptionMode": "Stream"}), rule.KafkaConsumptionMode),
			refuses(config(map[string]any{"ConsumptionMode": "Puddle"}), rule.KafkaConsumptionMode),
			refuses(queued, rule.KafkaConsumptionMode, rule.KafkaQueueModeExclusions),
			refuses(with(queued, fields{"StartingPosition": "LATEST"}), rule.KafkaQueueModeExclusions),
			refuses(with(queued, fields{"StartingPosition": gone{}, "MaximumBatchingWindowInSeconds": 5}), rule.KafkaQueueModeExclusions),
			takesAlone(with(queued, fields{"StartingPosition": gone{}}), rule.KafkaQueueModeRetryDefault),
		}
	}),
)

func slicesOf(s string, n int) (list []string) {
	for range n {
		list = append(list, s)
	}
	return list
}
