package specs

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// What only Kafka mappings carry, and how sources are authenticated.

func access(types ...any) Fields {
	list := []any{}
	for _, t := range types {
		entry := map[string]any{"Type": t}
		if s, ok := t.(string); !ok || !strings.HasPrefix(s, "IAM_") {
			entry["URI"] = secretARN
		}
		list = append(list, entry)
	}
	return Fields{"SourceAccessConfigurations": list}
}

// consumerConfig is the member that holds a kind's consumer settings.
func consumerConfig(e *Env, f Fields) Fields {
	if e.Kind == control.SelfManagedKafka {
		return Fields{"SelfManagedKafkaEventSourceConfig": map[string]any(f)}
	}
	return Fields{"AmazonManagedKafkaEventSourceConfig": map[string]any(f)}
}

var _ = Verify(rule.KafkaConsumerGroupID, kafka, func(e *Env) {
	id := "esmconform/" + e.run.serial() + "*:_+=.@-"
	m := e.Accepts(consumerConfig(e, Fields{"ConsumerGroupId": id}))
	e.Accepts(consumerConfig(e, Fields{"ConsumerGroupId": strings.Repeat("g", 190) + e.run.serial()}))
	for _, bad := range []string{"", strings.Repeat("g", 201), "a group"} {
		e.Refuses(consumerConfig(e, Fields{"ConsumerGroupId": bad}))
	}
	if m != nil {
		e.Settle(m)
		e.RefusesUpdate(m, consumerConfig(e, Fields{"ConsumerGroupId": "another"}))
	}
})

var _ = Verify(rule.KafkaSelfManagedEndpoints, ownKafka, func(e *Env) {
	servers := func(n int) (list []any) {
		for range n {
			list = append(list, "broker-"+e.run.serial()+".example.com:9092")
		}
		return list
	}
	e.Accepts(Fields{"SelfManagedEventSource": bootstrap(servers(10)...)})
	e.Refuses(Fields{"SelfManagedEventSource": bootstrap(servers(11)...)})
	e.Refuses(Fields{"SelfManagedEventSource": bootstrap([]any{}...)})
	e.Refuses(Fields{"SelfManagedEventSource": bootstrap("no-port.example.com")})
	e.Refuses(Fields{"SelfManagedEventSource": bootstrap(strings.Repeat("b", 296) + ":9092")})
})

var _ = Verify(rule.KafkaConsumptionMode, ownKafka, func(e *Env) {
	m := e.Accepts(consumerConfig(e, Fields{"ConsumptionMode": "Stream"}))
	e.Refuses(consumerConfig(e, Fields{"ConsumptionMode": "Puddle"}))
	if m != nil {
		e.Settle(m)
		e.RefusesUpdate(m, consumerConfig(e, Fields{"ConsumptionMode": "Queue"}))
	}
})

var queueModeOnly = Fields{"ConsumptionMode": "Queue"}

var _ = Verify(rule.KafkaQueueModeExclusions, ownKafka, func(e *Env) {
	e.Refuses(consumerConfig(e, queueModeOnly), Fields{"StartingPosition": "LATEST"})
	e.Refuses(consumerConfig(e, queueModeOnly), Fields{"StartingPosition": nil, "MaximumBatchingWindowInSeconds": 5})
})

var _ = Verify(rule.KafkaQueueModeRetryDefault, ownKafka, func(e *Env) {
	e.Create(consumerConfig(e, queueModeOnly), Fields{"StartingPosition": nil})
})

var _ = Verify(rule.KafkaLoggingLevels, kafka, func(e *Env) {
	for _, level := range rule.KafkaLoggingLevels.Strings(e.Profile) {
		e.Accepts(Fields{"LoggingConfig": map[string]any{"SystemLogLevel": level}})
	}
	e.Refuses(Fields{"LoggingConfig": map[string]any{"SystemLogLevel": "ERROR"}})
})

