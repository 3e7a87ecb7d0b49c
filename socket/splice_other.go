//go:build unix && !linux

package socket

import "io"

// splice is not to be had on this system.
func (s *Socket) splice(io.Reader, int64) (sent int64, can bool, err error) { return 0, false, nil }
