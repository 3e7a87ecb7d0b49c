package client_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

// echo answers what it was asked, in the way that the path says.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("X-Method", r.Method)
	w.Header()["X-Many"] = []string{"1", "2"}
	text := fmt.Sprintf("%s %s %s %d %v %q %s", r.Method, r.URL, r.Host, r.ContentLength, r.TransferEncoding, body, r.Trailer.Get("X-T"))
	switch r.URL.Path {
	case "/chunked":
		w.(http.Flusher).Flush()
		io.WriteString(w, text)
	case "/trailer":
		w.Header().Set("Trailer", "X-Sum")
		io.WriteString(w, text)
		w.Header().Set("X-Sum", "7")
		w.Header().Set(http.TrailerPrefix+"X-Late", "8")
	case "/close":
		w.Header().Set("Connection", "close")
		io.WriteString(w, text)
	case "/204":
		w.WriteHeader(204)
	case "/304":
		w.Header().Set("Etag", `"x"`)
		w.WriteHeader(304)
	case "/404":
		http.Error(w, text, 404)
	case "/long":
		io.WriteString(w, strings.Repeat("0123456789", 20000))
	case "/gzip":
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, text)
		z.Close()
	case "/103":
		w.Header().Set("Link", "</x>")
		w.WriteHeader(103)
		io.WriteString(w, text)
	case "/redirect":
		http.Redirect(w, r, "/ok", http.StatusFound)
	case "/cookie":
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
		http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
		io.WriteString(w, text)
	default:
		io.WriteString(w, text)
	}
}

// TestBesideNetHTTP has net/http's transport and ours do the same exchanges with
// net/http's server; what the callers see is the same.
func TestBesideNetHTTP(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(echo))
	defer srv.Close()
	pool := &client.Pool{}
	defer pool.Close()
	theirs := &http.Transport{DisableCompression: true}
	defer theirs.CloseIdleConnections()

	n := 0
	for _, path := range []string{"/ok", "/chunked", "/trailer", "/close", "/204", "/304", "/404", "/long", "/gzip", "/103", "/redirect", "/cookie", "/ok?a=%20b&c", "/a%2Fb"} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"} {
			for _, body := range []string{"none", "short", "long", "unknown", "trailer", "nobody"} {
				if body != "none" && (method == "GET" || method == "HEAD") && path != "/ok" {
					continue
				}
				n++
				a := exchanged(t, theirs, srv.URL, method, path, body)
				b := exchanged(t, pool, srv.URL, method, path, body)
				if !assert.Equal(t, a, b, "%s %s %s", method, path, body) {
					return
				}
			}
		}
	}
	assert.Greater(t, n, 400)
}

func exchanged(t *testing.T, rt http.RoundTripper, base, method, path, body string) string {
	t.Helper()
	var r io.Reader
	switch body {
	case "short":
		r = strings.NewReader("short")
	case "long":
		r = bytes.NewReader(bytes.Repeat([]byte("long "), 20000))
	case "unknown", "trailer":
		r = io.MultiReader(strings.NewReader("un"), strings.NewReader("known"))
	case "nobody":
		r = http.NoBody
	}
	req, err := http.NewRequest(method, base+path, r)
	require.NoError(t, err)
	req.Header.Set("X-Req", "1")
	req.Header.Set("User-Agent", "test")
	if body == "trailer" {
		req.Trailer = http.Header{"X-T": {"t"}}
	}
	hc := http.Client{Transport: rt, Timeout: 10 * time.Second}
	resp, err := hc.Do(req)
	if err != nil {
		return "error"
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	resp.Header.Del("Date")
	return fmt.Sprint(resp.Status, resp.Proto, resp.ContentLength, resp.TransferEncoding, resp.Header, resp.Trailer, resp.Close, string(got))
}

func TestPoolKeepsAlive(t *testing.T) {
	var mu sync.Mutex
	conns := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		conns[r.RemoteAddr]++
		mu.Unlock()
		io.WriteString(w, "ok")
	}))
	defer srv.Close()
	pool := &client.Pool{}
	defer pool.Close()
	for range 5 {
		r, err := pool.Do(t.Context(), "GET", srv.URL+"/x", nil, nil)
		require.NoError(t, err)
		assert.Equal(t, srv.URL+"/x", r.URL)
		b, err := r.ReadAll()
		require.NoError(t, err)
		assert.Equal(t, "ok", string(b))
	}
	assert.Len(t, conns, 1)

	// The server closes what is idle: the next request notices and opens another.
	srv.CloseClientConnections()
	r, err := pool.Do(t.Context(), "POST", srv.URL, strings.NewReader("x"), nil)
	require.NoError(t, err)
	r.Close()
	pool.Close()
	_, err = pool.Do(t.Context(), "GET", srv.URL, nil, nil)
	assert.ErrorIs(t, err, net.ErrClosed)
}

