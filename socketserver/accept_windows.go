package socketserver

import (
	"errors"

	"github.com/pynet-go/pynet/socket"
)

// acceptConn accepts one connection.
func acceptConn(l *socket.Socket, noDelay bool) (*Conn, socket.Addr, error) {
	c, from, err := l.Accept()
	if err != nil {
		return nil, nil, err
	}
	if noDelay {
		c.SetOption(socket.Level(socket.ProtoTCP), socket.TCPNoDelay, 1)
	}
	return &Conn{t: &socketTransport{c}}, from, nil
}

func setReusePort(*socket.Socket) error { return errors.ErrUnsupported }
