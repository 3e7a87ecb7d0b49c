package server_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/server"
)

// A handler that gives up takes nothing of the answers before its own with it.
func TestAbortAfterOthers(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Logger: slog.New(slog.DiscardHandler), Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "fine")
			if r.URL.Path == "/abort" {
				panic(http.ErrAbortHandler)
			}
		}))})
		got := raw(t, addr, "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /abort HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
		assert.Equal(t, 1, strings.Count(got, "HTTP/1.1 200"))
		assert.True(t, strings.HasSuffix(got, "\r\n\r\nfine"), got)
	})
}

// The deadlines that a handler sets are those of its request: neither one that is at hand
// already nor one that comes later has them.
func TestDeadlinesOfOneRequest(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		reading := make(chan struct{}, 1)
		addr := start(&server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == "POST" {
				reading <- struct{}{}
			}
			b, err := io.ReadAll(r.Body)
			fmt.Fprint(w, string(b), err)
			if r.Method == "GET" && http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) != nil {
				panic("deadline")
			}
		}))})
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		defer c.Close()
		c.SetDeadline(time.Now().Add(10 * time.Second))
		br := bufio.NewReader(c)
		answer := func() string {
			resp, err := http.ReadResponse(br, nil)
			require.NoError(t, err)
			b, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			return string(b)
		}
		const post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe"
		const get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
		io.WriteString(c, get+post)
		for range 2 {
			assert.Equal(t, "<nil>", answer())
			<-reading // with what it has of the body
			io.WriteString(c, "llo"+get)
			assert.Equal(t, "hello<nil>", answer())
			assert.Equal(t, "<nil>", answer())
			io.WriteString(c, get)
			assert.Equal(t, "<nil>", answer())
			io.WriteString(c, get+post)
		}
	})
}

// A writer that is kept beyond its handler does nothing to the answers that follow.
func TestWriterKept(t *testing.T) {
	var kept http.ResponseWriter // the requests come one after the other
	addr := start(t, &server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kept == nil {
			kept = w
			return
		}
		rc := http.NewResponseController(kept)
		for _, err := range []error{
			rc.Flush(), rc.SetReadDeadline(time.Unix(1, 0)), rc.SetWriteDeadline(time.Unix(1, 0)),
		} {
			assert.ErrorIs(t, err, net.ErrClosed)
		}
		_, _, err := rc.Hijack()
		assert.ErrorIs(t, err, net.ErrClosed)
		_, err = kept.(io.ReaderFrom).ReadFrom(strings.NewReader("not mine"))
		assert.ErrorIs(t, err, net.ErrClosed)
		_, err = io.WriteString(kept, "not mine")
		assert.ErrorIs(t, err, net.ErrClosed)
		kept.WriteHeader(500)
		io.WriteString(w, "mine")
	}))}, models["Threading"])
	got := raw(t, addr, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	assert.Equal(t, 2, strings.Count(got, "HTTP/1.1 200 OK"))
	assert.True(t, strings.HasSuffix(got, "\r\n\r\nmine"), got)
}

// There is one opinion on where the body of an answer ends (RFC 9112 section 6.2).
func TestSecHSRV11OneLength(t *testing.T) {
	for _, second := range []string{"Content-Length: 2", "Content-Length: 3", "Transfer-Encoding: chunked"} {
		for _, turned := range []bool{false, true} {
			fields := []string{"Content-Length: 2", second}
			if turned {
				fields = []string{second, "Content-Length: 2"}
			}
			addr := start(t, &server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
				r.SendResponse(200, "")
				for i, f := range fields {
					name, value, _ := strings.Cut(f, ": ")
					if err := r.SendHeader(name, value); i == 0 {
						assert.NoError(t, err)
					} else {
						assert.ErrorIs(t, err, server.ErrHeader)
					}
				}
				r.EndHeaders()
			})}, models["Threading"])
			got := raw(t, addr, "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
			assert.Equal(t, 1, strings.Count(got, "Content-Length")+strings.Count(got, "Transfer-Encoding"), got)
		}
	}
}

// Shutdown waits for connections that were handed in, too.
func TestShutdownOfServeNetConn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			time.Sleep(time.Minute)
			r.WriteString("done")
		})}
		ours, theirs := net.Pipe()
		go s.ServeNetConn(t.Context(), ours)
		got := make(chan string)
		go func() {
			b, _ := io.ReadAll(theirs)
			got <- string(b)
		}()
		io.WriteString(theirs, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
		synctest.Wait()
		go func() { assert.NoError(t, s.Shutdown(t.Context())) }()
		answer := <-got
		assert.Contains(t, answer, "\r\nConnection: close\r\n")
		assert.True(t, strings.HasSuffix(answer, "\r\n\r\ndone"), answer)
		synctest.Wait()
	})
}

// A connection that ends says so (RFC 9112 section 9.6), once.
func TestSaysClose(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			r.SendResponse(200, "")
			switch r.Target {
			case "/own":
				r.SendHeader("Connection", "close")
			case "/length":
				r.SendHeader("Content-Length", "1")
			}
			r.CloseConnection = r.CloseConnection || r.Target == "/handler"
			r.WriteString("x")
		})})
		for request, want := range map[string]int{
			"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n":                          1,
			"GET /own HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n":                       1,
			"GET /length HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n":                    1,
			"GET /handler HTTP/1.1\r\nHost: h\r\n\r\n":                                        1,
			"HEAD /handler HTTP/1.1\r\nHost: h\r\n\r\n":                                       1,
			"POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n": 1, // the body may or may not come
			"GET / HTTP/1.0\r\n\r\n":                                                          0, // that is understood
		} {
			got := raw(t, addr, request)
			assert.Equal(t, want, strings.Count(got, "Connection: close\r\n"), "%q: %q", request, got)
		}
	})
}
