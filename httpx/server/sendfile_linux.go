package server

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// sendFileNow sends up to limit bytes of f from its position on, fewer at its end.
func (c *conn) sendFileNow(f *os.File, limit int64) (n int64, handled bool, err error) {
	sc, ok := c.nc.(syscall.Conn)
	if !ok {
		return 0, false, nil
	}
	dst, err := sc.SyscallConn()
	if err != nil {
		return 0, false, nil
	}
	src, err := f.SyscallConn()
	if err != nil {
		return 0, false, nil
	}
	var serr error
	err = src.Control(func(in uintptr) {
		err := dst.Write(func(out uintptr) bool {
			for n < limit {
				var m int
				m, serr = unix.Sendfile(int(out), int(in), nil, int(min(limit-n, 1<<30)))
				if m > 0 {
					n += int64(m)
				}
				switch {
				case serr == unix.EINTR:
				case serr == unix.EAGAIN:
					return false
				case serr != nil || m == 0: // an error, or the end of the file
					return true
				}
			}
			return true
		})
		if serr == nil || serr == unix.EAGAIN {
			serr = err
		}
	})
	if err == nil {
		err = serr
	}
	if n == 0 && (err == unix.EINVAL || err == unix.ENOSYS || err == unix.EOPNOTSUPP || errors.Is(err, errors.ErrUnsupported)) {
		return 0, false, nil
	}
	return n, true, err
}
