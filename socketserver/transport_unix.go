//go:build unix

package socketserver

import (
	"errors"
	"io"
	"net"
	"os"
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
	step   func(uintptr) bool // parked.step, made once
	remote peer
	closed atomic.Bool
	parked parked
}

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
	t.step = t.parked.step
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
	t.parked.told = false
	return t.fail("recv", t.rc.Read(t.step))
}

// parked is what the runtime's poller calls: it looks the first time, and the second time
// it has been told that there is something.
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
	found := true
	if err := t.control("recv", func(fd int) error {
		found = readable(fd)
		return nil
	}); err != nil {
		return 0, err
	}
	if !found {
		return 0, errNoData
	}
	return t.Read(p)
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
