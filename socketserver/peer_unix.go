//go:build unix

package socketserver

import (
	"net/netip"

	"github.com/pynet-go/pynet/socket"
)

// A peer is an address of AFInet or AFInet6 in little memory. The zero peer is another.
type peer struct {
	ip    [16]byte
	scope uint32
	port  uint16
	known bool
}

func peerOf(a socket.Addr) peer {
	switch a := a.(type) {
	case socket.Inet:
		return peer{ip: a.Addr.As16(), port: a.Port, known: true}
	case socket.Inet6:
		return peer{ip: a.Addr.As16(), port: a.Port, scope: a.ScopeID, known: true}
	}
	return peer{}
}

// addr returns the address, an IPv4 address plain, or nil.
func (p peer) addr() socket.Addr {
	if !p.known {
		return nil
	}
	return unmap(socket.Inet6{Addr: netip.AddrFrom16(p.ip), Port: p.port, ScopeID: p.scope})
}
