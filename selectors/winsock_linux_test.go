package selectors

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// NewFakeWinsock returns a selector with the backend of Windows over an imitation of its
// select.
func NewFakeWinsock() (*Selector, error) {
	wk, err := newWaker()
	if err != nil {
		return nil, err
	}
	w := newSocketWaiter(fakeWinsock{}, wk.fd())
	return &Selector{b: w, kind: w.traits(), wk: wk}, nil
}

// SelectSockets is Select as Windows has it.
func SelectSockets[T any](read, write, except []T, timeout time.Duration) (r, w, x []T, err error) {
	return selectSockets(fakeWinsock{}, read, write, except, timeout)
}

// A fakeWinsock does by poll what select does on Windows: it takes sets of any length, and
// leaves what is ready in them, in no order; a connect that failed is exceptional, and not
// ready to write.
type fakeWinsock struct{}

func (fakeWinsock) check(fd int) error {
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
		return syscall.EBADF
	}
	return nil
}

func (f fakeWinsock) wait(sets *[3]socketSet, d time.Duration) error {
	masks := [3]int16{unix.POLLIN, unix.POLLOUT, unix.POLLPRI}
	var fds []unix.PollFd
	for i := range sets {
		for _, s := range sets[i].sockets() {
			if err := f.check(int(s)); err != nil {
				return err
			}
			fds = append(fds, unix.PollFd{Fd: int32(s), Events: masks[i]})
		}
	}
	if _, err := unix.Poll(fds, milliseconds(d)); err != nil {
		return err
	}
	for i := range sets {
		n := int(sets[i][0])
		of := fds[:n]
		fds = fds[n:]
		sets[i].reset()
		for k := n - 1; k >= 0; k-- {
			got := of[k].Revents
			failed := got&unix.POLLERR != 0 && refused(int(of[k].Fd))
			is := [3]bool{got&(unix.POLLIN|unix.POLLHUP|unix.POLLERR) != 0, got&(unix.POLLOUT|unix.POLLHUP|unix.POLLERR) != 0 && !failed, got&unix.POLLPRI != 0 || failed}[i]
			if is {
				sets[i].put(int(of[k].Fd))
			}
		}
	}
	return nil
}

// refused reports whether a socket has never been connected.
func refused(fd int) bool {
	_, err := unix.Getpeername(fd)
	return err == unix.ENOTCONN
}
