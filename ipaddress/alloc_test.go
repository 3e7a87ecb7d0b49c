package ipaddress_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// raceEnabled is set in builds with the race detector, which allocates.
var raceEnabled bool

// Where results go, so that the work is not left out.
var (
	sinkAddr    ipaddress.Addr
	sinkNetwork ipaddress.Network
	sinkBool    bool
	sinkInt     int
)

func TestAllocations(t *testing.T) {
	if raceEnabled || testing.CoverMode() != "" {
		t.Skip("the race detector and coverage allocate")
	}
	a4, a6 := addr("192.0.2.77"), addr("2001:db8::1")
	n4, n6 := network("192.0.2.0/24"), network("2001:db8::/32")
	last := addr("192.0.2.130")
	theirs := a6.Netip()
	buf := make([]byte, 0, 64)
	networks := make([]ipaddress.Network, 0, 100)
	for range cap(networks) {
		networks = append(networks, n4)
	}
	var table ipaddress.Table[int]
	require.NoError(t, table.Insert(n4, 1))
	require.NoError(t, table.Insert(n6, 2))
	set, err := ipaddress.NewSet(n4, n6)
	require.NoError(t, err)
	acl := ipaddress.NewACL(n4, n6)
	tests := []struct {
		name string
		want float64
		f    func()
	}{
		{"ParseAddr v4", 0, func() { sinkAddr, _ = ipaddress.ParseAddr("192.0.2.77") }},
		{"ParseAddr v6", 0, func() { sinkAddr, _ = ipaddress.ParseAddr("2001:db8::1") }},
		{"ParseNetwork", 0, func() { sinkNetwork, _ = ipaddress.ParseNetwork("2001:db8::/32") }},
		{"UnmarshalText", 0, func() { _ = sinkAddr.UnmarshalText([]byte("2001:db8::1")) }},
		{"String", 1, func() { sinkInt = len(a6.String()) }},
		{"AppendTo", 0, func() { buf = a6.AppendTo(n4.AppendTo(buf[:0])) }},
		{"Contains", 0, func() { sinkBool = n4.Contains(a4) || n6.Contains(a6) }},
		{"Compare", 0, func() { sinkInt = a4.Compare(a6) + n4.Compare(n6) }},
		{"Add", 0, func() { sinkAddr, _ = a6.Add(5) }},
		{"At", 0, func() { sinkAddr, _ = n6.At(-1) }},
		{"IsGlobal", 0, func() { sinkBool = a6.IsGlobal() || a4.IsPrivate() || a6.IsMulticast() }},
		{"Netip", 0, func() { sinkAddr = ipaddress.FromNetip(theirs); theirs = a6.Netip() }},
		{"Range.Networks", 0, func() {
			r, _ := ipaddress.RangeFrom(a4, last)
			for n := range r.Networks() {
				sinkNetwork = n
			}
		}},
		{"Hosts", 0, func() {
			for a := range n4.Hosts() {
				sinkAddr = a
			}
		}},
		{"Collapse", 1, func() { networks, _ = ipaddress.Collapse(networks[:cap(networks)]) }},
		{"SortNetworks", 0, func() { ipaddress.SortNetworks(networks) }},
		{"Table.Lookup", 0, func() { sinkInt, sinkBool = table.Lookup(a6) }},
		{"Set.Contains", 0, func() { sinkBool = set.Contains(a6) }},
		{"ACL.Contains", 0, func() { sinkBool = acl.Contains(a6) }},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, testing.AllocsPerRun(100, tt.f), tt.name)
	}
}
