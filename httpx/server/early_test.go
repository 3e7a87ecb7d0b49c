package server_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/server"
)

// An answer goes out before the rest of the body that the handler has left is read: the
// client may wait for it.
func TestAnswerBeforeUnreadBody(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		c, err := net.Dial("tcp", start(&server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			r.WriteString("no")
		})}))
		require.NoError(t, err)
		defer c.Close()
		c.SetDeadline(time.Now().Add(10 * time.Second))
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
		br := bufio.NewReader(c)
		for range 2 {
			resp, err := http.ReadResponse(br, nil)
			require.NoError(t, err)
			b, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			assert.Equal(t, "no", string(b))
			io.WriteString(c, "abcPOST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
		}
	})
}

// A goroutine that outlives the handler and reads the body on, as that of a reverse proxy
// does whose origin answers early, takes nothing of the next request.
func TestBodyReadAfterReturn(t *testing.T) {
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, "early")
	}))
	defer origin.Close()
	u, err := url.Parse(origin.URL)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(u)
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(502) }
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HTTP(proxy)})
		for _, expect := range []string{"", "Expect: 100-continue\r\n"} {
			for range 10 {
				c, err := net.Dial("tcp", addr)
				require.NoError(t, err)
				c.SetDeadline(time.Now().Add(10 * time.Second))
				go func() {
					io.WriteString(c, "POST / HTTP/1.1\r\nHost: h\r\n"+expect+"Content-Length: 8000000\r\n\r\n")
					c.Write(bytes.Repeat([]byte("x"), 100000)) // and no more
				}()
				br := bufio.NewReader(c)
				resp, err := http.ReadResponse(br, nil)
				for err == nil && resp.StatusCode == 100 {
					resp, err = http.ReadResponse(br, nil)
				}
				require.NoError(t, err)
				assert.Contains(t, []int{403, 502}, resp.StatusCode)
				c.Close()
			}
		}
	})
}

// The body that a handler has closed while it is read is no longer read.
func TestBodyClose(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			done := make(chan error)
			first := make(chan bool)
			go func() {
				r.Body.Read(make([]byte, 3))
				close(first)
				_, err := r.Body.Read(make([]byte, 3))
				done <- err
			}()
			<-first
			r.Body.Close()
			if <-done != nil {
				io.WriteString(w, "closed")
			}
		}))})
		got := raw(t, addr, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 30\r\n\r\nabc")
		assert.Contains(t, got, "closed")
	})
}

// A file that is shorter than the length that was announced is a part of the body; what
// follows can come from elsewhere.
func TestFilesInARow(t *testing.T) {
	dir := tree(t, map[string]string{"a": strings.Repeat("a", 40000), "b": strings.Repeat("b", 40000)})
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Content-Length", "80004")
			for _, name := range []string{"a", "b"} {
				f, err := os.Open(filepath.Join(dir, name))
				if !assert.NoError(t, err) {
					return
				}
				n, err := io.Copy(w, f)
				assert.NoError(t, err)
				assert.Equal(t, int64(40000), n)
				f.Close()
			}
			io.WriteString(w, "done")
		}))})
		resp, err := http.Get("http://" + addr)
		require.NoError(t, err)
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		assert.NoError(t, err)
		assert.Len(t, b, 80004)
		assert.True(t, strings.HasSuffix(string(b), "bdone"))
	})
}

// The framing of an answer is the server's, however the handler spells its fields.
func TestSecHSRV11FramingOfHandlers(t *testing.T) {
	h := server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["content-length"] = []string{"1"}
		w.Header()["transfer-encoding"] = []string{"chunked"}
		w.Header().Set(http.TrailerPrefix+"Content-Length", "3")
		io.WriteString(w, "hello")
	}))
	got := strings.ToLower(ask(t, &server.Server{Handler: h}, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
	assert.Equal(t, 1, strings.Count(got, "content-length"), got)
	assert.NotContains(t, got, "transfer-encoding")
	assert.Contains(t, got, "content-length: 5\r\n")
}

// The authority of a target in absolute form is held to what Host is held to.
func TestSecHSRV14AbsoluteForm(t *testing.T) {
	for _, target := range []string{"http://user@h/", "http://good@evil/", "http://h:x/", "http://h,evil/", "http://[::1/", `http://h\evil/`, "http:///", "http://h:1:2/"} {
		got := ask(t, &server.Server{Handler: echo}, "GET "+target+" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		assert.Equal(t, "400", status(got), target)
	}
	got := ask(t, &server.Server{Handler: echo}, "GET http://h:80/x HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n")
	assert.Equal(t, "200", status(got))
}

// The rest of a body that nobody wants is not waited for without bound.
func TestSecHSRV15SlowRest(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{HeaderTimeout: 50 * time.Millisecond, Handler: server.HandlerFunc(func(r *server.Request) {
			r.WriteString("no")
		})})
		begin := time.Now()
		got := raw(t, addr, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
		assert.Contains(t, got, "no")
		assert.Less(t, time.Since(begin), 5*time.Second)
	})
}
