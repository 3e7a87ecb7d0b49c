package client_test

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/client"
)

func TestSecHCLI07Trailers(t *testing.T) {
	_, err := body(t, "0\r\n"+strings.Repeat("X: y\r\n", 101)+"\r\n")
	require.ErrorIs(t, err, client.ErrTooManyHeaders)
	_, err = body(t, "0\r\n"+strings.Repeat("X: y\r\n", 100)+"\r\n")
	require.NoError(t, err)
}

func TestSecHCLI08ChunkSize(t *testing.T) {
	for _, size := range []string{"-1", "+5", "1_0", "0x5", " 5", "FFFFFFFFFFFFFFFFF", "8000000000000000", "", "5 5", "g"} {
		_, err := body(t, size+"\r\nhello\r\n0\r\n\r\n")
		require.ErrorIs(t, err, client.ErrIncompleteRead, "%q", size)
	}
}

func TestSecHCLI09ChunkLines(t *testing.T) {
	for _, in := range []string{"5\nhello\r\n0\r\n\r\n", "5;a\nb\r\nhello\r\n0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r\n0\r\nX: y\n\r\n"} {
		_, err := body(t, in)
		require.ErrorIs(t, err, client.ErrIncompleteRead, "%q", in)
	}
}

func TestSecHCLI10Extensions(t *testing.T) {
	_, err := body(t, strings.Repeat("1;"+strings.Repeat("x", 4000)+"\r\na\r\n", 100)+"0\r\n\r\n")
	require.ErrorIs(t, err, client.ErrIncompleteRead)
	_, err = body(t, "1;"+strings.Repeat("x", 70000)+"\r\na\r\n0\r\n\r\n")
	require.ErrorIs(t, err, client.ErrLineTooLong)
}

func TestSecHCLI11LengthAndChunks(t *testing.T) {
	r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"), "GET", nil)
	require.NoError(t, err)
	assert.True(t, r.WillClose)
	b, err := r.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "hi", string(b))
}

func TestSecHCLI12Lengths(t *testing.T) {
	for _, l := range []string{"5, 6", "+5", "5 5", "0x5", "-0", "٥", "5\r\nContent-Length: 6", "", "5,"} {
		_, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Length: "+l+"\r\n\r\nhello!"), "GET", nil)
		require.ErrorIs(t, err, client.ErrBadResponse, "%q", l)
	}
	for _, l := range []string{"5", "5, 5", "5\r\nContent-Length: 5"} {
		r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Length: "+l+"\r\n\r\nhello!"), "GET", nil)
		require.NoError(t, err, "%q", l)
		assert.EqualValues(t, 5, r.Length())
	}
}

func TestSecHCLI13TransferEncoding(t *testing.T) {
	for _, te := range []string{" \x0bchunked", " xchunked", " chunked, identity", " chunked\r\nTransfer-Encoding: chunked", " gzip", " \"chunked\"", " chunked;q=1"} {
		_, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nTransfer-Encoding:"+te+"\r\n\r\n0\r\n\r\n"), "GET", nil)
		require.ErrorIs(t, err, client.ErrHTTP, "%q", te)
	}
	_, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n"), "GET", nil)
	require.ErrorIs(t, err, client.ErrBadResponse)
	const old = "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
	_, err = client.ReadResponse(strings.NewReader(old), "GET", nil)
	require.ErrorIs(t, err, client.ErrUnknownTransferEncoding) // net/http does not read it as chunks
	r, err := client.ReadResponse(strings.NewReader(old), "GET", &client.Config{Lenient: true})
	require.NoError(t, err)
	assert.True(t, r.Chunked)
}

func TestSecHCLI14Trailer(t *testing.T) {
	for _, f := range []string{"Transfer-Encoding: chunked", "Content-Length: 5", "Host: h", "no colon"} {
		_, err := body(t, "0\r\n"+f+"\r\n\r\n")
		require.ErrorIs(t, err, client.ErrIncompleteRead, "%q", f)
	}
}

