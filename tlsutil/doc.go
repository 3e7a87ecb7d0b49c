// Package tlsutil is Python's ssl module over crypto/tls.
package tlsutil
