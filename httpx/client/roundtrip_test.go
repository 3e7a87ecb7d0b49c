package client_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

// request makes a request for a Pool.
func request(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	require.NoError(t, err)
	return req
}

// sentBody is a request's body that says when it is closed.
type sentBody struct {
	io.Reader
	closed chan struct{}
}

func (b sentBody) Close() error {
	select {
	case <-b.closed:
	default:
		close(b.closed)
	}
	return b.Reader.(io.Closer).Close()
}

// An answer without a body may come while the request's is being sent: what is still to
// be sent must not go into somebody else's request.
func TestEarlyEmptyAnswer(t *testing.T) {
	addr := server(t, func(c net.Conn) {
		br := bufio.NewReader(c)
		http.ReadRequest(br)
		io.WriteString(c, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
		io.Copy(io.Discard, br)
	})
	p := &client.Pool{}
	defer p.Close()
	pr, pw := io.Pipe()
	b := sentBody{pr, make(chan struct{})}
	req := request(t, "POST", "http://"+addr+"/", b)
	req.ContentLength = 1 << 20
	resp, err := p.RoundTrip(req)
	require.NoError(t, err)
	assert.Equal(t, 413, resp.StatusCode)
	resp.Body.Close()
	assert.Zero(t, p.Idle())
	<-b.closed
	_, err = pw.Write([]byte("more"))
	assert.ErrorIs(t, err, io.ErrClosedPipe)
}

// A context that ends while the request's body is awaited ends the call.
func TestCancelWhileBodyBlocks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	addr := server(t, func(c net.Conn) {
		c.Read(make([]byte, 1))
		cancel()
		io.Copy(io.Discard, c)
	})
	p := &client.Pool{}
	defer p.Close()
	pr, _ := io.Pipe()
	b := sentBody{pr, make(chan struct{})}
	req := request(t, "POST", "http://"+addr+"/", b).WithContext(ctx)
	_, err := p.RoundTrip(req)
	assert.ErrorIs(t, err, context.Canceled)
	<-b.closed
}

// RFC 9112 section 9.6: who has said close sends no other request.
func TestRequestThatCloses(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
	for name, change := range map[string]func(*http.Request){
		"field":  func(r *http.Request) { r.Close = true },
		"header": func(r *http.Request) { r.Header.Set("Connection", "x, Close") },
	} {
		t.Run(name, func(t *testing.T) {
			p := &client.Pool{}
			defer p.Close()
			req := request(t, "GET", "http://"+server(t, says(ok, ok))+"/", nil)
			change(req)
			resp, err := p.RoundTrip(req)
			require.NoError(t, err)
			resp.Body.Close()
			assert.Zero(t, p.Idle())
		})
	}
	c := dial(t, server(t, says(ok)), nil)
	require.NoError(t, c.PutRequest("GET", "/"))
	require.NoError(t, c.PutHeader("Connection", "close"))
	require.NoError(t, c.EndHeaders(t.Context(), nil))
	r, err := c.Response(t.Context())
	require.NoError(t, err)
	assert.True(t, r.WillClose)
	assert.Nil(t, c.NetConn())
}

// Other interim responses may come before 100 (RFC 9110 section 15.2).
func TestExpectAfterHints(t *testing.T) {
	addr := server(t, func(c net.Conn) {
		br := bufio.NewReader(c)
		http.ReadRequest(br)
		io.WriteString(c, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n")
		b := make([]byte, 5)
		io.ReadFull(br, b)
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"+string(b))
		io.Copy(io.Discard, br)
	})
	var interim []int
	p := &client.Pool{Config: &client.Config{
		ContinueTimeout: time.Hour,
		OnInterim:       func(r *client.Response) { interim = append(interim, int(r.Status)) },
	}}
	defer p.Close()
	req := request(t, "POST", "http://"+addr+"/", strings.NewReader("hello"))
	req.Header.Set("Expect", "100-continue")
	resp, err := p.RoundTrip(req)
	require.NoError(t, err)
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(b))
	assert.Equal(t, []int{103, 100}, interim)
}

// The deadline of the last wait does not go over with the connection.
func TestUpgradeHasNoDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		go func() {
			br := bufio.NewReader(theirs)
			http.ReadRequest(br)
			io.WriteString(theirs, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")
			time.Sleep(time.Hour)
			io.WriteString(theirs, "late")
		}()
		c, err := client.New("h", &client.Config{
			Timeout: time.Second,
			Dial:    func(context.Context, string, string) (net.Conn, error) { return ours, nil },
		})
		require.NoError(t, err)
		r, err := get(t, c)
		require.NoError(t, err)
		nc, rest, err := r.Hijack()
		require.NoError(t, err)
		defer nc.Close()
		b := make([]byte, 4)
		n := copy(b, rest)
		_, err = io.ReadFull(nc, b[n:])
		require.NoError(t, err)
		assert.Equal(t, "late", string(b))
	})
}

