package socket

import (
	"io"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// splicePipe is the size of the pipe through which a splice goes, and of one step.
const splicePipe = 256 << 10

// splice sends what a stream or pipe gives, at most limit bytes, without copying it
// through the process (splice). It reports false, with nothing read, where the kernel
// cannot do it with that source.
func (s *Socket) splice(r io.Reader, limit int64) (sent int64, can bool, err error) {
	var read func(f func(fd int) error) error
	switch r := r.(type) {
	case *Socket:
		if r.typ != SockStream || !r.Blocking() {
			return 0, false, nil
		}
		read = func(f func(fd int) error) error {
			r.rd.mu.Lock()
			defer r.rd.mu.Unlock()
			return r.rd.do(background, 0, f)
		}
	case *net.TCPConn:
		read = readRaw(r)
	case *net.UnixConn:
		if r.LocalAddr().Network() != "unix" {
			return 0, false, nil
		}
		read = readRaw(r)
	case *os.File:
		if !nonblocking(r) {
			return 0, false, nil
		}
		read = readRaw(r)
	default:
		return 0, false, nil
	}
	var p [2]int
	if unix.Pipe2(p[:], unix.O_CLOEXEC|unix.O_NONBLOCK) != nil {
		return 0, false, nil
	}
	defer unix.Close(p[0])
	defer unix.Close(p[1])
	unix.FcntlInt(uintptr(p[1]), unix.F_SETPIPE_SZ, splicePipe) // else it is the usual size

	for sent < limit {
		n := 0
		err := read(func(fd int) (err error) {
			n, err = splice(fd, p[1], int(min(limit-sent, splicePipe)))
			return err
		})
		if err == unix.EINVAL && sent == 0 {
			return 0, false, nil
		}
		if err != nil || n == 0 {
			return sent, true, opError("splice", nil, err)
		}
		for n > 0 {
			m, err := s.drain(p[0], n)
			sent += int64(m)
			n -= m
			if err != nil {
				return sent, true, opError("splice", nil, err)
			}
		}
	}
	return sent, true, nil
}

// drain sends what is in a pipe.
func (s *Socket) drain(pipe, n int) (m int, err error) {
	s.wr.mu.Lock()
	defer s.wr.mu.Unlock()
	err = s.wr.do(background, 0, func(fd int) (err error) {
		m, err = splice(pipe, fd, n)
		return err
	})
	return m, err
}

// nonblocking reports whether reading the file does not block for the system: else the
// runtime's poller knows nothing of it.
func nonblocking(f *os.File) (yes bool) {
	rc, err := f.SyscallConn()
	if err != nil {
		return false
	}
	rc.Control(func(fd uintptr) {
		flags, err := unix.FcntlInt(fd, unix.F_GETFL, 0)
		yes = err == nil && flags&unix.O_NONBLOCK != 0
	})
	return yes
}

func splice(from, to, n int) (int, error) {
	m, err := unix.Splice(from, nil, to, nil, n, unix.SPLICE_F_MOVE|unix.SPLICE_F_NONBLOCK)
	return max(int(m), 0), err
}

// readRaw has an attempt act on the descriptor of c until it answers something else than
// EAGAIN.
func readRaw(c syscall.Conn) func(f func(fd int) error) error {
	return func(f func(fd int) error) error {
		rc, err := c.SyscallConn()
		if err != nil {
			return err
		}
		var ferr error
		err = rc.Read(func(fd uintptr) bool {
			for ferr = f(int(fd)); ferr == unix.EINTR; {
				ferr = f(int(fd))
			}
			return ferr != unix.EAGAIN
		})
		if err != nil {
			return err
		}
		return ferr
	}
}
