package rule

// Rules about listing and pagination.
var (
	ListHTTPMethod = add(Rule{
		ID: "list-http-method", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must be served under the GET method",
		In2020: Clause{Holds: true, Value: "GET", Cites: []Cite{{Model2020, "ListEventSourceMappings, http method"}}},
		Now:    Clause{Holds: true, Value: "GET", Cites: []Cite{{SDKToday, "ListEventSourceMappings, http trait in the operation schema"}}},
	})
	ListURI = add(Rule{
		ID: "list-uri", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must be reachable at the same collection path that CreateEventSourceMapping posts to, under the prefix 2015-03-31",
		Silent: "Older texts put a slash at the end of the collection path and newer ones drop it; neither says what the other form gets, so both should work",
		In2020: Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/", Cites: []Cite{{Model2020, "ListEventSourceMappings, http requestUri"}}},
		Now:    Clause{Holds: true, Value: "/2015-03-31/event-source-mappings", Cites: []Cite{{SDKToday, "ListEventSourceMappings, http trait in the operation schema"}, {SDKToday, "request snapshot ListEventSourceMappings"}, {SDKHistory, "SDK for Go v1.55.8 still has the slash at the end, v2 service/lambda v1.51.0 does not"}}},
	})
	ListStatusCode = add(Rule{
		ID: "list-status-code", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A ListEventSourceMappings that succeeds must carry HTTP status 200 and no other success code",
		In2020: Clause{Holds: true, Value: 200, Cites: []Cite{{Model2020, "ListEventSourceMappings, http responseCode"}}},
		Now:    Clause{Holds: true, Value: 200, Cites: []Cite{{SDKToday, "ListEventSourceMappings, http trait in the operation schema"}}},
	})
	ListNoFilter = add(Rule{
		ID: "list-no-filter", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings without filters must return every mapping of the account in the Region",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings, introduction"}, {Guide2020, "with-ddb-example, listing of event source mappings"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappings, introduction"}}},
	})
	ListFilterEventSource = add(Rule{
		ID: "list-filter-event-source", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings with EventSourceArn in the query must return the mappings of that event source and no others",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings, introduction"}, {API2020, "ListEventSourceMappings, EventSourceArn"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappingsInput, EventSourceArn"}}},
	})
	ListFilterFunction = add(Rule{
		ID: "list-filter-function", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings with FunctionName in the query must return the mappings of that function and no others",
		Silent: "Whether a name without qualifier also finds the mappings made on the function's versions and aliases",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings, FunctionName"}, {Guide2020, "with-ddb-example, listing of event source mappings"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappingsInput, FunctionName"}}},
	})
	ListFiltersCombine = add(Rule{
		ID: "list-filters-combine", Area: "list", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "When EventSourceArn and FunctionName are both given, ListEventSourceMappings must return only the mappings that satisfy the two together",
		In2020: Clause{Holds: true, Value: "AND", Cites: []Cite{{Guide2020, "with-kinesis-example, listing with both filters"}, {Guide2020, "with-sqs-example, listing with both filters"}}},
		Now:    Clause{Holds: true, Value: "AND", Cites: []Cite{{Guide2022, "with-sqs-example, listing with both filters"}}},
	})
	ListFilterFunctionForms = add(Rule{
		ID: "list-filter-function-forms", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must understand every form of FunctionName that Create understands and find the same mappings by each",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings, FunctionName"}, {Model2020, "shape ListEventSourceMappingsRequest, FunctionName"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappingsInput, FunctionName"}}},
	})
	ListResponseMembers = add(Rule{
		ID: "list-response-members", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The ListEventSourceMappings answer must have an EventSourceMappings array, empty if nothing matches, and NextMarker as its only other documented member",
		Silent: "In what form, if any, NextMarker appears on the final page",
		In2020: Clause{Holds: true, Value: []string{"EventSourceMappings", "NextMarker"}, Cites: []Cite{{API2020, "ListEventSourceMappings, response structure"}, {Model2020, "shape ListEventSourceMappingsResponse"}}},
		Now:    Clause{Holds: true, Value: []string{"EventSourceMappings", "NextMarker"}, Cites: []Cite{{SDKToday, "ListEventSourceMappingsOutput"}}},
	})
	ListEntriesAreConfigurations = add(Rule{
		ID: "list-entries-are-configurations", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every element of EventSourceMappings must be a complete EventSourceMappingConfiguration, as Get would give it",
		Silent: "Encrypted FilterCriteria are an exception today: List gives null for them (rule filter-encrypted-null-in-list)",
		In2020: Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{API2020, "ListEventSourceMappings, response structure"}}},
		Now:    Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration"}}},
	})
	ListQueryNames = add(Rule{
		ID: "list-query-names", Area: "list", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must read its parameters from the query string under the exact names EventSourceArn, FunctionName, Marker and MaxItems",
		In2020: Clause{Holds: true, Value: []string{"EventSourceArn", "FunctionName", "Marker", "MaxItems"}, Cites: []Cite{{Model2020, "shape ListEventSourceMappingsRequest, querystring locations"}}},
		Now:    Clause{Holds: true, Value: []string{"EventSourceArn", "FunctionName", "Marker", "MaxItems"}, Cites: []Cite{{SDKToday, "ListEventSourceMappings, request snapshot"}}},
	})
	ListMaxitemsMin = add(Rule{
		ID: "list-maxitems-min", Area: "pagination", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must reject a MaxItems below the documented minimum with HTTP 400",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Model2020, "shape MaxListItems, min"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{Smithy2026, "shape MaxListItems, range"}}},
	})
	ListMaxitemsMax = add(Rule{
		ID: "list-maxitems-max", Area: "pagination", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must reject a MaxItems over the documented maximum with HTTP 400",
		In2020: Clause{Holds: true, Value: 10000, Cites: []Cite{{Model2020, "shape MaxListItems, max"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{Smithy2026, "shape MaxListItems, range"}}},
	})
	ListMaxitemsBoundsPage = add(Rule{
		ID: "list-maxitems-bounds-page", Area: "pagination", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "One ListEventSourceMappings page may not have more entries than MaxItems asks for",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings, MaxItems"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappingsInput, MaxItems"}}},
	})
	ListPageCap100 = add(Rule{
		ID: "list-page-cap-100", Area: "pagination", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "One ListEventSourceMappings page must stay within the service's own page limit of 100 entries however large MaxItems is",
		Silent: "The text of 2020 names neither a limit nor the page size used when MaxItems is missing",
		In2020: Clause{Value: "no documented cap"},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "ListEventSourceMappingsInput, MaxItems"}, {SDKHistory, "SDK v1.41.0 (2021-10-11), where the limit was first documented"}}},
	})
	ListNextmarkerWhenMore = add(Rule{
		ID: "list-nextmarker-when-more", Area: "pagination", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must return a NextMarker whenever the page does not reach the end of the matching mappings",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings response, NextMarker"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappingsOutput, NextMarker"}}},
	})
	ListMarkerContinues = add(Rule{
		ID: "list-marker-continues", Area: "pagination", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A NextMarker sent back as Marker must yield the page that follows, so that the pages together give each mapping exactly once",
		Silent: "Whether a caller has to repeat the filters beside Marker, and what happens when mappings come or go between pages",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "ListEventSourceMappings, Marker"}, {Model2020, "paginators, ListEventSourceMappings"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "ListEventSourceMappingsInput, Marker"}}},
	})
	ListMarkerInvalid = add(Rule{
		ID: "list-marker-invalid", Area: "pagination", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "ListEventSourceMappings must turn down a Marker that it never issued with InvalidParameterValueException and HTTP 400",
		Silent: "No text speaks of bad markers; the conclusion is drawn from the operation's error list",
		In2020: Clause{Holds: true, Value: "InvalidParameterValueException 400", Cites: []Cite{{Model2020, "operation ListEventSourceMappings, errors"}}},
		Now:    Clause{Holds: true, Value: "InvalidParameterValueException 400", Cites: []Cite{{SDKToday, "types.InvalidParameterValueException"}}},
	})
)
