package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
)

// A Socket is one socket. It is a net.Conn and a syscall.Conn.
//
// On Windows it stands on package net, so it knows AFInet, AFInet6 and streams of
// AFUnix. The system's socket is made by the first of Bind (of a datagram socket),
// Connect and Listen; options that are set before are kept until then. A non-blocking
// operation may take a millisecond. What package net does not offer fails with
// errors.ErrUnsupported.
//
// All methods may be called concurrently. Close ends every waiting operation with
// net.ErrClosed.
type Socket struct {
	family Family
	typ    Type
	proto  Proto

	timeout atomic.Int64
	closed  atomic.Bool
	inherit atomic.Bool
	remote  atomic.Pointer[net.Addr]
	unlink  atomic.Pointer[unixPath]

	mu       sync.Mutex // guards what follows
	bound    Addr
	pending  []option
	conn     net.Conn
	packet   net.PacketConn
	listener net.Listener
	rd, wr   time.Time // deadlines
}

// An option is one that was set before there was a socket.
type option struct {
	level, opt int
	value      int
}

const noTimeout = -1

// maxUnixName is how many bytes a name may have.
const maxUnixName = 107

const typeFlags = Type(0)

var databaseFiles = []string{os.Getenv("SystemRoot") + `\System32\drivers\etc\services`, os.Getenv("SystemRoot") + `\System32\drivers\etc\protocol`}

// New describes a socket: `socket.socket`. The error is an *Error with
// syscall.EAFNOSUPPORT for a family or type that package net does not have.
func New(family Family, typ Type, proto Proto) (*Socket, error) {
	ok := (family == AFInet || family == AFInet6) && (typ == SockStream || typ == SockDgram) || family == AFUnix && typ == SockStream
	if !ok {
		return nil, opError("socket", nil, syscall.EAFNOSUPPORT)
	}
	s := &Socket{family: family, typ: typ, proto: proto}
	s.timeout.Store(defaultTimeout.Load())
	return s, nil
}

// FromFD makes a Socket of a handle: `socket.socket(fileno=fd)`. The Socket owns the
// handle from then on.
func FromFD(fd int) (*Socket, error) {
	f := os.NewFile(uintptr(fd), "socket")
	defer f.Close()
	return FromFile(f)
}

// FromFDDup is FromFD for a duplicate; the caller keeps fd: `socket.fromfd`.
func FromFDDup(fd int) (*Socket, error) {
	var dup windows.Handle
	self := windows.CurrentProcess()
	if err := windows.DuplicateHandle(self, windows.Handle(fd), self, &dup, 0, false, windows.DUPLICATE_SAME_ACCESS); err != nil {
		return nil, opError("fromfd", nil, err)
	}
	return FromFD(int(dup))
}

// FromFile makes a Socket of a duplicate of a file's handle.
func FromFile(f *os.File) (*Socket, error) {
	if c, err := net.FileConn(f); err == nil {
		return wrapConn(c), nil
	}
	if l, err := net.FileListener(f); err == nil {
		return wrapListener(l), nil
	}
	p, err := net.FilePacketConn(f)
	if err != nil {
		return nil, opError("fromfile", nil, err)
	}
	s := &Socket{typ: SockDgram, packet: p}
	s.family = familyOf(p.LocalAddr())
	s.timeout.Store(defaultTimeout.Load())
	return s, nil
}

// FromConn makes a Socket of a connection or listener of package net. It is the same
// connection, not a duplicate as on other systems.
func FromConn(c syscall.Conn) (*Socket, error) {
	switch c := c.(type) {
	case *Socket:
		return c, nil
	case net.Listener:
		return wrapListener(c), nil
	case net.Conn:
		return wrapConn(c), nil
	case *os.File:
		return FromFile(c)
	}
	return nil, opError("fromconn", nil, errors.ErrUnsupported)
}

func familyOf(a net.Addr) Family {
	addr, err := AddrFrom(a)
	if err != nil {
		return AFUnspec
	}
	return addr.Family()
}

func wrapConn(c net.Conn) *Socket {
	s := &Socket{typ: SockStream, conn: c, family: familyOf(c.LocalAddr())}
	if p, ok := c.(net.PacketConn); ok {
		s.packet = p
		if _, ok := c.(*net.UDPConn); ok {
			s.typ = SockDgram
		}
	}
	s.timeout.Store(defaultTimeout.Load())
	return s
}

