package socketserver

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// FuzzDatagramMessage: what a server writes to its worker is read as it was, and nothing
// else makes the worker fail.
func FuzzDatagramMessage(f *testing.F) {
	s := &Server{}
	for _, from := range []socket.Addr{
		nil, // a Unix socket without a name
		socket.Inet{Addr: netip.MustParseAddr("192.0.2.1"), Port: 7},
		socket.Inet6{Addr: netip.MustParseAddr("fe80::1%1"), Port: 7, ScopeID: 1, FlowInfo: 2},
		socket.Unix{Name: "/tmp/s"},
		socket.Unix{Name: "\x00abstract"},
	} {
		d := s.newDatagram()
		d.to, d.Data, d.Truncated = from, []byte("data"), from == nil
		f.Add(appendDatagram(nil, d))
	}
	f.Add([]byte{})
	f.Add([]byte("D\x00u\xff\xff"))
	f.Add([]byte("D\x006\x00\x08abcdefgh"))
	f.Fuzz(func(t *testing.T, msg []byte) {
		d := s.newDatagram()
		if parseDatagram(msg, d) != nil {
			return
		}
		again := s.newDatagram()
		require.NoError(t, parseDatagram(appendDatagram(nil, d), again))
		require.Equal(t, d.to, again.to)
		require.Equal(t, d.Truncated, again.Truncated)
		require.Equal(t, d.Data, again.Data)
	})
}
