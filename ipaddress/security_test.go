package ipaddress_test

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// The tests here are named after classes of vulnerabilities; see SECURITY.md.

// parsers are all ways in which a text becomes a value.
var parsers = map[string]func(s string) error{
	"ParseAddr":           func(s string) error { _, err := ipaddress.ParseAddr(s); return err },
	"V4.ParseAddr":        func(s string) error { _, err := ipaddress.V4.ParseAddr(s); return err },
	"V6.ParseAddr":        func(s string) error { _, err := ipaddress.V6.ParseAddr(s); return err },
	"ParseNetwork":        func(s string) error { _, err := ipaddress.ParseNetwork(s); return err },
	"ParseNetworkLoose":   func(s string) error { _, err := ipaddress.ParseNetworkLoose(s); return err },
	"ParseInterface":      func(s string) error { _, err := ipaddress.ParseInterface(s); return err },
	"ParseRange":          func(s string) error { _, err := ipaddress.ParseRange(s + "-" + s); return err },
	"ParseACL":            func(s string) error { _, err := ipaddress.ParseACL(s); return err },
	"Addr.UnmarshalText":  func(s string) error { return new(ipaddress.Addr).UnmarshalText([]byte(s)) },
	"Addr.Scan":           func(s string) error { return new(ipaddress.Addr).Scan(s) },
	"Network.Scan":        func(s string) error { return new(ipaddress.Network).Scan([]byte(s)) },
	"Interface.Unmarshal": func(s string) error { return new(ipaddress.Interface).UnmarshalText([]byte(s)) },
}

func refused(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		for name, parse := range parsers {
			assert.ErrorIs(t, parse(s), ipaddress.ErrAddress, "%s(%q)", name, s)
		}
	}
}

// TestSecIP01: leading zeros in octets.
func TestSecIP01(t *testing.T) {
	refused(t, "010.8.8.8", "0127.0.0.1", "1.2.3.00", "::ffff:1.2.3.04", "10.0.0.01/24", "00.0.0.0", "64:ff9b::010.0.0.1")
}

// TestSecIP02: the other forms of inet_aton.
func TestSecIP02(t *testing.T) {
	refused(t, "127.1", "127.0.1", "0x7f.1", "0x7f000001", "0x7f.0.0.1", "2130706433", "017700000001", "1.2.3.0x4")
}

// TestSecIP03: text before and after.
func TestSecIP03(t *testing.T) {
	refused(t, "1.1.1.1 ; junk", "1.2.3.4\n", " 1.2.3.4", "1.2.3.4\x00", "\t::1", "::1 ", "::1\r\n", "[::1]", "1.2.3.4:80")
}

// TestSecIP04: digits of other scripts.
func TestSecIP04(t *testing.T) {
	refused(t, "1.2.3.٤", "２００１::1", "１.2.3.4", "::１")
	_, err := ipaddress.ParseNetwork("1.2.3.4/２")
	assert.ErrorIs(t, err, ipaddress.ErrNetmask)
}

// TestSecIP05: keys of maps. The types are comparable and Go hashes them with a
// secret of the process; what is equal is the whole of a value.
func TestSecIP05(t *testing.T) {
	interfaces := map[ipaddress.Interface]bool{}
	networks := map[ipaddress.Network]bool{}
	start := time.Now()
	for n := range uint32(100_000) {
		a := ipaddress.AddrFromUint32(10<<24 | n)
		interfaces[a.Interface()] = true
		networks[a.Network()] = true
	}
	assert.Less(t, time.Since(start), 10*time.Second, "the keys collide")
	assert.Len(t, interfaces, 100_000)
	assert.Len(t, networks, 100_000)

	distinct := map[any]bool{}
	for _, s := range []string{"0.0.0.0/0", "255.255.255.255/32", "0.0.0.0/32", "::/0", "::/32", "::%a/32", "::%b/32", "::ffff:0:0/96"} {
		distinct[network(s)] = true
		distinct[iface(s)] = true
		distinct[network(s).Addr()] = true
	}
	assert.Len(t, distinct, 8+8+6)
}

