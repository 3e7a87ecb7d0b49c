package http1_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

var chunkedBodies = []struct {
	in   string
	want string
	err  error
}{
	{in: "5\r\nhello\r\n0\r\n\r\n", want: "hello"},
	{in: "5;a=b;c=\"d\"\r\nhello\r\n1 ;x\r\n!\r\n000\r\n\r\n", want: "hello!"},
	{in: "5  \r\nhello\r\n0\r\n\r\n", want: "hello"},
	{in: "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\nX: y\r\n\r\n", want: "01234567890123456789"},
	{in: "0\r\n\r\n"},
	{in: "", err: io.ErrUnexpectedEOF},
	{in: "5\r\nhel", want: "hel", err: io.ErrUnexpectedEOF},
	{in: "5\r\nhello", want: "hello", err: io.ErrUnexpectedEOF},
	{in: "5\r\nhello\r\n0\r\n", want: "hello", err: io.ErrUnexpectedEOF},
	{in: "-1\r\n", err: http1.ErrChunk},
	{in: "+5\r\nhello\r\n", err: http1.ErrChunk},
	{in: "1_0\r\n", err: http1.ErrChunk},
	{in: "0x5\r\nhello\r\n", err: http1.ErrChunk},
	{in: " 5\r\nhello\r\n", err: http1.ErrChunk},
	{in: "\r\n", err: http1.ErrChunk},
	{in: ";a\r\n", err: http1.ErrChunk},
	{in: "5 5\r\nhello\r\n", err: http1.ErrChunk},
	{in: "FFFFFFFFFFFFFFFFF\r\n", err: http1.ErrChunk},
	{in: "8000000000000000\r\n", err: http1.ErrChunk},
	{in: "5\nhello\r\n0\r\n\r\n", err: http1.ErrChunk},
	{in: "5;a\nb\r\n", err: http1.ErrChunk},
	{in: "5;a\rb\r\n", err: http1.ErrChunk},
	{in: "5\r\nhelloXX0\r\n", want: "hello", err: http1.ErrChunk},
	{in: "5\r\nhello\n0\r\n\r\n", want: "hello", err: http1.ErrChunk},
	{in: "5\r\nhello\r0\r\n\r\n", want: "hello", err: http1.ErrChunk},
	{in: "0\r\nTransfer-Encoding: chunked\r\n\r\n", err: http1.ErrTrailer},
	{in: "0\r\ncontent-length: 3\r\n\r\n", err: http1.ErrTrailer},
	{in: "0\r\nno colon\r\n\r\n", err: http1.ErrField},
	{in: "0\r\nX: y\n\r\n", err: http1.ErrField},
	{in: "0\r\n" + strings.Repeat("X: y\r\n", 101) + "\r\n", err: http1.ErrTooManyFields},
	{in: "0\r\nX: " + strings.Repeat("y", 70000), err: http1.ErrLineTooLong},
	{in: "1;" + strings.Repeat("x", 5000), err: http1.ErrLineTooLong},
	{in: strings.Repeat("1;"+strings.Repeat("x", 4000)+"\r\na\r\n", 5), want: "aaaa", err: http1.ErrChunk},
}

func TestChunked(t *testing.T) {
	for _, tt := range chunkedBodies {
		for name, r := range map[string]io.Reader{
			"whole":   strings.NewReader(tt.in),
			"bytes":   iotest.OneByteReader(strings.NewReader(tt.in)),
			"halves":  iotest.HalfReader(strings.NewReader(tt.in)),
			"dataerr": iotest.DataErrReader(strings.NewReader(tt.in)),
		} {
			var b http1.Body
			b.Start(&http1.Reader{Src: r}, http1.Framing{Kind: http1.ChunkedBody}, http1.Limits{})
			got, err := io.ReadAll(&b)
			assert.Equal(t, tt.want, string(got), "%s %.60q", name, tt.in)
			if tt.err == nil {
				assert.NoError(t, err, "%s %.60q", name, tt.in)
				assert.True(t, b.Done())
			} else {
				assert.ErrorIs(t, err, tt.err, "%s %.60q", name, tt.in)
			}
		}
	}
}

