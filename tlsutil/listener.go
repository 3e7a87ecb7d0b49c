package tlsutil

import (
	"context"
	"net"
)

// NewListener returns a listener whose Accept gives a [*Conn] of the server's side. The
// handshake is left to the first reading or writing, so that a slow client holds nobody
// up: set a deadline before it. The error is that of [Context.ServerConfig]. Python:
// accept, on a socket of wrap_socket(server_side=True).
func (c *Context) NewListener(l net.Listener) (net.Listener, error) {
	if _, _, err := c.serverConfig(); err != nil {
		return nil, err
	}
	return &listener{l, c}, nil
}

type listener struct {
	net.Listener
	ctx *Context
}

func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	n, err := l.ctx.Wrap(context.Background(), conn, WrapOptions{Server: true, Later: true})
	if err != nil {
		conn.Close()
		return nil, err
	}
	return n, nil
}