// TestSecIP06: the registries, with the exceptions inside of larger blocks. The
// whole table is compared in TestSpecialBlocksAreTheRegistries.
func TestSecIP06(t *testing.T) {
	tests := []struct {
		addr            string
		private, global bool
	}{
		{"192.0.0.8", true, false},
		{"192.0.0.9", false, true},
		{"64:ff9b:1::1", true, false},
		{"100.64.0.1", false, false},
		{"2002:7f00:1::", true, false},
		{"2001:1::1", false, true},
		{"2001:2::1", true, false},
		{"5f00::1", true, false},
	}
	for _, tt := range tests {
		a := addr(tt.addr)
		assert.Equal(t, []bool{tt.private, tt.global}, []bool{a.IsPrivate(), a.IsGlobal()}, tt.addr)
	}
	for b := range ipaddress.SpecialBlocks() {
		a := b.Network.Addr()
		if found, _ := a.Special(); found.Network == b.Network && b.Global == ipaddress.No {
			assert.False(t, a.IsGlobal(), "%v", b.Network)
			assert.False(t, a.IsPublic(), "%v", b.Network)
		}
	}
}

// TestSecIP07: the documentation block of RFC 9637.
func TestSecIP07(t *testing.T) {
	for _, s := range []string{"3fff::1", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"} {
		assert.True(t, addr(s).IsPrivate())
		assert.False(t, addr(s).IsGlobal())
	}
	assert.True(t, addr("3fff:1000::").IsGlobal())
}

// TestSecIP08: each answer for a mapped address is that for the inner one.
func TestSecIP08(t *testing.T) {
	assert.True(t, addr("::ffff:127.0.0.1").IsLoopback())
	assert.True(t, addr("::ffff:169.254.169.254").IsLinkLocal())
	assert.True(t, addr("::ffff:224.0.0.1").IsMulticast())
	assert.True(t, addr("::ffff:0.0.0.0").IsUnspecified())
	for _, s := range []string{
		"0.0.0.0", "8.8.8.8", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.1.1", "192.0.0.9", "224.0.0.1",
		"240.0.0.1", "255.255.255.255", "192.88.99.2",
	} {
		v4 := addr(s)
		for _, zone := range []string{"", "eth0"} {
			mapped, err := v4.IPv6Mapped().WithZone(zone)
			require.NoError(t, err)
			for _, q := range questions {
				assert.Equal(t, q.addr(v4), q.addr(mapped), "%s of %v", q.letter, mapped)
			}
		}
	}
}

// TestSecIP09: mapped addresses and IPv4 lists.
func TestSecIP09(t *testing.T) {
	n, mapped := network("10.0.0.0/8"), addr("::ffff:10.0.0.1")
	assert.False(t, n.Contains(mapped))
	assert.True(t, n.ContainsUnmapped(mapped))
	assert.True(t, ipaddress.NewACL(n).Contains(mapped))
	// Both sides are unmapped.
	n = network("::ffff:10.0.0.0/104")
	assert.True(t, n.ContainsUnmapped(addr("10.0.0.1")))
	assert.True(t, ipaddress.NewACL(n).Contains(addr("10.0.0.1")))
	assert.True(t, ipaddress.NewACL(n).Contains(mapped))
	// A zone does not hide the address inside.
	assert.True(t, ipaddress.NewACL(network("10.0.0.0/8")).Contains(addr("::ffff:10.0.0.1%eth0")))
	// An IPv6 network around the mapped ones still has them.
	assert.True(t, ipaddress.NewACL(network("::/0")).Contains(mapped))
	assert.False(t, ipaddress.NewACL(network("2001:db8::/32")).Contains(mapped))
}

