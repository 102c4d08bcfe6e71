// Package check judges traces, in files or just played, and says what it found.
package check
