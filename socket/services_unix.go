//go:build unix

package socket

var databaseFiles = []string{"/etc/services", "/etc/protocols"}
