//go:build !race

package socketserver_test

const raceDetector = false
