package client_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

// An endless line: the peer sends a status line that never ends.
func TestSecX01EndlessLine(t *testing.T) {
	for _, head := range []string{"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "} {
		r, err := exchange(t, head+strings.Repeat("a", 70000), nil)
		if err == nil {
			_, err = r.ReadAll()
		}
		require.ErrorIs(t, err, client.ErrLineTooLong)
		assert.Less(t, len(err.Error()), 300)
	}
}

// Many short lines are counted.
func TestSecX02ManyLines(t *testing.T) {
	_, err := exchange(t, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X: y\r\n", 100000)+"\r\n", nil)
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
}

// A dense header makes the parser allocate no more than it reads.
func TestSecX03DenseHeader(t *testing.T) {
	in := "HTTP/1.1 200 OK\r\n" + strings.Repeat(":\n", 30000)
	grown := allocated(func() {
		_, err := client.ReadResponse(strings.NewReader(in), "GET", &client.Config{MaxHeaders: 1 << 20})
		require.ErrorIs(t, err, client.ErrBadResponse)
	})
	assert.Less(t, grown, uint64(8*len(in)))
}

func allocated(f func()) uint64 {
	var a, b runtime.MemStats
	runtime.ReadMemStats(&a)
	f()
	runtime.ReadMemStats(&b)
	return b.TotalAlloc - a.TotalAlloc
}

// Text of the server with terminal escapes is quoted in errors.
func TestSecX04QuotedErrors(t *testing.T) {
	for _, in := range []string{"\x1b[2J\r\n\r\n", "HTTP/1.1 200 OK\r\n\x1b[2J\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: \x1b\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1é\u0085\r\n\r\n"} {
		_, err := exchange(t, in, nil)
		require.Error(t, err)
		for _, c := range err.Error() {
			assert.False(t, c < 0x20 || c >= 0x7f && c < 0xa0, "%q", err.Error())
		}
	}
	_, err := tunnelled(t, "HTTP/1.1 407 \x9b2J\r\n\r\n")
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "\x9b")
}

func tunnelled(t *testing.T, reply string) (*client.Response, error) {
	c := dial(t, server(t, saysAndEnds(reply)), nil)
	require.NoError(t, c.SetTunnel("origin.test", nil))
	return get(t, c)
}

// A control byte in an argument: nothing is written.
func TestSecX07Controls(t *testing.T) {
	for b := range 0x80 {
		s := "a" + string(rune(b)) + "b"
		if b >= 0x20 && b != 0x7f {
			continue
		}
		c, w := noted(t, "h", client.Config{})
		if b != '\t' {
			require.ErrorIs(t, c.Request(t.Context(), "GET", "/", nil, httpx.Header{{Name: "X", Value: s}}), client.ErrInvalid)
			c.Close()
		}
		require.ErrorIs(t, c.Request(t.Context(), "GET", "/", nil, httpx.Header{{Name: s, Value: "v"}}), client.ErrInvalid)
		c.Close()
		require.ErrorIs(t, c.Request(t.Context(), s, "/", nil, nil), client.ErrInvalid)
		c.Close()
		require.ErrorIs(t, c.Request(t.Context(), "GET", "/"+s, nil, nil), client.ErrInvalidURL)
		c.Close()
		require.NoError(t, c.SetTunnel("h", httpx.Header{{Name: "X" + s, Value: "v"}}))
		require.ErrorIs(t, c.Request(t.Context(), "GET", "/", nil, nil), client.ErrInvalid)
		assert.Empty(t, w.got, "%q", s)
		_, err := client.New(s, nil)
		require.ErrorIs(t, err, client.ErrInvalidURL)

		req, _ := http.NewRequest("GET", "http://h/", nil)
		req.Header["X"] = []string{"v" + s}
		if b != '\t' {
			p := &client.Pool{Config: &client.Config{Dial: func(context.Context, string, string) (net.Conn, error) { return w, nil }}}
			_, err = p.RoundTrip(req)
			require.ErrorIs(t, err, client.ErrInvalid)
			assert.Empty(t, w.got)
		}
	}
}

// A very long or odd label of a host is refused at once.
func TestSecX08LongLabels(t *testing.T) {
	start := time.Now()
	for _, h := range []string{"xn--016c" + strings.Repeat("a", 70000), strings.Repeat("\u200d", 65536) + ".com"} {
		c, w := noted(t, h, client.Config{})
		c.Request(t.Context(), "GET", "/", nil, nil)
		if strings.ContainsRune(h, '\u200d') {
			assert.Empty(t, w.got)
		}
	}
	assert.Less(t, time.Since(start), 5*time.Second)
}

