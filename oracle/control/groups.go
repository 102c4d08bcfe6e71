package control

import "github.com/esmconform/esmconform/oracle/rule"

// pollerGroup reads which poller group a ProvisionedPollerConfig joins, and with
// how many pollers at the most.
func pollerGroup(v *Value) (name string, most int64) {
	group, limit := v.member("PollerGroupName"), v.member("MaximumPollers")
	if group.Kind != String || group.Str == "" {
		return "", 0
	}
	if limit.Kind != Int {
		return group.Str, int64(rule.ProvisionedMaxPollersKafka.In(rule.Today).Value.(map[string]any)["default"].(int))
	}
	return group.Str, limit.Int
}

// groupFull reports whether a group of so many mappings and pollers has no room.
func groupFull(mappings int, pollers int64) bool {
	limits := rule.ProvisionedGroupLimits.In(rule.Today).Value.(map[string]any)
	return mappings > limits["mappings"].(int) || pollers > int64(limits["pollers"].(int))
}

// checkGroup collects the fault of a Create that overfills a poller group.
func (j *Judge) checkGroup(x *Exchange, f *faults) {
	name, pollers := pollerGroup(&x.Request.V[ProvisionedPollerConfig])
	if name == "" || !kindOfRequest(&x.Request).kafka() {
		return
	}
	mappings := 1
	for _, b := range j.mappings {
		if other, most := pollerGroup(b.want.at(ProvisionedPollerConfig)); other == name && b.gone == 0 && b.dying == 0 {
			mappings++
			pollers += most
		}
	}
	if groupFull(mappings, pollers) {
		f.hard(rule.ProvisionedGroupLimits, any4xx, "")
	}
}

// fullGroup refuses a Create that overfills a poller group.
func (s *Server) fullGroup(c *settings, k SourceKind) *Refusal {
	name, pollers := pollerGroup(c.at(ProvisionedPollerConfig))
	if name == "" || !k.kafka() {
		return nil
	}
	mappings := 1
	for _, m := range s.mappings {
		if other, most := pollerGroup(m.current().at(ProvisionedPollerConfig)); other == name && m.state != Deleting {
			mappings++
			pollers += most
		}
	}
	if groupFull(mappings, pollers) {
		return &Refusal{InvalidParameterValue, "The poller group is full."}
	}
	return nil
}
