//go:build !windows

package server

// windows tells whether names have the meanings that Windows gives them.
const windows = false
