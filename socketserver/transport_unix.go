//go:build unix

package socketserver

import (
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// A fileTransport is a connection over an *os.File: a third of the memory of a
// *socket.Socket, for connections that mostly rest.
type fileTransport struct {
	f      *os.File
	rc     syscall.RawConn
	step   func(uintptr) bool // look of the fileConn, made once
	remote peer
	closed atomic.Bool
	at     int32 // what look is to do, and the descriptor while it reads
}

// What look does: wait's looks the first time, and the second time it has been told that
// there is something. What remains afterwards tells whether it had to park.
const (
	toPeek int32 = -1 - iota
	told
	toldLate
	toRead
	toReadLate
)

// A fileConn is a Conn with its transport.
type fileConn struct {
	Conn
	fileTransport
}

// newConn makes a connection of a descriptor that is ours.
func newConn(fd int, remote socket.Addr) *Conn {
	c := &fileConn{}
	t := &c.fileTransport
	t.f, t.remote = os.NewFile(uintptr(fd), "socket"), peerOf(remote)
	t.rc, _ = t.f.SyscallConn() // which fails for no file at all
	t.step, t.at = c.look, told
	c.Conn.t = t
	return &c.Conn
}

// fail translates an *os.PathError.
func fail(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = os.ErrDeadlineExceeded
	case errors.Is(err, os.ErrClosed):
		err = net.ErrClosed
	default:
		if errno, ok := err.(syscall.Errno); ok {
			err = os.NewSyscallError(op, errno)
		}
	}
	return &socket.Error{Op: op, Err: err}
}

// fail is fail that knows that the file was closed.
func (t *fileTransport) fail(op string, err error) error {
	if err != nil && err != io.EOF && t.closed.Load() {
		err = net.ErrClosed
	}
	return fail(op, err)
}

func (t *fileTransport) Read(p []byte) (int, error) {
	n, err := t.f.Read(p)
	if err != nil {
		err = t.fail("recv", err)
	}
	return n, err
}

func (t *fileTransport) Write(p []byte) (int, error) {
	n, err := t.f.Write(p)
	if err != nil {
		err = t.fail("send", err)
	}
	return n, err
}

// Close closes the connection. What waits on it ends.
func (t *fileTransport) Close() error {
	if t.closed.Swap(true) {
		return fail("close", net.ErrClosed)
	}
	return fail("close", t.f.Close())
}

func (t *fileTransport) SetDeadline(d time.Time) error { return t.fail("deadline", t.f.SetDeadline(d)) }
func (t *fileTransport) SetReadDeadline(d time.Time) error {
	return t.fail("deadline", t.f.SetReadDeadline(d))
}
func (t *fileTransport) SetWriteDeadline(d time.Time) error {
	return t.fail("deadline", t.f.SetWriteDeadline(d))
}

func (t *fileTransport) SyscallConn() (syscall.RawConn, error) {
	return t.rc, nil
}

func (t *fileTransport) control(op string, f func(fd int) error) error {
	var err error
	if cerr := t.rc.Control(func(fd uintptr) { err = f(int(fd)) }); cerr != nil {
		err = cerr
	}
	return t.fail(op, err)
}

func (t *fileTransport) CloseWrite() error {
	return t.control("shutdown", func(fd int) error { return unix.Shutdown(fd, unix.SHUT_WR) })
}

func (t *fileTransport) LocalAddr() net.Addr {
	var a net.Addr
	t.control("getsockname", func(fd int) error {
		a = localAddr(fd)
		return nil
	})
	return a
}

// RemoteAddr is known from the beginning, for a peer that is gone is asked in vain.
func (t *fileTransport) RemoteAddr() net.Addr {
	if a := t.remote.addr(); a != nil {
		return stdAddr(a, false)
	}
	var a net.Addr
	t.control("getpeername", func(fd int) error {
		a = remoteAddr(fd)
		return nil
	})
	return a
}

func (t *fileTransport) wait() error {
	t.yield()
	t.at = toPeek
	return t.fail("recv", t.rc.Read(t.step))
}

// yield has other goroutines go first, after a request for which this one had to park: when
// it is its turn again the next request may be there, and to find it saves the parking. To
// do so always would keep those waiting that have parked.
func (t *fileTransport) yield() {
	if t.at == toldLate {
		runtime.Gosched()
	}
}

// await reads as soon as there is something, into a buffer that it holds no longer than the
// attempt. To look first, as wait does, would cost a call of the system more.
func (t *fileTransport) await(c *Conn) error {
	if !t.remote.known && c.tls == nil && c.part == nil {
		return t.wait()
	}
	t.yield()
	t.at = toRead
	err := t.fail("recv", t.rc.Read(t.step))
	if t.at == toReadLate {
		t.at = toldLate
	} else {
		t.at = told
	}
	return err
}

// look is what the runtime's poller calls in wait and await, until it is true.
func (c *fileConn) look(fd uintptr) bool {
	at := c.at
	switch at {
	case toPeek:
		c.at = told
		return readable(int(fd))
	case told, toldLate:
		c.at = toldLate
		return true
	}
	c.at = int32(fd)
	found := c.fetchMore()
	if c.at = at; !found {
		c.at = toReadLate
	}
	return found
}

// parked is look for a socketTransport's wait.
type parked struct{ told bool }

func (p *parked) step(fd uintptr) bool {
	if p.told {
		return true
	}
	p.told = true
	return readable(int(fd))
}

func (t *fileTransport) detach() (detached, error) {
	fd := -1
	err := t.control("detach", func(old int) (err error) {
		fd, err = unix.FcntlInt(uintptr(old), unix.F_DUPFD_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	t.Close()
	s, err := socket.FromFD(fd)
	if err != nil {
		unix.Close(fd)
	}
	return s, err
}

// wait parks until there is something to read.
func (t *socketTransport) wait() error {
	rc, err := t.SyscallConn()
	if err != nil {
		return err
	}
	var p parked
	return fail("recv", rc.Read(p.step))
}

// remoteAddr is the peer's address of a descriptor.
func remoteAddr(fd int) net.Addr {
	sa, err := unix.Getpeername(fd)
	if err != nil {
		return nil
	}
	return stdAddr(sockaddr(sa), false)
}

// localAddr is the own address of a descriptor.
func localAddr(fd int) net.Addr {
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return nil
	}
	return stdAddr(sockaddr(sa), false)
}

func (t *fileTransport) readNow(p []byte) (int, error) {
	if t.at >= 0 {
		return readOnce(int(t.at), p)
	}
	return t.readHeld(p)
}

// readHeld is readNow outside of look.
func (t *fileTransport) readHeld(p []byte) (n int, err error) {
	cerr := t.rc.Control(func(fd uintptr) { n, err = readOnce(int(fd), p) })
	if cerr != nil {
		return 0, t.fail("recv", cerr)
	}
	return n, err
}

// readOnce reads what there is, and fails with errNoData if that is nothing.
func readOnce(fd int, p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		switch n, errno := rawRead(fd, p); {
		case errno == eintr:
		case errno == eagain:
			return 0, errNoData
		case errno != 0:
			return 0, fail("recv", errno)
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (t *socketTransport) readNow(p []byte) (int, error) {
	rc, err := t.SyscallConn()
	if err != nil {
		return 0, err
	}
	found := true
	if err := rc.Control(func(fd uintptr) { found = readable(int(fd)) }); err == nil && !found {
		return 0, errNoData
	}
	return t.Read(p)
}
