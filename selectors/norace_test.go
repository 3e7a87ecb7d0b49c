//go:build !race

package selectors_test

const raceDetector = false
