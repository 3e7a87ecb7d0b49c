//go:build unix

package client

import (
	"net"
	"syscall"
)

// A probe sees whether something has come on an idle connection, without waiting and
// without taking it: data nobody asked for, or the end.
type probe struct {
	nc      net.Conn
	raw     syscall.RawConn
	peek    func(fd uintptr) bool
	quietly bool
	buf     [1]byte
}

// quiet reports whether nothing has come. A connection without a descriptor is taken to
// be quiet.
func (p *probe) quiet(nc net.Conn) bool {
	if p.nc != nc {
		p.nc, p.raw = nc, nil
		base := nc
		if t, ok := nc.(interface{ NetConn() net.Conn }); ok {
			base = t.NetConn() // TLS sends nothing either on a connection at rest
		}
		if sc, ok := base.(syscall.Conn); ok {
			p.raw, _ = sc.SyscallConn()
		}
		p.peek = p.look
	}
	if p.raw == nil {
		return true
	}
	p.quietly = false
	if err := p.raw.Read(p.peek); err != nil {
		return false
	}
	return p.quietly
}

func (p *probe) look(fd uintptr) bool {
	n, _, err := syscall.Recvfrom(int(fd), p.buf[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	p.quietly = n <= 0 && (err == syscall.EAGAIN || err == syscall.EWOULDBLOCK)
	return true
}