// A huge length is announced: memory is used for what comes.
func TestSecX14HugeLength(t *testing.T) {
	grown := allocated(func() {
		r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nabc"), "GET", nil)
		require.NoError(t, err)
		b, err := r.ReadAll()
		var inc *client.IncompleteReadError
		require.ErrorAs(t, err, &inc)
		assert.Equal(t, "abc", string(b))
		assert.EqualValues(t, 3, inc.Read)
		assert.Equal(t, int64(9223372036854775804), inc.Expected)
	})
	assert.Less(t, grown, uint64(2<<20))
}

// A header value with a line end adds no header and no request.
func TestSecHCLI01HeaderInjection(t *testing.T) {
	for _, v := range []string{"a\r\nY: b", "a\nb", "a\rb", "a\x00b", "a\r\n b"} {
		c, w := noted(t, "h", client.Config{})
		require.NoError(t, c.PutRequest("GET", "/"))
		require.ErrorIs(t, c.PutHeader("X", v), client.ErrInvalid)
		require.ErrorIs(t, c.PutHeader("X", "ok", v), client.ErrInvalid)
		require.ErrorIs(t, c.PutHeader("X: y\r\nZ", "v"), client.ErrInvalid)
		require.NoError(t, c.EndHeaders(t.Context(), nil))
		assert.Equal(t, "GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\n\r\n", string(w.got))
	}
	_, err := client.New("h\r\nX: y", nil)
	require.ErrorIs(t, err, client.ErrInvalidURL)
	req, _ := http.NewRequest("GET", "http://h/", nil)
	req.Host = "h\r\nX: y"
	_, err = (&client.Pool{}).RoundTrip(req)
	require.Error(t, err)
}

func TestSecHCLI02Method(t *testing.T) {
	for _, m := range []string{"GET / HTTP/1.1\r\nX: y\r\n", "G T", "GET\r", "", "GÉT"} {
		c, w := noted(t, "h", client.Config{})
		require.ErrorIs(t, c.Request(t.Context(), m, "/", nil, nil), client.ErrInvalid)
		assert.Empty(t, w.got)
	}
}

func TestSecHCLI03Target(t *testing.T) {
	for _, target := range []string{"/a b", "/é", "/\x00", "/\x7f", "/ HTTP/1.1\r\nX: y"} {
		c, w := noted(t, "h", client.Config{})
		require.ErrorIs(t, c.Request(t.Context(), "GET", target, nil, nil), client.ErrInvalidURL)
		assert.Empty(t, w.got)
	}
}

// Interim responses without end, or with endless headers.
func TestSecHCLI04Interim(t *testing.T) {
	_, err := exchange(t, strings.Repeat("HTTP/1.1 100 \r\n\r\n", 101), nil)
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
	_, err = exchange(t, strings.Repeat("HTTP/1.1 103 x\r\n\r\n", 101), nil)
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
	_, err = exchange(t, "HTTP/1.1 100 \r\n"+strings.Repeat("X: y\r\n", 101), nil)
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
	r, err := exchange(t, strings.Repeat("HTTP/1.1 100 \r\n\r\n", 99)+"HTTP/1.1 204 x\r\n\r\n", nil)
	require.NoError(t, err)
	assert.Equal(t, httpx.StatusNoContent, r.Status)
}

