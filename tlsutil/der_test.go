package tlsutil_test

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/require"
)

// Lengths that 32 bits cannot hold are no reason to panic, nor are millions of empty elements
// for taking much more memory than they have.
func TestDERLengthBeyond32Bits(t *testing.T) {
	b := append([]byte{0x30, 0x84, 0x80, 0, 0, 0}, bytes.Repeat([]byte{0}, 1<<23)...)
	for _, first := range []byte{0x00, 0x7f, 0x80, 0xff} {
		b[2] = first
		_, err := tlsutil.DecodeCertificate(b)
		require.ErrorIs(t, err, tlsutil.ErrCertificate)
	}
	b = append([]byte{0x30, 0x84, 0x00, 0x80, 0, 0}, make([]byte, 1<<23)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := tlsutil.DecodeCertificate(b)
	require.ErrorIs(t, err, tlsutil.ErrCertificate)
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<20))
}
