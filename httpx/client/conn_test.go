package client_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

func TestRequestOnTheWire(t *testing.T) {
	for _, tt := range []struct {
		name, host, method, target string
		body                       io.Reader
		header                     httpx.Header
		cfg                        client.Config
		want                       string
	}{
		{name: "GET", host: "example.com", method: "GET", target: "/a?b",
			want: "GET /a?b HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: identity\r\n\r\n"},
		{name: "port", host: "example.com:8080", method: "GET",
			want: "GET / HTTP/1.1\r\nHost: example.com:8080\r\nAccept-Encoding: identity\r\n\r\n"},
		{name: "IPv6 with a zone", host: "[fe80::1%25eth0]:80", method: "GET",
			want: "GET / HTTP/1.1\r\nHost: [fe80::1]\r\nAccept-Encoding: identity\r\n\r\n"},
		{name: "IDNA", host: "bücher.example", method: "GET",
			want: "GET / HTTP/1.1\r\nHost: xn--bcher-kva.example\r\nAccept-Encoding: identity\r\n\r\n"},
		{name: "absolute", host: "proxy", method: "GET", target: "http://origin:1/x",
			want: "GET http://origin:1/x HTTP/1.1\r\nHost: origin:1\r\nAccept-Encoding: identity\r\n\r\n"},
		{name: "order and case", host: "h", method: "GET", header: httpx.Header{{Name: "x-B", Value: "1"}, {Name: "ACCEPT-encoding", Value: "gzip"}, {Name: "hOST", Value: "other"}, {Name: "x-B", Value: "2"}},
			want: "GET / HTTP/1.1\r\nx-B: 1\r\nACCEPT-encoding: gzip\r\nhOST: other\r\nx-B: 2\r\n\r\n"},
		{name: "empty POST", host: "h", method: "POST",
			want: "POST / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\nContent-Length: 0\r\n\r\n"},
		{name: "known length", host: "h", method: "PUT", body: strings.NewReader("hello"),
			want: "PUT / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello"},
		{name: "chunks", host: "h", method: "POST", body: iotest.OneByteReader(strings.NewReader("hi")),
			want: "POST / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n"},
		{name: "chunks by hand, trailer", host: "h", method: "POST", header: httpx.Header{{Name: "Transfer-Encoding", Value: "chunked"}},
			body: client.Chunked(strings.NewReader("hello, world 1234"), httpx.Header{{Name: "X-Sum", Value: "7"}}),
			want: "POST / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n11\r\nhello, world 1234\r\n0\r\nX-Sum: 7\r\n\r\n"},
		{name: "1.0", host: "h", method: "GET", cfg: client.Config{HTTP10: true}, want: "GET / HTTP/1.0\r\n\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, w := noted(t, tt.host, tt.cfg)
			require.NoError(t, c.Request(t.Context(), tt.method, tt.target, tt.body, tt.header))
			assert.Equal(t, tt.want, string(w.got))
		})
	}
}

func TestStepByStep(t *testing.T) {
	c, w := noted(t, "h", client.Config{})
	ctx := t.Context()
	require.ErrorIs(t, c.PutHeader("X", "1"), client.ErrCannotSendHeader)
	require.ErrorIs(t, c.EndHeaders(ctx, nil), client.ErrState)
	require.NoError(t, c.PutRequest("GET", "/x", client.SkipHost, client.SkipAcceptEncoding))
	require.ErrorIs(t, c.PutRequest("GET", "/y"), client.ErrCannotSendRequest)
	require.NoError(t, c.PutHeader("X", "1", "2"))
	require.NoError(t, c.EndHeaders(ctx, nil))
	require.NoError(t, c.Send(ctx, []byte("abc")))
	require.NoError(t, c.SendFrom(ctx, strings.NewReader("def")))
	assert.Equal(t, "GET /x HTTP/1.1\r\nX: 1, 2\r\n\r\nabcdef", string(w.got))
	_, err := c.Response(ctx)
	require.ErrorIs(t, err, client.ErrRemoteDisconnected)
	require.ErrorIs(t, err, client.ErrBadStatusLine)
	require.ErrorIs(t, err, client.ErrHTTP)
	require.ErrorIs(t, err, syscall.ECONNRESET)
	_, err = c.Response(ctx)
	require.ErrorIs(t, err, client.ErrResponseNotReady)
}

