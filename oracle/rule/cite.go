package rule

// Cite names a place in a document.
type Cite struct {
	Doc Doc
	At  string // operation and member, shape, page or section
}

// String is the citation as a reader would write it.
func (c Cite) String() string { return c.Doc.Title() + ", " + c.At }

// Doc is a document that rules are taken from.
type Doc string

// The documents.
const (
	API2020    Doc = "api-2020"
	Model2020  Doc = "model-2020"
	Guide2020  Doc = "guide-2020"
	Guide2022  Doc = "guide-2022"
	SDKToday   Doc = "sdk-today"
	SDKHistory Doc = "sdk-history"
	Smithy2026 Doc = "smithy-2026"
	DocsToday  Doc = "docs-today"
	Protocol   Doc = "protocol"
)

var titles = map[Doc]string{
	API2020:    "Lambda API reference of 2020-08-11",
	Model2020:  "Lambda service model of 2020-08-11 (2015-03-31/api-2.json)",
	Guide2020:  "Lambda developer guide of 2020-08-19",
	Guide2022:  "Lambda developer guide of 2022-11-14",
	SDKToday:   "aws-sdk-go-v2 service/lambda v1.114.3",
	SDKHistory: "AWS SDK changelogs",
	Smithy2026: "Lambda Smithy model of 2026-04",
	DocsToday:  "Lambda developer guide of today",
	Protocol:   "AWS restJson1 protocol",
}

// Title is the document's name and date.
func (d Doc) Title() string { return titles[d] }
