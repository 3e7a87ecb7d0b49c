//go:build race

package ipaddress_test

func init() { raceEnabled = true }
