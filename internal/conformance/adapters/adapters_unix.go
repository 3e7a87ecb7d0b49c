//go:build unix

package adapters

import "github.com/pynet-go/pynet/internal/conformance/adapters/socket"

// Sockets of every kind are to be had on Unix alone.
func init() { All["socket"] = socket.Adapter }