// A server that goes on for ever is ended by the bound, one that trickles by the
// context.
func TestSecX18Trickle(t *testing.T) {
	c := dial(t, server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		c.Read(b)
		for range 2000 {
			if _, err := io.WriteString(c, "x"); err != nil {
				return
			}
			c.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
			c.Read(b)
		}
	}), &client.Config{Timeout: time.Second})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	require.NoError(t, c.Request(ctx, "GET", "/", nil, nil))
	_, err := c.Response(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

// A final answer in place of 100: the body was not sent, so the connection is not used
// again.
func TestSecHCLI05Expect(t *testing.T) {
	c := dial(t, server(t,
		says("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 must not be asked\r\n\r\n"),
		says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")), nil)
	h := httpx.Header{{Name: "Expect", Value: "100-continue"}, {Name: "Content-Length", Value: "4"}}
	require.NoError(t, c.Request(t.Context(), "POST", "/", strings.NewReader("body"), h))
	r, err := c.Response(t.Context())
	require.NoError(t, err)
	assert.Equal(t, httpx.StatusExpectationFailed, r.Status)
	assert.True(t, r.WillClose)
	assert.Nil(t, c.NetConn())
	r, err = get(t, c)
	require.NoError(t, err)
	assert.Equal(t, "OK", r.Reason)
}

func TestSecHCLI06HeaderCount(t *testing.T) {
	head := func(n int) string { return "HTTP/1.1 204 x\r\n" + strings.Repeat("X: y\r\n", n) + "\r\n" }
	_, err := exchange(t, head(101), nil)
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
	_, err = exchange(t, head(100), nil)
	require.NoError(t, err)
	_, err = exchange(t, head(4), &client.Config{MaxHeaders: 3})
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
}

func body(t *testing.T, chunks string) ([]byte, error) {
	t.Helper()
	r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+chunks), "GET", nil)
	require.NoError(t, err)
	return r.ReadAll()
}

// The size of a chunk is hexadecimal digits.
// Lines of chunks end in CR LF.
// Chunks of one byte with huge extensions.
// A length beside chunks: the chunks win and the connection ends.
// A body where there can be none is not read as the next response.
// What comes before it was asked for is not the answer to the next request.
func TestSecHCLI16Unsolicited(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
	forged := "HTTP/1.1 200 FORGED\r\nContent-Length: 0\r\n\r\n"
	c := dial(t, server(t, says(ok+forged), says(ok)), nil)
	for range 2 {
		r, err := get(t, c)
		require.NoError(t, err)
		assert.Equal(t, "OK", r.Reason)
	}
	// Also if it comes a while later.
	written := make(chan struct{})
	c = dial(t, server(t, func(c net.Conn) {
		says(ok)(c) // until the other side has closed its half
		io.WriteString(c, forged)
		close(written)
	}, says(ok)), nil)
	_, err := get(t, c)
	require.NoError(t, err)
	require.NoError(t, c.NetConn().(*net.TCPConn).CloseWrite())
	<-written
	r, err := get(t, c)
	require.NoError(t, err)
	assert.Equal(t, "OK", r.Reason)

	// And in a pool.
	first := make(chan struct{})
	addr := server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		c.Read(b)
		io.WriteString(c, ok)
		<-first
		io.WriteString(c, forged)
		io.Copy(io.Discard, c)
	}, says(ok))
	var conn net.Conn
	p := &client.Pool{Config: &client.Config{Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		nc, err := new(net.Dialer).DialContext(ctx, network, addr)
		conn = nc
		return nc, err
	}}}
	defer p.Close()
	for i := range 2 {
		r, err := p.Do(t.Context(), "GET", "http://"+addr, nil, nil)
		require.NoError(t, err)
		assert.Equal(t, "OK", r.Reason)
		if i == 0 {
			close(first)
			for client.Quiet(conn) {
				runtime.Gosched()
			}
		}
	}
}

func TestSecHCLI17StatusLine(t *testing.T) {
	for _, in := range []string{"hello\r\n\r\n", "HTTP/1.1 2000 x\r\n\r\n", "HTTP/1.1 20 x\r\n\r\n", "ICY 200 OK\r\n\r\n", "HTTP/1.1200 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n"} {
		_, err := exchange(t, in, nil)
		require.ErrorIs(t, err, client.ErrBadStatusLine, "%q", in)
	}
	_, err := exchange(t, "HTTP/2.0 200 OK\r\n\r\n", nil)
	require.ErrorIs(t, err, client.ErrUnknownProtocol)
	_, err = exchange(t, strings.Repeat("a", 70<<10), nil)
	require.ErrorIs(t, err, client.ErrLineTooLong)
}

func TestSecHCLI20Folding(t *testing.T) {
	r, err := exchange(t, "HTTP/1.1 204 x\r\nX: a\r\n\t b\r\n\r\n", nil)
	require.NoError(t, err)
	assert.Equal(t, "a b", r.Header.Get("X"))
	for _, in := range []string{"X: a\rY: b\r\n", "X: a\r\r\n", "Content-Length: 1\r\n 2\r\n", " X: a\r\n"} {
		_, err := exchange(t, "HTTP/1.1 200 x\r\n"+in+"\r\n", nil)
		require.ErrorIs(t, err, client.ErrBadResponse, "%q", in)
	}
}

func TestSecHCLI22Zone(t *testing.T) {
	c, w := noted(t, "[fe80::1%25eth0]", client.Config{})
	require.NoError(t, c.Request(t.Context(), "GET", "/", nil, nil))
	assert.Contains(t, string(w.got), "\r\nHost: [fe80::1]\r\n")
	req, err := http.NewRequest("GET", "http://[fe80::1%25eth0]/", nil)
	require.NoError(t, err)
	w.got = nil
	p := &client.Pool{Config: &client.Config{Dial: func(context.Context, string, string) (net.Conn, error) { return w, nil }}}
	p.RoundTrip(req)
	assert.Contains(t, string(w.got), "\r\nHost: [fe80::1]\r\n")
}

