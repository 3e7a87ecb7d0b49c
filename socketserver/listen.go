package socketserver

import (
	"cmp"
	"errors"
	"os"

	"github.com/pynet-go/pynet/socket"
)

// Bind makes the socket and binds it to Addr: `server_bind`. ServeForever and HandleRequest
// do it if it was not done. The error is the socket's, an *socket.Error, or ErrNoHandler.
func (s *Server) Bind() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bind()
}

func (s *Server) bind() error {
	s.init()
	switch {
	case s.stopped.Load():
		return ErrServerClosed
	case s.sock != nil:
		return ErrStarted
	case (s.Handler == nil) == (s.DatagramHandler == nil):
		return ErrNoHandler
	case s.worker():
		return nil
	}
	sock, err := s.newSocket(s.Addr, s.ServerBind)
	if err != nil {
		return err
	}
	return s.take(sock)
}

// take makes sock the server's.
func (s *Server) take(sock *socket.Socket) (err error) {
	s.sock = sock
	s.local, err = sock.SockName()
	return err
}

// newSocket makes a socket that is bound, by a hook if that is not nil, and without hooks
// listening.
func (s *Server) newSocket(at socket.Addr, bind func(*socket.Socket) error) (*socket.Socket, error) {
	if s.Handler != nil && bind == nil && s.ServerActivate == nil {
		return socket.CreateServer(at, &socket.ServerConfig{
			Backlog: s.queueSize(), ReusePort: s.reusePort(), DualStack: s.DualStack, Mode: s.Mode, Unlink: true,
		})
	}
	family, typ := socket.AFInet, socket.SockDgram
	if at != nil {
		family = at.Family()
	}
	if s.Handler != nil {
		typ = socket.SockStream
	}
	sock, err := socket.New(family, typ, 0)
	if err != nil {
		return nil, err
	}
	if bind == nil {
		bind = func(sock *socket.Socket) error { return s.bindSocket(sock, at) }
	}
	if err := errors.Join(s.setOptions(sock), bind(sock)); err != nil {
		sock.Close()
		return nil, err
	}
	return sock, nil
}

func (s *Server) queueSize() int { return cmp.Or(s.RequestQueueSize, defaultQueueSize) }

func (s *Server) bindSocket(sock *socket.Socket, at socket.Addr) error {
	if err := sock.Bind(at); err != nil {
		return err
	}
	if path := s.socketFile(); path != "" {
		mode := s.Mode
		if mode == 0 {
			mode = 0o600
		}
		if err := os.Chmod(path, mode); err != nil {
			return err
		}
		info, err := os.Lstat(path)
		if err != nil {
			return err
		}
		s.file = info
	}
	return nil
}

// socketFile is the path of a Unix socket's file that the server itself makes; for
// streams package socket does.
func (s *Server) socketFile() string {
	if u, ok := s.Addr.(socket.Unix); ok && !u.Abstract() {
		return u.Name
	}
	return ""
}

// unlink removes the socket's file, if it still is that.
func (s *Server) unlink() {
	if s.file == nil {
		return
	}
	if info, err := os.Lstat(s.socketFile()); err == nil && os.SameFile(info, s.file) {
		os.Remove(s.socketFile())
	}
}

func (s *Server) setOptions(sock *socket.Socket) error {
	if f := sock.Family(); f != socket.AFInet && f != socket.AFInet6 {
		return nil
	}
	var err error
	if s.AllowReuseAddress || s.Handler != nil && reuseIsSafe {
		err = sock.SetOption(socket.SolSocket, socket.SOReuseAddr, 1)
	}
	if s.reusePort() {
		err = errors.Join(err, setReusePort(sock))
	}
	switch {
	case sock.Family() == socket.AFInet6:
		only := 1
		if s.DualStack {
			only = 0
		}
		err = errors.Join(err, sock.SetOption(socket.Level(socket.ProtoIPv6), socket.IPV6V6Only, only))
	case s.DualStack:
		err = errors.Join(err, socket.ErrDualStack)
	}
	return err
}

func (s *Server) reusePort() bool {
	m, ok := s.Model.(EventLoop)
	return s.AllowReusePort || ok && m.SharePort
}

// Activate begins to listen: `server_activate`. It binds first if that was not done.
func (s *Server) Activate() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sock == nil {
		if err := s.bind(); err != nil {
			return err
		}
	}
	if s.sock == nil || s.activated || s.stopped.Load() || s.worker() {
		return nil
	}
	s.activated = true
	switch {
	case s.ServerActivate != nil:
		return s.ServerActivate(s.sock)
	case s.Handler == nil || s.ServerBind == nil: // nothing to do, or done by newSocket
		return nil
	}
	return s.sock.Listen(s.queueSize())
}

// Use has the server serve a socket that exists: one that a service manager passed on, or
// that was made with other options. It is bound, and for streams listening; Addr and what
// is about binding is not looked at. The server closes it.
func (s *Server) Use(sock *socket.Socket) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	switch {
	case s.stopped.Load():
		return ErrServerClosed
	case s.sock != nil:
		return ErrStarted
	case (s.Handler == nil) == (s.DatagramHandler == nil):
		return ErrNoHandler
	}
	s.activated = true
	return s.take(sock)
}

// Socket returns the socket that the server listens with, nil before Bind: `socket`.
func (s *Server) Socket() *socket.Socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sock
}

// LocalAddr returns the address that is listened at, nil before Bind: `server_address`.
func (s *Server) LocalAddr() socket.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.local
}

// Fileno returns the socket's descriptor, to wait for a request by other means and then
// call HandleRequest; -1 before Bind and after Close: `fileno`.
func (s *Server) Fileno() int {
	sock := s.Socket()
	if sock == nil {
		return -1
	}
	return sock.Fileno()
}
