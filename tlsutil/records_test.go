package tlsutil_test

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"testing"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/require"
)

// A ragged connection reads pieces of random length.
type ragged struct {
	net.Conn
	r   *rand.Rand
	max int
}

func (c ragged) Read(p []byte) (int, error) {
	return c.Conn.Read(p[:min(len(p), 1+c.r.IntN(c.max))])
}

// However the stream comes in pieces, the data are whole, and what follows close-notify is
// neither lost nor taken for TLS.
func TestRecordsInPieces(t *testing.T) {
	ca := newCA(t, "CA")
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
		require.NoError(t, cc.SetMaximumVersion(v))
		for seed := range uint64(12) {
			r := rand.New(rand.NewPCG(seed, 7))
			a, b := tcpPair(t)
			piece := []int{1, 3, 6, 40, 1000, 100_000}[seed%6]
			sizes := []int{1, 100, 5000, 40_000, 1, 1}
			if piece < 40 {
				sizes = []int{1, 100, 3000}
			}
			var sent []byte
			go func() {
				s, err := sc.Server(context.Background(), b)
				if err != nil {
					b.Close()
					return
				}
				for _, n := range sizes {
					s.Write(noise(n))
				}
				s.CloseWrite()
				// Plain text that begins as a record would.
				s.NetConn().Write([]byte("\x15\x03\x03\x00\x02plain"))
			}()
			for _, n := range sizes {
				sent = append(sent, noise(n)...)
			}
			c, err := cc.Client(context.Background(), ragged{a, r, piece}, "localhost")
			require.NoError(t, err)
			got, err := io.ReadAll(c)
			require.NoError(t, err, "seed %d", seed)
			require.Equal(t, len(sent), len(got))
			require.Equal(t, sent, got)
			plain, err := c.Unwrap(context.Background())
			require.NoError(t, err)
			rest := make([]byte, 10)
			_, err = io.ReadFull(plain, rest)
			require.NoError(t, err)
			require.Equal(t, "\x15\x03\x03\x00\x02plain", string(rest))
		}
	}
}
