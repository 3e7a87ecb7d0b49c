package ipaddress_test

import (
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

func TestParseNetwork(t *testing.T) {
	tests := []struct {
		in     string
		strict string // what the strict parser gives, or the kind of its error
		loose  string
	}{
		{"10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8"},
		{"10.0.0.1/8", "host bits", "10.0.0.0/8"},
		{"10.0.0.1", "10.0.0.1/32", "10.0.0.1/32"},
		{"10.0.0.1/32", "10.0.0.1/32", "10.0.0.1/32"},
		{"0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0"},
		{"1.2.3.4/0", "host bits", "0.0.0.0/0"},
		{"10.0.0.0/255.0.0.0", "10.0.0.0/8", "10.0.0.0/8"},
		{"10.0.0.0/0.255.255.255", "10.0.0.0/8", "10.0.0.0/8"},
		{"10.0.0.0/255.255.255.255", "10.0.0.0/32", "10.0.0.0/32"},
		{"0.0.0.0/0.0.0.0", "0.0.0.0/0", "0.0.0.0/0"},
		{"10.0.0.0/08", "10.0.0.0/8", "10.0.0.0/8"},
		{"10.0.0.0/0000000008", "10.0.0.0/8", "10.0.0.0/8"},
		{"10.0.0.0/255.0.255.0", "netmask", "netmask"},
		{"10.0.0.0/0.0.255.255.", "netmask", "netmask"},
		{"10.0.0.0/33", "netmask", "netmask"},
		{"10.0.0.0/-1", "netmask", "netmask"},
		{"10.0.0.0/+8", "netmask", "netmask"},
		{"10.0.0.0/ 8", "netmask", "netmask"},
		{"10.0.0.0/8 ", "netmask", "netmask"},
		{"10.0.0.0/", "netmask", "netmask"},
		{"10.0.0.0/٨", "netmask", "netmask"},
		{"10.0.0.0/99999999999999999999999999", "netmask", "netmask"},
		{"10.0.0.0/8/8", "address", "address"},
		{"10.0.0.0//8", "address", "address"},
		{"10.0.0.0/255.0.0.0/8", "address", "address"},
		{"10.0.0/8", "address", "address"},
		{"/8", "address", "address"},
		{"", "address", "address"},
		{"10.0.0.0%eth0/8", "address", "address"},
		{"2001:db8::/32", "2001:db8::/32", "2001:db8::/32"},
		{"2001:db8::1/32", "host bits", "2001:db8::/32"},
		{"2001:db8::1", "2001:db8::1/128", "2001:db8::1/128"},
		{"::/0", "::/0", "::/0"},
		{"::/128", "::/128", "::/128"},
		{"::/129", "netmask", "netmask"},
		{"::/ffff::", "netmask", "netmask"},
		{"::/255.0.0.0", "netmask", "netmask"},
		{"::1::/64", "address", "address"},
		{"::ffff:10.0.0.0/104", "::ffff:10.0.0.0/104", "::ffff:10.0.0.0/104"},
		{"fe80::%eth0/64", "fe80::%eth0/64", "fe80::%eth0/64"},
		{"fe80::1%eth0/64", "host bits", "fe80::/64"}, // the zone is lost, as in Python
		{"fe80::%eth0", "fe80::%eth0/128", "fe80::%eth0/128"},
		{"fe80::%/64", "address", "address"},
	}
	kinds := map[string]error{"host bits": ipaddress.ErrHostBits, "netmask": ipaddress.ErrNetmask, "address": ipaddress.ErrAddress}
	check := func(name, in, want string, n ipaddress.Network, err error) {
		t.Helper()
		if kind := kinds[want]; kind != nil {
			assert.ErrorIs(t, err, kind, "%s(%q)", name, in)
			assert.Equal(t, ipaddress.Network{}, n)
			return
		}
		if assert.NoError(t, err, "%s(%q)", name, in) {
			assert.Equal(t, want, n.String(), "%s(%q)", name, in)
		}
	}
	for _, tt := range tests {
		n, err := ipaddress.ParseNetwork(tt.in)
		check("ParseNetwork", tt.in, tt.strict, n, err)
		n, err = ipaddress.ParseNetworkLoose(tt.in)
		check("ParseNetworkLoose", tt.in, tt.loose, n, err)
		if err == nil {
			same, err := n.Version().ParseNetworkLoose(tt.in)
			check("Version.ParseNetworkLoose", tt.in, tt.loose, same, err)
			other, err := (10 - n.Version()).ParseNetworkLoose(tt.in)
			check("the other Version's", tt.in, "address", other, err)
		}
	}
	assert.Panics(t, func() { ipaddress.MustParseNetwork("10.0.0.1/8") })
	assert.Panics(t, func() { ipaddress.MustParseInterface("10.0.0.1/33") })
}

func TestParseMask(t *testing.T) {
	for want := range 33 {
		n, err := ipaddress.NetworkFromLoose(addr("255.255.255.255"), want)
		require.NoError(t, err)
		for _, s := range []string{fmt.Sprint(want), n.Netmask().String(), n.Hostmask().String()} {
			if s == "255.255.255.255" && want == 0 || s == "0.0.0.0" && want == 32 {
				continue // also a net mask, which comes first
			}
			got, err := ipaddress.V4.ParseMask(s)
			require.NoError(t, err)
			assert.Equal(t, want, got, s)
		}
	}
	got, err := ipaddress.V6.ParseMask("64")
	require.NoError(t, err)
	assert.Equal(t, 64, got)
	for _, s := range []string{"", "129", "ffff::", "255.0.0.0", "6 4", "1/2"} {
		_, err = ipaddress.V6.ParseMask(s)
		assert.ErrorIs(t, err, ipaddress.ErrNetmask, s)
	}
	_, err = ipaddress.Version(0).ParseMask("8")
	assert.ErrorIs(t, err, ipaddress.ErrNetmask)
}

func TestNetworkFrom(t *testing.T) {
	n, err := ipaddress.NetworkFrom(addr("10.0.0.0"), 8)
	require.NoError(t, err)
	assert.Equal(t, network("10.0.0.0/8"), n)
	_, err = ipaddress.NetworkFrom(addr("10.0.0.1"), 8)
	assert.ErrorIs(t, err, ipaddress.ErrHostBits)
	n, err = ipaddress.NetworkFromLoose(addr("10.0.0.1"), 8)
	require.NoError(t, err)
	assert.Equal(t, network("10.0.0.0/8"), n)
	for _, bits := range []int{-1, 33, 256 + 8, math.MinInt, math.MaxInt} {
		_, err = ipaddress.NetworkFrom(addr("10.0.0.0"), bits)
		assert.ErrorIs(t, err, ipaddress.ErrNetmask)
		_, err = ipaddress.InterfaceFrom(addr("10.0.0.0"), bits)
		assert.ErrorIs(t, err, ipaddress.ErrNetmask)
	}
	_, err = ipaddress.NetworkFrom(ipaddress.Addr{}, 0)
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	_, err = ipaddress.InterfaceFrom(ipaddress.Addr{}, 0)
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	assert.Equal(t, network("fe80::1%eth0/128"), addr("fe80::1%eth0").Network())
	assert.Equal(t, iface("fe80::1%eth0/128"), addr("fe80::1%eth0").Interface())
}

func TestNetworkProperties(t *testing.T) {
	tests := []struct {
		network, broadcast, netmask, hostmask, size   string
		prefixed, withNetmask, withHostmask, expanded string
	}{
		{"192.0.2.0/24", "192.0.2.255", "255.255.255.0", "0.0.0.255", "256",
			"192.0.2.0/24", "192.0.2.0/255.255.255.0", "192.0.2.0/0.0.0.255", "192.0.2.0/24"},
		{"0.0.0.0/0", "255.255.255.255", "0.0.0.0", "255.255.255.255", "4294967296",
			"0.0.0.0/0", "0.0.0.0/0.0.0.0", "0.0.0.0/255.255.255.255", "0.0.0.0/0"},
		{"10.0.0.1/32", "10.0.0.1", "255.255.255.255", "0.0.0.0", "1",
			"10.0.0.1/32", "10.0.0.1/255.255.255.255", "10.0.0.1/0.0.0.0", "10.0.0.1/32"},
		{"2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff::", "::ffff:ffff:ffff:ffff:ffff:ffff", "79228162514264337593543950336",
			"2001:db8::/32", "2001:db8::/ffff:ffff::", "2001:db8::/::ffff:ffff:ffff:ffff:ffff:ffff", "2001:0db8:0000:0000:0000:0000:0000:0000/32"},
		{"::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "340282366920938463463374607431768211456",
			"::/0", "::/::", "::/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0000:0000:0000:0000:0000:0000:0000:0000/0"},
		{"::ffff:10.0.0.0/104", "::ffff:10.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ff00:0", "::ff:ffff", "16777216",
			"::ffff:10.0.0.0/104", "::ffff:10.0.0.0/ffff:ffff:ffff:ffff:ffff:ffff:ff00:0", "::ffff:10.0.0.0/::ff:ffff", "0000:0000:0000:0000:0000:ffff:0a00:0000/104"},
		{"fe80::%e/64", "fe80::ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff::", "::ffff:ffff:ffff:ffff", "18446744073709551616",
			"fe80::%e/64", "fe80::%e/ffff:ffff:ffff:ffff::", "fe80::%e/::ffff:ffff:ffff:ffff", "fe80:0000:0000:0000:0000:0000:0000:0000%e/64"},
	}
	for _, tt := range tests {
		n := network(tt.network)
		got := []string{n.Broadcast().String(), n.Netmask().String(), n.Hostmask().String(), n.Len().String(),
			n.WithPrefixLen(), n.WithNetmask(), n.WithHostmask(), n.Expanded()}
		want := []string{tt.broadcast, tt.netmask, tt.hostmask, tt.size, tt.prefixed, tt.withNetmask, tt.withHostmask, tt.expanded}
		assert.Equal(t, want, got, tt.network)
		size, ok := n.Len64()
		assert.Equal(t, n.Len().IsUint64(), ok)
		if ok {
			assert.Equal(t, n.Len().Uint64(), size)
		}
	}
	z, err := network("fe80::/64").WithZone("eth0")
	require.NoError(t, err)
	assert.Equal(t, network("fe80::%eth0/64"), z)
	assert.Equal(t, "eth0", z.Zone())
	_, err = network("10.0.0.0/8").WithZone("eth0")
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
}

func TestInterfaceProperties(t *testing.T) {
	tests := []struct {
		iface, ip, network                            string
		prefixed, withNetmask, withHostmask, expanded string
	}{
		{"192.0.2.5/24", "192.0.2.5", "192.0.2.0/24",
			"192.0.2.5/24", "192.0.2.5/255.255.255.0", "192.0.2.5/0.0.0.255", "192.0.2.5/24"},
		{"192.0.2.5", "192.0.2.5", "192.0.2.5/32",
			"192.0.2.5/32", "192.0.2.5/255.255.255.255", "192.0.2.5/0.0.0.0", "192.0.2.5/32"},
		{"fe80::5%eth0/64", "fe80::5", "fe80::/64",
			"fe80::5/64", "fe80::5/ffff:ffff:ffff:ffff::", "fe80::5/::ffff:ffff:ffff:ffff", "fe80:0000:0000:0000:0000:0000:0000:0005%eth0/64"},
		{"fe80::%eth0/64", "fe80::", "fe80::%eth0/64",
			"fe80::/64", "fe80::/ffff:ffff:ffff:ffff::", "fe80::/::ffff:ffff:ffff:ffff", "fe80:0000:0000:0000:0000:0000:0000:0000%eth0/64"},
		{"::ffff:1.2.3.4/100", "::ffff:1.2.3.4", "::ffff:0.0.0.0/100",
			"::ffff:102:304/100", "::ffff:102:304/ffff:ffff:ffff:ffff:ffff:ffff:f000:0", "::ffff:102:304/::fff:ffff", "0000:0000:0000:0000:0000:ffff:1.2.3.4"},
	}
	for _, tt := range tests {
		i := iface(tt.iface)
		assert.Equal(t, i, iface(i.String()))
		got := []string{i.IP().String(), i.Network().String(), i.WithPrefixLen(), i.WithNetmask(), i.WithHostmask(), i.Expanded()}
		assert.Equal(t, []string{tt.ip, tt.network, tt.prefixed, tt.withNetmask, tt.withHostmask, tt.expanded}, got, tt.iface)
		assert.Equal(t, i.Addr().Bytes(), i.Bytes())
		assert.Equal(t, i.Addr().Big(), i.Big())
		assert.Equal(t, i.Addr().Zone(), i.Zone())
		assert.Equal(t, i.Addr().MaxBits(), i.MaxBits())
		assert.Equal(t, i.Network().Netmask(), i.Netmask())
		assert.Equal(t, i.Network().Hostmask(), i.Hostmask())
		assert.Equal(t, i.Network().Bits(), i.Bits())
	}
	next, err := iface("10.0.0.5/8").Add(1)
	require.NoError(t, err)
	assert.Equal(t, iface("10.0.0.6/32"), next)
	for _, f := range []func() (ipaddress.Interface, error){
		func() (ipaddress.Interface, error) { return iface("0.0.0.0/8").Sub(1) },
		func() (ipaddress.Interface, error) { return iface("0.0.0.0/8").SubBig(big.NewInt(1)) },
		func() (ipaddress.Interface, error) { return iface("255.255.255.255/8").AddBig(big.NewInt(1)) },
	} {
		_, err = f()
		assert.ErrorIs(t, err, ipaddress.ErrOverflow)
	}
	v4, ok := iface("::ffff:1.2.3.4/128").IPv4Mapped()
	assert.True(t, ok)
	assert.Equal(t, addr("1.2.3.4"), v4)
	_, ok = iface("2001:db8::/32").SixToFour()
	assert.False(t, ok)
	_, _, ok = iface("2001:db8::/32").Teredo()
	assert.False(t, ok)
}

func TestContains(t *testing.T) {
	tests := []struct {
		network string
		in, out []string
	}{
		{"10.0.0.0/8", []string{"10.0.0.0", "10.255.255.255"}, []string{"9.255.255.255", "11.0.0.0", "::ffff:10.0.0.1", "::a00:1"}},
		{"0.0.0.0/0", []string{"0.0.0.0", "255.255.255.255"}, []string{"::"}},
		{"1.2.3.4/32", []string{"1.2.3.4"}, []string{"1.2.3.5", "1.2.3.3"}},
		{"2001:db8::/32", []string{"2001:db8::", "2001:db8:ffff::1%z"}, []string{"2001:db9::", "2001:db7:ffff::"}},
		{"2001:db8::/64", []string{"2001:db8::1:2:3:4"}, []string{"2001:db8:0:1::"}},
		{"2001:db8::/65", []string{"2001:db8::7fff:0:0:0"}, []string{"2001:db8::8000:0:0:0"}},
		{"2001:db8::1/128", []string{"2001:db8::1"}, []string{"2001:db8::", "2001:db8:0:1::1"}},
		{"::/0", []string{"::", "ffff::", "fe80::1%z"}, []string{"0.0.0.0"}},
		{"fe80::%z/64", []string{"fe80::1%z"}, []string{"fe80::1", "fe80::1%y", "fe80:0:0:1::1%z"}},
	}
	for _, tt := range tests {
		for _, a := range tt.in {
			assert.True(t, network(tt.network).Contains(addr(a)), "%s in %s", a, tt.network)
		}
		for _, a := range tt.out {
			assert.False(t, network(tt.network).Contains(addr(a)), "%s in %s", a, tt.network)
		}
	}
}

func TestNetworkRelations(t *testing.T) {
	tests := []struct {
		a, b                       string
		subnet, supernet, overlaps bool
		versions                   bool // differ
	}{
		{"10.0.0.0/8", "10.0.0.0/8", true, true, true, false},
		{"10.1.0.0/16", "10.0.0.0/8", true, false, true, false},
		{"10.0.0.0/8", "10.255.0.0/16", false, true, true, false},
		{"10.0.0.0/8", "11.0.0.0/8", false, false, false, false},
		{"10.0.0.0/8", "::/0", false, false, false, true},
		{"fe80::%a/64", "fe80::/64", true, false, true, false},
		{"fe80::%a/64", "fe80::%b/64", false, false, false, false},
		{"fe80::%a/65", "fe80::%a/64", true, false, true, false},
	}
	for _, tt := range tests {
		a, b := network(tt.a), network(tt.b)
		subnet, err1 := a.SubnetOf(b)
		supernet, err2 := a.SupernetOf(b)
		_, err3 := a.CompareNetworks(b)
		_, err4 := a.Less(b)
		for _, err := range []error{err1, err2, err3, err4} {
			if tt.versions {
				assert.ErrorIs(t, err, ipaddress.ErrVersion)
			} else {
				assert.NoError(t, err)
			}
		}
		got := []bool{subnet, supernet, a.Overlaps(b), b.Overlaps(a), b.ContainsNetwork(a), a.ContainsNetwork(b)}
		assert.Equal(t, []bool{tt.subnet, tt.supernet, tt.overlaps, tt.overlaps, tt.subnet, tt.supernet}, got, "%s and %s", a, b)
	}
}

func TestNetworkOrder(t *testing.T) {
	sorted := []ipaddress.Network{
		{}, network("0.0.0.0/0"), network("0.0.0.0/8"), network("10.0.0.0/8"), network("10.0.0.0/9"), network("10.128.0.0/9"),
		network("::/0"), network("fe80::/64"), network("fe80::%a/64"), network("fe80::%b/64"), network("fe80::/65"),
	}
	shuffled := slices.Clone(sorted)
	slices.Reverse(shuffled)
	ipaddress.SortNetworks(shuffled)
	assert.Equal(t, sorted, shuffled)
	for i, a := range sorted {
		for j, b := range sorted {
			assert.Equal(t, i == j, a == b)
			assert.Equal(t, i < j, a.Compare(b) < 0, "%v and %v", a, b)
			assert.Equal(t, i > j, a.Compare(b) > 0, "%v and %v", a, b)
		}
	}
	c, err := network("fe80::%a/64").CompareNetworks(network("fe80::%b/64"))
	require.NoError(t, err)
	assert.Zero(t, c, "Python's order knows no zones")

	ifaces := []ipaddress.Interface{{}, iface("10.0.0.9/8"), iface("10.0.0.1/9"), iface("10.0.0.2/9"), iface("::1/64"), iface("::1%a/64"), iface("::/65")}
	assert.True(t, slices.IsSortedFunc(ifaces, ipaddress.Interface.Compare))
	less, err := ifaces[1].Less(ifaces[2])
	require.NoError(t, err)
	assert.True(t, less)
	_, err = ifaces[1].Less(ifaces[4])
	assert.ErrorIs(t, err, ipaddress.ErrVersion)
}

func TestMixedKey(t *testing.T) {
	sorted := []ipaddress.MixedKey{
		addr("10.0.0.0").MixedKey(), network("10.0.0.0/8").MixedKey(), network("10.0.0.0/9").MixedKey(),
		iface("10.0.0.0/8").MixedKey(), addr("10.0.0.1").MixedKey(), iface("10.0.0.1/8").MixedKey(),
		addr("::").MixedKey(), network("::/0").MixedKey(),
	}
	for i, a := range sorted {
		for j, b := range sorted {
			assert.Equal(t, i < j, a.Compare(b) < 0, "%v and %v", a, b)
			assert.Equal(t, i == j, a.Compare(b) == 0)
		}
	}
	k := network("192.0.2.0/24").MixedKey()
	assert.Equal(t, ipaddress.MixedKey{Version: ipaddress.V4, Addr: addr("192.0.2.0"), Mask: addr("255.255.255.0")}, k)
}

func TestNetipConversions(t *testing.T) {
	for _, s := range []string{"10.0.0.0/8", "2001:db8::/32", "::/0", "::ffff:10.0.0.0/104"} {
		p, exact := network(s).Netip()
		assert.True(t, exact)
		assert.Equal(t, netip.MustParsePrefix(s), p)
		n, err := ipaddress.FromPrefix(p)
		require.NoError(t, err)
		assert.Equal(t, network(s), n)
		i, err := ipaddress.InterfaceFromPrefix(p)
		require.NoError(t, err)
		assert.Equal(t, iface(s), i)
	}
	p, exact := network("fe80::%eth0/64").Netip()
	assert.False(t, exact, "the zone is lost")
	assert.Equal(t, netip.MustParsePrefix("fe80::/64"), p)
	p, exact = iface("fe80::1%eth0/64").Netip()
	assert.False(t, exact, "the zone is lost")
	assert.Equal(t, netip.MustParsePrefix("fe80::1/64"), p)
	_, err := ipaddress.FromPrefix(netip.MustParsePrefix("10.0.0.1/8"))
	assert.ErrorIs(t, err, ipaddress.ErrHostBits)
	_, err = ipaddress.FromPrefix(netip.Prefix{})
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	_, err = ipaddress.InterfaceFromPrefix(netip.Prefix{})
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	p, exact = ipaddress.Network{}.Netip()
	assert.True(t, exact)
	assert.False(t, p.IsValid())
	p, exact = ipaddress.Interface{}.Netip()
	assert.True(t, exact)
	assert.False(t, p.IsValid())
	assert.Equal(t, ipaddress.Addr{}, ipaddress.FromNetip(netip.MustParseAddr("fe80::1%a%b")), "a zone that is none here")
}

func TestReversePointer(t *testing.T) {
	tests := []struct {
		v          interface{ ReversePointer() string }
		want, also string // also: ReverseSpelling, if it differs
	}{
		{addr("10.0.0.1"), "1.0.0.10.in-addr.arpa", ""},
		{addr("2001:db8::567:89ab"), "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", ""},
		{addr("::ffff:1.2.3.4%z"), "4.0.3.0.2.0.1.0.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa", ""},
		{addr("fe80::1%é:0"), "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa",
			"0.é.%.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa"},
		{iface("10.1.2.3/8"), "3.2.1.10.in-addr.arpa", "3/8.2.1.10.in-addr.arpa"},
		{iface("::1%z/64"), "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
			"4.6./.z.%.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"},
		{iface("::ffff:1.2.3.4/96"), "4.0.3.0.2.0.1.0.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa", ""},
		{network("10.0.0.0/8"), "0.0.0.10.in-addr.arpa", "0/8.0.0.10.in-addr.arpa"},
		{network("::ffff:0:0/96"), "0.0.0.0.0.0.0.0.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
			"6.9./.0.0.0.0.0.0.0.0.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"},
	}
	for _, tt := range tests {
		if tt.also == "" {
			tt.also = tt.want
		}
		assert.Equal(t, tt.want, tt.v.ReversePointer(), "%v", tt.v)
		assert.Equal(t, tt.also, tt.v.(interface{ ReverseSpelling() string }).ReverseSpelling(), "%v", tt.v)
	}
}