func TestTrailer(t *testing.T) {
	var b http1.Body
	rd := &http1.Reader{Src: strings.NewReader("1\r\na\r\n0\r\nX-Sum: 1 \r\ny:\t2\r\n\r\nnext")}
	b.Start(rd, http1.Framing{Kind: http1.ChunkedBody}, http1.Limits{})
	p := make([]byte, 10)
	n, err := b.Read(p)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	assert.True(t, b.Done(), "the end was at hand")
	assert.Equal(t, httpx.Header{{Name: "X-Sum", Value: "1"}, {Name: "y", Value: "2"}}, b.Trailer())
	assert.Equal(t, "next", string(rd.Buffered()))
	_, err = b.Read(p)
	assert.Equal(t, io.EOF, err)
}

func TestLengthBody(t *testing.T) {
	var b http1.Body
	rd := &http1.Reader{Src: iotest.HalfReader(strings.NewReader("helloNEXT"))}
	b.Start(rd, http1.Framing{Kind: http1.LengthBody, Length: 5}, http1.Limits{})
	require.NoError(t, iotest.TestReader(&b, []byte("hello")))
	rest, err := io.ReadAll(rd)
	require.NoError(t, err)
	assert.Equal(t, "NEXT", string(rest))

	b.Start(&http1.Reader{Src: strings.NewReader("hel")}, http1.Framing{Kind: http1.LengthBody, Length: 5}, http1.Limits{})
	got, err := io.ReadAll(&b)
	assert.Equal(t, "hel", string(got))
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.EqualValues(t, 2, b.Remaining())

	b.Start(&http1.Reader{Src: strings.NewReader("next")}, http1.Framing{}, http1.Limits{})
	assert.True(t, b.Done())
}

func TestSkip(t *testing.T) {
	var b http1.Body
	b.Start(&http1.Reader{Src: strings.NewReader(strings.Repeat("x", 10000))}, http1.Framing{Kind: http1.LengthBody, Length: 10000}, http1.Limits{})
	assert.False(t, b.Skip(4000))
	assert.True(t, b.Skip(6000))
}

func TestReader(t *testing.T) {
	rd := &http1.Reader{Src: strings.NewReader(strings.Repeat("ab", 5000))}
	for rd.Len() < 10000 {
		require.NoError(t, rd.Fill())
	}
	assert.Equal(t, io.EOF, rd.Fill())
	assert.Equal(t, strings.Repeat("ab", 5000), string(rd.Buffered()))
	assert.False(t, rd.Release())
	rd.Discard(10000)
	assert.True(t, rd.Release())

	rd = &http1.Reader{Src: strings.NewReader("tail")}
	rd.Preload(bytes.Repeat([]byte("x"), 9000))
	got, err := io.ReadAll(rd)
	require.NoError(t, err)
	assert.Equal(t, strings.Repeat("x", 9000)+"tail", string(got))

	rd = &http1.Reader{Src: iotest.ErrReader(io.ErrClosedPipe)}
	assert.Equal(t, io.ErrClosedPipe, rd.Fill())
	rd = &http1.Reader{Src: stuck{}}
	assert.Equal(t, io.ErrNoProgress, rd.Fill())
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// A line that comes byte by byte is looked at once.
func TestChunkedTrickle(t *testing.T) {
	in := []byte("0\r\n" + strings.Repeat("X: "+strings.Repeat("y", 60000)+"\r\n", 3) + "\r\n")
	var c http1.Chunked
	used := 0
	for have := range len(in) + 1 {
		_, n, err := c.Next(in[used:have])
		used += n
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
	}
	assert.Equal(t, len(in), used)
	assert.Len(t, c.Trailer(), 3)
}