// A connection that is closed while a request is on its way: a safe request is sent
// again, another is not.
func TestPoolRetries(t *testing.T) {
	dies := func(c net.Conn) {
		b := make([]byte, 4096)
		c.Read(b)
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		for got := ""; !strings.HasSuffix(got, "once") && !(strings.HasPrefix(got, "GET") && strings.HasSuffix(got, "\r\n\r\n")); {
			n, err := c.Read(b) // the next request, all of it, is met with silence
			if err != nil {
				return
			}
			got += string(b[:n])
		}
	}
	ok := says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	addr := "http://" + server(t, dies, ok)
	pool := &client.Pool{}
	defer pool.Close()
	for range 2 {
		r, err := pool.Do(t.Context(), "GET", addr, nil, nil)
		require.NoError(t, err)
		r.Close()
	}
	pool2 := &client.Pool{}
	defer pool2.Close()
	hc := http.Client{Transport: pool2}
	addr = "http://" + server(t, dies, ok)
	resp, err := hc.Get(addr)
	require.NoError(t, err)
	resp.Body.Close()
	_, err = hc.Post(addr, "text/plain", strings.NewReader("once"))
	require.ErrorIs(t, err, client.ErrRemoteDisconnected)
	resp, err = hc.Get(addr)
	require.NoError(t, err)
	resp.Body.Close()
}

func TestPoolBound(t *testing.T) {
	var mu sync.Mutex
	busy, most := 0, 0
	release := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		busy++
		most = max(most, busy)
		mu.Unlock()
		<-release
		mu.Lock()
		busy--
		mu.Unlock()
		io.WriteString(w, "ok")
	}))
	defer srv.Close()
	pool := &client.Pool{MaxPerHost: 2}
	defer pool.Close()
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			r, err := pool.Do(t.Context(), "GET", srv.URL, nil, nil)
			if assert.NoError(t, err) {
				b, err := r.ReadAll()
				assert.NoError(t, err)
				assert.Equal(t, "ok", string(b))
			}
		})
	}
	require.Eventually(t, func() bool { // the room is taken
		mu.Lock()
		defer mu.Unlock()
		return busy == 2
	}, 5*time.Second, time.Millisecond)
	// One that waits gives up with its context.
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := pool.Do(ctx, "GET", srv.URL, nil, nil)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	close(release)
	wg.Wait()
	assert.Equal(t, 2, most)
}

func TestPoolOverTLS(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.HandlerFunc(echo))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0) // one client below refuses the certificate
	srv.StartTLS()
	defer srv.Close()
	roots := srv.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	pool := &client.Pool{Config: &client.Config{TLS: &tls.Config{RootCAs: roots, ServerName: "example.com"}}}
	defer pool.Close()
	hc := http.Client{Transport: pool}
	for range 3 {
		resp, err := hc.Get(srv.URL + "/ok")
		require.NoError(t, err)
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Contains(t, string(b), "GET /ok")
		require.NotNil(t, resp.TLS)
	}
	_, err := (&client.Pool{}).Do(t.Context(), "GET", srv.URL, nil, nil)
	var ce *tls.CertificateVerificationError
	require.ErrorAs(t, err, &ce)
}

