//go:build unix

package socket

import (
	"context"
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// Bind gives the socket its own address: `socket.socket.bind`. A Unix socket's file
// gets the permissions of the process's umask; [CreateServer] makes it 0600.
func (s *Socket) Bind(a Addr) error {
	var raw rawAddr
	if err := raw.encode(a); err != nil {
		return opError("bind", netAddr(a), err)
	}
	err := s.control("bind", func(fd int) error { return sysBind(fd, &raw) })
	if err != nil {
		err.(*Error).Addr = netAddr(a)
	}
	return err
}

// Connect connects to an address, or sets a datagram socket's peer:
// `socket.socket.connect`. In non-blocking mode it fails with an error that is
// ErrWouldBlock and syscall.EINPROGRESS, and the socket becomes writable when it is
// done; then SocketError tells how it went.
func (s *Socket) Connect(a Addr) error { return s.connect(background, a) }

// ConnectContext is Connect, ended by ctx. What is left of an attempt that was
// ended is of no use: close the socket.
func (s *Socket) ConnectContext(ctx context.Context, a Addr) error { return s.connect(ctx, a) }

// ConnectEx is Connect that returns the errno, 0 for success:
// `socket.socket.connect_ex`. An error without an errno, such as a timeout, is
// syscall.EAGAIN, as in Python.
func (s *Socket) ConnectEx(a Addr) syscall.Errno { return errnoOf(s.connect(background, a)) }

func (s *Socket) connect(ctx context.Context, a Addr) error {
	s.wr.mu.Lock()
	defer s.wr.mu.Unlock()
	raw := &s.wr.addr
	if err := raw.encode(a); err != nil {
		return opError("connect", netAddr(a), err)
	}
	started := false
	err := s.wr.do(ctx, 0, func(fd int) error {
		if started {
			return connected(fd)
		}
		started = true
		switch err := sysConnect(fd, raw); err {
		case unix.EINPROGRESS, unix.EALREADY, unix.EINTR:
			if s.wr.nonblock {
				return err
			}
			return connected(fd) // as it is at once on this machine; else wait until it is writable
		default:
			return err
		}
	})
	if err == nil {
		s.local.Store(nil)
		s.remote.Store(nil)
	}
	return opError("connect", netAddr(a), err)
}

// connected tells how a connect ended that was under way; EAGAIN if it still is.
// A wake-up may be spurious, so a socket without an error must also have a peer.
func connected(fd int) error {
	n, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return err
	}
	switch e := syscall.Errno(n); e {
	case 0:
	case unix.EINPROGRESS, unix.EALREADY, unix.EINTR:
		return unix.EAGAIN
	case unix.EISCONN:
		return nil
	default:
		return e
	}
	if _, err := unix.Getpeername(fd); err == unix.ENOTCONN {
		return unix.EAGAIN
	}
	return nil
}

// SocketError returns and clears the socket's pending error, SO_ERROR; after a
// non-blocking Connect it tells how that went. It is nil if there is none.
func (s *Socket) SocketError() error {
	return s.control("connect", func(fd int) error {
		n, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
		if err == nil && n != 0 {
			err = syscall.Errno(n)
		}
		return err
	})
}

// Listen makes the socket accept connections: `socket.socket.listen`. The backlog
// is how many may wait; below 0 it is 0, and for DefaultBacklog the smaller of
// SOMaxConn and 128, as in Python.
func (s *Socket) Listen(backlog int) error {
	if backlog == DefaultBacklog {
		backlog = min(SOMaxConn, 128)
	}
	return s.control("listen", func(fd int) error { return unix.Listen(fd, max(backlog, 0)) })
}

// Accept waits for a connection and returns it with the address of its peer:
// `socket.socket.accept`. The new socket has the default timeout (see
// [SetDefaultTimeout]), not that of this one.
func (s *Socket) Accept() (*Socket, Addr, error) { return s.accept(background) }

// AcceptContext is Accept, ended by ctx.
func (s *Socket) AcceptContext(ctx context.Context) (*Socket, Addr, error) { return s.accept(ctx) }

func (s *Socket) accept(ctx context.Context) (*Socket, Addr, error) {
	s.rd.mu.Lock()
	s.rd.flags = 0
	err := s.rd.perform(ctx, accepts)
	nfd := s.rd.n
	var from Addr
	if err == nil {
		from = s.rd.addr.decode(s.proto)
	}
	s.rd.mu.Unlock()
	if err != nil {
		return nil, nil, opError("accept", nil, err)
	}
	c, err := adopt(nfd, s.family, s.typ, s.proto)
	if err != nil {
		return nil, nil, err
	}
	c.peer = from
	return c, from, nil
}

func (d *side) accept(fd int) (err error) {
	d.n, err = sysAccept(fd, &d.addr)
	return err
}

// SockName returns the socket's own address: `socket.socket.getsockname`.
func (s *Socket) SockName() (Addr, error) { return s.name("getsockname", sysGetsockname) }

// PeerName returns the address of the peer: `socket.socket.getpeername`.
func (s *Socket) PeerName() (Addr, error) { return s.name("getpeername", sysGetpeername) }

func (s *Socket) name(op string, call func(fd int, a *rawAddr) error) (Addr, error) {
	var raw rawAddr
	if err := s.control(op, func(fd int) error { return call(fd, &raw) }); err != nil {
		return nil, err
	}
	return raw.decode(s.proto), nil
}

// LocalAddr returns the socket's own address in the standard library's form
// (*net.TCPAddr, *net.UDPAddr, *net.UnixAddr; an [Addr] for other families), as
// net.Conn has it. It is nil if there is none.
func (s *Socket) LocalAddr() net.Addr { return s.stdName(&s.local, s.SockName) }

// RemoteAddr is LocalAddr for the peer's address.
func (s *Socket) RemoteAddr() net.Addr { return s.stdName(&s.remote, s.peerName) }

// peerName is PeerName, known without asking of what was accepted.
func (s *Socket) peerName() (Addr, error) {
	if s.peer != nil {
		return s.peer, nil
	}
	return s.PeerName()
}

func (s *Socket) stdName(known interface {
	Load() *net.Addr
	Store(*net.Addr)
}, ask func() (Addr, error)) net.Addr {
	if a := known.Load(); a != nil {
		return *a
	}
	a, err := ask()
	if err != nil || a == nil {
		return nil
	}
	std := stdAddr(a, s.typ)
	known.Store(&std)
	return std
}
