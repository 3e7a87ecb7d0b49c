//go:build !unix

package adapters

func init() { Elsewhere = append(Elsewhere, "socket") }
