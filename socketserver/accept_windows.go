package socketserver

import (
	"errors"

	"github.com/pynet-go/pynet/socket"
)

// acceptTransport accepts one connection.
func acceptTransport(l *socket.Socket, noDelay bool) (transport, socket.Addr, error) {
	c, from, err := l.Accept()
	if err != nil {
		return nil, nil, err
	}
	if noDelay {
		c.SetOption(socket.Level(socket.ProtoTCP), socket.TCPNoDelay, 1)
	}
	return &socketTransport{c}, from, nil
}

func setReusePort(*socket.Socket) error { return errors.ErrUnsupported }
