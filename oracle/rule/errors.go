package rule

// Rules about errors.
var (
	CreateDuplicateConflict = add(Rule{
		ID: "create-duplicate-conflict", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping for a source and function that are mapped to each other already must fail with ResourceConflictException and status 409",
		Silent: "When two mappings count as the same: whether qualifier or topic belong to the identity is nowhere defined",
		In2020: Clause{Holds: true, Value: "ResourceConflictException 409", Cites: []Cite{{Model2020, "CreateEventSourceMapping, errors"}, {Model2020, "ResourceConflictException"}}},
		Now:    Clause{Holds: true, Value: "ResourceConflictException 409", Cites: []Cite{{SDKToday, "ResourceConflictException"}}},
	})
	FnNotFound = add(Rule{
		ID: "fn-not-found", Area: "errors", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "CreateEventSourceMapping and UpdateEventSourceMapping that name a function which does not exist must fail with ResourceNotFoundException and status 404",
		Silent: "The error is listed without saying which missing resource it stands for, so a parameter error for an unknown function is not ruled out",
		In2020: Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{Model2020, "CreateEventSourceMapping and UpdateEventSourceMapping, errors"}}},
		Now:    Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{SDKToday, "ResourceNotFoundException"}}},
	})
	GetUnknown404 = add(Rule{
		ID: "get-unknown-404", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must answer a UUID that names no mapping with ResourceNotFoundException and HTTP 404",
		Silent: "Whether a path value that is no UUID at all counts as not found or as an invalid parameter",
		In2020: Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{Model2020, "operation GetEventSourceMapping, errors"}, {Model2020, "shape ResourceNotFoundException"}}},
		Now:    Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{SDKToday, "types.ResourceNotFoundException"}}},
	})
	DeleteUnknown404 = add(Rule{
		ID: "delete-unknown-404", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must answer a UUID that names no mapping with ResourceNotFoundException and HTTP 404",
		In2020: Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors"}}},
		Now:    Clause{Holds: true, Value: "ResourceNotFoundException 404", Cites: []Cite{{SDKToday, "types.ResourceNotFoundException"}}},
	})
	ListUnknownFunction = add(Rule{
		ID: "list-unknown-function", Area: "errors", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "ListEventSourceMappings filtered by a function that does not exist must answer either ResourceNotFoundException with HTTP 404 or an empty list",
		Silent: "The error is listed for List, but no text says what brings it about",
		In2020: Clause{Holds: true, Value: "ResourceNotFoundException 404 (listed) or empty list", Cites: []Cite{{Model2020, "operation ListEventSourceMappings, errors"}}},
		Now:    Clause{Holds: true, Value: "ResourceNotFoundException 404 (listed) or empty list", Cites: []Cite{{SDKToday, "types.ResourceNotFoundException"}}},
	})
	ErrCreateService = add(Rule{
		ID: "err-create-service", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping keeps ServiceException and HTTP 500 for faults inside the service, so no request, however odd, may be answered with a 5xx status",
		In2020: Clause{Holds: true, Value: 500, Cites: []Cite{{Model2020, "operation CreateEventSourceMapping, errors"}, {Model2020, "shape ServiceException, error"}}},
		Now:    Clause{Holds: true, Value: 500, Cites: []Cite{{Smithy2026, "operation CreateEventSourceMapping, errors"}, {Smithy2026, "shape ServiceException, httpError"}}},
	})
	ErrCreateInvalidparametervalue = add(Rule{
		ID: "err-create-invalidparametervalue", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must answer a parameter whose value is not allowed with InvalidParameterValueException and HTTP 400",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation CreateEventSourceMapping, errors"}, {Model2020, "shape InvalidParameterValueException, error"}}},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation CreateEventSourceMapping, errors"}, {Smithy2026, "shape InvalidParameterValueException, httpError"}}},
	})
	ErrCreateResourceconflict = add(Rule{
		ID: "err-create-resourceconflict", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must report a clash with a mapping that exists already, or with an operation in progress, as ResourceConflictException with HTTP 409",
		In2020: Clause{Holds: true, Value: 409, Cites: []Cite{{Model2020, "operation CreateEventSourceMapping, errors"}, {Model2020, "shape ResourceConflictException, error"}}},
		Now:    Clause{Holds: true, Value: 409, Cites: []Cite{{Smithy2026, "operation CreateEventSourceMapping, errors"}, {Smithy2026, "shape ResourceConflictException, httpError"}}},
	})
	ErrCreateToomanyrequests = add(Rule{
		ID: "err-create-toomanyrequests", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must report a throttled call as TooManyRequestsException with HTTP 429",
		In2020: Clause{Holds: true, Value: 429, Cites: []Cite{{Model2020, "operation CreateEventSourceMapping, errors"}, {Model2020, "shape TooManyRequestsException, error"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: 429, Cites: []Cite{{Smithy2026, "operation CreateEventSourceMapping, errors"}, {Smithy2026, "shape TooManyRequestsException, httpError"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrCreateResourcenotfound = add(Rule{
		ID: "err-create-resourcenotfound", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must report a resource it cannot find as ResourceNotFoundException with HTTP 404",
		In2020: Clause{Holds: true, Value: 404, Cites: []Cite{{Model2020, "operation CreateEventSourceMapping, errors"}, {Model2020, "shape ResourceNotFoundException, error"}}, Unobservable: "No documented request has to be answered with it: an unknown function may be answered as a bad parameter"},
		Now:    Clause{Holds: true, Value: 404, Cites: []Cite{{Smithy2026, "operation CreateEventSourceMapping, errors"}, {Smithy2026, "shape ResourceNotFoundException, httpError"}}, Unobservable: "No documented request has to be answered with it: an unknown function may be answered as a bad parameter"},
	})
	ErrListService = add(Rule{
		ID: "err-list-service", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings keeps ServiceException and HTTP 500 for faults inside the service, so no query, however odd, may be answered with a 5xx status",
		In2020: Clause{Holds: true, Value: 500, Cites: []Cite{{Model2020, "operation ListEventSourceMappings, errors"}, {Model2020, "shape ServiceException, error"}}},
		Now:    Clause{Holds: true, Value: 500, Cites: []Cite{{Smithy2026, "operation ListEventSourceMappings, errors"}, {Smithy2026, "shape ServiceException, httpError"}}},
	})
	ErrListInvalidparametervalue = add(Rule{
		ID: "err-list-invalidparametervalue", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must answer a query parameter whose value is not allowed with InvalidParameterValueException and HTTP 400",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation ListEventSourceMappings, errors"}, {Model2020, "shape InvalidParameterValueException, error"}}},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation ListEventSourceMappings, errors"}, {Smithy2026, "shape InvalidParameterValueException, httpError"}}},
	})
	ErrListToomanyrequests = add(Rule{
		ID: "err-list-toomanyrequests", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "ListEventSourceMappings must report a throttled call as TooManyRequestsException with HTTP 429",
		In2020: Clause{Holds: true, Value: 429, Cites: []Cite{{Model2020, "operation ListEventSourceMappings, errors"}, {Model2020, "shape TooManyRequestsException, error"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: 429, Cites: []Cite{{Smithy2026, "operation ListEventSourceMappings, errors"}, {Smithy2026, "shape TooManyRequestsException, httpError"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrListResourcenotfound = add(Rule{
		ID: "err-list-resourcenotfound", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "If ListEventSourceMappings reports a filter's resource as missing, it must do so as ResourceNotFoundException with HTTP 404",
		In2020: Clause{Holds: true, Value: 404, Cites: []Cite{{Model2020, "operation ListEventSourceMappings, errors"}, {Model2020, "shape ResourceNotFoundException, error"}}, Unobservable: "No documented request has to be answered with it: an unknown function may be answered with an empty list"},
		Now:    Clause{Holds: true, Value: 404, Cites: []Cite{{Smithy2026, "operation ListEventSourceMappings, errors"}, {Smithy2026, "shape ResourceNotFoundException, httpError"}}, Unobservable: "No documented request has to be answered with it: an unknown function may be answered with an empty list"},
	})
	ErrGetService = add(Rule{
		ID: "err-get-service", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping keeps ServiceException and HTTP 500 for faults inside the service, so no path, however odd, may be answered with a 5xx status",
		In2020: Clause{Holds: true, Value: 500, Cites: []Cite{{Model2020, "operation GetEventSourceMapping, errors"}, {Model2020, "shape ServiceException, error"}}},
		Now:    Clause{Holds: true, Value: 500, Cites: []Cite{{Smithy2026, "operation GetEventSourceMapping, errors"}, {Smithy2026, "shape ServiceException, httpError"}}},
	})
	ErrGetInvalidparametervalue = add(Rule{
		ID: "err-get-invalidparametervalue", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "If GetEventSourceMapping rejects its parameter as not valid, it must do so as InvalidParameterValueException with HTTP 400",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation GetEventSourceMapping, errors"}, {Model2020, "shape InvalidParameterValueException, error"}}, Unobservable: "No documented request has to be answered with it: a malformed UUID may be answered as an unknown one"},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation GetEventSourceMapping, errors"}, {Smithy2026, "shape InvalidParameterValueException, httpError"}}, Unobservable: "No documented request has to be answered with it: a malformed UUID may be answered as an unknown one"},
	})
	ErrGetToomanyrequests = add(Rule{
		ID: "err-get-toomanyrequests", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must report a throttled call as TooManyRequestsException with HTTP 429",
		In2020: Clause{Holds: true, Value: 429, Cites: []Cite{{Model2020, "operation GetEventSourceMapping, errors"}, {Model2020, "shape TooManyRequestsException, error"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: 429, Cites: []Cite{{Smithy2026, "operation GetEventSourceMapping, errors"}, {Smithy2026, "shape TooManyRequestsException, httpError"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrGetResourcenotfound = add(Rule{
		ID: "err-get-resourcenotfound", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "GetEventSourceMapping must report a mapping it cannot find as ResourceNotFoundException with HTTP 404",
		In2020: Clause{Holds: true, Value: 404, Cites: []Cite{{Model2020, "operation GetEventSourceMapping, errors"}, {Model2020, "shape ResourceNotFoundException, error"}}},
		Now:    Clause{Holds: true, Value: 404, Cites: []Cite{{Smithy2026, "operation GetEventSourceMapping, errors"}, {Smithy2026, "shape ResourceNotFoundException, httpError"}}},
	})
	ErrUpdateService = add(Rule{
		ID: "err-update-service", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping keeps ServiceException and HTTP 500 for faults inside the service, so no request, however odd, may be answered with a 5xx status",
		In2020: Clause{Holds: true, Value: 500, Cites: []Cite{{Model2020, "operation UpdateEventSourceMapping, errors"}, {Model2020, "shape ServiceException, error"}}},
		Now:    Clause{Holds: true, Value: 500, Cites: []Cite{{Smithy2026, "operation UpdateEventSourceMapping, errors"}, {Smithy2026, "shape ServiceException, httpError"}}},
	})
	ErrUpdateInvalidparametervalue = add(Rule{
		ID: "err-update-invalidparametervalue", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must answer a parameter whose value is not allowed with InvalidParameterValueException and HTTP 400",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation UpdateEventSourceMapping, errors"}, {Model2020, "shape InvalidParameterValueException, error"}}},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation UpdateEventSourceMapping, errors"}, {Smithy2026, "shape InvalidParameterValueException, httpError"}}},
	})
	ErrUpdateResourceconflict = add(Rule{
		ID: "err-update-resourceconflict", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "If UpdateEventSourceMapping refuses with HTTP 409 because of another operation or resource, the error must be ResourceConflictException",
		Silent: "Update lists both a conflict (409) and an in-use error (400); only the example of an Update during Creating says which of them a busy mapping gets",
		In2020: Clause{Holds: true, Value: 409, Cites: []Cite{{Model2020, "operation UpdateEventSourceMapping, errors"}, {Model2020, "shape ResourceConflictException, error"}}, Unobservable: "No documented request has to be answered with it: an Update or Delete of a busy mapping may be answered with ResourceInUseException as well"},
		Now:    Clause{Holds: true, Value: 409, Cites: []Cite{{Smithy2026, "operation UpdateEventSourceMapping, errors"}, {Smithy2026, "shape ResourceConflictException, httpError"}}, Unobservable: "No documented request has to be answered with it: an Update or Delete of a busy mapping may be answered with ResourceInUseException as well"},
	})
	ErrUpdateToomanyrequests = add(Rule{
		ID: "err-update-toomanyrequests", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must report a throttled call as TooManyRequestsException with HTTP 429",
		In2020: Clause{Holds: true, Value: 429, Cites: []Cite{{Model2020, "operation UpdateEventSourceMapping, errors"}, {Model2020, "shape TooManyRequestsException, error"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: 429, Cites: []Cite{{Smithy2026, "operation UpdateEventSourceMapping, errors"}, {Smithy2026, "shape TooManyRequestsException, httpError"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrUpdateResourcenotfound = add(Rule{
		ID: "err-update-resourcenotfound", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must report a mapping or function it cannot find as ResourceNotFoundException with HTTP 404",
		In2020: Clause{Holds: true, Value: 404, Cites: []Cite{{Model2020, "operation UpdateEventSourceMapping, errors"}, {Model2020, "shape ResourceNotFoundException, error"}}},
		Now:    Clause{Holds: true, Value: 404, Cites: []Cite{{Smithy2026, "operation UpdateEventSourceMapping, errors"}, {Smithy2026, "shape ResourceNotFoundException, httpError"}}},
	})
	ErrUpdateResourceinuse = add(Rule{
		ID: "err-update-resourceinuse", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "If UpdateEventSourceMapping refuses a mapping as being in use, it must do so as ResourceInUseException with HTTP 400",
		Silent: "Update lists both a conflict (409) and an in-use error (400); only the example of an Update during Creating says which of them a busy mapping gets",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation UpdateEventSourceMapping, errors"}, {Model2020, "shape ResourceInUseException, error"}}},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation UpdateEventSourceMapping, errors"}, {Smithy2026, "shape ResourceInUseException, httpError"}}},
	})
	ErrDeleteService = add(Rule{
		ID: "err-delete-service", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping keeps ServiceException and HTTP 500 for faults inside the service, so no path, however odd, may be answered with a 5xx status",
		In2020: Clause{Holds: true, Value: 500, Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors"}, {Model2020, "shape ServiceException, error"}}},
		Now:    Clause{Holds: true, Value: 500, Cites: []Cite{{Smithy2026, "operation DeleteEventSourceMapping, errors"}, {Smithy2026, "shape ServiceException, httpError"}}},
	})
	ErrDeleteInvalidparametervalue = add(Rule{
		ID: "err-delete-invalidparametervalue", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "If DeleteEventSourceMapping rejects its parameter as not valid, it must do so as InvalidParameterValueException with HTTP 400",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors"}, {Model2020, "shape InvalidParameterValueException, error"}}, Unobservable: "No documented request has to be answered with it: a malformed UUID may be answered as an unknown one"},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation DeleteEventSourceMapping, errors"}, {Smithy2026, "shape InvalidParameterValueException, httpError"}}, Unobservable: "No documented request has to be answered with it: a malformed UUID may be answered as an unknown one"},
	})
	ErrDeleteToomanyrequests = add(Rule{
		ID: "err-delete-toomanyrequests", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must report a throttled call as TooManyRequestsException with HTTP 429",
		In2020: Clause{Holds: true, Value: 429, Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors"}, {Model2020, "shape TooManyRequestsException, error"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: 429, Cites: []Cite{{Smithy2026, "operation DeleteEventSourceMapping, errors"}, {Smithy2026, "shape TooManyRequestsException, httpError"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrDeleteResourcenotfound = add(Rule{
		ID: "err-delete-resourcenotfound", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "DeleteEventSourceMapping must report a mapping it cannot find as ResourceNotFoundException with HTTP 404",
		In2020: Clause{Holds: true, Value: 404, Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors"}, {Model2020, "shape ResourceNotFoundException, error"}}},
		Now:    Clause{Holds: true, Value: 404, Cites: []Cite{{Smithy2026, "operation DeleteEventSourceMapping, errors"}, {Smithy2026, "shape ResourceNotFoundException, httpError"}}},
	})
	ErrDeleteResourceinuse = add(Rule{
		ID: "err-delete-resourceinuse", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "If DeleteEventSourceMapping refuses a mapping as being in use, it must do so as ResourceInUseException with HTTP 400",
		In2020: Clause{Holds: true, Value: 400, Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors"}, {Model2020, "shape ResourceInUseException, error"}}},
		Now:    Clause{Holds: true, Value: 400, Cites: []Cite{{Smithy2026, "operation DeleteEventSourceMapping, errors"}, {Smithy2026, "shape ResourceInUseException, httpError"}}},
	})
	ErrDeleteResourceconflict = add(Rule{
		ID: "err-delete-resourceconflict", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Where DeleteEventSourceMapping refuses with HTTP 409 because another operation is running, the error must be ResourceConflictException",
		In2020: Clause{Cites: []Cite{{Model2020, "operation DeleteEventSourceMapping, errors (not listed)"}}},
		Now:    Clause{Holds: true, Value: 409, Cites: []Cite{{Smithy2026, "operation DeleteEventSourceMapping, errors"}, {Smithy2026, "shape ResourceConflictException, httpError"}, {SDKHistory, "SDK v1.44.292 and v2 service/lambda v1.37.0 (2023-06-28)"}}, Unobservable: "No documented request has to be answered with it: an Update or Delete of a busy mapping may be answered with ResourceInUseException as well"},
	})
	ErrTypeInHeader = add(Rule{
		ID: "err-type-in-header", Area: "errors", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "An error answer must name its error code in the response header X-Amzn-ErrorType",
		Silent: "This comes from the protocol the SDKs speak; the Lambda documents do not mention it",
		In2020: Clause{Holds: true, Value: "X-Amzn-Errortype", Cites: []Cite{{Protocol, "restJson1 error header, as read by aws-sdk-go v1.34.2 (package restjson, error unmarshalling)"}}},
		Now:    Clause{Holds: true, Value: "X-Amzn-Errortype", Cites: []Cite{{Protocol, "restJson1, operation error serialization"}, {Smithy2026, "service trait aws.protocols#restJson1"}}},
	})
	ErrBodyInvalidparametervalue = add(Rule{
		ID: "err-body-invalidparametervalue", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The JSON body of InvalidParameterValueException must use the member names Type and message, the latter in lower case",
		Silent: "By the model three errors write 'message' and three write 'Message', and a client may well accept both",
		In2020: Clause{Holds: true, Value: []string{"Type", "message"}, Cites: []Cite{{Model2020, "shape InvalidParameterValueException, members"}}},
		Now:    Clause{Holds: true, Value: []string{"Type", "message"}, Cites: []Cite{{Smithy2026, "shape InvalidParameterValueException, members"}}},
	})
	ErrBodyResourceconflict = add(Rule{
		ID: "err-body-resourceconflict", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The JSON body of ResourceConflictException must use the member names Type and message, the latter in lower case",
		Silent: "By the model three errors write 'message' and three write 'Message', and a client may well accept both",
		In2020: Clause{Holds: true, Value: []string{"Type", "message"}, Cites: []Cite{{Model2020, "shape ResourceConflictException, members"}}},
		Now:    Clause{Holds: true, Value: []string{"Type", "message"}, Cites: []Cite{{Smithy2026, "shape ResourceConflictException, members"}}},
	})
	ErrBodyToomanyrequests = add(Rule{
		ID: "err-body-toomanyrequests", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The JSON body of TooManyRequestsException must use the member names Type and message, the latter in lower case",
		Silent: "By the model three errors write 'message' and three write 'Message', and a client may well accept both",
		In2020: Clause{Holds: true, Value: []string{"Type", "message"}, Cites: []Cite{{Model2020, "shape TooManyRequestsException, members"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: []string{"Type", "message"}, Cites: []Cite{{Smithy2026, "shape TooManyRequestsException, members"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrBodyResourcenotfound = add(Rule{
		ID: "err-body-resourcenotfound", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The JSON body of ResourceNotFoundException must use the member names Type and Message, both with a capital",
		Silent: "By the model three errors write 'message' and three write 'Message', and a client may well accept both",
		In2020: Clause{Holds: true, Value: []string{"Type", "Message"}, Cites: []Cite{{Model2020, "shape ResourceNotFoundException, members"}}},
		Now:    Clause{Holds: true, Value: []string{"Type", "Message"}, Cites: []Cite{{Smithy2026, "shape ResourceNotFoundException, members"}}},
	})
	ErrBodyResourceinuse = add(Rule{
		ID: "err-body-resourceinuse", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The JSON body of ResourceInUseException must use the member names Type and Message, both with a capital",
		Silent: "By the model three errors write 'message' and three write 'Message', and a client may well accept both",
		In2020: Clause{Holds: true, Value: []string{"Type", "Message"}, Cites: []Cite{{Model2020, "shape ResourceInUseException, members"}}},
		Now:    Clause{Holds: true, Value: []string{"Type", "Message"}, Cites: []Cite{{Smithy2026, "shape ResourceInUseException, members"}}},
	})
	ErrBodyService = add(Rule{
		ID: "err-body-service", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The JSON body of ServiceException must use the member names Type and Message, both with a capital",
		Silent: "By the model three errors write 'message' and three write 'Message', and a client may well accept both",
		In2020: Clause{Holds: true, Value: []string{"Type", "Message"}, Cites: []Cite{{Model2020, "shape ServiceException, members"}}, Unobservable: "An internal fault cannot be provoked from outside"},
		Now:    Clause{Holds: true, Value: []string{"Type", "Message"}, Cites: []Cite{{Smithy2026, "shape ServiceException, members"}}, Unobservable: "An internal fault cannot be provoked from outside"},
	})
	ErrThrottleRetryAfter = add(Rule{
		ID: "err-throttle-retry-after", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "TooManyRequestsException must tell the caller how many seconds to wait in the Retry-After response header",
		Silent: "Whether the header comes with every throttled answer",
		In2020: Clause{Holds: true, Value: "Retry-After", Cites: []Cite{{Model2020, "shape TooManyRequestsException, retryAfterSeconds"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: "Retry-After", Cites: []Cite{{Smithy2026, "shape TooManyRequestsException, retryAfterSeconds"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrThrottleReasonEnum = add(Rule{
		ID: "err-throttle-reason-enum", Area: "errors", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The Reason of a TooManyRequestsException must be a value of the profile's ThrottleReason enumeration",
		In2020: Clause{Holds: true, Value: []string{"ConcurrentInvocationLimitExceeded", "FunctionInvocationRateLimitExceeded", "ReservedFunctionConcurrentInvocationLimitExceeded", "ReservedFunctionInvocationRateLimitExceeded", "CallerRateLimitExceeded"}, Cites: []Cite{{Model2020, "shape ThrottleReason, enum"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
		Now:    Clause{Holds: true, Value: []string{"ConcurrentInvocationLimitExceeded", "FunctionInvocationRateLimitExceeded", "ReservedFunctionConcurrentInvocationLimitExceeded", "ReservedFunctionInvocationRateLimitExceeded", "CallerRateLimitExceeded", "ConcurrentSnapshotCreateLimitExceeded"}, Cites: []Cite{{SDKToday, "types.ThrottleReason"}}, Unobservable: "Throttling cannot be provoked from outside without exceeding the account's request quota"},
	})
	ErrValidationBeforeEffects = add(Rule{
		ID: "err-validation-before-effects", Area: "errors", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "When CreateEventSourceMapping or UpdateEventSourceMapping answers with a client error, no mapping may have come into being and no existing one may have changed",
		Silent: "No page says it in words; it is what a refused call is ordinarily taken to mean",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Model2020, "CreateEventSourceMapping and UpdateEventSourceMapping, errors"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types, error types"}}},
	})
)
