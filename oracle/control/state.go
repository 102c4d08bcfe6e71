package control

import "github.com/esmconform/esmconform/oracle/rule"

// The states, as the State member spells them.
const (
	Creating  = "Creating"
	Enabling  = "Enabling"
	IsEnabled = "Enabled"
	Disabling = "Disabling"
	Disabled  = "Disabled"
	Updating  = "Updating"
	Deleting  = "Deleting"
)

// stateRules lists the states with the rule that documents each.
var stateRules = []struct {
	state string
	rule  *rule.Rule
}{
	{Creating, rule.StateCreating}, {Enabling, rule.StateEnabling}, {IsEnabled, rule.StateEnabled},
	{Disabling, rule.StateDisabling}, {Disabled, rule.StateDisabled}, {Updating, rule.StateUpdating},
	{Deleting, rule.StateDeleting},
}

// change is what a mapping is in the middle of.
type change uint8

const (
	nothing change = 0
	create  change = 1 << iota
	update
	enable
	disable
	remove
)

// goal is the state that a mapping comes to rest in.
func goal(enabled bool) string {
	if enabled {
		return IsEnabled
	}
	return Disabled
}

// pass lists the states that a mapping may show while a change is going on. The
// path through a change is not documented, so it is wide; what is in it follows
// from the names of the states and from where the change starts and ends.
func pass(c change, enabled bool) []string {
	for i := range paths {
		p := &paths[i]
		switch {
		case c&p.during != p.during:
		case enabled:
			return p.toEnabled
		default:
			return p.toDisabled
		}
	}
	return nil
}

// paths are the states that pass lists, by what is going on and where the mapping
// comes to rest. Of several changes at once the first here counts.
var paths = [...]struct {
	during                change
	toEnabled, toDisabled []string
}{
	{remove, []string{Deleting}, []string{Deleting}},
	{create, []string{Creating, Enabling, IsEnabled, Updating}, []string{Creating, Disabling, Disabled, Updating}},
	{enable | disable, []string{Enabling, IsEnabled, Updating, Disabled, Disabling}, []string{Enabling, IsEnabled, Updating, Disabled, Disabling}},
	{enable, []string{Enabling, IsEnabled, Updating, Disabled}, []string{Enabling, IsEnabled, Updating, Disabled}},
	{disable, []string{Disabling, Disabled, Updating, IsEnabled}, []string{Disabling, Disabled, Updating, IsEnabled}},
	{update, []string{Updating, IsEnabled, Enabling, Disabling, Disabled}, []string{Updating, Disabled, Disabling}},
	{nothing, []string{IsEnabled}, []string{Disabled}},
}

// userReasons are the two spellings that examples give of a change made by a user.
var userReasons = []string{"User action", "USER_INITIATED"}

// userReason is the spelling that AWS was recorded using for the kind.
func userReason(k SourceKind) string {
	if k.stream() {
		return userReasons[0]
	}
	return userReasons[1]
}
