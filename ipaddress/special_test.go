package ipaddress_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// registry reads the entries of a registry as IANA publishes it, one for each
// network.
func registry(t *testing.T, path string) map[string][]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	footnote := regexp.MustCompile(` \[\d+\]`)
	out := map[string][]string{}
	for _, row := range rows[1:] {
		for i := range row {
			row[i] = footnote.ReplaceAllString(row[i], "")
		}
		for _, network := range strings.Split(row[0], ", ") {
			out[ipaddress.MustParseNetwork(network).String()] = row
		}
	}
	return out
}

// TestSpecialBlocksAreTheRegistries compares the table with the registries, column
// by column.
func TestSpecialBlocksAreTheRegistries(t *testing.T) {
	want := registry(t, "testdata/iana-ipv4-special-registry-1.csv")
	for n, row := range registry(t, "testdata/iana-ipv6-special-registry-1.csv") {
		want[n] = row
	}
	blocks := slices.Collect(ipaddress.SpecialBlocks())
	require.Len(t, blocks, len(want))
	require.True(t, slices.IsSortedFunc(blocks, func(a, b ipaddress.SpecialBlock) int {
		return a.Network.Compare(b.Network)
	}))
	for _, b := range blocks {
		row := want[b.Network.String()]
		require.NotNil(t, row, "%v", b.Network)
		ended := b.Ended
		if ended == "" {
			ended = "N/A"
		}
		require.Equal(t, row[1], b.Name)
		require.Contains(t, row[2], "["+strings.ReplaceAll(b.RFC, " ", "")+"]", "%v", b.Network)
		require.Equal(t, row[3:], []string{
			b.Allocated, ended, b.Source.String(), b.Destination.String(),
			b.Forwardable.String(), b.Global.String(), b.Reserved.String(),
		}, "%v", b.Network)
	}
}

func TestSpecial(t *testing.T) {
	tests := []struct{ addr, want string }{
		{"192.0.0.9", "192.0.0.9/32"}, // the most specific
		{"192.0.0.7", "192.0.0.0/29"},
		{"192.0.0.11", "192.0.0.0/24"},
		{"0.0.0.0", "0.0.0.0/32"},
		{"2001::1", "2001::/32"},
		{"2001:5::1", "2001::/23"},
		{"fe80::1%eth0", "fe80::/10"},
		{"fd00::1", "fc00::/7"},
		{"255.255.255.255", "255.255.255.255/32"},
		{"250.0.0.1", "240.0.0.0/4"},
		{"::ffff:10.0.0.1", "10.0.0.0/8"},
		{"::ffff:8.8.8.8", "::ffff:0.0.0.0/96"},
		{"8.8.8.8", ""},
		{"2a00::1", ""},
	}
	for _, tt := range tests {
		b, ok := ipaddress.MustParseAddr(tt.addr).Special()
		require.Equal(t, tt.want != "", ok, tt.addr)
		if ok {
			require.Equal(t, tt.want, b.Network.String(), tt.addr)
		}
	}
	_, ok := ipaddress.Addr{}.Special()
	require.False(t, ok)
}

// questions are the Is methods by their first letters.
var questions = []struct {
	letter string
	addr   func(ipaddress.Addr) bool
	net    func(ipaddress.Network) bool
}{
	{"u", ipaddress.Addr.IsUnspecified, ipaddress.Network.IsUnspecified},
	{"l", ipaddress.Addr.IsLoopback, ipaddress.Network.IsLoopback},
	{"m", ipaddress.Addr.IsMulticast, ipaddress.Network.IsMulticast},
	{"k", ipaddress.Addr.IsLinkLocal, ipaddress.Network.IsLinkLocal},
	{"s", ipaddress.Addr.IsSiteLocal, ipaddress.Network.IsSiteLocal},
	{"r", ipaddress.Addr.IsReserved, ipaddress.Network.IsReserved},
	{"p", ipaddress.Addr.IsPrivate, ipaddress.Network.IsPrivate},
	{"g", ipaddress.Addr.IsGlobal, ipaddress.Network.IsGlobal},
	{"P", ipaddress.Addr.IsPublic, nil},
}

