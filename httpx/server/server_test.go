package server_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
)

// models are those that each test runs in; nil is over a plain listener.
var models = map[string]socketserver.Model{
	"Sequential": socketserver.Sequential{},
	"Threading":  socketserver.Threading{},
	"EventLoop":  socketserver.EventLoop{},
	"Listener":   nil,
}

// start has s serve on loopback until the test ends, and returns its address.
func start(t testing.TB, s *server.Server, model socketserver.Model) string {
	t.Helper()
	if model == nil {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		done := make(chan error, 1)
		go func() { done <- s.Serve(l) }()
		t.Cleanup(func() { s.Close(); assert.ErrorIs(t, <-done, server.ErrServerClosed) })
		return l.Addr().String()
	}
	s.Addr, s.Model = "127.0.0.1:0", model
	require.NoError(t, s.Listen())
	done := make(chan error, 1)
	go func() { done <- s.ServeForever(context.Background()) }()
	t.Cleanup(func() { s.Close(); assert.ErrorIs(t, <-done, server.ErrServerClosed) })
	return s.LocalAddr().String()
}

// each runs a test in every model.
func each(t *testing.T, test func(t *testing.T, start func(s *server.Server) string)) {
	for name, m := range models {
		t.Run(name, func(t *testing.T) {
			test(t, func(s *server.Server) string { return start(t, s, m) })
		})
	}
}

// raw sends bytes and returns all that comes until the server closes.
func raw(t testing.TB, addr, in string) string {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = io.WriteString(c, in)
	require.NoError(t, err)
	b, _ := io.ReadAll(c)
	return string(b)
}

// hello answers with what it was asked.
func hello(r *server.Request) {
	body, _ := io.ReadAll(r)
	r.SendResponse(200, "")
	r.SendHeader("Content-Type", "text/plain")
	r.EndHeaders()
	fmt.Fprintf(r, "%s %s %q", r.Method, r.Target, body)
}

var echo = server.Methods{"GET": hello, "POST": hello, "HEAD": hello}

func TestKeepAlivePipelined(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: echo, Version: "-", Now: func() time.Time { return time.Unix(0, 0) }})
		const date = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
		got := raw(t, addr, "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhiPOST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nyo\r\n0\r\n\r\nHEAD /d HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		assert.Equal(t, "HTTP/1.1 200 OK\r\n"+date+"Content-Type: text/plain\r\nContent-Length: 9\r\n\r\nGET /a \"\""+
			"HTTP/1.1 200 OK\r\n"+date+"Content-Type: text/plain\r\nContent-Length: 12\r\n\r\nPOST /b \"hi\""+
			"HTTP/1.1 200 OK\r\n"+date+"Content-Type: text/plain\r\nContent-Length: 12\r\n\r\nPOST /c \"yo\""+
			"HTTP/1.1 200 OK\r\n"+date+"Content-Type: text/plain\r\nConnection: close\r\n\r\n", got)
	})
}

func TestLongBodies(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.Methods{"GET": func(r *server.Request) {
			for i := range 3000 {
				fmt.Fprintf(r, "line %d\n", i)
			}
		}}})
		hc := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		resp, err := hc.Get("http://" + addr)
		require.NoError(t, err)
		assert.Equal(t, []string{"chunked"}, resp.TransferEncoding)
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.True(t, strings.HasSuffix(string(b), "line 2999\n"))

		got := raw(t, addr, "GET / HTTP/1.0\r\n\r\n")
		assert.True(t, strings.HasSuffix(got, "line 2999\n"), "the body ends with the connection")
		assert.NotContains(t, got, "chunked")
	})
}

func TestErrors(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.Methods{"GET": func(r *server.Request) {
			if r.Target == "/panic" {
				panic("oops")
			}
			if r.Target == "/nothing" {
				return
			}
			r.SendError(404, "no <b>", "why & how")
		}}, ErrorFormat: "%(code)d|%(message)s|%(explain)s", ErrorContentType: "text/x", Logger: slog.New(slog.DiscardHandler)})
		got := raw(t, addr, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
		assert.True(t, strings.HasPrefix(got, "HTTP/1.1 404 no <b>\r\n"), got)
		assert.Contains(t, got, "Connection: close\r\nContent-Type: text/x\r\nContent-Length: 30\r\n\r\n404|no &lt;b&gt;|why &amp; how")
		assert.Contains(t, raw(t, addr, "BREW / HTTP/1.1\r\nHost: h\r\n\r\n"), "HTTP/1.1 501 Unsupported method ('BREW')\r\n")
		assert.Contains(t, raw(t, addr, "GET /panic HTTP/1.1\r\nHost: h\r\n\r\n"), "HTTP/1.1 500 Internal Server Error\r\n")
		assert.Contains(t, raw(t, addr, "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n"), "HTTP/1.1 500 Internal Server Error\r\n")
	})
}

