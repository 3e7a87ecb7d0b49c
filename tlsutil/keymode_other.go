//go:build !unix

package tlsutil

// keyModes tells that files have modes for owner, group and others.
const keyModes = false
