package tlsutil_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMemoryBIO(t *testing.T) {
	var b tlsutil.MemoryBIO
	buf := make([]byte, 100)
	n, err := b.Read(buf)
	assert.Zero(t, n)
	assert.ErrorIs(t, err, tlsutil.ErrWantRead)
	assert.False(t, b.EOF())
	n, err = b.Write([]byte("hello"))
	assert.Equal(t, 5, n)
	assert.NoError(t, err)
	n, _ = b.Read(buf[:3])
	assert.Equal(t, "hel", string(buf[:n]))
	b.Write([]byte(" world"))
	assert.Equal(t, 8, b.Pending())
	b.WriteEOF()
	assert.False(t, b.EOF())
	_, err = b.Write([]byte("x"))
	var e *tlsutil.Error
	assert.ErrorAs(t, err, &e)
	_, err = b.FillFrom(bytes.NewReader([]byte("x")))
	assert.ErrorAs(t, err, &e)
	var w bytes.Buffer
	m, err := b.WriteTo(&w)
	assert.Equal(t, int64(8), m)
	assert.NoError(t, err)
	assert.Equal(t, "lo world", w.String())
	assert.True(t, b.EOF())
	_, err = b.Read(buf)
	assert.Equal(t, io.EOF, err)
	b.Reset()
	assert.False(t, b.EOF())

	b.Limit = 10
	n, err = b.Write([]byte("0123456789abc"))
	assert.Equal(t, 10, n)
	assert.ErrorIs(t, err, tlsutil.ErrWantWrite)
	n, err = b.FillFrom(bytes.NewReader([]byte("x")))
	assert.Zero(t, n)
	assert.ErrorIs(t, err, tlsutil.ErrWantWrite)
	b.Discard(4)
	n, err = b.FillFrom(bytes.NewReader([]byte("abcdefgh")))
	assert.Equal(t, 4, n)
	assert.NoError(t, err)
	assert.Equal(t, "456789abcd", string(b.Peek()))
	_, err = b.FillFrom(bytes.NewReader(nil))
	assert.ErrorIs(t, err, tlsutil.ErrWantWrite)
	b.Discard(99)
	n, err = b.FillFrom(bytes.NewReader(nil))
	assert.Zero(t, n)
	assert.Equal(t, io.EOF, err)
	b.Limit = -1
	n, err = b.Write(noise(3 << 20))
	assert.Equal(t, 3<<20, n)
	assert.NoError(t, err)
}

// The queue against the plainest one, with all calls in random order.
func TestMemoryBIOAgainstSlice(t *testing.T) {
	for seed := range seeds(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b tlsutil.MemoryBIO
		b.Limit = 100_000
		var want []byte
		for range 500 {
			switch r.IntN(4) {
			case 0:
				p := noise(r.IntN(1 << r.IntN(17)))
				n, _ := b.Write(p)
				want = append(want, p[:n]...)
			case 1:
				p := make([]byte, r.IntN(1<<r.IntN(17)))
				n, _ := b.Read(p)
				require.True(t, bytes.Equal(want[:n], p[:n]))
				want = want[n:]
			case 2:
				p := noise(r.IntN(1 << r.IntN(17)))
				n, _ := b.FillFrom(bytes.NewReader(p))
				want = append(want, p[:n]...)
			case 3:
				n := r.IntN(1 << r.IntN(17))
				b.Discard(n)
				want = want[min(n, len(want)):]
			}
			require.True(t, bytes.Equal(want, b.Peek()))
			require.LessOrEqual(t, b.Pending(), b.Limit)
		}
	}
}