// TestSecIP10: IPv4 addresses inside of IPv6 ones.
func TestSecIP10(t *testing.T) {
	internal := ipaddress.NewACL(network("127.0.0.0/8"), network("10.0.0.0/8"))
	tests := []struct {
		addr string
		want []string
	}{
		{"64:ff9b::7f00:1", []string{"127.0.0.1"}},
		{"2002:7f00:0001::", []string{"127.0.0.1"}},
		{"::127.0.0.1", []string{"127.0.0.1"}},
		{"::ffff:127.0.0.1", []string{"127.0.0.1"}},
		{"::ffff:0:127.0.0.1", []string{"127.0.0.1"}},
		{"2001:0:102:304::80ff:fffe", []string{"1.2.3.4", "127.0.0.1"}},
		{"2001:0:7f00:1::fefd:fcfb", []string{"127.0.0.1", "1.2.3.4"}},
		{"2a00::5efe:10.0.0.1", []string{"10.0.0.1"}},
		{"2a00::200:5efe:10.0.0.1", []string{"10.0.0.1"}},
		{"64:ff9b:1:7f00:0:100::", []string{"127.0.0.1"}},
		{"64:ff9b:1:7f:0:1::", []string{"127.0.0.1"}},
		{"64:ff9b:1::7f:0:100:0", []string{"127.0.0.1"}},
		{"64:ff9b:1::127.0.0.1", []string{"127.0.0.1"}},
	}
	for _, tt := range tests {
		a := addr(tt.addr)
		got := texts(a.EmbeddedIPv4s())
		assert.Subset(t, got, tt.want, tt.addr)
		assert.True(t, internal.ContainsAny(a), tt.addr)
		assert.False(t, a.IsPublic(), tt.addr)
	}
	for _, s := range []string{"::", "::1", "2001:db8::1", "2a00::1", "10.0.0.1", "fe80::1%eth0"} {
		assert.Empty(t, addr(s).EmbeddedIPv4s(), s)
	}
	assert.Nil(t, ipaddress.Addr{}.EmbeddedIPv4s())
	assert.False(t, internal.ContainsAny(addr("64:ff9b::808:808")))
	assert.True(t, addr("64:ff9b::808:808").IsPublic())
	assert.False(t, internal.Contains(addr("64:ff9b::7f00:1")), "Contains sees through nothing but mapping")
}

// TestSecIP11: long inputs.
func TestSecIP11(t *testing.T) {
	long := []string{
		"::" + strings.Repeat("0", 1_000_000),
		strings.Repeat(":", 10_000_000),
		strings.Repeat("1", 10_000_000),
		"1.2.3." + strings.Repeat("4", 1_000_000),
		strings.Repeat("1:", 1_000_000),
		"::1%" + strings.Repeat("z", 10_000_000),
		strings.Repeat("\x00", 1_000_000),
	}
	for _, s := range long {
		for _, name := range []string{"ParseAddr", "ParseNetwork", "ParseInterface", "V4.ParseAddr", "V6.ParseAddr"} {
			allocated := testing.AllocsPerRun(1, func() {
				start := time.Now()
				err := parsers[name](s)
				took := time.Since(start)
				require.ErrorIs(t, err, ipaddress.ErrAddress)
				assert.Less(t, len(err.Error()), 200)
				assert.Less(t, took, 50*time.Millisecond, "%s of %.10q", name, s) // it takes microseconds
				var pe *ipaddress.ParseError
				require.ErrorAs(t, err, &pe)
				assert.Less(t, len(pe.In), 100, "the text is not kept")
			})
			assert.Less(t, allocated, 100.0)
		}
	}
	_, err := ipaddress.ParseNetwork("10.0.0.0/" + strings.Repeat("9", 1_000_000))
	require.ErrorIs(t, err, ipaddress.ErrNetmask)
	assert.Less(t, len(err.Error()), 200)
}

// TestSecIP12: what a zone may hold.
func TestSecIP12(t *testing.T) {
	refused(t, "fe80::1%", "fe80::1%a%b", "fe80::1%eth0\x00", "fe80::1%2525%", "fe80::1%a]b", "fe80::1%[a",
		"fe80::1%a\nb", "fe80::1%a\x7f", "fe80::1%a\u009b", "fe80::1%\xff", "1.2.3.4%eth0")
	for name, parse := range parsers {
		if strings.HasSuffix(name, "ParseAddr") {
			assert.ErrorIs(t, parse("fe80::1%a/b"), ipaddress.ErrAddress, name)
		}
	}
	zoned, plain := addr("::ffff:127.0.0.1%eth0"), addr("::ffff:127.0.0.1")
	assert.True(t, zoned.IsLoopback())
	assert.NotEqual(t, plain, zoned)
	assert.NotZero(t, plain.Compare(zoned))
	assert.NotEqual(t, addr("127.0.0.1"), zoned)
	assert.Equal(t, ipaddress.Addr{}, ipaddress.FromNetip(netip.MustParseAddr("fe80::1%a%b")))
}

