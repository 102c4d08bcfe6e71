package control

import "github.com/esmconform/esmconform/oracle/rule"

// render is the configuration of a mapping as an answer shows it: the members
// that AWS was recorded showing for the kind, no others.
func (s *Server) render(m *mapping) map[string]any {
	c := map[string]any{
		"UUID":                  m.uuid,
		"FunctionArn":           m.settings.at(FunctionArn).Str,
		"LastModified":          seconds(m.modified),
		"State":                 m.state,
		"StateTransitionReason": userReason(m.kind),
	}
	for x := BatchSize; x <= Tags; x++ {
		v := m.settings.at(x)
		o := optionOf(s.profile, m.kind, x)
		if !answerMembers[s.profile].Has(x) || v.Missing() || o.availability != available ||
			o.shownIsOptional && empty(v) && x != FunctionResponseTypes {
			continue
		}
		c[x.String()] = v.Interface()
	}
	if v := m.settings.at(EventSourceArn); v.Kind == String {
		c["EventSourceArn"] = v.Str
	}
	if optionOf(s.profile, m.kind, LastProcessingResult).shown != nil {
		c["LastProcessingResult"] = m.processed
	}
	if m.kind.stream() || c["DestinationConfig"] != nil {
		c["DestinationConfig"] = s.destinations(m.settings.at(DestinationConfig))
	}
	if s.profile == rule.Today {
		s.renderToday(m, c)
	}
	return c
}

// destinations renders the failure side only; the documents of 2020 show an
// empty object where AWS today shows an empty OnFailure.
func (s *Server) destinations(v *Value) map[string]any {
	if d := destinationOf(v, "OnFailure"); d != "" {
		return map[string]any{"OnFailure": map[string]any{"Destination": d}}
	}
	if s.profile == rule.P2020 {
		return map[string]any{}
	}
	return map[string]any{"OnFailure": map[string]any{}}
}

func (s *Server) renderToday(m *mapping, c map[string]any) {
	c["EventSourceMappingArn"] = s.world.mappingARN(m.uuid)
	if m.kind.stream() || m.kind.sqs() {
		if c["FunctionResponseTypes"] == nil {
			c["FunctionResponseTypes"] = []any{}
		}
		if c["MaximumBatchingWindowInSeconds"] == nil {
			c["MaximumBatchingWindowInSeconds"] = 0
		}
	}
	if m.kind.stream() && c["TumblingWindowInSeconds"] == nil {
		c["TumblingWindowInSeconds"] = 0
	}
	if v := m.settings.at(ProvisionedPollerConfig); v.Kind == Object && !empty(v) {
		c["ProvisionedPollerConfig"] = pollers(m.kind, v)
	}
	if m.kind == SelfManagedKafka {
		s.renderSelfManaged(m, c)
	}
}

// pollers fills in the defaults of provisioned mode.
func pollers(k SourceKind, v *Value) map[string]any {
	family, most := "kafka", rule.ProvisionedMaxPollersKafka
	if k.sqs() {
		family, most = "sqs", rule.ProvisionedMaxPollersSQS
	}
	out := map[string]any{
		"MinimumPollers": rule.ProvisionedDefaultMin.In(rule.Today).Value.(map[string]any)[family],
		"MaximumPollers": most.In(rule.Today).Value.(map[string]any)["default"],
	}
	for name, x := range v.Raw.(map[string]any) {
		if x != nil {
			out[name] = x
		}
	}
	return out
}

func (s *Server) renderSelfManaged(m *mapping, c map[string]any) {
	group := map[string]any{"ConsumerGroupId": m.uuid}
	if v := m.settings.at(SelfManagedKafkaEventSourceConfig); v.Kind == Object {
		for name, x := range v.Raw.(map[string]any) {
			group[name] = x
		}
	}
	c["SelfManagedKafkaEventSourceConfig"] = group
	if group["ConsumptionMode"] == "Queue" && c["MaximumRetryAttempts"] == nil {
		c["MaximumRetryAttempts"] = rule.KafkaQueueModeRetryDefault.In(rule.Today).Value
	}
}