func wrapListener(l net.Listener) *Socket {
	s := &Socket{typ: SockStream, listener: l, family: familyOf(l.Addr())}
	s.timeout.Store(defaultTimeout.Load())
	return s
}

// Family returns the address family.
func (s *Socket) Family() Family { return s.family }

// Type returns the type.
func (s *Socket) Type() Type { return s.typ }

// Proto returns the protocol as it was given to New.
func (s *Socket) Proto() Proto { return s.proto }

// sys is the system's socket, nil if there is none yet.
func (s *Socket) sys() syscall.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range []any{s.conn, s.packet, s.listener} {
		if c, ok := c.(syscall.Conn); ok {
			return c
		}
	}
	return nil
}

// SyscallConn gives access to the handle, as syscall.Conn has it.
func (s *Socket) SyscallConn() (syscall.RawConn, error) {
	if s.closed.Load() {
		return nil, opError("syscallconn", nil, net.ErrClosed)
	}
	c := s.sys()
	if c == nil {
		return nil, opError("syscallconn", nil, windows.WSAENOTCONN)
	}
	return c.SyscallConn()
}

func (s *Socket) control(op string, f func(h windows.Handle) error) error {
	rc, err := s.SyscallConn()
	if err != nil {
		return opError(op, nil, err)
	}
	cerr := rc.Control(func(fd uintptr) { err = f(windows.Handle(fd)) })
	if cerr != nil {
		err = cerr
	}
	return opError(op, nil, err)
}

// Fileno returns the handle, -1 if there is none (yet).
func (s *Socket) Fileno() int {
	fd := -1
	s.control("fileno", func(h windows.Handle) error { fd = int(h); return nil })
	return fd
}

// Close closes the socket and ends what waits on it with net.ErrClosed.
func (s *Socket) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if p := s.unlink.Load(); p != nil {
		p.remove()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range []any{s.conn, s.packet, s.listener} {
		if c, ok := c.(io.Closer); ok {
			return opError("close", nil, c.Close())
		}
	}
	return nil
}

// Detach is not to be had on this system.
func (s *Socket) Detach() (int, error) { return -1, opError("detach", nil, errors.ErrUnsupported) }

// Dup returns a second Socket over the same connection.
func (s *Socket) Dup() (*Socket, error) {
	f, err := s.File()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return FromFile(f)
}

// File returns a duplicate as an *os.File.
func (s *Socket) File() (*os.File, error) {
	if f, ok := s.sys().(interface{ File() (*os.File, error) }); ok {
		file, err := f.File()
		return file, opError("file", nil, err)
	}
	return nil, opError("file", nil, errors.ErrUnsupported)
}

// Inheritable reports whether SetInheritable said that a process started from this one
// keeps the handle; without that it does not.
func (s *Socket) Inheritable() (bool, error) { return s.inherit.Load(), nil }

// SetInheritable says whether a process started from this one keeps the handle.
func (s *Socket) SetInheritable(yes bool) error {
	err := s.control("handle", func(h windows.Handle) error {
		var v uint32
		if yes {
			v = windows.HANDLE_FLAG_INHERIT
		}
		return windows.SetHandleInformation(h, windows.HANDLE_FLAG_INHERIT, v)
	})
	if err == nil {
		s.inherit.Store(yes)
	}
	return err
}

// Shutdown closes one direction or both.
func (s *Socket) Shutdown(how ShutdownHow) error {
	return s.control("shutdown", func(h windows.Handle) error { return windows.Shutdown(h, int(how)) })
}

// CloseRead is Shutdown(ShutRD).
func (s *Socket) CloseRead() error { return s.Shutdown(ShutRD) }

// CloseWrite is Shutdown(ShutWR).
func (s *Socket) CloseWrite() error { return s.Shutdown(ShutWR) }

// SetDeadline bounds the operations by an absolute time, as net.Conn has it.
func (s *Socket) SetDeadline(t time.Time) error {
	return errors.Join(s.SetReadDeadline(t), s.SetWriteDeadline(t))
}

// SetReadDeadline is SetDeadline for receiving and accepting.
func (s *Socket) SetReadDeadline(t time.Time) error {
	s.mu.Lock()
	s.rd = t
	s.mu.Unlock()
	return s.deadline("SetReadDeadline", t)
}

// SetWriteDeadline is SetDeadline for sending.
func (s *Socket) SetWriteDeadline(t time.Time) error {
	s.mu.Lock()
	s.wr = t
	s.mu.Unlock()
	return s.deadline("SetWriteDeadline", t)
}

