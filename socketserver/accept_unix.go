//go:build unix

package socketserver

import (
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// acceptTransport accepts one connection.
func acceptTransport(l *socket.Socket, noDelay bool) (transport, socket.Addr, error) {
	fd, from, err := l.AcceptFD()
	if err != nil {
		return nil, nil, err
	}
	if noDelay {
		setNoDelay(fd)
	}
	return newTransport(fd, from), from, nil
}

// setNoDelay sets TCP_NODELAY; other sockets than TCP's have none.
func setNoDelay(fd int) { unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1) }

func setReusePort(s *socket.Socket) error { return s.SetOption(socket.SolSocket, unix.SO_REUSEPORT, 1) }
