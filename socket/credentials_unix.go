//go:build unix

package socket

// Credentials are those of a process, as the kernel vouches for them. The uid and
// gid are what to decide by: the process may have ended since, and its PID may be
// another's by now.
type Credentials struct {
	UID, GID uint32
	PID      int32 // 0 where the system does not tell
}