// The next request may be sent before the body of the last response has been read, but
// its response waits.
func TestResponseState(t *testing.T) {
	c := dial(t, server(t, says("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n")), nil)
	r, err := get(t, c)
	require.NoError(t, err)
	require.NoError(t, c.Request(t.Context(), "GET", "/2", nil, nil))
	_, err = c.Response(t.Context())
	require.ErrorIs(t, err, client.ErrResponseNotReady)
	body, err := r.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "abc", string(body))
	assert.True(t, r.IsClosed())
	assert.False(t, r.Closed())
	r, err = c.Response(t.Context())
	require.NoError(t, err)
	assert.Equal(t, httpx.StatusCreated, r.Status)
	assert.Equal(t, "Made", r.Reason)
}

func TestReading(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nX: 1\r\nx: 2\r\n\r\n"
	r, err := exchange(t, head+"one\ntwo\nend", nil)
	require.NoError(t, err)
	assert.EqualValues(t, 11, r.Length())
	assert.Equal(t, 11, r.Version)
	v, ok := r.HeaderValue("x")
	assert.True(t, ok)
	assert.Equal(t, "1, 2", v)
	b, err := r.Peek()
	require.NoError(t, err)
	assert.NotEmpty(t, b)
	line, err := r.ReadLine(-1)
	require.NoError(t, err)
	assert.Equal(t, "one\n", string(line))
	line, err = r.ReadLine(2)
	require.NoError(t, err)
	assert.Equal(t, "tw", string(line))
	p := make([]byte, 2)
	n, err := r.ReadInto(p)
	require.NoError(t, err)
	assert.Equal(t, "o\n", string(p[:n]))
	b, err = r.ReadN(2)
	require.NoError(t, err)
	assert.Equal(t, "en", string(b))
	b, err = r.Read1(-1)
	require.NoError(t, err)
	assert.Equal(t, "d", string(b))
	assert.True(t, r.IsClosed())
	n, err = r.Read(p)
	assert.Zero(t, n)
	assert.Equal(t, io.EOF, err)

	r, err = exchange(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na\nb\n\r\n1\r\nc\r\n0\r\nX-T: v\r\n\r\n", nil)
	require.NoError(t, err)
	assert.True(t, r.Chunked)
	assert.EqualValues(t, -1, r.Length())
	var lines []string
	for l, err := range r.Lines() {
		require.NoError(t, err)
		lines = append(lines, string(l))
	}
	assert.Equal(t, []string{"a\n", "b\n", "c"}, lines)
	assert.Equal(t, httpx.Header{{Name: "X-T", Value: "v"}}, r.Trailer())

	r, err = exchange(t, "HTTP/1.0 200 OK\r\n\r\nto the end", nil)
	require.NoError(t, err)
	assert.True(t, r.WillClose)
	b, err = r.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "to the end", string(b))
}

func TestKeepAliveAndReconnect(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
	c := dial(t, server(t, says(ok, ok, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nlast"), says(ok)), nil)
	var first net.Conn
	for i := range 4 {
		if i == 2 {
			first = c.NetConn()
		}
		r, err := get(t, c)
		require.NoError(t, err)
		if i == 2 {
			r.Close()
			assert.Nil(t, c.NetConn(), "the response took it along")
			continue
		}
		b, err := r.ReadAll()
		require.NoError(t, err)
		assert.Equal(t, "ok", string(b))
	}
	assert.NotEqual(t, first, c.NetConn())

	c = dial(t, "127.0.0.1:1", &client.Config{NoAutoOpen: true})
	assert.ErrorIs(t, c.Request(t.Context(), "GET", "/", nil, nil), client.ErrNotConnected)
}

func TestUnixAndSource(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	require.NoError(t, err)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host) })}
	go srv.Serve(l)
	defer srv.Close()
	c, err := client.NewUnix(path, "", nil)
	require.NoError(t, err)
	defer c.Close()
	r, err := get(t, c)
	require.NoError(t, err)
	b, _ := r.ReadAll()
	assert.Equal(t, "localhost", string(b))

	var from string
	addr := server(t, func(c net.Conn) { from = c.RemoteAddr().(*net.TCPAddr).IP.String(); says("HTTP/1.1 204 x\r\n\r\n")(c) })
	c = dial(t, addr, &client.Config{SourceAddress: "127.0.0.2:0"})
	_, err = get(t, c)
	require.NoError(t, err)
	assert.Equal(t, "127.0.0.2", from)
}

// whenRead is a configuration that calls f before the nth read of its connection.
func whenRead(n int, f func()) *client.Config {
	return &client.Config{Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		nc, err := new(net.Dialer).DialContext(ctx, network, addr)
		return &watched{nc, n, f}, err
	}}
}

type watched struct {
	net.Conn
	left int
	f    func()
}

