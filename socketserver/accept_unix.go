//go:build unix

package socketserver

import (
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// acceptConn accepts one connection.
func acceptConn(l *socket.Socket, noDelay bool) (*Conn, socket.Addr, error) {
	fd, from, err := l.AcceptFD()
	if err != nil {
		return nil, nil, err
	}
	if noDelay {
		setNoDelay(fd)
	}
	return newConn(fd, from), from, nil
}

// setNoDelay sets TCP_NODELAY; other sockets than TCP's have none.
func setNoDelay(fd int) { unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1) }

// reuseIsSafe: SO_REUSEADDR of a stream socket takes no address from one that listens.
const reuseIsSafe = true

// dontWait has one operation fail with ErrWouldBlock instead of waiting.
const dontWait = socket.MsgDontWait

func setReusePort(s *socket.Socket) error { return s.SetOption(socket.SolSocket, unix.SO_REUSEPORT, 1) }
