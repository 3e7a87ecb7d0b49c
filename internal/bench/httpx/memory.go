package httpx

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/pynet-go/pynet/httpx/server"
)

// request is what comes again and again.
var request = []byte("GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x/1\r\nAccept: */*\r\n\r\n")

// A repeated connection has a request so many times, in memory.
type repeated struct {
	left int
	done chan struct{}
}

func (c *repeated) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	c.left--
	return copy(p, request), nil
}
func (*repeated) Write(p []byte) (int, error) { return len(p), nil }
func (c *repeated) Close() error {
	select {
	case <-c.done:
	default:
		close(c.done)
	}
	return nil
}
func (*repeated) LocalAddr() net.Addr              { return local }
func (*repeated) RemoteAddr() net.Addr             { return local }
func (*repeated) SetDeadline(time.Time) error      { return nil }
func (*repeated) SetReadDeadline(time.Time) error  { return nil }
func (*repeated) SetWriteDeadline(time.Time) error { return nil }

var local = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}

func memory(h server.Handler) func(b *testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		(&server.Server{Handler: h}).ServeNetConn(context.Background(), &repeated{b.N, make(chan struct{})})
	}
}

// A single listener has one connection.
type single struct {
	c    *repeated
	used bool
}

func (l *single) Accept() (net.Conn, error) {
	if !l.used {
		l.used = true
		return l.c, nil
	}
	<-l.c.done
	return nil, io.EOF
}
func (*single) Close() error   { return nil }
func (*single) Addr() net.Addr { return local }

func netHTTPMemory(b *testing.B) {
	b.ReportAllocs()
	(&http.Server{Handler: handler}).Serve(&single{c: &repeated{b.N, make(chan struct{})}})
}