func (w *watched) Read(p []byte) (int, error) {
	if w.left--; w.left == 0 {
		w.f()
	}
	return w.Conn.Read(p)
}

func TestTimeoutAndContext(t *testing.T) {
	silent := func(c net.Conn) { io.Copy(io.Discard, c) }
	c := dial(t, server(t, silent), &client.Config{Timeout: 50 * time.Millisecond})
	_, err := get(t, c)
	var ne net.Error
	require.ErrorAs(t, err, &ne)
	assert.True(t, ne.Timeout())

	ctx, cancel := context.WithCancelCause(t.Context())
	c = dial(t, server(t, silent), whenRead(1, func() { cancel(errBody) }))
	require.NoError(t, c.Request(ctx, "GET", "/", nil, nil))
	_, err = c.Response(ctx)
	require.ErrorIs(t, err, context.Canceled)
	assert.Nil(t, c.NetConn(), "the connection is closed")

	// The context of Response ends the reading of the body.
	ctx, stop := context.WithCancel(t.Context())
	c = dial(t, server(t, says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")), whenRead(2, stop))
	require.NoError(t, c.Request(ctx, "GET", "/", nil, nil))
	r, err := c.Response(ctx)
	require.NoError(t, err)
	b, err := r.ReadAll()
	assert.Equal(t, "ab", string(b))
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, client.ErrIncompleteRead)
}

func TestTunnel(t *testing.T) {
	seen := make(chan string, 1)
	proxy := func(reply string) func(c net.Conn) {
		return func(c net.Conn) {
			br := bufio.NewReader(c)
			req, err := http.ReadRequest(br)
			if err != nil {
				return
			}
			got := req.Method + " " + req.Host + " " + req.Header.Get("X-P")
			io.WriteString(c, reply)
			if req, err = http.ReadRequest(br); err == nil {
				seen <- got + " " + req.Host
				io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
			}
			io.Copy(io.Discard, c)
		}
	}
	c := dial(t, server(t, proxy("HTTP/1.1 200 go\r\nVia: p\r\n\r\n")), nil)
	require.NoError(t, c.SetTunnel("origin.test:81", httpx.Header{{Name: "X-P", Value: "1"}}))
	r, err := get(t, c)
	require.NoError(t, err)
	b, _ := r.ReadAll()
	assert.Equal(t, "hi", string(b))
	assert.Equal(t, "CONNECT origin.test:81 1 origin.test:81", <-seen)
	assert.Equal(t, httpx.Header{{Name: "Via", Value: "p"}}, c.ProxyHeader())
	require.ErrorIs(t, c.SetTunnel("x", nil), client.ErrConnected)

	c = dial(t, server(t, proxy("HTTP/1.1 407 Auth\r\nContent-Length: 6\r\n\r\nsecret")), nil)
	require.NoError(t, c.SetTunnel("origin.test", nil))
	_, err = get(t, c)
	var te *client.TunnelError
	require.ErrorAs(t, err, &te)
	assert.Equal(t, 407, te.Status)
	assert.NotContains(t, err.Error(), "secret")
}

func TestExpectContinue(t *testing.T) {
	expect := httpx.Header{{Name: "Expect", Value: "100-continue"}, {Name: "Content-Length", Value: "4"}}
	var got string
	c := dial(t, server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		n, _ := c.Read(b)
		got = string(b[:n])
		io.WriteString(c, "HTTP/1.1 100 Go\r\n\r\n")
		n, _ = io.ReadFull(c, b[:4])
		got = string(b[:n])
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	}), nil)
	require.NoError(t, c.Request(t.Context(), "POST", "/", strings.NewReader("body"), expect))
	r, err := c.Response(t.Context())
	require.NoError(t, err)
	assert.Equal(t, httpx.StatusOK, r.Status)
	assert.Equal(t, "body", got)
}

func TestInterim(t *testing.T) {
	var seen []string
	r, err := exchange(t, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 \r\n\r\nHTTP/1.1 204 No\r\n\r\n", &client.Config{
		OnInterim: func(r *client.Response) { seen = append(seen, r.String()+" "+r.Header.Get("Link")) },
	})
	require.NoError(t, err)
	assert.Equal(t, httpx.StatusNoContent, r.Status)
	assert.Equal(t, []string{"HTTP/1.1 103 Early Hints x", "HTTP/1.1 100  "}, seen)
}

