//go:build race

package tlsutil_test

const raceEnabled = true
