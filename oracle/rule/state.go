package rule

// Rules about state.
var (
	CreateStateCreating = add(Rule{
		ID: "create-state-creating", Area: "state", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "The State in the answer to CreateEventSourceMapping must be Creating",
		Silent: "Only examples show it, and none tells the first State of a mapping made with Enabled false",
		In2020: Clause{Holds: true, Value: "Creating", Cites: []Cite{{Guide2020, "with-kinesis.md, with-ddb.md, with-sqs.md, with-msk.md, create examples"}, {Model2020, "CreateEventSourceMapping, examples"}}},
		Now:    Clause{Holds: true, Value: "Creating", Cites: []Cite{{Guide2022, "with-kinesis.md, create example"}}},
	})
	UpdateStateUpdating = add(Rule{
		ID: "update-state-updating", Area: "state", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "The answer to an update of settings must report State Updating",
		Silent: "Which State is shown when Enabled alone is switched; Enabling or Disabling would be natural",
		In2020: Clause{Holds: true, Value: "Updating", Cites: []Cite{{Guide2020, "with-kinesis, update-event-source-mapping example"}, {Guide2020, "with-ddb, update-event-source-mapping example"}}},
		Now:    Clause{Holds: true, Value: "Updating", Cites: []Cite{{Guide2022, "with-kinesis, update-event-source-mapping example"}}},
	})
	UpdateWhileCreatingInUse = add(Rule{
		ID: "update-while-creating-in-use", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must refuse a mapping whose State is still Creating, with ResourceInUseException and HTTP 400",
		Silent: "Only an example is given, so other transitional States may block too, and where the line to ResourceConflictException (409) runs is not drawn",
		In2020: Clause{Holds: true, Value: "ResourceInUseException 400", Cites: []Cite{{Model2020, "shape ResourceInUseException, documentation"}}},
		Now:    Clause{Holds: true, Value: "ResourceInUseException 400", Cites: []Cite{{SDKToday, "types.ResourceInUseException"}}},
	})
	GetTracksState = add(Rule{
		ID: "get-tracks-state", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must show the State and settings as they stand now, so that a caller who polls it sees a pending change come to its end",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis, get-event-source-mapping example"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis, get-event-source-mapping example"}}},
	})
	DeleteStateDeleting = add(Rule{
		ID: "delete-state-deleting", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "An accepted DeleteEventSourceMapping must move the mapping to State Deleting and report that State in its answer",
		Silent: "The example in the 2020 model contradicts the text: its Delete answer says Enabled",
		In2020: Clause{Holds: true, Value: "Deleting", Cites: []Cite{{API2020, "DeleteEventSourceMapping, introduction"}}},
		Now:    Clause{Holds: true, Value: "Deleting", Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, introduction"}}},
	})
	DeleteWhileUpdatingInUse = add(Rule{
		ID: "delete-while-updating-in-use", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must refuse a mapping whose State is Updating, with ResourceInUseException and HTTP 400",
		Silent: "The text names this case as an example only; a Delete during Creating, or a second Delete, is not described",
		In2020: Clause{Holds: true, Value: "ResourceInUseException 400", Cites: []Cite{{Model2020, "shape ResourceInUseException, documentation"}}},
		Now:    Clause{Holds: true, Value: "ResourceInUseException 400", Cites: []Cite{{SDKToday, "types.ResourceInUseException"}}},
	})
	StateCreating = add(Rule{
		ID: "state-creating", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping that Create has accepted and that is still being set up must report its State as Creating, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Creating", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Creating", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateEnabling = add(Rule{
		ID: "state-enabling", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "While a mapping is on its way from paused to active, the State it reports for this must be Enabling, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Enabling", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Enabling", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateEnabled = add(Rule{
		ID: "state-enabled", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping that is active and reads its source must report its State as Enabled, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Enabled", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Enabled", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateDisabling = add(Rule{
		ID: "state-disabling", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "While a mapping is on its way from active to paused, the State it reports for this must be Disabling, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Disabling", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Disabling", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateDisabled = add(Rule{
		ID: "state-disabled", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping that is paused must report its State as Disabled, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Disabled", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Disabled", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateUpdating = add(Rule{
		ID: "state-updating", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "While changed settings are being put into effect, the State reported for this must be Updating, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Updating", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Updating", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateDeleting = add(Rule{
		ID: "state-deleting", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping that has been deleted but is not yet gone must report its State as Deleting, spelled so",
		Silent: "The documents list the names of the States and explain none; the meaning is taken from the word",
		In2020: Clause{Holds: true, Value: "Deleting", Cites: []Cite{{API2020, "State in the responses of the five operations"}}},
		Now:    Clause{Holds: true, Value: "Deleting", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateSetClosed = add(Rule{
		ID: "state-set-closed", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "State must always be one of Creating, Enabling, Enabled, Disabling, Disabled, Updating and Deleting",
		Silent: "The model has a free string here, not an enumeration, and one tutorial page writes a State in lower case",
		In2020: Clause{Holds: true, Value: []string{"Creating", "Enabling", "Enabled", "Disabling", "Disabled", "Updating", "Deleting"}, Cites: []Cite{{API2020, "CreateEventSourceMapping response, State"}}},
		Now:    Clause{Holds: true, Value: []string{"Creating", "Enabling", "Enabled", "Disabling", "Disabled", "Updating", "Deleting"}, Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateCreatingToEnabled = add(Rule{
		ID: "state-creating-to-enabled", Area: "state", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "A mapping created active must come to rest in State Enabled after Creating",
		Silent: "How long it takes, and whether Enabling shows in between",
		In2020: Clause{Holds: true, Value: "Creating -> Enabled", Cites: []Cite{{Guide2020, "with-kinesis, create and get mapping examples"}, {Guide2020, "with-msk"}}},
		Now:    Clause{Holds: true, Value: "Creating -> Enabled", Cites: []Cite{{Guide2022, "with-msk"}}},
	})
	StateUpdatingToEnabled = add(Rule{
		ID: "state-updating-to-enabled", Area: "state", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "An active mapping whose settings are changed must come back from Updating to Enabled",
		Silent: "Where a paused mapping ends after such a change; one would expect Disabled",
		In2020: Clause{Holds: true, Value: "Updating -> Enabled", Cites: []Cite{{Guide2020, "with-kinesis, update and get examples"}}},
		Now:    Clause{Holds: true, Value: "Updating -> Enabled", Cites: []Cite{{Guide2022, "with-kinesis, update and get examples"}}},
	})
	StateDisablePath = add(Rule{
		ID: "state-disable-path", Area: "state", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "A mapping switched off with Enabled false must go by way of Disabling and come to rest in Disabled",
		Silent: "No document draws this path; it follows from what the States are called",
		In2020: Clause{Holds: true, Value: "Disabling -> Disabled", Cites: []Cite{{API2020, "CreateEventSourceMapping response, State"}, {API2020, "UpdateEventSourceMapping, Enabled"}}},
		Now:    Clause{Holds: true, Value: "Disabling -> Disabled", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateEnablePath = add(Rule{
		ID: "state-enable-path", Area: "state", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "A mapping switched on with Enabled true must go by way of Enabling and come to rest in Enabled",
		Silent: "No document draws this path; it follows from what the States are called",
		In2020: Clause{Holds: true, Value: "Enabling -> Enabled", Cites: []Cite{{API2020, "CreateEventSourceMapping response, State"}, {API2020, "UpdateEventSourceMapping, Enabled"}}},
		Now:    Clause{Holds: true, Value: "Enabling -> Enabled", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, State"}}},
	})
	StateTransitionReasonOrigin = add(Rule{
		ID: "state-transition-reason-origin", Area: "state", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "StateTransitionReason must let a reader tell a change that a user made from one that Lambda made",
		Silent: "Examples spell the user's case in two ways, 'User action' for streams and 'USER_INITIATED' for SQS and MSK; no value is published for changes by Lambda",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, StateTransitionReason"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, StateTransitionReason"}}},
	})
)