func TestSecHCLI15NoBody(t *testing.T) {
	for _, tt := range []struct{ method, head string }{
		{"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"},
		{"GET", "HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\n"},
		{"GET", "HTTP/1.1 304 x\r\nTransfer-Encoding: chunked\r\n\r\n"},
	} {
		c := dial(t, server(t, says(tt.head+"HTTP/1.1 200 FORGED\r\n\r\n"), says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")), nil)
		require.NoError(t, c.Request(t.Context(), tt.method, "/", nil, nil))
		r, err := c.Response(t.Context())
		require.NoError(t, err)
		assert.False(t, r.IsClosed()) // until it is read, as in Python; but the connection knows better
		r, err = get(t, c)
		require.NoError(t, err)
		assert.Equal(t, "OK", r.Reason)
	}
}

func TestSecHCLI18ReadAmount(t *testing.T) {
	const in = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"
	for _, n := range []int{-1, math.MaxInt} {
		r, err := client.ReadResponse(strings.NewReader(in), "GET", nil)
		require.NoError(t, err)
		grown := allocated(func() {
			b, err := r.ReadN(n)
			require.NoError(t, err)
			assert.Equal(t, "0123456789", string(b))
		})
		assert.Less(t, grown, uint64(1<<20))
		require.NoError(t, r.Close())
		b, err := r.ReadN(n)
		require.NoError(t, err)
		assert.Empty(t, b)
	}
}

func TestSecHCLI19ShortBody(t *testing.T) {
	for _, in := range []string{"Content-Length: 10\r\n\r\n01234", "Transfer-Encoding: chunked\r\n\r\na\r\n01234"} {
		for _, how := range []func(*client.Response) ([]byte, error){
			(*client.Response).ReadAll,
			func(r *client.Response) ([]byte, error) { return r.ReadN(10) },
			readInto,
			func(r *client.Response) ([]byte, error) { return io.ReadAll(r) },
		} {
			r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\n"+in), "GET", nil)
			require.NoError(t, err)
			b, err := how(r)
			assert.Equal(t, "01234", string(b))
			var inc *client.IncompleteReadError
			require.ErrorAs(t, err, &inc)
			require.ErrorIs(t, err, io.ErrUnexpectedEOF)
			assert.EqualValues(t, 5, inc.Read)
			assert.Contains(t, []int64{5, -1}, inc.Expected)
		}
	}
}

// Who asks for Python's reading gets its silence where a part of a body is read, and is told
// where all of it is.
func TestLenientShortBody(t *testing.T) {
	length, chunked := "Content-Length: 10\r\n\r\n01234", "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n"
	for _, tt := range []struct {
		name, in string
		how      func(*client.Response) ([]byte, error)
		tells    bool
	}{
		{"Read", length, func(r *client.Response) ([]byte, error) { return io.ReadAll(r) }, true},
		{"ReadAll", length, (*client.Response).ReadAll, true},
		{"ReadN", length, func(r *client.Response) ([]byte, error) { return r.ReadN(10) }, false},
		{"ReadLine", length, func(r *client.Response) ([]byte, error) { return r.ReadLine(-1) }, false},
		{"ReadInto", length, readInto, false},
		{"ReadAll of chunks", chunked, (*client.Response).ReadAll, true},
		{"ReadN of chunks", chunked, func(r *client.Response) ([]byte, error) { return r.ReadN(10) }, true},
		{"ReadLine of chunks", chunked, func(r *client.Response) ([]byte, error) { return r.ReadLine(-1) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\n"+tt.in), "GET", &client.Config{Lenient: true})
			require.NoError(t, err)
			b, err := tt.how(r)
			assert.Equal(t, "01234", string(b))
			assert.Equal(t, tt.tells, errors.Is(err, client.ErrIncompleteRead), "%v", err)
			assert.True(t, tt.tells || err == nil, "%v", err)
		})
	}
}

func readInto(r *client.Response) ([]byte, error) {
	p := make([]byte, 10)
	n, err := r.ReadInto(p)
	return p[:n], err
}
