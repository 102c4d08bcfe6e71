package control

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
)

// checkKafka collects the faults of what only Kafka mappings carry.
func checkKafka(k SourceKind, r *Request, stored *settings, f *faults) {
	if !k.kafka() {
		return
	}
	if k == SelfManagedKafka && stored == nil {
		checkBootstrap(&r.V[SelfManagedEventSource], f)
		if !r.Has(SourceAccessConfigurations) {
			// Recorded only: no page says that it must be there.
			f.add(fault{errs: any4xx, soft: true, refuse: true, says: "Required 'sourceAccessConfigurations' parameter is missing."})
		}
	}
	member := AmazonManagedKafkaEventSourceConfig
	if k == SelfManagedKafka {
		member = SelfManagedKafkaEventSourceConfig
	}
	checkConsumer(&r.V[member], member, stored, f)
	provisioned := r.Has(ProvisionedPollerConfig) || stored != nil && stored.has(ProvisionedPollerConfig)
	for _, m := range [...]Member{BisectBatchOnFunctionError, DestinationConfig, MaximumRecordAgeInSeconds, MaximumRetryAttempts} {
		if r.Has(m) && !provisioned {
			f.open(rule.KafkaErrorOptionsProvisioned, any4xx)
			break
		}
	}
	if level := r.V[LoggingConfig].member("SystemLogLevel"); !level.Missing() &&
		!slices.Contains(rule.KafkaLoggingLevels.Strings(rule.Today), level.Str) {
		f.hard(rule.KafkaLoggingLevels, badParameter, wrongParameter)
	}
}

func checkBootstrap(v *Value, f *faults) {
	endpoints := v.member("Endpoints")
	servers := endpoints.member("KAFKA_BOOTSTRAP_SERVERS")
	list, ok := servers.list()
	if !ok {
		f.mistyped()
		return
	}
	value := rule.KafkaSelfManagedEndpoints.In(rule.Today).Value.(map[string]any)
	count := value["list"].([]int)
	if len(list) < count[0] || len(list) > count[1] {
		f.hard(rule.KafkaSelfManagedEndpoints, badParameter, wrongParameter)
		return
	}
	for _, x := range list {
		s, ok := x.(string)
		if !ok || s == "" || len(s) > value["max"].(int) || !hostPort(s) {
			f.hard(rule.KafkaSelfManagedEndpoints, badParameter, wrongParameter)
			return
		}
	}
}

// hostPort reports whether s ends in a colon and a port number.
func hostPort(s string) bool {
	i := len(s)
	for i > 0 && isDigit(s[i-1]) {
		i--
	}
	return i < len(s) && len(s)-i <= 5 && i > 1 && s[i-1] == ':'
}

func checkConsumer(v *Value, m Member, stored *settings, f *faults) {
	if v.Missing() {
		return
	}
	if v.Kind != Object {
		f.mistyped()
		return
	}
	if id := v.member("ConsumerGroupId"); !id.Missing() {
		lo, hi := rule.KafkaConsumerGroupID.Range(rule.Today)
		if n := int64(len(id.Str)); id.Kind != String || n < lo || n > hi || !all(id.Str, isGroupByte) {
			f.hard(rule.KafkaConsumerGroupID, badParameter, wrongParameter)
		} else if stored != nil {
			if old := stored.at(m).member("ConsumerGroupId"); !old.Equal(&id) {
				f.hard(rule.KafkaConsumerGroupID, badParameter, "ConsumerGroupId cannot be changed.")
			}
		}
	}
	if mode := v.member("ConsumptionMode"); !mode.Missing() {
		old := Value{Kind: String, Str: "Stream"}
		if stored != nil {
			if was := stored.at(m).member("ConsumptionMode"); !was.Missing() {
				old = was
			}
		}
		known := slices.Contains(rule.KafkaConsumptionMode.Strings(rule.Today), mode.Str)
		if m == AmazonManagedKafkaEventSourceConfig {
			f.open(nil, any4xx)
		} else if !known || stored != nil && !old.Equal(&mode) {
			f.hard(rule.KafkaConsumptionMode, badParameter, wrongParameter)
		}
	}
	checkRegistry(v, f)
}

