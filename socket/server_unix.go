//go:build unix

package socket

import (
	"golang.org/x/sys/unix"
)

func (s *Socket) setReuseAddr() error { return s.SetOption(SolSocket, unix.SO_REUSEADDR, 1) }

func (s *Socket) setReusePort() error { return s.SetOption(SolSocket, unix.SO_REUSEPORT, 1) }

func (s *Socket) setV6Only(yes bool) error {
	v := 0
	if yes {
		v = 1
	}
	return s.SetOption(Level(unix.IPPROTO_IPV6), unix.IPV6_V6ONLY, v)
}

func socketPair(family Family, typ Type, proto Proto) (*Socket, *Socket, error) {
	if family == AFUnspec {
		family = AFUnix
	}
	fds, err := sysSocketpair(int(family), int(typ), int(proto))
	if err != nil {
		return nil, nil, opError("socketpair", nil, err)
	}
	a, err := adopt(fds[0], family, typ&^typeFlags, proto)
	if err != nil {
		unix.Close(fds[1])
		return nil, nil, err
	}
	b, err := adopt(fds[1], family, typ&^typeFlags, proto)
	if err != nil {
		a.Close()
		return nil, nil, err
	}
	return a, b, nil
}
