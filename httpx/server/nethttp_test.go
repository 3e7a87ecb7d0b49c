package server_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/server"
)

// behaviours are handlers that try what an http.Handler can do.
var behaviours = map[string]http.HandlerFunc{
	"empty":  func(w http.ResponseWriter, r *http.Request) {},
	"hello":  func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") },
	"html":   func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html><body>") },
	"status": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(418); io.WriteString(w, "teapot") },
	"twice":  func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); w.WriteHeader(500) },
	"204":    func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204); w.Write([]byte("no")) },
	"304": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"x"`)
		w.WriteHeader(304)
	},
	"type": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "a/b")
		w.Write([]byte("<html>"))
	},
	"notype": func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = nil
		w.Write([]byte("<html>"))
	},
	"encoded": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "x")
		w.Write([]byte("<html>"))
	},
	"length": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "5")
		io.WriteString(w, "hel")
		io.WriteString(w, "lo")
	},
	"toolong": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "2")
		io.WriteString(w, "he")
		if _, err := io.WriteString(w, "llo"); err != http.ErrContentLength {
			panic(err)
		}
	},
	"long": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, strings.Repeat("0123456789", 1000)) },
	"flush": func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "a")
		w.(http.Flusher).Flush()
		io.WriteString(w, "b")
	},
	"flushempty": func(w http.ResponseWriter, r *http.Request) { w.(http.Flusher).Flush() },
	"late": func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(200)
		w.Header().Set("X-Late", "1")
		io.WriteString(w, "x")
	},
	"close": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		io.WriteString(w, "bye")
	},
	"inject": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X", "a\r\nY: b")
		w.Header()["Bad Name"] = []string{"x"}
		io.WriteString(w, "ok")
	},
	"shorttrailer": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(http.TrailerPrefix+"X-P", "1")
		io.WriteString(w, "short")
	},
	"trailer": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-A, X-B")
		io.WriteString(w, "body")
		w.Header().Set("X-A", "1")
		w.Header().Set("X-B", "2")
		w.Header().Set("X-C", "3")
	},
	"prefix": func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "body")
		w.Header().Set(http.TrailerPrefix+"X-P", "1")
	},
	"interim": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</a>")
		w.WriteHeader(103)
		w.Header().Del("Link")
		io.WriteString(w, "done")
	},
	"many": func(w http.ResponseWriter, r *http.Request) {
		w.Header()["X-M"] = []string{"1", "2"}
		w.Header().Set("Date", "x")
	},
	"request": func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		keys := make([]string, 0, len(r.Header))
		for k, v := range r.Header {
			keys = append(keys, fmt.Sprint(k, v))
		}
		sort.Strings(keys)
		fmt.Fprintln(w, r.Method, r.URL.Path, r.URL.RawPath, r.URL.RawQuery, r.URL.Host, r.Host, r.RequestURI, r.Proto, r.ProtoMajor, r.ProtoMinor, r.ContentLength, r.TransferEncoding, r.Close, keys, string(b), err, r.Trailer, r.TLS == nil)
		_, err = r.Body.Read(make([]byte, 1))
		fmt.Fprintln(w, err)
	},
	"hints": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-A")
		w.WriteHeader(103)
		io.WriteString(w, "done")
		w.Header().Set("X-A", "1")
	},
	"settrailer": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-A, A-A")
		w.Header().Set("X-A", "1")
		w.Header().Set("A-A", "2")
		io.WriteString(w, "done")
		w.(http.Flusher).Flush()
	},
	"badtrailer": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-A, Content-Encoding, Authorization, b c")
		io.WriteString(w, "done")
		w.(http.Flusher).Flush()
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Authorization", "x")
		w.Header().Set("X-A", "1")
	},
	"304full": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/x")
		w.Header().Set("Content-Length", "5")
		w.Header().Set("Last-Modified", "x")
		w.WriteHeader(304)
		io.WriteString(w, "hello")
	},
	"204full": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/x")
		w.Header().Set("Content-Length", "5")
		w.Header().Set("Transfer-Encoding", "chunked")
		w.WriteHeader(204)
		if _, err := io.Copy(w, strings.NewReader("hello")); err != http.ErrBodyNotAllowed {
			panic(err)
		}
	},
	"205": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(205) },
	"short": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "9")
		io.WriteString(w, "x")
	},
	"nodate": func(w http.ResponseWriter, r *http.Request) { w.Header()["Date"] = nil; io.WriteString(w, "x") },
	"keep": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "keep-alive")
		io.WriteString(w, "x")
	},
	"closes": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "x, close")
		io.WriteString(w, "x")
	},
	"nothing": func(w http.ResponseWriter, r *http.Request) {
		w.Write(nil)
		w.Header().Set("X-Late", "1")
		io.WriteString(w, "x")
	},
	"readfrom": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "7")
		n, err := w.(io.ReaderFrom).ReadFrom(io.LimitReader(strings.NewReader("hello, world"), 7))
		if n != 7 || err != nil {
			panic(err)
		}
	},
	"copybody":  func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) },
	"closebody": func(w http.ResponseWriter, r *http.Request) { r.Body.Close(); io.WriteString(w, "x") },
	"error":     func(w http.ResponseWriter, r *http.Request) { http.Error(w, "a\nb", 499) },
	"odd":       func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(799) },
	"flushes": func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(201)
		w.(http.Flusher).Flush()
		w.(http.Flusher).Flush()
	},
	"timeout":  http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "in time") }), time.Minute, "").ServeHTTP,
	"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/x y", http.StatusFound) },
	"notfound": http.NotFound,
	"file": func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, fstest.MapFS{"f.txt": {Data: []byte(strings.Repeat("file ", 2000)), ModTime: time.Unix(1e9, 0)}}, "f.txt")
	},
	"form": func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.FormValue("a"), r.ParseForm()) },
}

// dialogue are requests that follow one another on a connection.
func dialogue(name string) []string {
	p := "/" + name
	return []string{
		"GET " + p + " HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET " + p + "?a=b%20c&d HTTP/1.1\r\nHost: h:8\r\nX-b: 1\r\nx-B: 2\r\nCookie: a=1\r\n\r\n",
		"HEAD " + p + " HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST " + p + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=1",
		"POST " + p + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\na=2\r\n0\r\nX-T: t\r\n\r\n",
		"PUT " + p + " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na=3",
		"GET http://other:9" + p + "?q HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET " + p + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
		"OPTIONS " + p + "%2Fx HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
	}
}

// TestBesideNetHTTP has net/http's server and ours run the same handlers over the same
// connections; what they answer is the same.
func TestBesideNetHTTP(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(strings.Trim(r.URL.Path, "/"), "/")
		behaviours[name](w, r)
	})
	theirs := httptest.NewUnstartedServer(h)
	theirs.Config.ErrorLog = log.New(io.Discard, "", 0)
	theirs.Start()
	defer theirs.Close()
	for model, m := range models {
		if model == "Sequential" {
			continue // one connection at a time has nothing to add
		}
		t.Run(model, func(t *testing.T) {
			addr := start(t, &server.Server{Handler: server.HTTP(h), Logger: slog.New(slog.DiscardHandler)}, m)
			n := 0
			for name := range behaviours {
				want, got := converse(t, theirs.Listener.Addr().String(), dialogue(name)), converse(t, addr, dialogue(name))
				n += len(want)
				assert.Equal(t, want, got, name)
			}
			assert.Greater(t, n, 180)
		})
	}
}

// converse sends requests one after the other, as long as the connection lasts.
func converse(t *testing.T, addr string, requests []string) (out []string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	br := bufio.NewReader(c)
	for _, q := range requests {
		io.WriteString(c, q)
		method, _, _ := strings.Cut(q, " ")
		for {
			resp, err := http.ReadResponse(br, &http.Request{Method: method})
			if err != nil {
				return append(out, "end")
			}
			body, err := io.ReadAll(resp.Body)
			resp.Header.Del("Date")
			// A body that ends with the connection and one in chunks say the same.
			out = append(out, fmt.Sprint(q[:min(30, len(q))], strings.ToLower(resp.Status), resp.Header, resp.Trailer, string(body), err, resp.Close))
			if resp.StatusCode >= 200 {
				break
			}
		}
	}
	return out
}

func TestHTTPHijack(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			nc, rw, err := w.(http.Hijacker).Hijack()
			if err != nil {
				panic(err)
			}
			if _, err := w.Write(nil); !errors.Is(err, http.ErrHijacked) {
				panic(err)
			}
			go func() {
				defer nc.Close()
				line, _ := rw.ReadString('\n')
				rw.WriteString("got " + line)
				rw.Flush()
			}()
		}))})
		assert.Equal(t, "got early\n", raw(t, addr, "GET / HTTP/1.1\r\nHost: h\r\n\r\nearly\n"))
	})
}

// The context ends when the client goes, and when the handler returns.
func TestHTTPContext(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		begun, gone := make(chan struct{}), make(chan error, 1)
		keep := make(chan context.Context, 2)
		addr := start(&server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			if r.URL.Path == "/short" {
				kept := r.Context()
				keep <- kept
				_, cancel := context.WithCancel(kept)
				defer cancel()
				if r.Context().Value(http.LocalAddrContextKey).(net.Addr).String() != addrOf(r) {
					panic("LocalAddr")
				}
				io.WriteString(w, "ok")
				return
			}
			ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
			defer cancel()
			begun <- struct{}{}
			<-ctx.Done()
			gone <- ctx.Err()
		}))})
		got := raw(t, addr, "GET /short HTTP/1.1\r\nHost: h\r\n\r\nPOST /short HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
		assert.Equal(t, 2, strings.Count(got, "ok"))
		<-keep
		kept := <-keep
		assert.ErrorIs(t, kept.Err(), context.Canceled)
		<-kept.Done()

		for _, q := range []string{"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"} {
			c, err := net.Dial("tcp", addr)
			require.NoError(t, err)
			io.WriteString(c, q)
			<-begun
			c.Close()
			assert.ErrorIs(t, <-gone, context.Canceled)
		}
	})
}

func addrOf(r *http.Request) string {
	a, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return a.String()
}

func TestHTTPDeadlines(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		result := make(chan error, 1)
		addr := start(&server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rc := http.NewResponseController(w)
			if err := rc.SetReadDeadline(time.Now().Add(30 * time.Millisecond)); err != nil {
				panic(err)
			}
			if err := rc.EnableFullDuplex(); err != nil {
				panic(err)
			}
			_, err := io.ReadAll(r.Body)
			result <- err
		}))})
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		defer c.Close()
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
		err = <-result
		assert.ErrorIs(t, err, os.ErrDeadlineExceeded)
	})
}

func TestHTTPPanic(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		var log syncBuffer
		addr := start(&server.Server{Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})), Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/abort" {
				io.WriteString(w, "x")
				panic(http.ErrAbortHandler)
			}
			panic("\x1b oops")
		}))})
		assert.NotContains(t, raw(t, addr, "GET /abort HTTP/1.1\r\nHost: h\r\n\r\n"), "200 OK")
		assert.Contains(t, raw(t, addr, "GET / HTTP/1.1\r\nHost: h\r\n\r\n"), " 500 ")
		assert.Contains(t, log.String(), "oops")
		assert.NotContains(t, log.String(), "\x1b")
	})
}

// syncBuffer is a buffer that several goroutines may use.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// A handler that keeps the request does not see another's.
func TestHTTPRequestKept(t *testing.T) {
	keep := make(chan *http.Request, 2)
	addr := start(t, &server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { keep <- r }))}, models["Threading"])
	raw(t, addr, "GET /1 HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\nGET /2 HTTP/1.1\r\nHost: b\r\nX: 2\r\nConnection: close\r\n\r\n")
	kept := []*http.Request{<-keep, <-keep}
	assert.Equal(t, "/1 a 1", kept[0].URL.Path+" "+kept[0].Host+" "+kept[0].Header.Get("X"))
	assert.Equal(t, "/2 b 2", kept[1].URL.Path+" "+kept[1].Host+" "+kept[1].Header.Get("X"))
}

// A handler that keeps the header of its answer does not write to another's.
func TestHTTPHeaderKept(t *testing.T) {
	var kept http.Header // the requests come one after the other
	addr := start(t, &server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kept == nil {
			kept = w.Header()
			return
		}
		kept.Set("X-Kept", "1")
	}))}, models["Threading"])
	got := raw(t, addr, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	assert.Equal(t, 2, strings.Count(got, "HTTP/1.1 200 OK"))
	assert.NotContains(t, got, "X-Kept")
}
