package ipaddress_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// slowTable is a table that is obviously right.
type slowTable map[ipaddress.Network]int

func (t slowTable) lookup(a ipaddress.Addr) (n ipaddress.Network, v int, ok bool) {
	for m, x := range t {
		if m.Contains(a) && (!ok || m.Bits() > n.Bits()) {
			n, v, ok = m, x, true
		}
	}
	return n, v, ok
}

func (t slowTable) networks(keep func(ipaddress.Network) bool) []ipaddress.Network {
	var out []ipaddress.Network
	for n := range t {
		if keep(n) {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, ipaddress.Network.Compare)
	return out
}

// randomNetwork returns a network of a small space, so that networks nest.
func randomNetwork(r *rand.Rand) ipaddress.Network {
	var a ipaddress.Addr
	bits := r.IntN(33)
	switch r.IntN(3) {
	case 0:
		a = ipaddress.AddrFromUint32(r.Uint32() & 0xff03_0307 & -r.Uint32())
	case 1:
		a = ipaddress.AddrFromUint128(r.Uint64()&0xff03_0307_0000_0101, r.Uint64()&0x0303)
		bits = r.IntN(129)
	case 2: // deep in the trie
		a = ipaddress.AddrFromUint128(0, r.Uint64()&0x0303_0000_0000_0303)
		bits = 60 + r.IntN(69)
	}
	n, err := ipaddress.NetworkFromLoose(a, bits)
	if err != nil {
		panic(err)
	}
	return n
}

func TestTableAgainstSlowTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		var table ipaddress.Table[int]
		slow := slowTable{}
		for i := range 300 {
			n := randomNetwork(r)
			if r.IntN(3) == 0 {
				_, want := slow[n]
				require.Equal(t, want, table.Delete(n), "Delete(%v)", n)
				delete(slow, n)
			} else {
				require.NoError(t, table.Insert(n, i))
				slow[n] = i
			}
			require.Equal(t, len(slow), table.Len())
		}
		checkTable(t, r, &table, slow)
		for _, n := range slow.networks(func(ipaddress.Network) bool { return true }) {
			require.True(t, table.Delete(n))
			require.False(t, table.Delete(n))
		}
		require.Zero(t, table.Len())
		for range table.All() {
			t.Fatal("an empty table yields something")
		}
	}
}

func checkTable(t *testing.T, r *rand.Rand, table *ipaddress.Table[int], slow slowTable) {
	t.Helper()
	for range 300 {
		n := randomNetwork(r)
		v, ok := table.Get(n)
		want, wantOK := slow[n]
		require.Equal(t, wantOK, ok, "Get(%v)", n)
		require.Equal(t, want, v, "Get(%v)", n)

		a := n.Broadcast()
		wantNet, wantV, wantOK := slow.lookup(a)
		gotNet, gotV, ok := table.LookupNetwork(a)
		require.Equal(t, []any{wantNet, wantV, wantOK}, []any{gotNet, gotV, ok}, "LookupNetwork(%v)", a)
		gotV, ok = table.Lookup(a)
		require.Equal(t, []any{wantV, wantOK}, []any{gotV, ok}, "Lookup(%v)", a)

		var got []ipaddress.Network
		for m, v := range table.Covered(n) {
			require.Equal(t, slow[m], v)
			got = append(got, m)
		}
		require.Equal(t, slow.networks(n.ContainsNetwork), got, "Covered(%v)", n)
		got = nil
		for m, v := range table.Covering(n) {
			require.Equal(t, slow[m], v)
			got = append(got, m)
		}
		covering := slow.networks(func(m ipaddress.Network) bool { return m.ContainsNetwork(n) })
		require.Equal(t, covering, got, "Covering(%v)", n)
	}
	var all []ipaddress.Network
	for n, v := range table.All() {
		require.Equal(t, slow[n], v)
		all = append(all, n)
	}
	require.Equal(t, slow.networks(func(ipaddress.Network) bool { return true }), all)
}

func TestTableZones(t *testing.T) {
	var table ipaddress.Table[string]
	require.ErrorIs(t, table.Insert(ipaddress.MustParseNetwork("fe80::%eth0/64"), "x"), ipaddress.ErrZone)
	require.ErrorIs(t, table.Insert(ipaddress.Network{}, "x"), ipaddress.ErrAddress)
	require.NoError(t, table.Insert(ipaddress.MustParseNetwork("fe80::/64"), "link"))
	v, ok := table.Lookup(ipaddress.MustParseAddr("fe80::1%eth0"))
	require.True(t, ok)
	require.Equal(t, "link", v)
	n, _, _ := table.LookupNetwork(ipaddress.MustParseAddr("fe80::1%eth0"))
	require.Equal(t, "fe80::/64", n.String())
	_, ok = table.Get(ipaddress.MustParseNetwork("fe80::%eth0/64"))
	require.False(t, ok)
	require.False(t, table.Delete(ipaddress.MustParseNetwork("fe80::%eth0/64")))
	_, ok = table.Lookup(ipaddress.Addr{})
	require.False(t, ok)
}

// TestTableEarlyBreak leaves each of the sequences after the first network.
func TestTableEarlyBreak(t *testing.T) {
	var table ipaddress.Table[int]
	for i, s := range []string{"0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.3/32", "::/0", "2001:db8::/32"} {
		require.NoError(t, table.Insert(ipaddress.MustParseNetwork(s), i))
	}
	for range table.All() {
		break
	}
	for range table.Covered(ipaddress.MustParseNetwork("10.0.0.0/8")) {
		break
	}
	for range table.Covering(ipaddress.MustParseNetwork("10.1.2.3/32")) {
		break
	}
	var got []string
	for n := range table.Covered(ipaddress.MustParseNetwork("10.0.0.0/8")) {
		got = append(got, n.String())
	}
	require.Equal(t, []string{"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.3/32"}, got)
}