// The trace leaves credentials out.
func TestSecHCLI23Trace(t *testing.T) {
	var log bytes.Buffer
	c := dial(t, server(t, saysAndEnds("HTTP/1.1 200 OK\r\nSet-Cookie: s3cret\r\nX: seen\r\nContent-Length: 0\r\n\r\n")), &client.Config{Debug: &log})
	require.NoError(t, c.Request(t.Context(), "GET", "/", nil, httpx.Header{{Name: "authorization", Value: "Bearer s3cret"}, {Name: "Cookie", Value: "s3cret"}, {Name: "Proxy-Authorization", Value: "s3cret"}}))
	_, err := c.Response(t.Context())
	require.NoError(t, err)
	assert.NotContains(t, log.String(), "s3cret")
	assert.Contains(t, log.String(), "GET / HTTP/1.1")
	assert.Contains(t, log.String(), "X: seen")
}

// Goroutines that share a connection get errors or their own answers; those that share
// a pool their own answers.
func TestSecHCLI24Shared(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) }))
	defer srv.Close()
	c := dial(t, srv.Listener.Addr().String(), nil)
	p := &client.Pool{}
	defer p.Close()
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			path := fmt.Sprint("/", i)
			if err := c.Request(t.Context(), "GET", path, nil, nil); err == nil {
				if r, err := c.Response(t.Context()); err == nil {
					b, err := r.ReadAll()
					assert.NoError(t, err)
					assert.Equal(t, path, string(b))
				} else {
					assert.ErrorIs(t, err, client.ErrHTTP)
				}
			} else {
				assert.ErrorIs(t, err, client.ErrState)
			}
			r, err := p.Do(t.Context(), "GET", srv.URL+path, nil, nil)
			if assert.NoError(t, err) {
				b, _ := r.ReadAll()
				assert.Equal(t, path, string(b))
			}
		})
	}
	wg.Wait()
}

// What a proxy sends ahead of TLS is not taken for the origin's.
func TestSecTLS23DataBeforeTLS(t *testing.T) {
	c, err := client.NewTLS(server(t, says("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 FORGED\r\n\r\n")), &client.Config{TLS: &tls.Config{}})
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.SetTunnel("origin.test", nil))
	_, err = get(t, c)
	require.ErrorIs(t, err, client.ErrBadResponse)
}

// The answer of a proxy has the limits of a response.
func TestSecREQ20ConnectReply(t *testing.T) {
	_, err := tunnelled(t, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X: y\r\n", 200))
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
	_, err = tunnelled(t, "HTTP/1.1 403 No\r\nContent-Length: 6\r\n\r\nsecret")
	require.ErrorIs(t, err, client.ErrTunnel)
	assert.False(t, errors.Is(err, client.ErrHTTP))
	assert.NotContains(t, err.Error(), "secret")
}

// One form of a name goes to the resolver, into TLS and into Host.
func TestSecX11OneForm(t *testing.T) {
	for host, want := range map[string]string{"ⓖoogle.com": "google.com", "a\u00adb.com": "ab.com", "ex\u3002com": "ex.com"} {
		var dialed string
		names := make(chan string, 1)
		cfg := &client.Config{Dial: func(_ context.Context, _, addr string) (net.Conn, error) {
			dialed = addr
			ours, theirs := net.Pipe()
			go tls.Server(theirs, &tls.Config{GetConfigForClient: func(h *tls.ClientHelloInfo) (*tls.Config, error) {
				names <- h.ServerName
				return nil, errBody
			}}).Handshake()
			return ours, nil
		}}
		c, err := client.NewTLS(host, cfg)
		require.NoError(t, err)
		require.Error(t, c.Connect(t.Context()))
		assert.Equal(t, want+":443", dialed)
		assert.Equal(t, want, <-names)

		plain, w := noted(t, host, client.Config{})
		require.NoError(t, plain.Request(t.Context(), "GET", "/", nil, nil))
		assert.Contains(t, string(w.got), "\r\nHost: "+want+"\r\n")
	}
	c, _ := noted(t, strings.Repeat("\u200d", 65536)+".com", client.Config{})
	assert.ErrorIs(t, c.Connect(t.Context()), client.ErrInvalidURL)
}