func (s *Socket) deadline(which string, t time.Time) error {
	if s.closed.Load() {
		return opError("deadline", nil, net.ErrClosed)
	}
	var err error
	switch c := s.sys().(type) {
	case net.Conn:
		if which == "SetReadDeadline" {
			err = c.SetReadDeadline(t)
		} else {
			err = c.SetWriteDeadline(t)
		}
	case net.PacketConn:
		if which == "SetReadDeadline" {
			err = c.SetReadDeadline(t)
		} else {
			err = c.SetWriteDeadline(t)
		}
	case interface{ SetDeadline(time.Time) error }:
		err = c.SetDeadline(t)
	}
	return opError("deadline", nil, err)
}

// nonblockTime is how long a non-blocking operation may take.
const nonblockTime = time.Millisecond

// within performs an operation in the socket's mode and under a context.
func (s *Socket) within(ctx context.Context, which string, user time.Time, do func() error) error {
	if s.closed.Load() {
		return net.ErrClosed
	}
	timeout := time.Duration(s.timeout.Load())
	limit := user
	add := func(t time.Time) {
		if limit.IsZero() || t.Before(limit) {
			limit = t
		}
	}
	switch {
	case timeout == 0:
		add(time.Now().Add(nonblockTime))
	case timeout > 0:
		add(time.Now().Add(timeout))
	}
	if ctx.Done() != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		stopped := make(chan struct{})
		stop := context.AfterFunc(ctx, func() { s.deadline(which, time.Unix(1, 0)); close(stopped) })
		defer func() {
			if !stop() {
				<-stopped
				s.deadline(which, user)
			}
		}()
	}
	if limit != user {
		s.deadline(which, limit)
		defer s.deadline(which, user)
	}
	err := do()
	switch {
	case err == nil:
		return nil
	case s.closed.Load():
		return net.ErrClosed
	case errors.Is(err, os.ErrDeadlineExceeded):
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if timeout == 0 {
			return syscall.EAGAIN
		}
		return os.ErrDeadlineExceeded
	}
	return err
}

// Read is Recv without flags, as io.Reader has it.
func (s *Socket) Read(p []byte) (int, error) { return s.Recv(p, 0) }

// Write sends all of p, as io.Writer has it.
func (s *Socket) Write(p []byte) (int, error) { return s.send(background, p) }

// Share gives the socket to another process, which makes its own of the bytes with
// FromShare: `socket.socket.share`.
func (s *Socket) Share(pid int) ([]byte, error) {
	var info windows.WSAProtocolInfo
	err := s.control("share", func(h windows.Handle) error { return windows.WSADuplicateSocket(h, uint32(pid), &info) })
	if err != nil {
		return nil, err
	}
	return append([]byte(nil), shareBytes(&info)...), nil
}

// FromShare makes a Socket of what Share in another process gave: `socket.fromshare`.
func FromShare(data []byte) (*Socket, error) {
	var info windows.WSAProtocolInfo
	if len(data) != len(shareBytes(&info)) {
		return nil, opError("fromshare", nil, syscall.EINVAL)
	}
	copy(shareBytes(&info), data)
	h, err := windows.WSASocket(-1, -1, -1, &info, 0, windows.WSA_FLAG_OVERLAPPED|windows.WSA_FLAG_NO_HANDLE_INHERIT)
	if err != nil {
		return nil, opError("fromshare", nil, err)
	}
	return FromFD(int(h))
}

// RecvFromAddrPort is RecvFrom with the address in the standard library's form.
func (s *Socket) RecvFromAddrPort(p []byte, flags MsgFlag) (int, netip.AddrPort, error) {
	n, from, err := s.RecvFrom(p, flags)
	switch a := from.(type) {
	case Inet:
		return n, a.AddrPort(), err
	case Inet6:
		return n, a.AddrPort(), err
	}
	return n, netip.AddrPort{}, err
}

// SendToAddrPort is SendTo with the address in the standard library's form.
func (s *Socket) SendToAddrPort(p []byte, flags MsgFlag, to netip.AddrPort) (int, error) {
	return s.SendTo(p, flags, FromAddrPort(to))
}

// CloseFD closes a handle that belongs to no Socket: `socket.close`.
func CloseFD(fd int) error { return opError("close", nil, windows.Closesocket(windows.Handle(fd))) }
