package rule

// Rules about reading and deleting a mapping.
var (
	GetHTTPMethod = add(Rule{
		ID: "get-http-method", Area: "get", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must be served under the GET method",
		In2020: Clause{Holds: true, Value: "GET", Cites: []Cite{{Model2020, "GetEventSourceMapping, http method"}}},
		Now:    Clause{Holds: true, Value: "GET", Cites: []Cite{{SDKToday, "GetEventSourceMapping, http trait in the operation schema"}}},
	})
	GetURI = add(Rule{
		ID: "get-uri", Area: "get", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must be reachable at the collection path under 2015-03-31 followed by the mapping's UUID as the last segment",
		In2020: Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/{UUID}", Cites: []Cite{{Model2020, "GetEventSourceMapping, http requestUri"}}},
		Now:    Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/{UUID}", Cites: []Cite{{SDKToday, "GetEventSourceMapping, http trait in the operation schema"}, {SDKToday, "request snapshot GetEventSourceMapping"}}},
	})
	GetStatusCode = add(Rule{
		ID: "get-status-code", Area: "get", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A GetEventSourceMapping that succeeds must carry HTTP status 200 and no other success code",
		In2020: Clause{Holds: true, Value: 200, Cites: []Cite{{Model2020, "GetEventSourceMapping, http responseCode"}}},
		Now:    Clause{Holds: true, Value: 200, Cites: []Cite{{SDKToday, "GetEventSourceMapping, http trait in the operation schema"}}},
	})
	DeleteHTTPMethod = add(Rule{
		ID: "delete-http-method", Area: "delete", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must be served under the DELETE method",
		In2020: Clause{Holds: true, Value: "DELETE", Cites: []Cite{{Model2020, "DeleteEventSourceMapping, http method"}}},
		Now:    Clause{Holds: true, Value: "DELETE", Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, http trait in the operation schema"}}},
	})
	DeleteURI = add(Rule{
		ID: "delete-uri", Area: "delete", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must take the mapping's UUID from the last segment of its path, which lies below the 2015-03-31 collection",
		In2020: Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/{UUID}", Cites: []Cite{{Model2020, "DeleteEventSourceMapping, http requestUri"}}},
		Now:    Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/{UUID}", Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, http trait in the operation schema"}, {SDKToday, "request snapshot DeleteEventSourceMapping"}}},
	})
	DeleteStatusCode = add(Rule{
		ID: "delete-status-code", Area: "delete", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A DeleteEventSourceMapping that succeeds must carry HTTP status 202 and no other success code",
		In2020: Clause{Holds: true, Value: 202, Cites: []Cite{{Model2020, "DeleteEventSourceMapping, http responseCode"}}},
		Now:    Clause{Holds: true, Value: 202, Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, http trait in the operation schema"}}},
	})
	GetDeleteListNoBody = add(Rule{
		ID: "get-delete-list-no-body", Area: "get", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping, DeleteEventSourceMapping and ListEventSourceMappings must work when the request has an empty body",
		In2020: Clause{Holds: true, Value: "no body", Cites: []Cite{{Guide2020, "API_GetEventSourceMapping.md, Request Body"}, {Guide2020, "API_DeleteEventSourceMapping.md, Request Body"}, {Guide2020, "API_ListEventSourceMappings.md, Request Body"}}},
		Now:    Clause{Holds: true, Value: "no body", Cites: []Cite{{SDKToday, "request snapshots GetEventSourceMapping, DeleteEventSourceMapping, ListEventSourceMappings"}}},
	})
	GetUUIDRequired = add(Rule{
		ID: "get-uuid-required", Area: "get", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must take the mapping's UUID from the request path and look up exactly that mapping",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "GetEventSourceMapping, UUID"}, {Model2020, "shape GetEventSourceMappingRequest, required"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "GetEventSourceMappingInput, UUID"}}},
	})
	GetReturnsConfiguration = add(Rule{
		ID: "get-returns-configuration", Area: "get", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A successful GetEventSourceMapping must carry the mapping's EventSourceMappingConfiguration as its body",
		In2020: Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{API2020, "GetEventSourceMapping, introduction"}, {API2020, "GetEventSourceMapping, response structure"}}},
		Now:    Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{SDKToday, "GetEventSourceMappingOutput"}}},
	})
	GetAfterDelete404 = add(Rule{
		ID: "get-after-delete-404", Area: "delete", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "As soon as a deletion is complete, GetEventSourceMapping must answer that UUID with ResourceNotFoundException",
		In2020: Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{API2020, "DeleteEventSourceMapping, introduction"}, {Model2020, "operation GetEventSourceMapping, errors"}}},
		Now:    Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, introduction"}}},
	})
	DeleteUUIDRequired = add(Rule{
		ID: "delete-uuid-required", Area: "delete", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must take the mapping's UUID from the request path and remove exactly that mapping",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "DeleteEventSourceMapping, UUID"}, {Model2020, "shape DeleteEventSourceMappingRequest, required"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "DeleteEventSourceMappingInput, UUID"}}},
	})
	DeleteAsynchronous = add(Rule{
		ID: "delete-asynchronous", Area: "delete", Plane: Control, Level: Should, Sources: AllSources,
		Says:   "DeleteEventSourceMapping may leave the mapping readable in State Deleting for some seconds before it is gone",
		In2020: Clause{Holds: true, Value: "several seconds", Cites: []Cite{{API2020, "DeleteEventSourceMapping, introduction"}}, Unobservable: "An instant removal and a slow one both agree with the text, and no bound is given that could be exceeded"},
		Now:    Clause{Holds: true, Value: "several seconds", Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, introduction"}}, Unobservable: "An instant removal and a slow one both agree with the text, and no bound is given that could be exceeded"},
	})
	DeleteReturnsConfiguration = add(Rule{
		ID: "delete-returns-configuration", Area: "delete", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A successful DeleteEventSourceMapping must carry the deleted mapping's EventSourceMappingConfiguration as its body",
		In2020: Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{API2020, "DeleteEventSourceMapping, response structure"}}},
		Now:    Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{SDKToday, "DeleteEventSourceMappingOutput"}}},
	})
	DeleteStopsProcessing = add(Rule{
		ID: "delete-stops-processing", Area: "delete", Plane: Data, Level: Implied, Sources: AllSources,
		Says:   "Once a mapping's deletion is complete, no invocation may be made on its behalf",
		Silent: "Whether a batch that is under way, with its retries, is carried through or dropped",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "DeleteEventSourceMapping, introduction"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "DeleteEventSourceMapping, introduction"}}},
	})
	DeleteFunctionKeepsMappings = add(Rule{
		ID: "delete-function-keeps-mappings", Area: "delete", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "Deleting a function must leave its event source mappings in place until DeleteEventSourceMapping removes them",
		Silent: "What State and LastProcessingResult a mapping without a function shows",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "API_DeleteFunction, introduction"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "API_DeleteFunction, introduction"}}},
	})
)
