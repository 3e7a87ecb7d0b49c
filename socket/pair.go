package socket

import (
	"errors"
	"io"
	"syscall"
)

// ErrHijacked is the cause where another process connected to a pair of sockets that
// was being made over the loopback address.
var ErrHijacked = errors.New("another process connected first")

// loopbackPair makes two connected streams by way of a listener at the address, for
// systems without pairs. After accepting, the addresses of both ends must be each
// other's: else somebody came first.
func loopbackPair(a Addr) (*Socket, *Socket, error) {
	l, err := CreateServer(a, &ServerConfig{Backlog: 1})
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	at, err := l.SockName()
	if err != nil {
		return nil, nil, err
	}
	c, err := New(at.Family(), SockStream, 0)
	if err != nil {
		return nil, nil, err
	}
	if err := c.Connect(at); err != nil {
		c.Close()
		return nil, nil, err
	}
	s, _, err := l.Accept()
	if err != nil {
		c.Close()
		return nil, nil, err
	}
	if err := samePair(c, s); err != nil {
		c.Close()
		s.Close()
		return nil, nil, opError("socketpair", nil, err)
	}
	return c, s, nil
}

// samePair says whether each socket's peer is the other one.
func samePair(a, b *Socket) error {
	aSelf, err1 := a.SockName()
	aPeer, err2 := a.PeerName()
	bSelf, err3 := b.SockName()
	bPeer, err4 := b.PeerName()
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	if aSelf != bPeer || bSelf != aPeer {
		return ErrHijacked
	}
	return nil
}

// part is the first n bytes of p, all for 0.
func part(p []byte, n int) ([]byte, error) {
	switch {
	case n < 0:
		return nil, syscall.EINVAL
	case n > len(p):
		return nil, io.ErrShortBuffer
	case n == 0:
		return p, nil
	}
	return p[:n], nil
}