// TestSecIP13: zones of networks.
func TestSecIP13(t *testing.T) {
	n := network("fe80::%eth0/64")
	assert.True(t, n.Contains(addr("fe80::1%eth0")))
	assert.False(t, n.Contains(addr("fe80::1%eth1")))
	assert.False(t, n.Contains(addr("fe80::1")))
	assert.Equal(t, "fe80::%eth0/64", n.String())
	assert.NotEqual(t, n, network("fe80::/64"))
	assert.False(t, n.ContainsNetwork(network("fe80::/65")))
	assert.False(t, n.Overlaps(network("fe80::%eth1/64")))
	_, exact := n.Netip()
	assert.False(t, exact, "net/netip cannot hold it")
	acl, err := ipaddress.ParseACL("fe80::%eth0/64")
	require.NoError(t, err)
	assert.True(t, acl.Contains(addr("fe80::1%eth0")))
	assert.False(t, acl.Contains(addr("fe80::1%eth1")) || acl.Contains(addr("fe80::1")))
	_, err = ipaddress.ParseACL("fe80::1%eth0/64")
	assert.ErrorIs(t, err, ipaddress.ErrHostBits, "an access list does not lose a zone in clearing host bits")
	assert.Equal(t, "fe80:0000:0000:0000:0000:0000:0000:0001%eth0/64", iface("fe80::1%eth0/64").Expanded())
	assert.Equal(t, "0000:0000:0000:0000:0000:ffff:1.2.3.4%z", addr("::ffff:1.2.3.4%z").Expanded())
	// A zone cannot get lost in what holds none.
	var table ipaddress.Table[int]
	assert.ErrorIs(t, table.Insert(n, 1), ipaddress.ErrZone)
	_, err = ipaddress.NewSet(n)
	assert.ErrorIs(t, err, ipaddress.ErrZone)
	_, err = ipaddress.RangeFrom(addr("fe80::1%eth0"), addr("fe80::2%eth0"))
	assert.ErrorIs(t, err, ipaddress.ErrZone)
	// Halves of one network, but of two links.
	halves, err := ipaddress.Collapse([]ipaddress.Network{network("fe80::%a/65"), network("fe80::8000:0:0:0%b/65")})
	require.NoError(t, err)
	assert.Len(t, halves, 2)
}

// TestSecIP14: host bits are refused unless the caller asks otherwise.
func TestSecIP14(t *testing.T) {
	for _, name := range []string{"ParseNetwork", "ParseACL", "Network.Scan"} {
		assert.ErrorIs(t, parsers[name]("10.0.0.1/8"), ipaddress.ErrHostBits, name)
	}
	n, err := ipaddress.ParseNetworkLoose("10.0.0.1/8")
	require.NoError(t, err)
	assert.Equal(t, "10.0.0.0/8", n.String())
}

// TestSecIP15: forms of masks.
func TestSecIP15(t *testing.T) {
	for _, mask := range []string{"255.0.255.0", "+8", "33", "-1", "", "8 ", "0x8", "1e1", "255.255.255", "0.255.0.255", "255.0.0.0.0", "0255.0.0.0"} {
		for _, name := range []string{"ParseNetwork", "ParseNetworkLoose", "ParseInterface"} {
			assert.ErrorIs(t, parsers[name]("10.0.0.0/"+mask), ipaddress.ErrNetmask, "%s /%s", name, mask)
		}
		_, err := ipaddress.V4.ParseMask(mask)
		assert.ErrorIs(t, err, ipaddress.ErrNetmask, mask)
	}
	for mask, bits := range map[string]int{"08": 8, "00": 0, "0.0.0.255": 24, "255.255.255.0": 24, "0.0.0.0": 0, "255.255.255.255": 32} {
		got, err := ipaddress.V4.ParseMask(mask)
		require.NoError(t, err, mask)
		assert.Equal(t, bits, got, mask)
	}
}

// TestSecIP16: masks and ranges that cannot be. The fuzz targets look for panics.
func TestSecIP16(t *testing.T) {
	for _, s := range []string{"1.1.1.1/33", "::/129", "1.1.1.1/255", "::/256", "::/65535"} {
		assert.ErrorIs(t, parsers["ParseNetwork"](s), ipaddress.ErrNetmask, s)
	}
	_, err := ipaddress.ParseRange("10.0.0.0-9.0.0.0")
	assert.ErrorIs(t, err, ipaddress.ErrOrder)
	for _, bits := range []int{math.MinInt, -1, 33, 129, math.MaxInt} {
		for _, n := range []ipaddress.Network{network("1.1.1.1/32"), network("10.0.0.0/8"), network("::/0"), {}} {
			_, _ = n.Subnets(bits)
			_, _ = n.SubnetsBy(bits)
			_, _ = n.Supernet(bits)
			_, _ = n.SupernetBy(bits)
			_, _ = n.NextNetwork(bits)
			_, _ = ipaddress.NetworkFromLoose(n.Addr(), bits)
		}
	}
}