// heads answers requests and notes their heads.
func heads(got chan<- string) func(net.Conn) {
	return func(c net.Conn) {
		br := bufio.NewReader(c)
		var b strings.Builder
		for {
			line, err := br.ReadString('\n')
			if b.WriteString(line); err != nil || line == "\r\n" {
				break
			}
		}
		got <- b.String()
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		io.Copy(io.Discard, br)
	}
}

// The request line is that of net/http.
func TestRequestLines(t *testing.T) {
	for _, tt := range []struct {
		method string
		u      url.URL
	}{
		{"GET", url.URL{Path: "/a b", RawQuery: "q=1"}},
		{"GET", url.URL{Path: "/a", ForceQuery: true}},
		{"GET", url.URL{Path: ""}},
		{"GET", url.URL{Path: "//a"}},
		{"GET", url.URL{Opaque: "//other/path", RawQuery: "q=1"}},
		{"GET", url.URL{Opaque: "/a%2fb", RawQuery: "q=1"}},
		{"OPTIONS", url.URL{Path: "*"}},
		{"OPTIONS", url.URL{Opaque: "*"}},
		{"CONNECT", url.URL{}},
		{"CONNECT", url.URL{Opaque: "other:443"}},
	} {
		got := make(chan string, 2)
		addr := server(t, heads(got), heads(got))
		var lines []string
		for _, rt := range []http.RoundTripper{&client.Pool{}, &http.Transport{}} {
			u := tt.u
			u.Scheme, u.Host = "http", addr
			req := (&http.Request{Method: tt.method, URL: &u, Header: http.Header{}}).WithContext(t.Context())
			resp, err := rt.RoundTrip(req)
			require.NoError(t, err)
			resp.Body.Close()
			line, _, _ := strings.Cut(<-got, "\r\n")
			lines = append(lines, line)
		}
		assert.Equal(t, lines[1], lines[0], "%+v", tt.u)
	}
}

// The fields of framing are those of the request, however a header spells its own.
func TestRequestFraming(t *testing.T) {
	got := make(chan string, 1)
	p := &client.Pool{}
	defer p.Close()
	req := request(t, "POST", "http://"+server(t, heads(got))+"/", strings.NewReader("hello"))
	req.Host = "h"
	for _, k := range []string{"transfer-encoding", "TRANSFER-ENCODING", "host", "content-length", "trailer", "Trailer"} {
		req.Header[k] = []string{"chunked"}
	}
	resp, err := p.RoundTrip(req)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n", <-got)

	req = request(t, "POST", "http://127.0.0.1:1/", io.MultiReader(strings.NewReader("x")))
	req.Trailer = http.Header{"Content-Length": nil}
	_, err = p.RoundTrip(req)
	assert.ErrorIs(t, err, client.ErrInvalid)
}

// A body that broke off leaves a connection on which nobody knows what comes next.
func TestBrokenBody(t *testing.T) {
	c := dial(t, server(t, says("HTTP/1.1 408 Timeout\r\nContent-Length: 0\r\n\r\n")), nil)
	err := c.Request(t.Context(), "POST", "/", io.MultiReader(strings.NewReader("x"), iotest.ErrReader(errBody)), nil)
	require.ErrorIs(t, err, errBody)
	r, err := c.Response(t.Context())
	require.NoError(t, err)
	assert.True(t, r.WillClose)
	assert.Nil(t, c.NetConn())

	n, w := noted(t, "h", client.Config{})
	require.NoError(t, n.PutRequest("POST", "/"))
	require.NoError(t, n.PutHeader("Transfer-Encoding", "chunked"))
	err = n.EndHeaders(t.Context(), client.Chunked(strings.NewReader("x"), httpx.Header{{Name: "Content-Length", Value: "1"}}))
	assert.ErrorIs(t, err, client.ErrInvalid)
	assert.True(t, strings.HasSuffix(string(w.got), "\r\n\r\n"))
}

// A connection that has rested for longer than a wait may last is used again.
func TestRestLongerThanTimeout(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
	cfg := &client.Config{Timeout: time.Minute}
	c := dial(t, server(t, says(ok, ok)), cfg)
	for range 2 {
		_, err := get(t, c)
		require.NoError(t, err)
		require.NoError(t, c.NetConn().SetReadDeadline(time.Unix(1, 0)))
	}
	var conns []net.Conn
	p := &client.Pool{Config: &client.Config{Timeout: time.Minute, Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		nc, err := new(net.Dialer).DialContext(ctx, network, addr)
		conns = append(conns, nc)
		return nc, err
	}}}
	defer p.Close()
	addr := server(t, says(ok, ok))
	for range 2 {
		_, err := p.Do(t.Context(), "GET", "http://"+addr, nil, nil)
		require.NoError(t, err)
		require.NoError(t, conns[0].SetReadDeadline(time.Unix(1, 0)))
	}
	assert.Len(t, conns, 1)
}
