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

// reuseIsSafe: SO_REUSEADDR of a stream socket takes no address from one that listens.
const reuseIsSafe = false

// dontWait is not there: UDP alone has datagrams, and does not wait for a peer.
const dontWait socket.MsgFlag = 0

func setReusePort(*socket.Socket) error { return errors.ErrUnsupported }