// TestSecIP17: nothing is written out that was not asked for.
func TestSecIP17(t *testing.T) {
	all := network("::/0")
	assert.Equal(t, []string{"::1", "::2", "::3", "…"}, first(3, all.Hosts()))
	assert.Equal(t, []string{"::", "::1", "::2", "…"}, first(3, all.All()))
	subnets, err := all.Subnets(128)
	require.NoError(t, err)
	assert.Equal(t, []string{"::/128", "::1/128", "…"}, first(2, subnets))
	assert.Equal(t, "340282366920938463463374607431768211456", all.Len().String())
	rest, err := all.AddressExclude(network("::/128"))
	require.NoError(t, err)
	assert.Len(t, first(1000, rest), 128)
	s, err := ipaddress.NewSet(all)
	require.NoError(t, err)
	assert.Equal(t, []string{"::/0"}, first(9, s.Networks()))
}

// TestSecIP18: names of PTR records.
func TestSecIP18(t *testing.T) {
	const name = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
	assert.Equal(t, name, addr("2001:db8::1").ReversePointer())
	assert.Equal(t, name, addr("2001:db8::1%eth0").ReversePointer())
	assert.Equal(t, name, iface("2001:db8::1%eth0/64").ReversePointer())
	assert.Equal(t, name, network("2001:db8::1/128").ReversePointer())
	assert.Equal(t, "1.0.0.10.in-addr.arpa", addr("10.0.0.1").ReversePointer())
	assert.Equal(t, "1.0.0.10.in-addr.arpa", iface("10.0.0.1/8").ReversePointer())
	assert.Equal(t, "0.0.0.10.in-addr.arpa", network("10.0.0.0/8").ReversePointer())
}

// TestSecIP19: one spelling.
func TestSecIP19(t *testing.T) {
	a, b := addr("::ffff:1.2.3.4"), addr("::ffff:102:304")
	assert.Equal(t, a, b)
	assert.Equal(t, "::ffff:1.2.3.4", a.String())
	assert.Equal(t, a.String(), b.String())
	assert.Equal(t, network("::ffff:1.2.3.0/120").String(), network("::FFFF:102:300/120").String())
	assert.Equal(t, "2001:db8::1", addr("2001:0DB8:0:0:0:0:0:1").String())
}

// TestSecX04: what is quoted in errors is escaped.
func TestSecX04(t *testing.T) {
	for _, s := range []string{"\x1b[2J\r\n", "1.2.3.4\x1b]0;x\x07", "10.0.0.0/\x1b[31m", "fe80::1%\u009b2J", "\xff\xfe"} {
		for name, parse := range parsers {
			err := parse(s)
			require.Error(t, err, name)
			for _, r := range err.Error() {
				assert.False(t, r < 0x20 || 0x7f <= r && r < 0xa0 || r == 0xfffd, "%s: %q", name, err.Error())
			}
		}
	}
	_, err := addr("::1").FormatSpec("\x1b[2Jx")
	assert.NotContains(t, err.Error(), "\x1b")
}

// TestSecX07: CR, LF, NUL and the other control characters come out of no value.
func TestSecX07(t *testing.T) {
	for b := 0; b < 0x20; b++ {
		refused(t, fmt.Sprintf("fe80::1%%a%cb", b), fmt.Sprintf("1.2.3.%c4", b))
	}
	refused(t, "fe80::1%a\x7fb")
}

// TestSecX14: numbers of the caller do not decide how much is allocated.
func TestSecX14(t *testing.T) {
	_, err := addr("::1").FormatSpec("999999999s")
	assert.ErrorIs(t, err, ipaddress.ErrFormat)
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for range network("::/0").Hosts() {
			break
		}
	}))
	var pe *ipaddress.ParseError
	assert.True(t, errors.As(parsers["ParseAddr"]("x"), &pe))
}
