package socket_test

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// payloads makes one buffer for each of the sizes, filled with its number.
func payloads(sizes ...int) [][]byte {
	var bufs [][]byte
	for i, n := range sizes {
		bufs = append(bufs, bytes.Repeat([]byte{byte(i + 1)}, n))
	}
	return bufs
}

// same repeats a size.
func same(size, times int) []int {
	sizes := make([]int, times)
	for i := range sizes {
		sizes[i] = size
	}
	return sizes
}

// sendAndReceive sends the buffers as one batch and returns what arrives.
func sendAndReceive(t *testing.T, s, r *socket.Socket, to netip.AddrPort, bufs [][]byte) [][]byte {
	t.Helper()
	out := make([]socket.Datagram, len(bufs))
	for i, b := range bufs {
		out[i] = socket.Datagram{Buf: b, Addr: to}
	}
	n, err := s.SendBatch(out, 0)
	require.NoError(t, err)
	require.Equal(t, len(out), n)
	for i, d := range out {
		require.Equal(t, len(bufs[i]), d.N)
	}
	return receive(t, r, len(bufs))
}

// receive receives so many datagrams.
func receive(t *testing.T, r *socket.Socket, count int) (got [][]byte) {
	t.Helper()
	for len(got) < count {
		in := make([]socket.Datagram, count-len(got))
		for i := range in {
			in[i].Buf = make([]byte, 1<<16)
		}
		n, err := r.RecvBatch(in, 0)
		require.NoError(t, err)
		for _, d := range in[:n] {
			got = append(got, d.Buf[:d.N])
		}
	}
	return got
}

// TestBatchTogether: whatever goes through the system together arrives as it would have
// alone.
func TestBatchTogether(t *testing.T) {
	for name, sizes := range map[string][]int{
		"equal":                  same(100, 64),
		"more than go together":  same(100, 150),
		"the last is shorter":    append(same(100, 9), 1),
		"shorter, then longer":   {100, 100, 50, 100, 100, 100},
		"each longer":            {1, 2, 3, 4, 5},
		"each shorter":           {5, 4, 3, 2, 1},
		"empty ones":             {0, 0, 5, 0, 5, 5, 0},
		"more than a datagram":   same(20_000, 5),
		"one":                    {7},
		"one byte":               same(1, 70),
		"as long as they can be": {65_507, 65_507},
	} {
		t.Run(name, func(t *testing.T) {
			r, at := datagrams(t, loopback)
			require.NoError(t, r.SetOption(socket.SolSocket, socket.SORcvBuf, 4<<20))
			s, _ := datagrams(t, loopback)
			bufs := payloads(sizes...)
			to := at.(socket.Inet).AddrPort()
			require.Equal(t, bufs, sendAndReceive(t, s, r, to, bufs))
			require.NoError(t, s.Connect(at))
			require.Equal(t, bufs, sendAndReceive(t, s, r, netip.AddrPort{}, bufs), "connected")
		})
	}
}

// TestBatchOwnWays: a socket that cuts or collects what it sends does so with each
// datagram of a batch.
func TestBatchOwnWays(t *testing.T) {
	r, at := datagrams(t, loopback)
	to := at.(socket.Inet).AddrPort()

	s, _ := datagrams(t, loopback)
	require.NoError(t, s.SetUDPSegment(2))
	_, err := s.SendBatch([]socket.Datagram{{Buf: []byte("abc"), Addr: to}, {Buf: []byte("def"), Addr: to}}, 0)
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("ab"), []byte("c"), []byte("de"), []byte("f")}, receive(t, r, 4))

	s, _ = datagrams(t, loopback)
	require.NoError(t, s.SetOption(socket.Level(unix.SOL_UDP), unix.UDP_CORK, 1))
	_, err = s.SendBatch([]socket.Datagram{{Buf: []byte("abc"), Addr: to}, {Buf: []byte("def"), Addr: to}}, 0)
	require.NoError(t, err)
	require.NoError(t, s.SetOption(socket.Level(unix.SOL_UDP), unix.UDP_CORK, 0))
	require.Equal(t, [][]byte{[]byte("abcdef")}, receive(t, r, 1))
}

// TestBatchPath: datagrams longer than the path's packets cannot be cut by the system;
// they go alone, in fragments.
func TestBatchPath(t *testing.T) {
	if !namespace(t) {
		return
	}
	r, at := datagrams(t, loopback)
	s, _ := datagrams(t, loopback)
	ifr, err := unix.NewIfreq("lo")
	require.NoError(t, err)
	ifr.SetUint32(1500)
	require.NoError(t, unix.IoctlIfreq(s.Fileno(), unix.SIOCSIFMTU, ifr))
	bufs := payloads(same(4000, 10)...)
	to := at.(socket.Inet).AddrPort()
	for range 2 {
		require.Equal(t, bufs, sendAndReceive(t, s, r, to, bufs))
	}
	_, err = s.SendBatch([]socket.Datagram{{Buf: make([]byte, 70_000), Addr: to}, {Buf: make([]byte, 70_000), Addr: to}}, 0)
	require.ErrorIs(t, err, unix.EMSGSIZE)
}
