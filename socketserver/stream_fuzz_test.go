package socketserver

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// A scripted transport gives its input in pieces, of which an empty one is a moment with
// nothing to read, and keeps the output.
type scripted struct {
	net.Conn // nil
	in       []byte
	cuts     []byte // lengths of the pieces; behind the last it is all at once
	out      bytes.Buffer
}

// piece is how much there is to read now, and takes that moment away if it is nothing.
func (t *scripted) piece() int {
	if len(t.cuts) == 0 {
		return len(t.in)
	}
	n := min(int(t.cuts[0]), len(t.in))
	if n == 0 {
		t.cuts = t.cuts[1:]
	}
	return n
}

func (t *scripted) readNow(p []byte) (int, error) {
	if len(t.in) == 0 {
		return 0, io.EOF
	}
	n := copy(p, t.in[:t.piece()])
	if t.in = t.in[n:]; n == 0 {
		return 0, errNoData
	}
	if len(t.cuts) > 0 {
		t.cuts = t.cuts[1:]
	}
	return n, nil
}

func (t *scripted) Read(p []byte) (int, error) {
	for {
		if n, err := t.readNow(p); err != errNoData {
			return n, err
		}
	}
}

func (t *scripted) Write(p []byte) (int, error)      { return t.out.Write(p) }
func (t *scripted) Close() error                     { return nil }
func (t *scripted) CloseWrite() error                { return nil }
func (t *scripted) RemoteAddr() net.Addr             { return nil }
func (t *scripted) SetReadDeadline(time.Time) error  { return nil }
func (t *scripted) SetWriteDeadline(time.Time) error { return nil }
func (t *scripted) wait() error                      { return nil }
func (t *scripted) await(c *Conn) error              { return fetchBy(t, c) }
func (t *scripted) detach() (detached, error)        { return nil, errors.ErrUnsupported }
func (t *scripted) SyscallConn() (syscall.RawConn, error) {
	return nil, errors.ErrUnsupported
}

// FuzzStreamConn: lines, and reads between them, of a stream that comes in any pieces are
// what they are of the whole.
func FuzzStreamConn(f *testing.F) {
	f.Add([]byte("one\ntwo\r\nthree"), []byte{}, []byte{}, 64)
	f.Add([]byte("a\n\n\nb\n"), []byte{1, 0, 1, 2}, []byte{0, 3, 0}, 3)
	f.Add([]byte("too long\nx\n"), []byte{9}, []byte{0}, 8)
	f.Add(bytes.Repeat([]byte("0123456789abcdef"), 1100), []byte{255, 255}, []byte{1, 0}, -1)
	f.Fuzz(func(t *testing.T, in, cuts, ops []byte, limit int) {
		tr := &scripted{in: in, cuts: cuts}
		s := &StreamConn{Conn: &Conn{t: tr}, MaxLine: limit}
		rest := in
		if limit == 0 {
			limit = maxLine
		}
		for {
			op := byte(0)
			if len(ops) > 0 {
				op, ops = ops[0], ops[1:]
			}
			if op > 0 {
				p := make([]byte, int(op)*int(op))
				n, err := s.Read(p)
				if err == io.EOF {
					require.Empty(t, rest)
					break
				}
				require.NoError(t, err)
				require.Positive(t, n)
				require.Equal(t, rest[:n], p[:n])
				rest = rest[n:]
				continue
			}
			want := rest
			if i := bytes.IndexByte(rest, '\n'); i >= 0 {
				want = rest[:i+1]
			}
			line, err := s.ReadLine()
			if limit > 0 && len(want) > limit {
				require.ErrorIs(t, err, ErrLineTooLong)
				_, err = s.ReadLine()
				require.ErrorIs(t, err, ErrLineTooLong)
				break
			}
			if len(want) == 0 {
				require.Equal(t, io.EOF, err)
				break
			}
			require.NoError(t, err)
			require.Equal(t, want, line)
			rest = rest[len(want):]
		}
		s.drop()
	})
}

// FuzzParts: a handler that takes whole lines and asks for More gets each, however the
// stream comes, until one is longer than the Reader.
func FuzzParts(f *testing.F) {
	f.Add([]byte("one\ntwo\nthr"), []byte{})
	f.Add([]byte("one\ntwo\nthr"), []byte{1, 0, 0, 4, 0, 1})
	f.Add(append(bytes.Repeat([]byte("x"), bufferSize+5), '\n'), []byte{200, 0, 200, 0, 200})
	f.Fuzz(func(t *testing.T, in, cuts []byte) {
		var end error
		s := &Server{HandleError: func(_ context.Context, _ socket.Addr, err error) { end = err }}
		s.Handler = ConnHandlerFunc(func(_ context.Context, c *Conn) (Next, error) {
			b, _ := c.Reader().Peek(c.Buffered())
			i := bytes.IndexByte(b, '\n') + 1
			if i == 0 && len(b) > 0 {
				return More, nil
			}
			if i == 0 {
				return Close, nil
			}
			c.Writer().Write(b[:i])
			c.Reader().Discard(i)
			return Idle, nil
		})
		s.init()
		defer s.cancel()
		tr := &scripted{in: in, cuts: cuts}
		c := &Conn{t: tr}
		require.True(t, s.admitted(c))
		s.serveConn(t.Context(), c)
		want := in[:0]
		for rest := in; ; {
			i := bytes.IndexByte(rest, '\n') + 1
			if i == 0 || i > bufferSize {
				break
			}
			want, rest = in[:len(want)+i], rest[i:]
		}
		require.Equal(t, string(want), tr.out.String(), "%v", end)
	})
}
