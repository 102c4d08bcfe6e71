//go:build !race

package specs

// raced says that the race detector is off.
const raced = false
