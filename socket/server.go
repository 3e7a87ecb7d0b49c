package socket

import (
	"errors"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"syscall"
)

// DefaultBacklog, given to [Socket.Listen], is the system's usual length of the queue
// of connections: the smaller of SOMaxConn and 128.
const DefaultBacklog = -1 << 31

// A ServerConfig says how [CreateServer] listens. The zero value, or nil, does it as
// Python does.
type ServerConfig struct {
	// Backlog is how many connections may wait. Zero means DefaultBacklog.
	Backlog int
	// ReusePort lets several sockets listen at one port and share its connections
	// (SO_REUSEPORT). It has no meaning for AFUnix and is left out there.
	ReusePort bool
	// DualStack lets a socket of AFInet6 serve IPv4 too. The peers' addresses are
	// then mapped, as ::ffff:192.0.2.1; those that Listener gives are plain.
	DualStack bool
	// Mode is the permission of a Unix socket's file. Zero means 0600.
	Mode fs.FileMode
	// Unlink removes, before binding, a Unix socket's file that nobody listens on any
	// more, and on Close the one that was made. A file of another kind is never removed.
	Unlink bool
}

// ErrDualStack is the cause where DualStack cannot be had: the address is none of
// AFInet6, or the system has no such sockets. Python's ValueError.
var ErrDualStack = errors.New("no dual-stack socket of this address")

// CreateServer makes a stream socket that listens at the address:
// `socket.create_server`. Of AFInet and AFInet6 it sets SO_REUSEADDR where that is
// safe (not on Windows), and IPV6_V6ONLY unless DualStack is set; of AFUnix the file
// gets its permission before anybody can connect.
func CreateServer(a Addr, cfg *ServerConfig) (*Socket, error) {
	if cfg == nil {
		cfg = &ServerConfig{}
	}
	if a == nil {
		return nil, opError("bind", nil, errAddrKind)
	}
	if cfg.DualStack && (a.Family() != AFInet6 || !HasDualStackIPv6()) {
		return nil, opError("bind", netAddr(a), ErrDualStack)
	}
	s, err := New(a.Family(), SockStream, 0)
	if err != nil {
		return nil, err
	}
	if err := cfg.listen(s, a); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (cfg *ServerConfig) listen(s *Socket, a Addr) error {
	if err := cfg.options(s); err != nil {
		return err
	}
	if u, ok := a.(Unix); ok && u.Name != "" && !u.Abstract() {
		if err := cfg.bindPath(s, u); err != nil {
			return err
		}
	} else if err := s.Bind(a); err != nil {
		return err
	}
	backlog := cfg.Backlog
	if backlog == 0 {
		backlog = DefaultBacklog
	}
	return s.Listen(backlog)
}

func (cfg *ServerConfig) options(s *Socket) error {
	if s.family != AFInet && s.family != AFInet6 {
		return nil
	}
	if err := s.setReuseAddr(); err != nil {
		return err
	}
	if cfg.ReusePort {
		if err := s.setReusePort(); err != nil {
			return err
		}
	}
	if s.family == AFInet6 {
		return s.setV6Only(!cfg.DualStack)
	}
	return nil
}

// bindPath binds to a path; the file has its permission from the beginning.
func (cfg *ServerConfig) bindPath(s *Socket, u Unix) error {
	mode := cfg.Mode
	if mode == 0 {
		mode = 0o600
	}
	if cfg.Unlink {
		if err := removeStale(u.Name); err != nil {
			return opError("bind", u, err)
		}
	}
	if err := s.bindMode(u, mode); err != nil {
		return err
	}
	if cfg.Unlink {
		if info, err := os.Lstat(u.Name); err == nil {
			s.unlink.Store(&unixPath{u.Name, info})
		}
	}
	return nil
}

// HasDualStackIPv6 reports whether one socket can serve IPv4 and IPv6:
// `socket.has_dualstack_ipv6`.
func HasDualStackIPv6() bool {
	s, err := New(AFInet6, SockStream, 0)
	if err != nil {
		return false
	}
	defer s.Close()
	return s.setV6Only(false) == nil
}

// HasIPv6 reports whether the machine has sockets of AFInet6: `socket.has_ipv6`.
func HasIPv6() bool {
	s, err := New(AFInet6, SockStream, 0)
	if err != nil {
		return false
	}
	s.Close()
	return true
}

// Listener hands the socket, which must be listening, to the rest of Go: http.Serve,
// tls.NewListener and the like. The connections that it accepts are *Socket; a mapped
// address of a peer is shown as the IPv4 address that it is. Closing it closes the
// socket.
func (s *Socket) Listener() net.Listener { return &listener{s} }

type listener struct{ s *Socket }

// Accept waits for the next connection. One that was given up meanwhile is passed
// over.
func (l *listener) Accept() (net.Conn, error) {
	for {
		c, from, err := l.s.Accept()
		switch {
		case errors.Is(err, syscall.ECONNABORTED):
			continue
		case err != nil:
			return nil, err
		}
		if a, ok := from.(Inet6); ok && a.Addr.Is4In6() {
			std := stdAddr(FromAddrPort(netip.AddrPortFrom(a.Addr.Unmap(), a.Port)), l.s.typ)
			c.remote.Store(&std)
		}
		return c, nil
	}
}

func (l *listener) Close() error   { return l.s.Close() }
func (l *listener) Addr() net.Addr { return l.s.LocalAddr() }

// PacketConn hands a datagram socket to the rest of Go. Closing it closes the socket.
func (s *Socket) PacketConn() net.PacketConn { return &packetConn{s} }

type packetConn struct{ *Socket }

// ReadFrom receives a datagram, as net.PacketConn has it.
func (c *packetConn) ReadFrom(p []byte) (int, net.Addr, error) {
	n, from, err := c.RecvFrom(p, 0)
	return n, stdAddr(from, c.typ), err
}

// WriteTo sends a datagram, as net.PacketConn has it.
func (c *packetConn) WriteTo(p []byte, to net.Addr) (int, error) {
	a, err := AddrFrom(to)
	if err != nil {
		return 0, err
	}
	if v4, ok := a.(Inet); ok && c.family == AFInet6 {
		a = Inet6{Addr: netip.AddrFrom16(v4.Addr.As16()), Port: v4.Port}
	}
	return c.SendTo(p, 0, a)
}

// SocketPair returns two connected sockets: `socket.socketpair`. Family AFUnspec is
// AFUnix where there is one; on Windows the pair is made over the loopback address
// and each end checks that it reached the other.
func SocketPair(family Family, typ Type, proto Proto) (*Socket, *Socket, error) {
	return socketPair(family, typ, proto)
}
