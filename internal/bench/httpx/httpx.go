// Package httpx measures httpx/client and httpx/server beside net/http, fasthttp and
// CPython.
//
// What is on the other side runs in a process of its own: wrk loads the servers, and
// a copy of the program is the origin for the clients and holds idle connections.
package httpx

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/socketserver"
)

// Cases are the cases of httpx.
var Cases = []bench.Case{
	{
		Name: "httpx/server-memory", Target: 0.45, Ours: memory(native), Peers: []bench.Peer{{Name: "net/http", Run: netHTTPMemory}},
	},
	{
		Name: "httpx/server-memory-handler", Target: 0.45, Ours: memory(server.HTTP(handler)), Peers: []bench.Peer{{Name: "net/http", Run: netHTTPMemory}},
	},
	hello("httpx/threading-64", 64, ours(native, socketserver.Threading{}), 1/1.4, netHTTP),
	hello("httpx/threading-1000", 1000, ours(native, socketserver.Threading{}), 1/1.4, netHTTP),
	hello("httpx/eventloop-64", 64, ours(native, socketserver.EventLoop{}), 1/1.4, netHTTP),
	hello("httpx/eventloop-1000", 1000, ours(native, socketserver.EventLoop{}), 1/1.4, netHTTP),
	hello("httpx/threading-64-fasthttp", 64, ours(native, socketserver.Threading{}), 1/0.9, fastHTTP),
	hello("httpx/eventloop-64-fasthttp", 64, ours(native, socketserver.EventLoop{}), 1/0.9, fastHTTP),
	hello("httpx/threading-64-handler", 64, ours(server.HTTP(handler), socketserver.Threading{}), 1/1.4, netHTTP),
	hello("httpx/eventloop-64-handler", 64, ours(server.HTTP(handler), socketserver.EventLoop{}), 1/1.4, netHTTP),
	perSecond("httpx/threading-64-rps", 64, ours(native, socketserver.Threading{}), 1/1.4, netHTTP),
	perSecond("httpx/threading-1000-rps", 1000, ours(native, socketserver.Threading{}), 1/1.4, netHTTP),
	perSecond("httpx/eventloop-64-rps", 64, ours(native, socketserver.EventLoop{}), 1/1.4, netHTTP),
	perSecond("httpx/eventloop-1000-rps", 1000, ours(native, socketserver.EventLoop{}), 1/1.4, netHTTP),
	perSecond("httpx/threading-64-rps-fasthttp", 64, ours(native, socketserver.Threading{}), 1/0.9, fastHTTP),
	perSecond("httpx/threading-1000-rps-fasthttp", 1000, ours(native, socketserver.Threading{}), 1/0.9, fastHTTP),
	perSecond("httpx/eventloop-64-rps-fasthttp", 64, ours(native, socketserver.EventLoop{}), 1/0.9, fastHTTP),
	perSecond("httpx/eventloop-1000-rps-fasthttp", 1000, ours(native, socketserver.EventLoop{}), 1/0.9, fastHTTP),
	file("httpx/file-1MiB", 1<<20, socketserver.Threading{}, 1, netHTTPFiles),
	file("httpx/file-1MiB-eventloop", 1<<20, socketserver.EventLoop{}, 1, netHTTPFiles),
	file("httpx/file-1GiB", 1<<30, socketserver.Threading{}, 1, netHTTPFiles),
	file("httpx/file-1MiB-nginx", 1<<20, socketserver.Threading{}, 0, nginx),
	file("httpx/file-1GiB-nginx", 1<<30, socketserver.Threading{}, 0, nginx),
	hello("httpx/tls-threading-64", 64, oursTLS(native, socketserver.Threading{}), 0, netHTTPS),
	hello("httpx/tls-eventloop-64", 64, oursTLS(native, socketserver.EventLoop{}), 0, netHTTPS),
	{
		Name: "httpx/idle-10000", Unit: "B/conn", Target: 0.1, Ours: idle(ours(native, socketserver.EventLoop{})),
		Peers: []bench.Peer{{Name: "net/http", Run: idle(netHTTP)}},
	},
	{
		Name: "httpx/idle-tls-10000", Unit: "B/conn", Ours: idle(oursTLS(native, socketserver.EventLoop{})),
		Peers: []bench.Peer{{Name: "net/http", Run: idle(netHTTPS)}},
	},
	{
		Name: "httpx/client-get", Target: 0.55, Ours: clientPool, Python: clientPython,
		Peers: []bench.Peer{{Name: "net/http", Run: clientNetHTTP}},
	},
	{
		Name: "httpx/client-get-cpu", Unit: "cpu-ns/req", Target: 0.55, Ours: clientPool,
		Peers: []bench.Peer{{Name: "net/http", Run: clientNetHTTP}},
	},
	{
		Name: "httpx/client-get-fasthttp", Target: 1.1, Ours: clientPool, Peers: []bench.Peer{{Name: "fasthttp", Run: clientFast}},
	},
	{
		Name: "httpx/client-get-64", Target: 0.55, Ours: parallel(clientPool), Peers: []bench.Peer{{Name: "net/http", Run: parallel(clientNetHTTP)}},
	},
	{
		Name: "httpx/client-roundtrip", Target: 0.55, Ours: clientRoundTrip, Peers: []bench.Peer{{Name: "net/http", Run: clientNetHTTP}},
	},
}

// A starter starts a server.
type starter func() (*running, error)

// A running server has an address, and may be in another process.
type running struct {
	addr   string
	secure bool // by TLS
	stop   func()
	used   func() time.Duration // the processor time of it; nil for that of this process
}

// native is the shortest handler of ours.
var native = server.HandlerFunc(func(r *server.Request) {
	r.SendResponse(200, "")
	r.SendHeader("Content-Type", "text/plain")
	r.SendHeader("Content-Length", "13")
	r.EndHeaders()
	r.WriteString("Hello, World!")
})

// handler is the same for net/http.
var handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, "Hello, World!")
})

func ours(h server.Handler, m socketserver.Model) starter {
	return serveOurs(h, m, func() *tls.Config { return nil })
}

func oursTLS(h server.Handler, m socketserver.Model) starter { return serveOurs(h, m, serverTLS) }

func serveOurs(h server.Handler, m socketserver.Model, config func() *tls.Config) starter {
	return func() (*running, error) {
		s := &server.Server{Addr: "127.0.0.1:0", Handler: h, Model: m, TLS: config()}
		if err := s.Listen(); err != nil {
			return nil, err
		}
		go s.ServeForever(context.Background())
		return &running{addr: s.LocalAddr().String(), secure: s.TLS != nil, stop: func() { s.Close() }}, nil
	}
}

func netHTTP() (*running, error)  { return serveNetHTTP(handler, nil) }
func netHTTPS() (*running, error) { return serveNetHTTP(handler, serverTLS()) }

func serveNetHTTP(h http.Handler, config *tls.Config) (*running, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)} // wrk goes without a word
	if config != nil {
		l = tls.NewListener(l, config)
	}
	go s.Serve(l)
	return &running{addr: l.Addr().String(), secure: config != nil, stop: func() { s.Close() }}, nil
}

func fastHTTP() (*running, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &fasthttp.Server{Handler: func(c *fasthttp.RequestCtx) {
		c.SetContentType("text/plain")
		c.WriteString("Hello, World!")
	}}
	go s.Serve(l)
	return &running{addr: l.Addr().String(), stop: func() { l.Close() }}, nil
}