// TestIs has an address and the letters of the questions to which it says yes.
func TestIs(t *testing.T) {
	tests := []struct{ addr, want string }{
		{"0.0.0.0", "up"},
		{"0.0.0.1", "p"},
		{"8.8.8.8", "gP"},
		{"10.0.0.1", "p"},
		{"100.64.0.0", ""}, // shared by carriers: neither private nor global
		{"100.127.255.255", ""},
		{"100.128.0.0", "gP"},
		{"126.255.255.255", "gP"},
		{"127.0.0.1", "lp"},
		{"169.254.169.254", "kp"},
		{"172.15.255.255", "gP"},
		{"172.31.255.255", "p"},
		{"172.32.0.0", "gP"},
		{"192.0.0.8", "p"},
		{"192.0.0.9", "gP"},
		{"192.0.0.10", "gP"},
		{"192.0.0.170", "p"},
		{"192.0.2.1", "p"},
		{"192.88.99.1", "gP"}, // a block that has ended
		{"192.88.99.2", "p"},
		{"198.19.255.255", "p"},
		{"203.0.113.5", "p"},
		{"223.255.255.255", "gP"},
		{"224.0.0.1", "mg"},
		{"239.255.255.255", "mg"},
		{"240.0.0.1", "rp"},
		{"255.255.255.255", "rp"},

		{"::", "urp"},
		{"::1", "lrp"},
		{"::2", "rg"},
		{"64:ff9b::808:808", "rgP"},
		{"64:ff9b::a00:1", "rg"}, // NAT64 to 10.0.0.1
		{"64:ff9b:1::1", "rp"},
		{"100::1", "rp"},
		{"100:0:0:1::1", "rp"},
		{"100:0:0:2::1", "rg"},
		{"2000::1", "gP"},
		{"2001::1", "p"},
		{"2001:1::1", "gP"},
		{"2001:1::3", "gP"},
		{"2001:1::4", "p"},
		{"2001:10::1", "p"}, // ended, but in 2001::/23
		{"2001:20::1", "gP"},
		{"2001:db8::1", "p"},
		{"2002:7f00:1::", "p"},
		{"2620:4f:8000::1", "gP"},
		{"3fff::1", "p"},
		{"3fff:1000::1", "gP"},
		{"5f00::1", "rp"},
		{"fc00::1", "p"},
		{"fe80::1", "kp"},
		{"fe80::1%eth0", "kp"},
		{"fec0::1", "sg"},
		{"ff02::1", "mg"},
		{"4000::1", "rg"},

		{"::ffff:8.8.8.8", "gP"},
		{"::ffff:127.0.0.1", "lp"},
		{"::ffff:100.64.0.1", ""},
	}
	for _, tt := range tests {
		a := ipaddress.MustParseAddr(tt.addr)
		got, ofNet := "", ""
		for _, q := range questions {
			if q.addr(a) {
				got += q.letter
			}
			if q.net != nil && q.net(a.Network()) {
				ofNet += q.letter
			}
		}
		require.Equal(t, tt.want, got, "%v", a)
		if !a.Is4In6() { // of networks only the ends are mapped
			require.Equal(t, strings.TrimSuffix(got, "P"), ofNet, "%v", a.Network())
		}
	}
}

func TestIsOfZeroValues(t *testing.T) {
	for _, q := range questions {
		require.False(t, q.addr(ipaddress.Addr{}), q.letter)
		if q.net != nil {
			require.False(t, q.net(ipaddress.Network{}), q.letter)
		}
	}
}

func TestIsOfNetworks(t *testing.T) {
	tests := []struct {
		network         string
		private, global bool
	}{
		{"10.0.0.0/8", true, false},
		{"10.0.0.0/7", false, true},
		{"100.64.0.0/10", false, false},
		{"100.0.0.0/9", false, true},
		{"192.0.0.0/24", true, false},
		{"192.0.0.9/32", false, true},
		{"192.0.0.8/31", false, true}, // an end is global
		{"192.0.0.0/29", true, false},
		{"2001::/23", true, false},
		{"2001:1::2/127", false, true},
		{"5f00::/17", true, false},
		{"::/0", false, true},
	}
	for _, tt := range tests {
		n := ipaddress.MustParseNetwork(tt.network)
		require.Equal(t, []bool{tt.private, tt.global}, []bool{n.IsPrivate(), n.IsGlobal()}, tt.network)
	}
}

// TestIsOfInterfaces has what Python asks of the network as well.
func TestIsOfInterfaces(t *testing.T) {
	tests := []struct {
		iface                 string
		unspecified, loopback bool
	}{
		{"0.0.0.0/32", true, false},
		{"0.0.0.0/8", false, false},
		{"127.0.0.1/7", false, true},
		{"::/128", true, false},
		{"::/127", false, false},
		{"::1/128", false, true},
		{"::1/127", false, false},
		{"::ffff:127.0.0.1/104", false, true},
	}
	for _, tt := range tests {
		i := ipaddress.MustParseInterface(tt.iface)
		require.Equal(t, []bool{tt.unspecified, tt.loopback}, []bool{i.IsUnspecified(), i.IsLoopback()}, tt.iface)
	}
	i := ipaddress.MustParseInterface("10.1.2.3/8")
	require.True(t, i.IsPrivate())
	require.False(t, i.IsGlobal() || i.IsMulticast() || i.IsReserved() || i.IsLinkLocal() || i.IsSiteLocal())
}