func TestTLS(t *testing.T) {
	cert := httptest.NewUnstartedServer(nil)
	cert.StartTLS()
	defer cert.Close()
	for name, m := range models {
		if m == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			s := &server.Server{Handler: echo, TLS: &tls.Config{Certificates: cert.TLS.Certificates}}
			addr := start(t, s, m)
			hc := cert.Client()
			for range 3 {
				resp, err := hc.Post("https://"+addr+"/x", "text/plain", strings.NewReader("hi"))
				require.NoError(t, err)
				b, _ := io.ReadAll(resp.Body)
				assert.Equal(t, `POST /x "hi"`, string(b))
			}
			hc.CloseIdleConnections()
		})
	}
}

func TestGracefulShutdown(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		entered, release := make(chan struct{}), make(chan struct{})
		s := &server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			close(entered)
			<-release
			r.WriteString("done")
		})}
		addr := start(s)
		answer := make(chan string)
		go func() {
			c, _ := net.Dial("tcp", addr)
			defer c.Close()
			io.WriteString(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
			resp, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				answer <- err.Error()
				return
			}
			b, _ := io.ReadAll(resp.Body)
			answer <- string(b)
		}()
		<-entered
		stopped := make(chan error)
		go func() { stopped <- s.Shutdown(context.Background()) }()
		close(release)
		assert.Equal(t, "done", <-answer)
		assert.NoError(t, <-stopped)
		_, err := net.Dial("tcp", addr)
		assert.Error(t, err)
	})
}

func TestExpect(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.Methods{"POST": hello, "PUT": func(r *server.Request) { r.SendError(403, "", "") }}})
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		defer c.Close()
		br := bufio.NewReader(c)
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
		line, err := br.ReadString('\n')
		require.NoError(t, err)
		assert.Equal(t, "HTTP/1.1 100 Continue\r\n", line)
		br.ReadString('\n')
		io.WriteString(c, "body")
		resp, err := http.ReadResponse(br, nil)
		require.NoError(t, err)
		b, _ := io.ReadAll(resp.Body)
		assert.Equal(t, `POST / "body"`, string(b))
		c.Close()
		got := raw(t, addr, "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
		assert.True(t, strings.HasPrefix(got, "HTTP/1.1 403 "), got)
	})
}

func TestHijack(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		taken := make(chan struct{})
		addr := start(&server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			nc, buffered, err := r.Hijack()
			close(taken)
			if err != nil {
				return
			}
			go func() {
				defer nc.Close()
				b := make([]byte, 4)
				io.ReadFull(nc, b)
				fmt.Fprintf(nc, "%s+%s", buffered, b)
			}()
		})})
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\nearly")
		<-taken // so that what follows is not of the same read
		io.WriteString(c, "late")
		b, err := io.ReadAll(c)
		require.NoError(t, err)
		assert.Equal(t, "early+late", string(b))
	})
}

func TestRequestFields(t *testing.T) {
	seen := make(chan string, 1)
	addr := start(t, &server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
		path, query, ok := r.Path()
		seen <- fmt.Sprint(r.Line, "|", r.Version, "|", path, "|", query, "|", ok, "|", r.Header, "|", r.AddressString(), "|", r.ContentLength(), "|", r.Server() != nil)
		r.SendResponse(httpx.StatusNoContent, "")
		r.EndHeaders()
	})}, socketserver.Threading{})
	raw(t, addr, "GET //a%20b?c=%20#d HTTP/1.0\r\nx-B: 1\r\n\r\n")
	assert.Equal(t, "GET //a%20b?c=%20#d HTTP/1.0|HTTP/1.0|/a b|c=%20#d|true|x-B: 1\r\n|127.0.0.1|0|true", <-seen)
}

// Bare adds nothing to what the handler sends, and an answer without a length ends with
// the connection: what comes after is not answered.
func TestBare(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Bare: true, Version: "-", Now: func() time.Time { return time.Unix(0, 0) }, Handler: server.HandlerFunc(func(r *server.Request) {
			r.SendResponse(httpx.StatusOK, "")
			if r.Target == "/length" {
				r.SendHeader("Content-Length", "2")
			}
			r.EndHeaders()
			r.WriteString("ok")
		})})
		const get, date = " HTTP/1.1\r\nHost: h\r\n\r\n", "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
		assert.Equal(t, "HTTP/1.1 200 OK\r\n"+date+"Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n"+date+"\r\nok",
			raw(t, addr, "GET /length"+get+"GET /"+get+"GET /"+get))
	})
}