func TestUpgrade(t *testing.T) {
	c := dial(t, server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		c.Read(b)
		io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nearly ")
		n, _ := c.Read(b)
		c.Write(bytes.ToUpper(b[:n]))
	}), nil)
	r, err := get(t, c)
	require.NoError(t, err)
	nc, buffered, err := r.Hijack()
	require.NoError(t, err)
	defer nc.Close()
	assert.Equal(t, "early ", string(buffered))
	io.WriteString(nc, "late")
	rest, err := io.ReadAll(nc)
	require.NoError(t, err)
	assert.Equal(t, "LATE", string(rest))
	_, _, err = r.Hijack()
	assert.ErrorIs(t, err, net.ErrClosed)
}

// An error of the body is the caller's; an answer that comes before the body has gone
// out counts more than the error of sending it.
func TestBodyErrors(t *testing.T) {
	c, _ := noted(t, "h", client.Config{})
	err := c.Request(t.Context(), "POST", "/", iotest.ErrReader(errBody), nil)
	require.ErrorIs(t, err, errBody)

	c = dial(t, server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		c.Read(b)
		io.WriteString(c, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
		c.(*net.TCPConn).SetLinger(0)
	}), nil)
	err = c.Request(t.Context(), "POST", "/", iotest.TimeoutReader(io.LimitReader(zeros{}, 1<<30)), nil)
	if !errors.Is(err, iotest.ErrTimeout) && err != nil {
		assert.ErrorIs(t, err, syscall.ECONNRESET) // the reset overtook the answer
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestReadHeader(t *testing.T) {
	br := bufio.NewReader(strings.NewReader("A: 1\r\nb:2\r\n\r\nrest"))
	h, err := client.ReadHeader(br, nil)
	require.NoError(t, err)
	assert.Equal(t, httpx.Header{{Name: "A", Value: "1"}, {Name: "b", Value: "2"}}, h)
	rest, _ := io.ReadAll(br)
	assert.Equal(t, "rest", string(rest))
	_, err = client.ReadHeader(strings.NewReader("A: 1\r\n"), nil)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = client.ReadHeader(strings.NewReader("A 1\r\n\r\n"), nil)
	assert.ErrorIs(t, err, client.ErrBadResponse)
}

func TestClosedResponse(t *testing.T) {
	// A short rest is read for the connection's sake, a long one is not.
	c := dial(t, server(t, says("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\nabc")), nil)
	r, err := get(t, c)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	require.NotNil(t, c.NetConn())
	r, err = get(t, c)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
	assert.True(t, r.Closed())
	assert.Nil(t, c.NetConn())
	b, err := r.ReadAll()
	assert.NoError(t, err)
	assert.Empty(t, b)
}

// A response that is copied to a file ends where its body does: io.Copy must not find a
// descriptor in it to read from.
func TestCopyToFile(t *testing.T) {
	c := dial(t, server(t, says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")), nil)
	for range 2 {
		r, err := get(t, c)
		require.NoError(t, err)
		f, err := os.Create(filepath.Join(t.TempDir(), "f"))
		require.NoError(t, err)
		n, err := io.Copy(f, r)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		assert.EqualValues(t, 5, n)
		b, err := os.ReadFile(f.Name())
		require.NoError(t, err)
		assert.Equal(t, "hello", string(b))
		var any any = r
		_, is := any.(syscall.Conn)
		assert.False(t, is)
		_, err = r.RawConn()
		assert.ErrorIs(t, err, errors.ErrUnsupported, "it is over")
	}
}

// Config.Lenient has Python's opinion on when a response is finished.
func TestLenientState(t *testing.T) {
	const empty = "HTTP/1.1 204 No\r\n\r\n"
	for _, lenient := range []bool{false, true} {
		c := dial(t, server(t, says(empty, empty)), &client.Config{Lenient: lenient})
		_, err := get(t, c)
		require.NoError(t, err)
		_, err = get(t, c)
		assert.Equal(t, lenient, errors.Is(err, client.ErrResponseNotReady), err)

		r, err := exchange(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", &client.Config{Lenient: lenient})
		require.NoError(t, err)
		b, err := r.ReadN(1)
		require.NoError(t, err)
		assert.Equal(t, "a", string(b))
		assert.Equal(t, !lenient, r.IsClosed())
	}
}

// A size line that is too long is told once; then the body is one that ended early.
func TestSizeLineTooLong(t *testing.T) {
	r, err := exchange(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"+strings.Repeat("x", 70000), nil)
	require.NoError(t, err)
	_, err = r.ReadAll()
	require.ErrorIs(t, err, client.ErrLineTooLong)
	assert.False(t, r.IsClosed())
	_, err = r.ReadAll()
	require.ErrorIs(t, err, client.ErrIncompleteRead)
	assert.True(t, r.IsClosed())
}