// isGroupByte is [a-zA-Z0-9-\/*:_+=.@-].
func isGroupByte(c byte) bool {
	switch c {
	case '/', '*', ':', '_', '+', '=', '.', '@':
		return true
	}
	return isNameByte(c)
}

func checkRegistry(v *Value, f *faults) {
	registry := v.member("SchemaRegistryConfig")
	if registry.Missing() {
		return
	}
	value := rule.KafkaSchemaRegistry.In(rule.Today).Value.(map[string]any)
	if format := registry.member("EventRecordFormat"); !format.Missing() &&
		!slices.Contains(value["EventRecordFormat"].([]string), format.Str) {
		f.hard(rule.KafkaSchemaRegistry, badParameter, wrongParameter)
	}
	if uri := registry.member("SchemaRegistryURI"); !uri.Missing() {
		if bounds := value["SchemaRegistryURI"].([]int); uri.Kind != String || len(uri.Str) < bounds[0] || len(uri.Str) > bounds[1] {
			f.hard(rule.KafkaSchemaRegistry, badParameter, wrongParameter)
		}
	}
	validations := registry.member("SchemaValidationConfigs")
	list, _ := validations.list()
	for _, x := range list {
		item := ValueOf(x)
		if attribute := item.member("Attribute"); !slices.Contains(value["Attribute"].([]string), attribute.Str) {
			f.hard(rule.KafkaSchemaRegistry, badParameter, wrongParameter)
			break
		}
	}
	access := registry.member("AccessConfigs")
	list, _ = access.list()
	for _, x := range list {
		item := ValueOf(x)
		if typ := item.member("Type"); !slices.Contains(rule.SchemaRegistryAuthTypes.Strings(rule.Today), typ.Str) {
			f.hard(rule.SchemaRegistryAuthTypes, badParameter, wrongParameter)
			break
		}
	}
}

// checkAccess collects the faults of SourceAccessConfigurations.
func checkAccess(k SourceKind, r *Request, updating bool, f *faults) {
	v := &r.V[SourceAccessConfigurations]
	if v.Missing() {
		if k == MQBroker && !updating {
			f.open(nil, any4xx)
		}
		return
	}
	list, ok := v.list()
	if !ok {
		f.mistyped()
		return
	}
	if _, hi := rule.SourceAccessCount.Range(rule.Today); int64(len(list)) > hi {
		f.hard(rule.SourceAccessCount, badParameter, wrongParameter)
	}
	has := map[string]bool{}
	for _, x := range list {
		item := ValueOf(x)
		typ, uri := item.member("Type"), item.member("URI")
		if !slices.Contains(rule.SourceAccessTypes.Strings(rule.Today), typ.Str) {
			f.hard(rule.SourceAccessTypes, badParameter, wrongParameter)
			continue
		}
		has[typ.Str] = true
		iam := typ.Str == "IAM_AUTH" || typ.Str == "IAM_OAUTHBEARER_AUTH"
		if iam != uri.Missing() {
			// Leaving the URI out, or putting one in, may be advice only.
			f.open(rule.OAuthIAMNoURI, any4xx)
		}
		if typ.Str == "VIRTUAL_HOST" && updating {
			f.hard(rule.SourceAccessVirtualHostCreateOnly, badParameter, wrongParameter)
		}
	}
	if k != SelfManagedKafka {
		for typ := range has {
			if len(typ) > 5 && typ[:5] == "OAUTH" {
				f.open(nil, any4xx)
			}
		}
		return
	}
	oauth, iam, audience := has["OAUTHBEARER_AUTH"], has["IAM_OAUTHBEARER_AUTH"], has["OAUTHBEARER_AUDIENCE"]
	others := has["OAUTHBEARER_SCOPE"] || has["OAUTHBEARER_LOGICAL_CLUSTER"] || has["OAUTHBEARER_IDENTITY_POOL"]
	if others && !oauth {
		f.hard(rule.OAuthScopeRequiresAuth, badParameter, wrongParameter)
	}
	if audience && !oauth && !iam {
		f.hard(rule.OAuthAudienceRequiresAuth, badParameter, wrongParameter)
	}
	if iam && (!audience || others || oauth) {
		f.hard(rule.OAuthIAMRequiresAudience, badParameter, wrongParameter)
	}
}
