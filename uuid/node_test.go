package uuid_test

import (
	"bytes"
	"errors"
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

const multicast = 1 << 40

func TestNodeID(t *testing.T) {
	n := uuid.NodeID()
	require.Equal(t, n, uuid.NodeID())
	require.NotZero(t, n&multicast)
	require.Zero(t, n>>48)

	g := &uuid.Generator{Rand: bytes.NewReader([]byte{0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc})}
	for range 2 { // read once
		n, err := g.NodeID()
		require.NoError(t, err)
		require.Equal(t, uint64(0x13_34_56_78_9a_bc), n)
	}
	n, err := (&uuid.Generator{Node: uuid.FixedNode(0)}).NodeID()
	require.NoError(t, err)
	require.Zero(t, n, "0 is a node, too")
}

func TestRandomNode(t *testing.T) {
	seen := map[uint64]bool{}
	for range 100 {
		n, err := uuid.RandomNode()
		require.NoError(t, err)
		require.Zero(t, n>>48)
		require.NotZero(t, n&multicast)
		seen[n] = true
	}
	require.Len(t, seen, 100)
}

func TestNodeTooWide(t *testing.T) {
	g := &uuid.Generator{Now: fixed(rfcTime), Node: uuid.FixedNode(1<<48 + 5)}
	u, err := g.NewV1()
	require.Equal(t, uuid.Nil, u)
	var re *uuid.RangeError
	require.ErrorAs(t, err, &re)
	require.Equal(t, uuid.RangeError{Field: "node", Bits: 48, Value: "281474976710661"}, *re)
	u, err = g.NewV6()
	require.NoError(t, err)
	require.Equal(t, uint64(5), u.Node(), "as in Python")
}

func TestPickHardware(t *testing.T) {
	mac := func(s string) net.HardwareAddr {
		a, err := net.ParseMAC(s)
		require.NoError(t, err)
		return a
	}
	zero := mac("00:00:00:00:00:00")
	local, other := mac("02:42:ac:11:00:02"), mac("0a:00:27:00:00:00")
	universal, second := mac("00:1b:21:3c:9d:f8"), mac("ac:de:48:00:11:22")
	tests := []struct {
		name  string
		addrs []net.HardwareAddr
		want  uint64 // 0 for an error
	}{
		{"none", nil, 0},
		{"without address", []net.HardwareAddr{nil, {}}, 0},
		{"loopback", []net.HardwareAddr{zero}, 0},
		{"InfiniBand", []net.HardwareAddr{make(net.HardwareAddr, 20)}, 0},
		{"EUI-64", []net.HardwareAddr{mac("02:00:5e:10:00:00:00:01")}, 0},
		{"multicast", []net.HardwareAddr{mac("01:00:5e:00:00:01")}, 0},
		{"one", []net.HardwareAddr{nil, zero, universal}, 0x001b213c9df8},
		{"the first universal one", []net.HardwareAddr{local, universal, second}, 0x001b213c9df8},
		{"else the first local one", []net.HardwareAddr{zero, local, other}, 0x0242ac110002},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := uuid.PickHardware(tt.addrs)
			require.Equal(t, tt.want, got)
			require.Equal(t, tt.want == 0, errors.Is(err, uuid.ErrNoHardware))
		})
	}
}

// TestHardwareNode compares with the interfaces of the machine.
func TestHardwareNode(t *testing.T) {
	n, err := uuid.HardwareNode()
	if err != nil {
		require.ErrorIs(t, err, uuid.ErrNoHardware)
		return
	}
	require.Contains(t, hardware(t), n)
	again, err := uuid.HardwareNode()
	require.NoError(t, err)
	require.Equal(t, n, again)
	g := &uuid.Generator{Node: uuid.HardwareNode}
	u, err := g.NewV1()
	require.NoError(t, err)
	require.Equal(t, n, u.Node())
}

// hardware returns the hardware addresses of the machine.
func hardware(t *testing.T) map[uint64]bool {
	t.Helper()
	list, err := net.Interfaces()
	require.NoError(t, err)
	out := map[uint64]bool{}
	for _, ifc := range list {
		n := uint64(0)
		for _, b := range ifc.HardwareAddr {
			n = n<<8 | uint64(b)
		}
		if len(ifc.HardwareAddr) == 6 {
			out[n] = true
		}
	}
	return out
}
