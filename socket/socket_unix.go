//go:build unix

package socket

import (
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Socket is one socket of the system. It is a net.Conn and a syscall.Conn.
//
// It has Python's three modes. A new one blocks: an operation that must wait parks
// its goroutine in the runtime's poller and holds no thread. [Socket.SetTimeout]
// bounds each operation by a time; with [Socket.SetBlocking] false an operation
// that would wait fails with [ErrWouldBlock]. Deadlines of the net.Conn kind act
// beside the mode.
//
// All methods may be called concurrently. Operations of one direction (receiving
// and accepting, or sending and connecting) follow each other; the two directions
// do not wait for each other. Close ends every waiting operation with net.ErrClosed.
//
// The descriptor is always non-blocking for the system and closed on exec unless
// [Socket.SetInheritable] says otherwise. A Socket that is no longer reachable is
// closed by the garbage collector.
type Socket struct {
	family Family
	typ    Type
	proto  Proto

	file    *os.File
	conn    syscall.RawConn
	fd      int
	timeout atomic.Int64 // ns; 0 is non-blocking, noTimeout blocking
	closed  atomic.Bool
	gro     atomic.Bool
	apart   atomic.Bool              // datagrams of a batch cannot go together
	local   atomic.Pointer[net.Addr] // LocalAddr and RemoteAddr, once they are known
	remote  atomic.Pointer[net.Addr]
	peer    Addr                     // who was accepted
	unlink  atomic.Pointer[unixPath] // the socket file that Close removes

	rd, wr side
}

// noTimeout is the timeout of a blocking socket.
const noTimeout = -1

// New opens a socket: `socket.socket`. A proto of 0 is the family's usual one for
// the type. The error is an *Error with the system's errno, such as
// syscall.EAFNOSUPPORT for a family that the kernel does not have.
func New(family Family, typ Type, proto Proto) (*Socket, error) {
	fd, err := sysSocket(int(family), int(typ), int(proto))
	if err != nil {
		return nil, opError("socket", nil, err)
	}
	return adopt(fd, family, typ&^typeFlags, proto)
}

// adopt makes a Socket of a descriptor that is ours and non-blocking, and closes it on
// failure.
func adopt(fd int, family Family, typ Type, proto Proto) (*Socket, error) {
	s := &Socket{family: family, typ: typ, proto: proto, fd: fd}
	s.timeout.Store(defaultTimeout.Load())
	s.file = os.NewFile(uintptr(fd), "socket")
	conn, err := s.file.SyscallConn()
	if err != nil {
		s.file.Close()
		return nil, opError("socket", nil, err)
	}
	s.conn = conn
	s.rd.init(s, false)
	s.wr.init(s, true)
	return s, nil
}

// FromFD makes a Socket of a descriptor, whose family, type and protocol it asks of
// the system: `socket.socket(fileno=fd)`. The Socket owns the descriptor from
// then on; on an error the descriptor is left as it was. It is made non-blocking.
func FromFD(fd int) (*Socket, error) {
	family, typ, proto, err := sysDescribe(fd)
	if err != nil {
		return nil, opError("fromfd", nil, err)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, opError("fcntl", nil, err)
	}
	return adopt(fd, family, typ, proto)
}

// FromFDDup is FromFD for a duplicate; the caller keeps fd: `socket.fromfd`.
func FromFDDup(fd int) (*Socket, error) {
	dup, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, opError("fromfd", nil, err)
	}
	s, err := FromFD(dup)
	if err != nil {
		unix.Close(dup)
	}
	return s, err
}

// FromConn makes a Socket of a duplicate of the descriptor of c, a connection,
// listener or file of the standard library or anything else that is a syscall.Conn.
// Closing either leaves the other open.
func FromConn(c syscall.Conn) (*Socket, error) {
	rc, err := c.SyscallConn()
	if err != nil {
		return nil, opError("fromconn", nil, err)
	}
	var s *Socket
	cerr := rc.Control(func(fd uintptr) { s, err = FromFDDup(int(fd)) })
	if cerr != nil {
		return nil, opError("fromconn", nil, cerr)
	}
	return s, err
}

// FromFile is FromConn for an *os.File.
func FromFile(f *os.File) (*Socket, error) { return FromConn(f) }

// Family returns the address family: `socket.socket.family`.
func (s *Socket) Family() Family { return s.family }

// Type returns the type, without SockNonblock and SockCloexec:
// `socket.socket.type`.
func (s *Socket) Type() Type { return s.typ }

// Proto returns the protocol as it was given to New: `socket.socket.proto`.
func (s *Socket) Proto() Proto { return s.proto }

// Fileno returns the descriptor, or -1 after Close: `socket.socket.fileno`. It stays
// the Socket's own, is non-blocking, and is reused by the system after Close:
// SyscallConn holds it open meanwhile.
func (s *Socket) Fileno() int {
	if s.closed.Load() {
		return -1
	}
	return s.fd
}

// SyscallConn gives access to the descriptor, as syscall.Conn has it. Its Control,
// Read and Write keep it open while they run.
func (s *Socket) SyscallConn() (syscall.RawConn, error) {
	if s.closed.Load() {
		return nil, opError("syscallconn", nil, net.ErrClosed)
	}
	return s.conn, nil
}

