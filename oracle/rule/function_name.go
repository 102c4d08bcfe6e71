package rule

// Rules about function name.
var (
	FnFormName = add(Rule{
		ID: "fn-form-name", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionName must be accepted as the plain name of a function",
		In2020: Clause{Holds: true, Value: "MyFunction", Cites: []Cite{{API2020, "CreateEventSourceMapping, FunctionName"}}},
		Now:    Clause{Holds: true, Value: "MyFunction", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, FunctionName"}}},
	})
	FnFormFullARN = add(Rule{
		ID: "fn-form-full-arn", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionName must be accepted as the complete ARN of a function without a qualifier",
		In2020: Clause{Holds: true, Value: "arn:aws:lambda:us-west-2:123456789012:function:MyFunction", Cites: []Cite{{API2020, "CreateEventSourceMapping, FunctionName"}}},
		Now:    Clause{Holds: true, Value: "arn:aws:lambda:us-west-2:123456789012:function:MyFunction", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, FunctionName"}}},
	})
	FnFormQualifiedARN = add(Rule{
		ID: "fn-form-qualified-arn", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionName must be accepted as a function ARN that ends in a version or alias, and the mapping must then point at that version or alias",
		Needs:  []Capability{CanVersion, CanAlias},
		In2020: Clause{Holds: true, Value: "…:function:MyFunction:PROD", Cites: []Cite{{API2020, "CreateEventSourceMapping, FunctionName"}}},
		Now:    Clause{Holds: true, Value: "…:function:MyFunction:PROD", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, FunctionName"}}},
	})
	FnFormPartialARN = add(Rule{
		ID: "fn-form-partial-arn", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionName must be accepted as the partial ARN made of account id, the word function and the function's name",
		In2020: Clause{Holds: true, Value: "123456789012:function:MyFunction", Cites: []Cite{{API2020, "CreateEventSourceMapping, FunctionName"}}},
		Now:    Clause{Holds: true, Value: "123456789012:function:MyFunction", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, FunctionName"}}},
	})
	FnFormNameWithQualifier = add(Rule{
		ID: "fn-form-name-with-qualifier", Area: "function-name", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "FunctionName must be accepted as a plain name followed by a colon and a qualifier",
		Silent: "The prose lists the accepted forms without this one, which only the pattern lets through",
		Needs:  []Capability{CanAlias},
		In2020: Clause{Holds: true, Value: "MyFunction:PROD", Cites: []Cite{{Model2020, "FunctionName, pattern"}}},
		Now:    Clause{Holds: true, Value: "MyFunction:PROD", Cites: []Cite{{Smithy2026, "NamespacedFunctionName, pattern"}}},
	})
	FnBareNameMax64 = add(Rule{
		ID: "fn-bare-name-max-64", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A FunctionName that is a plain name of more than 64 characters must be refused",
		Silent: "Whether an overlong plain name is a validation error or merely a function that is not found",
		In2020: Clause{Holds: true, Value: 64, Cites: []Cite{{API2020, "CreateEventSourceMapping, FunctionName"}}},
		Now:    Clause{Holds: true, Value: 64, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, FunctionName"}}},
	})
	FnMinLength = add(Rule{
		ID: "fn-min-length", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "An empty FunctionName must be refused",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Model2020, "FunctionName, min"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{Smithy2026, "NamespacedFunctionName, length"}}},
	})
	FnMaxLength = add(Rule{
		ID: "fn-max-length", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A FunctionName longer than the maximum length of its shape must be refused",
		Silent: "At what time the maximum was raised",
		In2020: Clause{Holds: true, Value: 140, Cites: []Cite{{Model2020, "FunctionName, max"}}},
		Now:    Clause{Holds: true, Value: 256, Cites: []Cite{{Smithy2026, "NamespacedFunctionName, length"}, {SDKToday, "CreateEventSourceMappingRequest, FunctionName schema"}, {SDKHistory, "SDK for Go v1.55.8 (2024) still has the old maximum"}}},
	})
	FnPattern = add(Rule{
		ID: "fn-pattern", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A FunctionName that the published pattern does not match as a whole must be refused",
		Silent: "The pattern of 2020 has no anchors, so that it covers the whole value is a reading; the anchored one of today lets through dots, more regions and one more qualifier",
		In2020: Clause{Holds: true, Value: "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?", Cites: []Cite{{Model2020, "FunctionName, pattern"}}},
		Now:    Clause{Holds: true, Value: "^(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$", Cites: []Cite{{Smithy2026, "NamespacedFunctionName, pattern"}}},
	})
	FnLatestQualifier = add(Rule{
		ID: "fn-latest-qualifier", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionName must be accepted with the qualifier $LATEST",
		In2020: Clause{Holds: true, Value: "$LATEST", Cites: []Cite{{Model2020, "FunctionName, pattern"}}},
		Now:    Clause{Holds: true, Value: "$LATEST", Cites: []Cite{{Smithy2026, "NamespacedFunctionName, pattern"}}},
	})
	FnLatestPublishedQualifier = add(Rule{
		ID: "fn-latest-published-qualifier", Area: "function-name", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionName with the qualifier $LATEST.PUBLISHED must get through validation",
		In2020: Clause{Cites: []Cite{{Model2020, "FunctionName, pattern (does not admit it)"}}},
		Now:    Clause{Holds: true, Value: "$LATEST.PUBLISHED", Cites: []Cite{{Smithy2026, "NamespacedFunctionName, pattern"}}, Unobservable: "The suite cannot make a function that has such a version, and an unknown qualifier is refused as well"},
	})
	FnUnqualifiedOrQualifiedInvoke = add(Rule{
		ID: "fn-unqualified-or-qualified-invoke", Area: "function-name", Plane: Data, Level: Should, Sources: AllSources,
		Says:   "For a function with no published version, a mapping to its unqualified ARN and one to its $LATEST ARN must run the same code",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "configuration-versions.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "configuration-versions.md"}}},
	})
)
