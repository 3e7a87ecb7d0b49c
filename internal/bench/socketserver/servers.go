package socketserver

import (
	"context"
	"net"
	"net/netip"
	"testing"

	"github.com/cloudwego/netpoll"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// echo sends back what is there. What was read for it is in the Reader.
var echo = socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	r := c.Reader()
	if _, err := r.Peek(1); err != nil {
		return socketserver.Close, nil
	}
	b, _ := r.Peek(r.Buffered())
	if _, err := c.Write(b); err != nil {
		return socketserver.Close, nil
	}
	r.Discard(len(b))
	return socketserver.Idle, nil
})

// serveOurs starts a server of the model.
func serveOurs(m socketserver.Model) func() (port int, stop func()) {
	return func() (int, func()) {
		s := &socketserver.Server{Addr: socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})}, Model: m, Handler: echo, DisableNagle: true}
		check(s.Activate())
		go s.ServeForever(context.Background())
		return int(s.LocalAddr().(socket.Inet).Port), func() { s.Close() }
	}
}

// serveNet is what one writes with package net: a goroutine and a buffer for each.
func serveNet() (int, func()) {
	l := must(net.Listen("tcp4", "127.0.0.1:0"))
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				buf := make([]byte, 4096)
				for {
					n, err := c.Read(buf)
					if err != nil {
						return
					}
					if _, err := c.Write(buf[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port, func() { l.Close() }
}

func serveNetpoll() (int, func()) {
	l := must(netpoll.CreateListener("tcp", "127.0.0.1:0"))
	loop := must(netpoll.NewEventLoop(func(_ context.Context, c netpoll.Connection) error {
		r, w := c.Reader(), c.Writer()
		b, err := r.Next(r.Len())
		if err != nil {
			return err
		}
		if _, err := w.WriteBinary(b); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
		return r.Release()
	}))
	go loop.Serve(l)
	return l.Addr().(*net.TCPAddr).Port, func() { loop.Shutdown(context.Background()) }
}

func loaded(serve func() (int, func()), conns, size int) func(*testing.B) {
	return func(b *testing.B) {
		port, stop := serve()
		defer stop()
		load(b, port, conns, size)
	}
}
