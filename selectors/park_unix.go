//go:build unix

package selectors

import (
	"errors"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A parker waits for a descriptor in the runtime's poller, which holds no thread.
type parker struct {
	f  *os.File
	rc syscall.RawConn
	fn func(uintptr) bool
}

// newParker makes one of a duplicate of fd. It is nil where the runtime cannot poll it.
func newParker(fd int, try func() bool) *parker {
	dup, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	if err := unix.SetNonblock(dup, true); err != nil {
		unix.Close(dup)
		return nil
	}
	f := os.NewFile(uintptr(dup), "selector")
	rc, err := f.SyscallConn()
	if err != nil || f.SetReadDeadline(time.Time{}) != nil {
		f.Close()
		return nil
	}
	return &parker{f: f, rc: rc, fn: func(uintptr) bool { return try() }}
}

// wait calls try each time that something may be ready, until it says that the wait is
// over or the time is.
func (p *parker) wait(d time.Duration) error {
	if d != Forever {
		p.f.SetReadDeadline(time.Now().Add(d))
		defer p.f.SetReadDeadline(time.Time{})
	}
	err := p.rc.Read(p.fn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil
	}
	return err
}

func (p *parker) close() error { return p.f.Close() }
