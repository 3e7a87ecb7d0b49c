//go:build freebsd || netbsd || openbsd

package socket

import "golang.org/x/sys/unix"

// decodeFamily is for the families that one of these systems has alone.
func decodeFamily(unix.Sockaddr) Addr { return nil }
