package reports

import "github.com/esmconform/esmconform/oracle/trace"

// Script is a scenario of calls as a script for the AWS CLI.
func Script(s *trace.Scenario) string { return "" }
