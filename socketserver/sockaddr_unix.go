//go:build unix

package socketserver

import (
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// sockaddr is an address that the system gave.
func sockaddr(sa unix.Sockaddr) socket.Addr {
	switch sa := sa.(type) {
	case *unix.SockaddrInet4:
		return socket.Inet{Addr: netip.AddrFrom4(sa.Addr), Port: uint16(sa.Port)}
	case *unix.SockaddrInet6:
		return socket.Inet6{Addr: netip.AddrFrom16(sa.Addr), Port: uint16(sa.Port), ScopeID: sa.ZoneId}
	case *unix.SockaddrUnix:
		name := sa.Name
		if name != "" && name[0] == '@' {
			name = "\x00" + name[1:]
		}
		return socket.Unix{Name: name}
	}
	return nil
}