// control runs f with the descriptor held open, without waiting for anything.
func (s *Socket) control(op string, f func(fd int) error) error {
	var err error
	cerr := s.conn.Control(func(fd uintptr) { err = f(int(fd)) })
	if cerr != nil {
		err = s.pollError(cerr)
	}
	return opError(op, nil, err)
}

// Close closes the socket and ends what waits on it with net.ErrClosed:
// `socket.socket.close`. A second Close does nothing. The file of a Unix socket
// is removed if the Socket is to do so (see [ServerConfig.Unlink]).
func (s *Socket) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if p := s.unlink.Load(); p != nil {
		p.remove()
	}
	return opError("close", nil, s.file.Close())
}

// Detach gives the descriptor to the caller and closes the Socket:
// `socket.socket.detach`. The descriptor is another number than Fileno was, for
// the runtime's poller cannot let go of the old one; it is non-blocking.
func (s *Socket) Detach() (int, error) {
	fd := -1
	err := s.control("detach", func(old int) (err error) {
		fd, err = unix.FcntlInt(uintptr(old), unix.F_DUPFD_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return -1, err
	}
	s.unlink.Store(nil)
	return fd, s.Close()
}

// Dup returns a second Socket over the same connection: `socket.socket.dup`. It
// has the mode of a new one, and its own deadlines.
func (s *Socket) Dup() (*Socket, error) {
	var fd int
	err := s.control("dup", func(old int) (err error) {
		fd, err = unix.FcntlInt(uintptr(old), unix.F_DUPFD_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	return adopt(fd, s.family, s.typ, s.proto)
}

// File returns a duplicate as an *os.File, for exec.Cmd.ExtraFiles and the like.
// Closing either leaves the other open.
func (s *Socket) File() (*os.File, error) {
	var fd int
	err := s.control("file", func(old int) (err error) {
		fd, err = unix.FcntlInt(uintptr(old), unix.F_DUPFD_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "socket"), nil
}

// Inheritable reports whether a program started by exec keeps the descriptor:
// `socket.socket.get_inheritable`.
func (s *Socket) Inheritable() (bool, error) {
	var flags int
	err := s.control("fcntl", func(fd int) (err error) {
		flags, err = unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		return err
	})
	return flags&unix.FD_CLOEXEC == 0, err
}

// SetInheritable says whether a program started by exec keeps the descriptor:
// `socket.socket.set_inheritable`. The programs that os/exec starts get only their
// ExtraFiles all the same.
func (s *Socket) SetInheritable(yes bool) error {
	return s.control("fcntl", func(fd int) error {
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		if err != nil {
			return err
		}
		flags |= unix.FD_CLOEXEC
		if yes {
			flags &^= unix.FD_CLOEXEC
		}
		_, err = unix.FcntlInt(uintptr(fd), unix.F_SETFD, flags)
		return err
	})
}

// Shutdown closes one direction or both: `socket.socket.shutdown`.
func (s *Socket) Shutdown(how ShutdownHow) error {
	return s.control("shutdown", func(fd int) error { return unix.Shutdown(fd, int(how)) })
}

// CloseRead is Shutdown(ShutRD), CloseWrite is Shutdown(ShutWR), as the
// connections of package net have them.
func (s *Socket) CloseRead() error { return s.Shutdown(ShutRD) }

// CloseWrite ends the output: the peer reads the end of the stream.
func (s *Socket) CloseWrite() error { return s.Shutdown(ShutWR) }

// SetDeadline, SetReadDeadline and SetWriteDeadline bound the operations by an
// absolute time, as net.Conn has it, in every mode but the non-blocking one. The
// zero time takes the bound away.
func (s *Socket) SetDeadline(t time.Time) error {
	return errors.Join(s.SetReadDeadline(t), s.SetWriteDeadline(t))
}

// SetReadDeadline is SetDeadline for receiving and accepting.
func (s *Socket) SetReadDeadline(t time.Time) error {
	return s.deadlineError(s.rd.setDeadline(t))
}

// SetWriteDeadline is SetDeadline for sending and connecting.
func (s *Socket) SetWriteDeadline(t time.Time) error {
	return s.deadlineError(s.wr.setDeadline(t))
}

func (s *Socket) deadlineError(err error) error {
	if err != nil {
		err = s.pollError(err)
	}
	return opError("deadline", nil, err)
}

// Read is Recv without flags, as io.Reader has it.
func (s *Socket) Read(p []byte) (int, error) { return s.recv(background, p, 0) }

// Write sends all of p, as io.Writer has it: [Socket.SendAll] without flags that
// tells how much went.
func (s *Socket) Write(p []byte) (int, error) { return s.sendAll(background, p, 0) }

// eof translates an empty read of a connection into io.EOF.
func (s *Socket) eof(n, size int, err error) error {
	if n == 0 && err == nil && size > 0 && (s.typ == SockStream || s.typ == SockSeqpacket) {
		return io.EOF
	}
	return err
}

// CloseFD closes a descriptor that belongs to no Socket, such as one that was received:
// `socket.close`.
func CloseFD(fd int) error { return opError("close", nil, unix.Close(fd)) }