func TestPoolThroughProxy(t *testing.T) {
	origin := httptest.NewServer(http.HandlerFunc(echo))
	defer origin.Close()
	secure := httptest.NewTLSServer(http.HandlerFunc(echo))
	defer secure.Close()
	var seen []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Method+" "+r.RequestURI+" "+r.Header.Get("Proxy-Authorization"))
		if r.Method == "CONNECT" {
			up, err := net.Dial("tcp", r.Host)
			if err != nil {
				return
			}
			down, _, _ := w.(http.Hijacker).Hijack()
			io.WriteString(down, "HTTP/1.1 200 OK\r\n\r\n")
			go func() { io.Copy(up, down); up.Close() }()
			io.Copy(down, up)
			down.Close()
			return
		}
		r.RequestURI = ""
		r.Header.Del("Proxy-Authorization")
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return
		}
		defer resp.Body.Close()
		w.WriteHeader(resp.StatusCode)
		io.Copy(w, resp.Body)
	}))
	defer proxy.Close()
	u, _ := url.Parse(proxy.URL)
	u.User = url.UserPassword("u", "p")
	pool := &client.Pool{
		Proxy:  http.ProxyURL(u),
		Config: &client.Config{TLS: &tls.Config{RootCAs: secure.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, ServerName: "example.com"}},
	}
	defer pool.Close()
	hc := http.Client{Transport: pool}
	for _, base := range []string{origin.URL, secure.URL} {
		resp, err := hc.Get(base + "/ok")
		require.NoError(t, err)
		b, _ := io.ReadAll(resp.Body)
		assert.Contains(t, string(b), "GET /ok "+strings.SplitN(base, "//", 2)[1])
		r, err := pool.Do(t.Context(), "GET", base+"/do", nil, nil)
		require.NoError(t, err)
		b, _ = r.ReadAll()
		assert.Contains(t, string(b), "GET /do ")
	}
	require.Len(t, seen, 3)
	assert.Equal(t, "GET "+origin.URL+"/ok Basic dTpw", seen[0])
	assert.Equal(t, "GET "+origin.URL+"/do Basic dTpw", seen[1])
	assert.Equal(t, "CONNECT "+secure.Listener.Addr().String()+" Basic dTpw", seen[2])
}

// The answer may come before a long body has been sent.
func TestEarlyAnswer(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	addr := server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		c.Read(b)
		io.WriteString(c, "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
		<-done // the client must not depend on us reading
	})
	hc := http.Client{Transport: &client.Pool{}}
	resp, err := hc.Post("http://"+addr, "text/plain", io.LimitReader(zeros{}, 1<<30))
	require.NoError(t, err)
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "big", string(b))
	require.NoError(t, resp.Body.Close())
}

func TestRoundTripUpgrade(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, rw, _ := w.(http.Hijacker).Hijack()
		io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n")
		line, _ := rw.ReadString('\n')
		io.WriteString(c, strings.ToUpper(line))
		c.Close()
	}))
	defer srv.Close()
	req, _ := http.NewRequest("GET", srv.URL, nil)
	req.Header.Set("Connection", "upgrade")
	req.Header.Set("Upgrade", "echo")
	resp, err := (&client.Pool{}).RoundTrip(req)
	require.NoError(t, err)
	require.Equal(t, 101, resp.StatusCode)
	rw := resp.Body.(io.ReadWriteCloser)
	defer rw.Close()
	io.WriteString(rw, "hello\n")
	b, err := io.ReadAll(rw)
	require.NoError(t, err)
	assert.Equal(t, "HELLO\n", string(b))
}

func TestPoolURLs(t *testing.T) {
	pool := &client.Pool{}
	for _, u := range []string{"", "x", "ftp://h/", "http://", "http:///x", "http://:80/", "http://u:secret@h/", "http://h:bad/", "http://h/a b", "http://h\r\nX: y/", "http://h/\x00"} {
		_, err := pool.Do(t.Context(), "GET", u, nil, nil)
		require.ErrorIs(t, err, client.ErrInvalidURL, "%q", u)
		assert.NotContains(t, err.Error(), "secret")
	}
}

func TestIdleTimeout(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.HandlerFunc(echo))
	closed := make(chan struct{})
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateClosed { // the server sees the end
			close(closed)
		}
	}
	srv.Start()
	defer srv.Close()
	pool := &client.Pool{IdleTimeout: 20 * time.Millisecond}
	defer pool.Close()
	r, err := pool.Do(t.Context(), "GET", srv.URL, nil, httpx.Header{{Name: "A", Value: "b"}})
	require.NoError(t, err)
	r.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	select {
	case <-closed:
	case <-ctx.Done():
		t.Fatal("still idle")
	}
	assert.Zero(t, pool.Idle())
}
