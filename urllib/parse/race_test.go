//go:build race

package parse_test

func init() { raceEnabled = true }
