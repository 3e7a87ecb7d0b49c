package socket

import (
	"io/fs"

	"golang.org/x/sys/unix"
)

// bindMode binds to a path whose file has the permission from its beginning: the
// kernel takes it from the socket.
func (s *Socket) bindMode(u Unix, mode fs.FileMode) error {
	err := s.control("fchmod", func(fd int) error { return unix.Fchmod(fd, uint32(mode.Perm())) })
	if err != nil {
		return err
	}
	return s.Bind(u)
}