func schemaRegistry(f Fields) Fields {
	base := Fields{"SchemaRegistryURI": "https://registry.example.com", "EventRecordFormat": "JSON",
		"SchemaValidationConfigs": []any{map[string]any{"Attribute": "KEY"}, map[string]any{"Attribute": "VALUE"}},
		"AccessConfigs":           []any{map[string]any{"Type": "BASIC_AUTH", "URI": secretARN}}}
	return Fields{"SchemaRegistryConfig": map[string]any(base.with(f))}
}

// Provisioned mode goes with a schema registry, as the examples show it.
var provisioned = pollers(Fields{"MinimumPollers": 1, "MaximumPollers": 5})

var _ = Verify(rule.KafkaSchemaRegistry, kafka, func(e *Env) {
	e.Accepts(provisioned, consumerConfig(e, schemaRegistry(nil)))
	e.Accepts(provisioned, consumerConfig(e, schemaRegistry(Fields{"EventRecordFormat": "SOURCE"})))
	e.Refuses(provisioned, consumerConfig(e, schemaRegistry(Fields{"EventRecordFormat": "XML"})))
	const uri = "https://registry.example.com/"
	e.Refuses(provisioned, consumerConfig(e, schemaRegistry(Fields{"SchemaRegistryURI": uri + strings.Repeat("r", 10001-len(uri))})))
	e.Refuses(provisioned, consumerConfig(e, schemaRegistry(Fields{"SchemaValidationConfigs": []any{map[string]any{"Attribute": "HEADER"}}})))
})

var _ = Verify(rule.SchemaRegistryAuthTypes, kafka, func(e *Env) {
	e.Refuses(provisioned, consumerConfig(e, schemaRegistry(Fields{"AccessConfigs": []any{map[string]any{"Type": "VPC_SUBNET", "URI": "subnet-1"}}})))
})

var _ = Verify(rule.KafkaErrorOptionsSameRanges, kafka, func(e *Env) {
	for _, f := range []Fields{{"MaximumRetryAttempts": -1}, {"MaximumRetryAttempts": 10000},
		{"MaximumRecordAgeInSeconds": -1}, {"MaximumRecordAgeInSeconds": 60}, {"MaximumRecordAgeInSeconds": 604800}} {
		e.Accepts(provisioned, f)
	}
	for _, f := range []Fields{{"MaximumRetryAttempts": -2}, {"MaximumRetryAttempts": 10001},
		{"MaximumRecordAgeInSeconds": 59}, {"MaximumRecordAgeInSeconds": -2}, {"MaximumRecordAgeInSeconds": 604801}} {
		e.Refuses(provisioned, f)
	}
})

var _ = Verify(rule.SourceAccessCount, []control.SourceKind{control.MSKCluster, control.SelfManagedKafka, control.MQBroker, control.DocumentDBCluster}, func(e *Env) {
	many := make([]any, 23)
	for i := range many {
		many[i] = "VPC_SUBNET"
	}
	e.Refuses(access(many...))
})

var _ = Verify(rule.SourceAccessTypes, []control.SourceKind{control.MSKCluster, control.SelfManagedKafka, control.MQBroker}, func(e *Env) {
	e.Refuses(access("MAGIC_AUTH"))
})

var _ = Verify(rule.SourceAccessVirtualHostCreateOnly, mq, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.RefusesUpdate(m, access("BASIC_AUTH", "VIRTUAL_HOST"))
})

var _ = Verify(rule.OAuthScopeRequiresAuth, ownKafka, func(e *Env) {
	for _, t := range []string{"OAUTHBEARER_SCOPE", "OAUTHBEARER_LOGICAL_CLUSTER", "OAUTHBEARER_IDENTITY_POOL"} {
		e.Refuses(access(t))
	}
})

var _ = Verify(rule.OAuthAudienceRequiresAuth, ownKafka, func(e *Env) {
	e.Refuses(access("OAUTHBEARER_AUDIENCE"))
})

var _ = Verify(rule.OAuthIAMRequiresAudience, ownKafka, func(e *Env) {
	e.Refuses(access("IAM_OAUTHBEARER_AUTH"))
	e.Refuses(access("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE", "OAUTHBEARER_AUTH"))
})

var _ = Verify(rule.OAuthIAMNoURI, ownKafka, func(e *Env) {
	e.Accepts(access("IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUDIENCE"))
})
