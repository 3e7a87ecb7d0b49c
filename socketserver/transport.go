package socketserver

import (
	"net"
	"syscall"

	"github.com/pynet-go/pynet/socket"
)

// A transport carries the bytes of a connection, below TLS. Errors are *socket.Error or
// io.EOF.
type transport interface {
	net.Conn
	syscall.Conn
	CloseWrite() error
	// wait parks until there is something to read, the read deadline, or Close.
	wait() error
	// await parks until fetchMore of the Conn has something, or what wait ends with. On
	// a Unix socket, where descriptors may come with the bytes, it may leave the reading
	// to the handler.
	await(c *Conn) error
	// readNow is Read that fails with errNoData where that would wait.
	readNow(p []byte) (int, error)
	// detach gives the connection up, as one that stands alone.
	detach() (detached, error)
}

// A detached connection is nobody's any more.
type detached interface {
	net.Conn
	syscall.Conn
	CloseWrite() error
}

// A socketTransport is a connection over a whole *socket.Socket.
type socketTransport struct{ *socket.Socket }

// await leaves the reading to the handler if it can.
func (t *socketTransport) await(c *Conn) error {
	if c.tls == nil && c.part == nil {
		return t.wait()
	}
	return fetchBy(t, c)
}

// fetchBy is await by wait.
func fetchBy(t transport, c *Conn) error {
	for !c.fetchMore() {
		if err := t.wait(); err != nil {
			return err
		}
	}
	return nil
}

func (t *socketTransport) detach() (detached, error) { return t.Socket, nil }

// stdAddr is an address as the connections of package net give it.
func stdAddr(a socket.Addr, datagram bool) net.Addr {
	switch a := unmap(a).(type) {
	case nil:
		return nil
	case socket.Inet:
		if datagram {
			return net.UDPAddrFromAddrPort(a.AddrPort())
		}
		return net.TCPAddrFromAddrPort(a.AddrPort())
	case socket.Inet6:
		if datagram {
			return net.UDPAddrFromAddrPort(a.AddrPort())
		}
		return net.TCPAddrFromAddrPort(a.AddrPort())
	case socket.Unix:
		if datagram {
			return &net.UnixAddr{Name: a.String(), Net: "unixgram"}
		}
		return &net.UnixAddr{Name: a.String(), Net: "unix"}
	default:
		return a
	}
}

// unmap makes an IPv4 address of one that a dual-stack socket shows as IPv6.
func unmap(a socket.Addr) socket.Addr {
	if a6, ok := a.(socket.Inet6); ok && a6.Addr.Is4In6() {
		return socket.Inet{Addr: a6.Addr.Unmap(), Port: a6.Port}
	}
	return a
}
