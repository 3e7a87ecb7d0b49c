package server_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/pynet-go/pynet/httpx/server"
)

// repeated is a connection on which the same request comes again and again.
type repeated struct {
	request []byte
	left    int
}

func (c *repeated) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	c.left--
	return copy(p, c.request), nil
}
func (*repeated) Write(p []byte) (int, error)      { return len(p), nil }
func (*repeated) Close() error                     { return nil }
func (*repeated) LocalAddr() net.Addr              { return local }
func (*repeated) RemoteAddr() net.Addr             { return local }
func (*repeated) SetDeadline(time.Time) error      { return nil }
func (*repeated) SetReadDeadline(time.Time) error  { return nil }
func (*repeated) SetWriteDeadline(time.Time) error { return nil }

var local = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}

func BenchmarkInMemory(b *testing.B) {
	request := []byte("GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x/1\r\nAccept: */*\r\n\r\n")
	for name, h := range map[string]server.Handler{
		"native": server.HandlerFunc(func(r *server.Request) {
			r.SendResponse(200, "")
			r.SendHeader("Content-Type", "text/plain")
			r.SendHeader("Content-Length", "5")
			r.EndHeaders()
			r.WriteString("hello")
		}),
		"http": server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "hello")
		})),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			s := &server.Server{Handler: h}
			s.ServeNetConn(context.Background(), &repeated{request, b.N})
		})
	}
}

type oneListener struct {
	c    net.Conn
	once bool
	done chan struct{}
}

func (l *oneListener) Accept() (net.Conn, error) {
	if !l.once {
		l.once = true
		return l.c, nil
	}
	<-l.done
	return nil, io.EOF
}
func (l *oneListener) Close() error   { return nil }
func (l *oneListener) Addr() net.Addr { return local }

type closing struct {
	repeated
	done chan struct{}
}

func (c *closing) Close() error {
	select {
	case <-c.done:
	default:
		close(c.done)
	}
	return nil
}

func BenchmarkNetHTTPInMemory(b *testing.B) {
	b.ReportAllocs()
	request := []byte("GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x/1\r\nAccept: */*\r\n\r\n")
	done := make(chan struct{})
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "hello")
	})}
	s.Serve(&oneListener{c: &closing{repeated{request, b.N}, done}, done: done})
}
