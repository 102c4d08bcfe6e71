// Package control is the model of the control plane: what the documentation
// says about the five event source mapping operations.
//
// One table of limits, defaults and members, read from the rule catalogue,
// serves two masters. A [Judge] holds beliefs about a target and says of every
// exchange which rules it breaks. A [Server] holds mappings and answers
// requests the way the documentation asks. Neither does I/O nor reads a clock:
// time arrives with the exchange, or as an argument.
//
// Where the documentation is silent, the judge allows every answer but a 5xx
// and a malformed one; the server then does what AWS was recorded doing.
package control
