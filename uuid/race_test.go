//go:build race

package uuid_test

// raceEnabled tells that the race detector is on, which allocates and is slow.
const raceEnabled = true
