package http1_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// parse feeds a message byte by byte and then at once; both must agree.
func parse(t *testing.T, h *http1.Head, msg string) (int, error) {
	t.Helper()
	var slow error
	n := 0
	b := []byte(msg)
	for i := 0; i <= len(b); i += 1 + i/1000 {
		if n, slow = h.Parse(b[:i]); n > 0 || slow != nil {
			break
		}
	}
	if n == 0 && slow == nil {
		n, slow = h.Parse(b)
	}
	h.Reset()
	m, fast := h.Parse(b)
	assert.Equal(t, n, m, "%q", msg)
	assert.Equal(t, slow == nil, fast == nil, "%q: %v, %v", msg, slow, fast)
	return m, fast
}

var requests = []struct {
	name    string
	in      string // a head; an empty line is appended unless it has one
	lenient http1.Lenient
	err     error  // of the head or the framing
	want    string // kind of body, length, whether the connection ends
}{
	{name: "plain", in: "GET / HTTP/1.1\r\nHost: a\r\n", want: "0 0 keep"},
	{name: "1.0 closes", in: "GET / HTTP/1.0\r\n", want: "0 0 close"},
	{name: "1.0 kept", in: "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n", want: "0 0 keep"},
	{name: "asked to close", in: "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n", want: "0 0 close"},
	{name: "length", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n", want: "1 12 keep"},
	{name: "chunked", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n", want: "2 0 keep"},
	{name: "length twice, the same", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n", err: http1.ErrLength},
	{name: "length in a list, the same", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n", err: http1.ErrLength},
	{name: "an empty line before", in: "\r\nGET / HTTP/1.1\r\nHost: a\r\n", want: "0 0 keep"},
	{name: "higher minor", in: "GET / HTTP/1.2\r\nHost: a\r\n", want: "0 0 keep"},
	{name: "an empty value", in: "GET / HTTP/1.1\r\nHost:\r\nX:\r\n", want: "0 0 keep"},
	{name: "IPv6 host", in: "GET / HTTP/1.1\r\nHost: [::1]:80\r\n", want: "0 0 keep"},

	{name: "lengths disagree", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n", err: http1.ErrLength},
	{name: "lengths disagree in a list", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n", err: http1.ErrLength},
	{name: "list ends in a comma", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5,\r\n", err: http1.ErrLength},
	{name: "signed", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n", err: http1.ErrLength},
	{name: "minus nothing", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -0\r\n", err: http1.ErrLength},
	{name: "hexadecimal", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n", err: http1.ErrLength},
	{name: "two numbers", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5 5\r\n", err: http1.ErrLength},
	{name: "underscore", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1_0\r\n", err: http1.ErrLength},
	{name: "empty length", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n", err: http1.ErrLength},
	{name: "too large", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n", err: http1.ErrLength},
	{name: "length and chunks", in: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", err: http1.ErrLength},
	{name: "chunks and length", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", err: http1.ErrLength},
	{name: "chunks in 1.0", in: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", err: http1.ErrEncoding},
	{name: "xchunked", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n", err: http1.ErrEncoding},
	{name: "chunked twice", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", err: http1.ErrEncoding},
	{name: "chunked, identity", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n", err: http1.ErrEncoding},
	{name: "gzip, chunked", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n", err: http1.ErrEncoding},
	{name: "quoted", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n", err: http1.ErrEncoding},
	{name: "vertical tab", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \vchunked\r\n", err: http1.ErrField},
	{name: "blank before the colon", in: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n", err: http1.ErrField},
	{name: "tab before the colon", in: "GET / HTTP/1.1\r\nHost\t: a\r\n", err: http1.ErrField},
	{name: "no name", in: "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n", err: http1.ErrField},
	{name: "no colon", in: "GET / HTTP/1.1\r\nHost: a\r\nX\r\n", err: http1.ErrField},
	{name: "folded", in: "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n", err: http1.ErrField},
	{name: "blank line first", in: "GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n", err: http1.ErrField},
	{name: "NUL", in: "GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n", err: http1.ErrField},
	{name: "bare CR", in: "GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n", err: http1.ErrField},
	{name: "CR CR LF", in: "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\r\n", err: http1.ErrField},
	{name: "bare LF", in: "GET / HTTP/1.1\nHost: a\r\n", err: http1.ErrField},
	{name: "bare LF in a field", in: "GET / HTTP/1.1\r\nHost: a\nX: b\r\n", err: http1.ErrField},
	{name: "no host", in: "GET / HTTP/1.1\r\n", err: http1.ErrHost},
	{name: "two hosts", in: "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n", err: http1.ErrHost},
	{name: "userinfo in host", in: "GET / HTTP/1.1\r\nHost: a@b\r\n", err: http1.ErrHost},
	{name: "port out of range", in: "GET / HTTP/1.1\r\nHost: a:99999\r\n", err: http1.ErrHost},
	{name: "path in host", in: "GET / HTTP/1.1\r\nHost: a/b\r\n", err: http1.ErrHost},
	{name: "two blanks", in: "GET  / HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "blank in the target", in: "GET /a b HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "blank at the end", in: "GET / HTTP/1.1 \r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "tab", in: "GET\t/ HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "control in the target", in: "GET /\x1b HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "no target", in: "GET HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "no version", in: "GET /\r\n", err: http1.ErrStartLine},
	{name: "lower-case version", in: "GET / http/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "1.10", in: "GET / HTTP/1.10\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "1.1.1", in: "GET / HTTP/1.1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "many zeros", in: "GET / HTTP/00000000001.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "2.0", in: "PRI * HTTP/2.0\r\n", err: http1.ErrVersion},
	{name: "9.9", in: "GET / HTTP/9.9\r\n", err: http1.ErrVersion},
	{name: "method is no token", in: "G(T / HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "two empty lines before", in: "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n", err: http1.ErrStartLine},
	{name: "TLS", in: "\x16\x03\x01\x02\x00\x01\r\n", err: http1.ErrStartLine},
	{name: "line too long", in: "GET /" + strings.Repeat("a", 65536) + " HTTP/1.1\r\nHost: a\r\n", err: http1.ErrLineTooLong},
	{name: "field too long", in: "GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("a", 65536) + "\r\n", err: http1.ErrLineTooLong},
	{name: "too many", in: "GET / HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X: y\r\n", 100), err: http1.ErrTooManyFields},
	{name: "too large", in: "GET / HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X: "+strings.Repeat("y", 60000)+"\r\n", 20), err: http1.ErrHeadTooLarge},

	{name: "lenient: bare LF", lenient: http1.BareLF, in: "GET / HTTP/1.1\nHost: a\nContent-Length: 3\n", want: "1 3 keep"},
	{name: "lenient: folded", lenient: http1.Fold, in: "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n  b\r\n", want: "0 0 keep"},
	{name: "lenient: not the framing", lenient: http1.Fold, in: "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n 2\r\n", err: http1.ErrField},
	{name: "lenient: no host", lenient: http1.NoHost, in: "GET / HTTP/1.1\r\n", want: "0 0 keep"},
	{name: "lenient: chunks in 1.0", lenient: http1.Python, in: "GET / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n", want: "0 0 close"},
	{name: "lenient: other codings are not", lenient: http1.Python, in: "GET / HTTP/1.0\r\nTransfer-Encoding: gzip\r\n", err: http1.ErrEncoding},
	{name: "lenient: a length beside chunks is not", lenient: http1.Python, in: "GET / HTTP/1.0\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n", err: http1.ErrLength},
	{name: "lenient: 0.9", lenient: http1.HTTP09, in: "GET /\r\n\r\n", want: "0 0 close"},
	{name: "lenient: 0.9 is GET", lenient: http1.HTTP09, in: "POST /\r\n\r\n", err: http1.ErrStartLine},
	{name: "lenient: two hosts are not", lenient: http1.NoHost, in: "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n", err: http1.ErrHost},
}

func TestRequests(t *testing.T) {
	for _, tt := range requests {
		t.Run(tt.name, func(t *testing.T) {
			h := http1.Head{Lenient: tt.lenient}
			in := tt.in
			if !strings.HasSuffix(in, "\n\n") && !strings.HasSuffix(in, "\r\n\r\n") {
				if in += "\r\n"; tt.lenient == http1.BareLF {
					in = strings.TrimSuffix(in, "\r\n") + "\n"
				}
			}
			n, err := parse(t, &h, in)
			var f http1.Framing
			if err == nil {
				require.Positive(t, n)
				f, err = h.Framing("")
			}
			if tt.err != nil {
				require.ErrorIs(t, err, tt.err)
				var e *http1.Error
				require.ErrorAs(t, err, &e)
				assert.NotContains(t, err.Error(), "\r")
				assert.Less(t, len(err.Error()), 600)
				return
			}
			require.NoError(t, err)
			end := "keep"
			if f.Close {
				end = "close"
			}
			got := strings.Join([]string{strconv.Itoa(int(f.Kind)), strconv.FormatInt(f.Length, 10), end}, " ")
			assert.Equal(t, tt.want, got)
		})
	}
}

var responses = []struct {
	name, in, method string
	lenient          http1.Lenient
	err              error
	want             string
}{
	{name: "plain", in: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", want: "1 5 keep"},
	{name: "no reason", in: "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\n", want: "1 5 keep"},
	{name: "no blank", in: "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\n", want: "1 5 keep"},
	{name: "until the end", in: "HTTP/1.1 200 OK\r\n\r\n", want: "3 0 close"},
	{name: "chunked", in: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", want: "2 0 keep"},
	{name: "chunks win", in: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", want: "2 0 close"},
	{name: "one length written in two ways", in: "HTTP/1.1 200 OK\r\nContent-Length: 00\r\nContent-Length: 0\r\n\r\n", err: http1.ErrLength},
	{name: "a bad length beside chunks", in: "HTTP/1.1 200 OK\r\nContent-Length:\r\nTransfer-Encoding: chunked\r\n\r\n", err: http1.ErrLength},
	{name: "chunks in 1.0", in: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n", err: http1.ErrEncoding},
	{name: "lenient: chunks in 1.0", lenient: http1.Python, in: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n", want: "2 0 close"},
	{name: "length twice, the same", in: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", want: "1 5 keep"},
	{name: "HEAD", method: "HEAD", in: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", want: "0 0 keep"},
	{name: "204", in: "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", want: "0 0 keep"},
	{name: "304", in: "HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n", want: "0 0 keep"},
	{name: "CONNECT", method: "CONNECT", in: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", want: "3 0 close"},
	{name: "CONNECT refused", method: "CONNECT", in: "HTTP/1.1 403 No\r\nContent-Length: 5\r\n\r\n", want: "1 5 keep"},
	{name: "1.0", in: "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n", want: "1 5 close"},
	{name: "lenient LF", lenient: http1.BareLF, in: "HTTP/1.1 200 OK\nContent-Length: 5\n\n", want: "1 5 keep"},
	{name: "bare LF", in: "HTTP/1.1 200 OK\nContent-Length: 5\n\n", err: http1.ErrField},
	{name: "four digits", in: "HTTP/1.1 2000 x\r\n\r\n", err: http1.ErrStartLine},
	{name: "two digits", in: "HTTP/1.1 20 x\r\n\r\n", err: http1.ErrStartLine},
	{name: "099", in: "HTTP/1.1 099 x\r\n\r\n", err: http1.ErrStartLine},
	{name: "ICY", in: "ICY 200 OK\r\n\r\n", err: http1.ErrStartLine},
	{name: "garbage", in: "hello\r\n\r\n", err: http1.ErrStartLine},
	{name: "HTTP/2", in: "HTTP/2.0 200 OK\r\n\r\n", err: http1.ErrVersion},
	{name: "bad length", in: "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n", err: http1.ErrLength},
	{name: "lengths disagree", in: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", err: http1.ErrLength},
	{name: "gzip", in: "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", err: http1.ErrEncoding},
	{name: "CR in the reason", in: "HTTP/1.1 200 O\rK\r\n\r\n", err: http1.ErrStartLine},
}

func TestResponses(t *testing.T) {
	for _, tt := range responses {
		t.Run(tt.name, func(t *testing.T) {
			h := http1.Head{Response: true, Lenient: tt.lenient}
			_, err := parse(t, &h, tt.in)
			var f http1.Framing
			if err == nil {
				f, err = h.Framing(tt.method)
			}
			if tt.err != nil {
				require.ErrorIs(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			end := "keep"
			if f.Close {
				end = "close"
			}
			assert.Equal(t, tt.want, strings.Join([]string{strconv.Itoa(int(f.Kind)), strconv.FormatInt(f.Length, 10), end}, " "))
		})
	}
}

func TestHeader(t *testing.T) {
	h := http1.Head{Lenient: http1.Fold}
	msg := "POST /a?b HTTP/1.1\r\nhost: x\r\nX-b:\t a b \t\r\nx-B: c\r\n \td \r\n\r\nrest"
	n, err := h.Parse([]byte(msg))
	require.NoError(t, err)
	assert.Equal(t, len(msg)-4, n)
	text := h.Text()
	assert.Equal(t, "POST", h.Part(http1.Method, text))
	assert.Equal(t, "/a?b", h.Part(http1.Target, text))
	assert.Equal(t, "HTTP/1.1", h.Part(http1.Version, text))
	assert.Equal(t, httpx.Header{{Name: "host", Value: "x"}, {Name: "X-b", Value: "a b"}, {Name: "x-B", Value: "c d"}}, h.Header(nil, text))
	v, ok := h.Lookup("x-b")
	assert.True(t, ok)
	assert.Equal(t, "a b", string(v))
	assert.Equal(t, "x", string(h.Host()))
}

// Python's reader: what it makes of lines that are no fields.
func TestPythonHead(t *testing.T) {
	for in, want := range map[string]httpx.Header{
		"A: 1\r\n b\r\nC : 2\r\n":     {{Name: "A", Value: "1\r\n b"}},
		"A: 1\nB:2 \n":                {{Name: "A", Value: "1"}, {Name: "B", Value: "2 "}},
		"A: 1\r\nno colon\r\nB:2\r\n": {{Name: "A", Value: "1"}},
		" x\r\nA: 1\r\n":              {{Name: "A", Value: "1"}},
		": x\r\nA: 1\r\n":             {{Name: "A", Value: "1"}},
	} {
		h := http1.Head{Lenient: http1.Python, Response: true}
		_, err := h.Parse([]byte("HTTP/1.1  200\tOK \r\n" + in + "\r\n"))
		require.NoError(t, err)
		assert.Equal(t, want, h.Header(nil, h.Text()), "%q", in)
		assert.Equal(t, "OK", h.Part(http1.Reason, h.Text()))
	}
	h := http1.Head{Lenient: http1.Python, Response: true}
	msg := []byte("HTTP/1.1 200 OK\r\nA: b")
	n, err := h.Parse(msg)
	require.NoError(t, err)
	require.Zero(t, n)
	n, err = h.ParseEOF(msg)
	require.NoError(t, err)
	assert.Equal(t, len(msg), n)
	assert.Equal(t, httpx.Header{{Name: "A", Value: "b"}}, h.Header(nil, h.Text()))
}

// A length that is none is no length of 0: the body ends with the connection.
func TestPythonLength(t *testing.T) {
	for in, want := range map[string]int64{"5": 5, " +5 ": 5, "1_0": 10, "": -1, "x": -1, "-1": -1, "1__0": -1} {
		h := http1.Head{Lenient: http1.Python, Response: true}
		_, err := h.Parse([]byte("HTTP/1.1 200 OK\r\nContent-Length:" + in + "\r\nContent-Length: 7\r\n\r\n"))
		require.NoError(t, err)
		assert.Equal(t, want, h.Length(), "%q", in)
	}
}

func TestHeadDoesNotAllocate(t *testing.T) {
	msg := []byte("GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n")
	var h http1.Head
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		h.Reset()
		if n, err := h.Parse(msg); n == 0 || err != nil {
			t.Error(n, err)
		}
		if _, err := h.Framing(""); err != nil {
			t.Error(err)
		}
	}))
}

func TestCheckField(t *testing.T) {
	for c := range 256 {
		s := "a" + string([]byte{byte(c)}) + "b"
		bad := c < 0x20 && c != '\t' || c == 0x7f
		assert.Equal(t, bad, http1.CheckField("X", s) != nil, "%q", s)
		assert.Equal(t, bad, http1.CheckReason(s) != nil, "%q", s)
		assert.Equal(t, http1.IsToken(s), http1.CheckField(s, "x") == nil, "%q", s)
	}
	assert.Error(t, http1.CheckField("", ""))
	assert.True(t, errors.Is(http1.CheckField("X", "a\r\nY: b"), http1.ErrInvalid))
}
