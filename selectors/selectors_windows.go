package selectors

import (
	"errors"
	"math"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	ws2        = windows.NewLazySystemDLL("ws2_32.dll")
	procSelect = ws2.NewProc("select")
)

// startup begins the use of Winsock, for the whole life of the process.
var startup = sync.OnceValue(func() error {
	var data windows.WSAData
	return windows.WSAStartup(0x0202, &data)
})

// newWaiter opens the backend; wake is the descriptor that interrupts it.
func newWaiter(b Backend, wake int) (waiter, error) {
	switch b {
	case Best, BackendSelect:
		return newSocketWaiter(systemWinsock{}, wake), nil
	}
	return nil, errors.ErrUnsupported
}

// Select waits until one of the sockets is ready to read, to write, or in an exceptional
// state (urgent data, a connect that failed), and returns those that are: `select.select`.
// The objects are as [Selector.Register] has them, and sockets only. It waits no longer than
// timeout, which may be Forever; without any socket it fails, as in Python. What is no socket
// is EBADF. A wait holds a thread.
func Select[T any](read, write, except []T, timeout time.Duration) (r, w, x []T, err error) {
	if err := startup(); err != nil {
		return nil, nil, nil, opError("select", -1, err)
	}
	return selectSockets(systemWinsock{}, read, write, except, timeout)
}

type systemWinsock struct{}

func (systemWinsock) check(fd int) error {
	const soType = 0x1008
	if _, err := windows.GetsockoptInt(windows.Handle(fd), windows.SOL_SOCKET, soType); err != nil {
		return badSocket(err)
	}
	return nil
}

// badSocket is EBADF for what is no socket.
func badSocket(err error) error {
	if err == windows.WSAENOTSOCK {
		return syscall.EBADF
	}
	return err
}

// timeval is Windows's, of 32 bits on every machine.
type timeval struct{ sec, usec int32 }

func (systemWinsock) wait(sets *[3]socketSet, d time.Duration) error {
	var tv *timeval
	if d != Forever {
		// Rounded up, as in CPython. A wait that is over too soon goes on.
		us := (max(0, min(d, math.MaxInt32*time.Second/2)) + time.Microsecond - 1) / time.Microsecond
		tv = &timeval{int32(us / 1e6), int32(us % 1e6)}
	}
	var at [3]unsafe.Pointer
	for i := range sets {
		// The first word is the number, with zeros behind it where a socket is longer: all
		// of Go's Windows machines have the low bytes first.
		if sets[i][0] > 0 {
			at[i] = unsafe.Pointer(&sets[i][0])
		}
	}
	n, _, err := procSelect.Call(0, uintptr(at[0]), uintptr(at[1]), uintptr(at[2]), uintptr(unsafe.Pointer(tv)))
	if int32(n) >= 0 {
		return nil
	}
	return badSocket(err)
}

// A waker is a socket that becomes readable when wake is called: one of UDP, which is
// connected to itself.
type waker struct {
	s       windows.Handle
	pending atomic.Bool
}

func newWaker() (*waker, error) {
	if err := startup(); err != nil {
		return nil, err
	}
	s, err := windows.WSASocket(windows.AF_INET, windows.SOCK_DGRAM, windows.IPPROTO_UDP, nil, 0, windows.WSA_FLAG_NO_HANDLE_INHERIT)
	if err != nil {
		return nil, err
	}
	w := &waker{s: s}
	if err := w.connect(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// connect binds the socket to a port that nobody else can have, and to itself.
func (w *waker) connect() error {
	const (
		soExclusiveAddrUse = ^4 // not SO_REUSEADDR
		fionbio            = 0x8004667e
	)
	if err := windows.SetsockoptInt(w.s, windows.SOL_SOCKET, soExclusiveAddrUse, 1); err != nil {
		return err
	}
	if err := windows.Bind(w.s, &windows.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return err
	}
	self, err := windows.Getsockname(w.s)
	if err != nil {
		return err
	}
	if err := windows.Connect(w.s, self); err != nil {
		return err
	}
	yes, n := uint32(1), uint32(0)
	return windows.WSAIoctl(w.s, fionbio, (*byte)(unsafe.Pointer(&yes)), uint32(unsafe.Sizeof(yes)), nil, 0, &n, nil, 0)
}

func (w *waker) fd() int { return int(w.s) }

func (w *waker) wake() {
	if w.pending.Swap(true) {
		return
	}
	b := byte(1)
	buf := windows.WSABuf{Len: 1, Buf: &b}
	var n uint32
	if windows.WSASend(w.s, &buf, 1, &n, 0, nil, nil) != nil {
		w.pending.Store(false)
	}
}

// drain takes the wakes back. What was said before each of them is visible after it.
func (w *waker) drain() {
	var b [8]byte
	windows.Recvfrom(w.s, b[:], 0)
	w.pending.Store(false)
}

func (w *waker) close() error { return windows.Closesocket(w.s) }

type parker struct{}

func newParker(int, func() bool) *parker { return nil }
func (*parker) wait(time.Duration) error { return errors.ErrUnsupported }
func (*parker) close() error             { return nil }

type fileID struct{}

func identify(int) fileID { return fileID{} }
