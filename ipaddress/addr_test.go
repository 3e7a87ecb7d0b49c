package ipaddress_test

import (
	"errors"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

func addr(s string) ipaddress.Addr       { return ipaddress.MustParseAddr(s) }
func network(s string) ipaddress.Network { return ipaddress.MustParseNetwork(s) }
func iface(s string) ipaddress.Interface { return ipaddress.MustParseInterface(s) }
func bigInt(s string) *big.Int           { n, _ := new(big.Int).SetString(s, 0); return n }
func texts[T interface{ String() string }](vs []T) (out []string) {
	for _, v := range vs {
		out = append(out, v.String())
	}
	return out
}

// validAddrs has texts, their canonical and their long spelling.
var validAddrs = []struct{ in, text, expanded string }{
	{"0.0.0.0", "0.0.0.0", "0.0.0.0"},
	{"1.2.3.4", "1.2.3.4", "1.2.3.4"},
	{"255.255.255.255", "255.255.255.255", "255.255.255.255"},
	{"192.168.10.100", "192.168.10.100", "192.168.10.100"},
	{"::", "::", "0000:0000:0000:0000:0000:0000:0000:0000"},
	{"::1", "::1", "0000:0000:0000:0000:0000:0000:0000:0001"},
	{"1::", "1::", "0001:0000:0000:0000:0000:0000:0000:0000"},
	{"2001:DB8::A", "2001:db8::a", "2001:0db8:0000:0000:0000:0000:0000:000a"},
	{"2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001"},
	// The first of the longest runs is shortened, and no run of one.
	{"1:0:0:2:0:0:0:3", "1:0:0:2::3", "0001:0000:0000:0002:0000:0000:0000:0003"},
	{"1:0:0:2:3:0:0:4", "1::2:3:0:0:4", "0001:0000:0000:0002:0003:0000:0000:0004"},
	{"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7", "0001:0000:0002:0003:0004:0005:0006:0007"},
	{"0:0:1:2:3:4:0:0", "::1:2:3:4:0:0", "0000:0000:0001:0002:0003:0004:0000:0000"},
	{"0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7", "0000:0001:0002:0003:0004:0005:0006:0007"},
	// :: may stand for one group, at either end too.
	{"::1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7", "0000:0001:0002:0003:0004:0005:0006:0007"},
	{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "0001:0002:0003:0004:0005:0006:0007:0000"},
	// Dotted decimal at the end.
	{"::1.2.3.4", "::102:304", "0000:0000:0000:0000:0000:0000:0102:0304"},
	{"::ffff:1.2.3.4", "::ffff:1.2.3.4", "0000:0000:0000:0000:0000:ffff:1.2.3.4"},
	{"::FFFF:102:304", "::ffff:1.2.3.4", "0000:0000:0000:0000:0000:ffff:1.2.3.4"},
	{"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304", "0001:0002:0003:0004:0005:0006:0102:0304"},
	{"64:ff9b::192.0.2.33", "64:ff9b::c000:221", "0064:ff9b:0000:0000:0000:0000:c000:0221"},
	{"1::5:255.255.255.255", "1::5:ffff:ffff", "0001:0000:0000:0000:0000:0005:ffff:ffff"},
	// Zones.
	{"fe80::1%eth0", "fe80::1%eth0", "fe80:0000:0000:0000:0000:0000:0000:0001%eth0"},
	{"fe80::%1", "fe80::%1", "fe80:0000:0000:0000:0000:0000:0000:0000%1"},
	{"::%é b:?", "::%é b:?", "0000:0000:0000:0000:0000:0000:0000:0000%é b:?"},
	{"::ffff:1.2.3.4%z", "::ffff:1.2.3.4%z", "0000:0000:0000:0000:0000:ffff:1.2.3.4%z"},
}

func TestParseAddr(t *testing.T) {
	for _, tt := range validAddrs {
		a, err := ipaddress.ParseAddr(tt.in)
		require.NoError(t, err, tt.in)
		assert.True(t, a.IsValid())
		assert.Equal(t, tt.text, a.String(), "String of %q", tt.in)
		assert.Equal(t, tt.expanded, a.Expanded(), "Expanded of %q", tt.in)
		assert.Equal(t, "x"+tt.text, string(a.AppendTo([]byte("x"))))
		assert.Equal(t, a, addr(tt.text), "the canonical spelling")
		assert.Equal(t, a, addr(tt.expanded), "the long spelling")
		assert.Equal(t, netip.MustParseAddr(tt.in), a.Netip(), tt.in)
		assert.Equal(t, a, ipaddress.FromNetip(netip.MustParseAddr(tt.in)), tt.in)

		own, other := ipaddress.V4, ipaddress.V6
		if strings.Contains(tt.in, ":") {
			own, other = other, own
		}
		b, err := own.ParseAddr(tt.in)
		require.NoError(t, err)
		assert.Equal(t, a, b)
		assert.Equal(t, own, a.Version())
		assert.Equal(t, own.MaxBits(), a.MaxBits())
		_, err = other.ParseAddr(tt.in)
		assert.ErrorIs(t, err, ipaddress.ErrAddress)
	}
}

// invalidAddrs has texts, and at which byte they fail.
var invalidAddrs = []struct {
	in  string
	pos int
}{
	{"", 0},
	{"/", 0},
	{"abc", 0},
	{"12345", 0},
	{"1", 0},
	{"1.2.3", 5},
	{"1.2.3.", 6},
	{"1.2.3.4.", 7},
	{"1.2.3.4.5", 7},
	{".1.2.3", 0},
	{"1..2.3", 2},
	{"1.2.3.256", 8},
	{"1.2.3.1000", 9},
	{"01.2.3.4", 1},
	{"1.2.3.00", 7},
	{"1.2.3.4 ", 7},
	{"1.2.3.4%eth0", 7},
	{"1.2.3.4/24", 7},
	{"1.2.3.-4", 6},
	{"0x1.2.3.4", 1},
	{":", 0},
	{":::", 2},
	{":1", 0},
	{"1:", 2},
	{"::1::", 4},
	{"1::2::3", 5},
	{"1:2:3:4:5:6:7", 13},
	{"1:2:3:4:5:6:7:8:9", 15},
	{"1:2:3:4:5:6:7:8::", 15},
	{"::1:2:3:4:5:6:7:8", 17},
	{"1::2:3:4:5:6:7:8", 16},
	{"12345::", 0}, // neither a dot nor a colon in the first five
	{"::g", 2},
	{"::1:", 4},
	{"1:2:3:4:5:6:7:1.2.3.4", 21},
	{"1:2:3:4:5:1.2.3.4", 17},
	{"::1.2.3", 7},
	{"::1.2.3.04", 9},
	{"::1.2.3.4:5", 9},
	{"::1.2.3.4::", 9},
	{"::1/64", 3},
	{"::1%", 4},
	{"%eth0", 0},
	{"fe80::1%a%b", 9},
	{"fe80::1%a/b", 9},
}

func TestParseAddrErrors(t *testing.T) {
	for _, tt := range invalidAddrs {
		a, err := ipaddress.ParseAddr(tt.in)
		require.ErrorIs(t, err, ipaddress.ErrAddress, tt.in)
		assert.Equal(t, ipaddress.Addr{}, a)
		var pe *ipaddress.ParseError
		require.ErrorAs(t, err, &pe)
		assert.Equal(t, tt.pos, pe.Pos, "%q: %v", tt.in, err)
		assert.Equal(t, "ParseAddr", pe.Func)
		assert.Equal(t, tt.in, pe.In)
		assert.Contains(t, err.Error(), pe.Msg)
		assert.NotErrorIs(t, err, ipaddress.ErrNetmask)
	}
	_, err := ipaddress.V4.ParseAddr("1.2.3")
	assert.EqualError(t, err, `ipaddress: V4.ParseAddr("1.2.3"): not four octets at offset 5`)
	_, err = ipaddress.V6.ParseAddr("")
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	assert.Panics(t, func() { ipaddress.MustParseAddr("x") })
}

func TestAddrFromBytes(t *testing.T) {
	a, err := ipaddress.AddrFromBytes([]byte{192, 0, 2, 1})
	require.NoError(t, err)
	assert.Equal(t, addr("192.0.2.1"), a)
	assert.Equal(t, []byte{192, 0, 2, 1}, a.Bytes())
	assert.Equal(t, [4]byte{192, 0, 2, 1}, a.As4())
	assert.Equal(t, addr("::ffff:192.0.2.1").As16(), a.As16())
	assert.Equal(t, a, ipaddress.AddrFrom4(a.As4()))

	a, err = ipaddress.AddrFromBytes(addr("2001:db8::1").Bytes())
	require.NoError(t, err)
	assert.Equal(t, addr("2001:db8::1"), a)
	assert.Equal(t, a, ipaddress.AddrFrom16(a.As16()))
	assert.Equal(t, [4]byte{0, 0, 0, 1}, a.As4())
	assert.Nil(t, ipaddress.Addr{}.Bytes())

	for _, n := range []int{0, 3, 5, 15, 17} {
		_, err = ipaddress.AddrFromBytes(make([]byte, n))
		assert.ErrorIs(t, err, ipaddress.ErrAddress, "%d bytes", n)
	}
	_, err = ipaddress.V6.AddrFromBytes(make([]byte, 4))
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	_, err = ipaddress.V4.AddrFromBytes(make([]byte, 16))
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
}

func TestAddrFromNumber(t *testing.T) {
	tests := []struct {
		n      string
		v      ipaddress.Version
		want   string
		packed int
	}{
		{"0", 0, "0.0.0.0", 4},
		{"3221225985", 0, "192.0.2.1", 4},
		{"4294967295", ipaddress.V4, "255.255.255.255", 4},
		{"4294967296", 0, "::1:0:0", 16},
		{"1", ipaddress.V6, "::1", 16},
		{"0x20010db8000000000000000000000001", 0, "2001:db8::1", 16},
		{"0xffffffffffffffffffffffffffffffff", ipaddress.V6, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 16},
		{"4294967296", ipaddress.V4, "", 0},
		{"-1", 0, "", 0},
		{"-1", ipaddress.V6, "", 0},
		{"0x100000000000000000000000000000000", 0, "", 0},
		{"1", 7, "", 0},
	}
	for _, tt := range tests {
		a, err := tt.v.AddrFromBig(bigInt(tt.n))
		packed, packErr := tt.v.IntToPacked(bigInt(tt.n))
		if tt.want == "" {
			assert.ErrorIs(t, err, ipaddress.ErrAddress, tt.n)
			assert.ErrorIs(t, packErr, ipaddress.ErrAddress, tt.n)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, tt.want, a.String())
		assert.Equal(t, bigInt(tt.n), a.Big())
		assert.Len(t, packed, tt.packed)
		assert.Equal(t, a.Bytes(), packed)
	}
	_, err := ipaddress.AddrFromBig(nil)
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	assert.Equal(t, addr("192.0.2.1"), ipaddress.AddrFromUint32(0xc0000201))
	hi, lo := addr("2001:db8::1").Uint128()
	assert.Equal(t, addr("2001:db8::1"), ipaddress.AddrFromUint128(hi, lo))
}

func TestCompare(t *testing.T) {
	sorted := []ipaddress.Addr{
		{}, addr("0.0.0.0"), addr("9.255.255.255"), addr("10.0.0.0"), addr("255.255.255.255"),
		addr("::"), addr("::1"), addr("::1%a"), addr("::1%b"), addr("::2"), addr("::ffff:0.0.0.0"),
		addr("1::"), addr("fe80::"), addr("ffff::"),
	}
	for i, a := range sorted {
		for j, b := range sorted {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			assert.Equal(t, want, a.Compare(b), "%v and %v", a, b)
			assert.Equal(t, i == j, a == b)
			less, err := a.Less(b)
			if a.Version() != b.Version() || !a.IsValid() {
				assert.ErrorIs(t, err, ipaddress.ErrVersion)
				continue
			}
			require.NoError(t, err)
			assert.Equal(t, a.Big().Cmp(b.Big()) < 0, less, "%v < %v", a, b)
		}
	}
}

func TestArithmetic(t *testing.T) {
	tests := []struct {
		a    string
		n    int64
		want string // "" for an overflow
	}{
		{"10.0.0.1", 1, "10.0.0.2"},
		{"10.0.0.1", 0, "10.0.0.1"},
		{"10.0.0.255", 1, "10.0.1.0"},
		{"10.0.1.0", -1, "10.0.0.255"},
		{"255.255.255.255", 1, ""},
		{"0.0.0.0", -1, ""},
		{"0.0.0.0", 1<<32 - 1, "255.255.255.255"},
		{"0.0.0.0", 1 << 32, ""},
		{"0.0.0.1", -1 << 63, ""},
		{"::ffff:ffff:ffff:ffff", 1, "0:0:0:1::"},
		{"0:0:0:1::", -1, "::ffff:ffff:ffff:ffff"},
		{"::", -1, ""},
		{"8000::", -1 << 63, "7fff:ffff:ffff:ffff:8000::"},
		{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1, ""},
		{"fe80::1%eth0", 1, "fe80::2"}, // what is computed has no zone
	}
	for _, tt := range tests {
		a := addr(tt.a)
		for name, f := range map[string]func() (ipaddress.Addr, error){
			"Add":    func() (ipaddress.Addr, error) { return a.Add(tt.n) },
			"AddBig": func() (ipaddress.Addr, error) { return a.AddBig(big.NewInt(tt.n)) },
			"SubBig": func() (ipaddress.Addr, error) { return a.SubBig(new(big.Int).Neg(big.NewInt(tt.n))) },
		} {
			b, err := f()
			checkMoved(t, name, tt.a, tt.want, b, err)
		}
		if tt.n != -1<<63 {
			b, err := a.Sub(-tt.n)
			checkMoved(t, "Sub", tt.a, tt.want, b, err)
		}
	}
	b, err := addr("8000::").Sub(-1 << 63)
	checkMoved(t, "Sub", "8000::", "8000::8000:0:0:0", b, err)
	b, err = addr("::").AddBig(bigInt("0xffffffffffffffffffffffffffffffff"))
	checkMoved(t, "AddBig", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", b, err)
	for _, n := range []*big.Int{nil, bigInt("0x100000000000000000000000000000000")} {
		_, err = addr("::").AddBig(n)
		assert.ErrorIs(t, err, ipaddress.ErrOverflow)
	}
	_, err = ipaddress.Addr{}.Add(0)
	assert.ErrorIs(t, err, ipaddress.ErrOverflow)
	_, err = addr("10.0.0.1").Sub(1 << 32)
	assert.EqualError(t, err, "ipaddress: outside the address space: 10.0.0.1 - 4294967296")
}

func checkMoved(t *testing.T, name, from, want string, got ipaddress.Addr, err error) {
	t.Helper()
	if want == "" {
		assert.ErrorIs(t, err, ipaddress.ErrOverflow, "%s on %s", name, from)
		assert.ErrorIs(t, err, ipaddress.ErrAddress, "%s on %s", name, from)
		return
	}
	require.NoError(t, err, "%s on %s", name, from)
	assert.Equal(t, want, got.String(), "%s on %s", name, from)
}

func TestNextPrev(t *testing.T) {
	assert.Equal(t, addr("fe80::2%eth0"), addr("fe80::1%eth0").Next())
	assert.Equal(t, addr("fe80::%eth0"), addr("fe80::1%eth0").Prev())
	for _, s := range []string{"255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"} {
		assert.Equal(t, ipaddress.Addr{}, addr(s).Next())
		assert.Equal(t, netip.MustParseAddr(s).Prev(), addr(s).Prev().Netip())
	}
	for _, s := range []string{"0.0.0.0", "::"} {
		assert.Equal(t, ipaddress.Addr{}, addr(s).Prev())
	}
	assert.Equal(t, ipaddress.Addr{}, ipaddress.Addr{}.Next())
	assert.Equal(t, ipaddress.Addr{}, ipaddress.Addr{}.Prev())
}

func TestWithZone(t *testing.T) {
	a, err := addr("fe80::1").WithZone("eth0")
	require.NoError(t, err)
	assert.Equal(t, addr("fe80::1%eth0"), a)
	assert.Equal(t, "eth0", a.Zone())
	assert.Equal(t, addr("fe80::1"), a.WithoutZone())
	a, err = a.WithZone("")
	require.NoError(t, err)
	assert.Equal(t, addr("fe80::1"), a)
	assert.Empty(t, a.Zone())
	for _, bad := range []string{"a%b", "a/b", "[", "a]", "\n", "\x7f", "\u0085", "\xff", strings.Repeat("x", ipaddress.MaxZoneLen+1)} {
		_, err = addr("fe80::1").WithZone(bad)
		assert.ErrorIs(t, err, ipaddress.ErrAddress, "%q", bad)
		_, err = ipaddress.ParseAddr("fe80::1%" + bad)
		assert.ErrorIs(t, err, ipaddress.ErrAddress, "%q", bad)
	}
	longest := strings.Repeat("x", ipaddress.MaxZoneLen)
	assert.Equal(t, longest, addr("::1%"+longest).Zone())
	_, err = addr("1.2.3.4").WithZone("eth0")
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
	_, err = ipaddress.Addr{}.WithZone("eth0")
	assert.ErrorIs(t, err, ipaddress.ErrAddress)
}

func TestZeroValues(t *testing.T) {
	var a ipaddress.Addr
	var n ipaddress.Network
	var i ipaddress.Interface
	assert.False(t, a.IsValid() || n.IsValid() || i.IsValid())
	assert.False(t, a.Is4() || a.Is6() || a.Is4In6())
	assert.Equal(t, []string{"invalid IP", "invalid network", "invalid interface"}, []string{a.String(), n.String(), i.String()})
	assert.Equal(t, []string{"invalid IP", "invalid network", "invalid interface"}, []string{a.Expanded(), n.Expanded(), i.Expanded()})
	assert.Equal(t, []string{"invalid network", "invalid interface"}, []string{n.WithNetmask(), i.WithHostmask()})
	assert.Equal(t, []string{"invalid network", "invalid interface"}, []string{n.WithPrefixLen(), i.WithPrefixLen()})
	assert.Equal(t, ipaddress.Version(0), a.Version())
	assert.Zero(t, a.MaxBits()+n.MaxBits()+n.Bits()+i.Bits())
	assert.Equal(t, netip.Addr{}, a.Netip())
	assert.Equal(t, a, ipaddress.FromNetip(netip.Addr{}))
	assert.Empty(t, a.ReversePointer()+n.ReversePointer()+i.ReversePointer()+n.ReverseSpelling())
	assert.False(t, n.Contains(a) || n.Contains(addr("::")) || n.Overlaps(n) || n.ContainsNetwork(n))
	assert.False(t, network("::/0").Contains(a) || network("0.0.0.0/0").Contains(a) || network("::/0").ContainsNetwork(n))
	assert.Equal(t, "0", n.Len().String())
	assert.Equal(t, []string{"IP", "IPv4", "IPv6"}, []string{ipaddress.Version(0).String(), ipaddress.V4.String(), ipaddress.V6.String()})
	for range n.All() {
		t.Fatal("the zero Network has no addresses")
	}
	for range n.Hosts() {
		t.Fatal("the zero Network has no hosts")
	}
}

func TestSortAddrs(t *testing.T) {
	var addrs []ipaddress.Addr
	for i := range 3000 {
		switch n := uint64(i) * 2654435761; i % 5 {
		case 0:
			addrs = append(addrs, ipaddress.AddrFromUint32(uint32(n)))
		case 1:
			addrs = append(addrs, ipaddress.AddrFromUint128(n<<32, n))
		case 2: // alike in the first 64 bits
			addrs = append(addrs, ipaddress.AddrFromUint128(0xfe80<<48, n))
		case 3:
			a, err := ipaddress.AddrFromUint128(0xfe80<<48, n%7).WithZone("eth" + string(rune('0'+i%3)))
			require.NoError(t, err)
			addrs = append(addrs, a)
		case 4:
			addrs = append(addrs, ipaddress.AddrFromUint32(10<<24|uint32(n&0xff)))
		}
	}
	addrs = append(addrs, ipaddress.Addr{})
	for _, part := range [][]ipaddress.Addr{addrs, addrs[:3], nil, addrs[:129]} {
		want, got := slices.Clone(part), slices.Clone(part)
		slices.SortFunc(want, ipaddress.Addr.Compare)
		ipaddress.SortAddrs(got)
		assert.Equal(t, want, got)
	}
}

func TestMapped(t *testing.T) {
	v4, v6 := addr("192.0.2.1"), addr("::ffff:192.0.2.1")
	assert.Equal(t, v6, v4.IPv6Mapped())
	assert.Equal(t, v6, v6.IPv6Mapped())
	assert.Equal(t, v4, v6.Unmap())
	assert.Equal(t, v4, v4.Unmap())
	assert.Equal(t, v4, addr("::ffff:192.0.2.1%eth0").Unmap())
	assert.NotEqual(t, v4, v6)
	got, ok := v6.IPv4Mapped()
	assert.True(t, ok)
	assert.Equal(t, v4, got)
	_, ok = v4.IPv4Mapped()
	assert.False(t, ok)
	_, ok = addr("::192.0.2.1").IPv4Mapped()
	assert.False(t, ok)
	assert.Equal(t, network("10.0.0.0/8"), network("::ffff:10.0.0.0/104").Unmap())
	assert.Equal(t, network("0.0.0.0/0"), network("::ffff:0.0.0.0/96").Unmap())
	for _, s := range []string{"::/80", "::ffff:10.0.0.0%z/104", "10.0.0.0/8", "2001:db8::/32"} {
		assert.Equal(t, network(s), network(s).Unmap())
	}
}

func TestSixToFourAndTeredo(t *testing.T) {
	v4, ok := addr("2002:c000:0201::1").SixToFour()
	assert.True(t, ok)
	assert.Equal(t, addr("192.0.2.1"), v4)
	_, ok = addr("2003:c000:0201::1").SixToFour()
	assert.False(t, ok)
	server, client, ok := addr("2001:0:4136:e378:8000:63bf:3fff:fdd2").Teredo() // RFC 4380's example form
	assert.True(t, ok)
	assert.Equal(t, []string{"65.54.227.120", "192.0.2.45"}, texts([]ipaddress.Addr{server, client}))
	_, _, ok = addr("2001:1::").Teredo()
	assert.False(t, ok)
	for _, a := range []ipaddress.Addr{{}, addr("32.1.0.0")} {
		_, _, ok = a.Teredo()
		assert.False(t, ok)
		_, ok = a.SixToFour()
		assert.False(t, ok)
	}
}

func TestParseErrorIsFound(t *testing.T) {
	_, err := ipaddress.ParseNetwork("10.0.0.1/8")
	var pe *ipaddress.ParseError
	require.True(t, errors.As(err, &pe))
	assert.Equal(t, ipaddress.ErrHostBits, pe.Kind)
	assert.Equal(t, `ipaddress: ParseNetwork("10.0.0.1/8"): host bits set at offset 0`, err.Error())
}
