package ipaddress_test

import (
	"fmt"
	"iter"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// first returns the first n texts of a sequence, and "…" if there are more.
func first[T fmt.Stringer](n int, seq iter.Seq[T]) (out []string) {
	for v := range seq {
		if len(out) == n {
			return append(out, "…")
		}
		out = append(out, v.String())
	}
	return out
}

func TestHosts(t *testing.T) {
	tests := []struct {
		network string
		want    []string
	}{
		{"192.0.2.0/30", []string{"192.0.2.1", "192.0.2.2"}},
		{"192.0.2.0/31", []string{"192.0.2.0", "192.0.2.1"}},
		{"192.0.2.9/32", []string{"192.0.2.9"}},
		{"0.0.0.0/0", []string{"0.0.0.1", "0.0.0.2", "0.0.0.3", "…"}},
		{"255.255.255.252/30", []string{"255.255.255.253", "255.255.255.254"}},
		{"2001:db8::/126", []string{"2001:db8::1", "2001:db8::2", "2001:db8::3"}},
		{"2001:db8::/127", []string{"2001:db8::", "2001:db8::1"}},
		{"2001:db8::9%z/128", []string{"2001:db8::9%z"}},
		{"::/0", []string{"::1", "::2", "::3", "…"}},
		{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127", []string{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}},
	}
	for _, tt := range tests {
		seq := network(tt.network).Hosts()
		assert.Equal(t, tt.want, first(3, seq), tt.network)
		assert.Equal(t, tt.want, first(3, seq), "again")
	}
	assert.Equal(t, []string{"192.0.2.0", "192.0.2.1", "192.0.2.2", "192.0.2.3"}, first(9, network("192.0.2.0/30").All()))
	assert.Equal(t, []string{"255.255.255.255"}, first(9, network("255.255.255.255/32").All()))
}

func TestAt(t *testing.T) {
	tests := []struct {
		network string
		index   int64
		want    string // "" for ErrIndex
	}{
		{"192.0.2.0/29", 0, "192.0.2.0"},
		{"192.0.2.0/29", 7, "192.0.2.7"},
		{"192.0.2.0/29", 8, ""},
		{"192.0.2.0/29", -1, "192.0.2.7"},
		{"192.0.2.0/29", -8, "192.0.2.0"},
		{"192.0.2.0/29", -9, ""},
		{"192.0.2.0/29", -1 << 63, ""},
		{"::/0", -1, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
		{"::/0", -1 << 63, "ffff:ffff:ffff:ffff:8000::"},
		{"::/0", 1<<63 - 1, "::7fff:ffff:ffff:ffff"},
		{"2001:db8::/127", 2, ""},
	}
	for _, tt := range tests {
		for name, at := range map[string]func() (ipaddress.Addr, error){
			"At":    func() (ipaddress.Addr, error) { return network(tt.network).At(tt.index) },
			"AtBig": func() (ipaddress.Addr, error) { return network(tt.network).AtBig(big.NewInt(tt.index)) },
		} {
			a, err := at()
			if tt.want == "" {
				assert.ErrorIs(t, err, ipaddress.ErrIndex, "%s %v", tt.network, tt.index)
				continue
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, a.String(), "%s(%d) of %s", name, tt.index, tt.network)
		}
	}
	a, err := network("::/0").AtBig(bigInt("0xffffffffffffffffffffffffffffffff"))
	require.NoError(t, err)
	assert.Equal(t, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", a.String())
	a, err = network("::/0").AtBig(bigInt("-0x100000000000000000000000000000000"))
	require.NoError(t, err)
	assert.Equal(t, "::", a.String())
	for _, i := range []*big.Int{nil, bigInt("0x100000000000000000000000000000000"), bigInt("-0x100000000000000000000000000000001")} {
		_, err = network("::/0").AtBig(i)
		assert.ErrorIs(t, err, ipaddress.ErrIndex)
	}
	_, err = ipaddress.Network{}.At(0)
	assert.ErrorIs(t, err, ipaddress.ErrIndex)
}

func TestSubnets(t *testing.T) {
	tests := []struct {
		network string
		bits    int
		want    []string // nil for ErrPrefix
	}{
		{"192.0.2.0/24", 26, []string{"192.0.2.0/26", "192.0.2.64/26", "192.0.2.128/26", "192.0.2.192/26"}},
		{"192.0.2.0/24", 24, []string{"192.0.2.0/24"}},
		{"192.0.2.0/24", 23, nil},
		{"192.0.2.0/24", 33, nil},
		{"192.0.2.0/24", -1, nil},
		{"192.0.2.1/32", 40, []string{"192.0.2.1/32"}}, // whatever is asked for, as in Python
		{"255.255.255.0/24", 25, []string{"255.255.255.0/25", "255.255.255.128/25"}},
		{"::/0", 128, []string{"::/128", "::1/128", "::2/128", "::3/128", "…"}},
		{"::/0", 1, []string{"::/1", "8000::/1"}},
		{"2001:db8::/32", 34, []string{"2001:db8::/34", "2001:db8:4000::/34", "2001:db8:8000::/34", "2001:db8:c000::/34"}},
		{"fe80::%z/64", 65, []string{"fe80::/65", "fe80::8000:0:0:0/65"}},
		{"fe80::1%z/128", 128, []string{"fe80::1%z/128"}},
	}
	for _, tt := range tests {
		n := network(tt.network)
		seq, err := n.Subnets(tt.bits)
		by, errBy := n.SubnetsBy(tt.bits - n.Bits())
		if tt.want == nil {
			assert.ErrorIs(t, err, ipaddress.ErrPrefix, "%s /%d", n, tt.bits)
			assert.ErrorIs(t, errBy, ipaddress.ErrPrefix, "%s /%d", n, tt.bits)
			continue
		}
		require.NoError(t, err)
		require.NoError(t, errBy)
		assert.Equal(t, tt.want, first(4, seq))
		assert.Equal(t, tt.want, first(4, by))
	}
	_, err := ipaddress.Network{}.Subnets(0)
	assert.ErrorIs(t, err, ipaddress.ErrPrefix)
}

func TestSupernet(t *testing.T) {
	tests := []struct {
		network string
		bits    int
		want    string
	}{
		{"192.0.2.0/24", 23, "192.0.2.0/23"},
		{"192.0.3.0/24", 23, "192.0.2.0/23"},
		{"192.0.3.0/24", 24, "192.0.3.0/24"},
		{"192.0.3.0/24", 0, "0.0.0.0/0"},
		{"192.0.3.0/24", 25, ""},
		{"192.0.3.0/24", -1, ""},
		{"0.0.0.0/0", -5, "0.0.0.0/0"}, // whatever is asked for, as in Python
		{"2001:db8:ffff::/48", 33, "2001:db8:8000::/33"},
		{"fe80::%z/64", 10, "fe80::/10"},
	}
	for _, tt := range tests {
		n := network(tt.network)
		got, err := n.Supernet(tt.bits)
		by, errBy := n.SupernetBy(n.Bits() - tt.bits)
		if tt.want == "" {
			assert.ErrorIs(t, err, ipaddress.ErrPrefix)
			assert.ErrorIs(t, errBy, ipaddress.ErrPrefix)
			continue
		}
		require.NoError(t, err)
		require.NoError(t, errBy)
		assert.Equal(t, []string{tt.want, tt.want}, []string{got.String(), by.String()})
	}
	_, err := ipaddress.Network{}.Supernet(0)
	assert.ErrorIs(t, err, ipaddress.ErrPrefix)
}

func TestNextNetwork(t *testing.T) {
	tests := []struct {
		network string
		bits    int
		want    string
	}{
		{"192.0.2.0/24", 24, "192.0.3.0/24"},
		{"192.0.2.0/24", 25, "192.0.3.0/25"},
		{"192.0.2.0/24", 16, "192.1.0.0/16"},
		{"192.0.255.0/24", 16, "192.1.0.0/16"},
		{"255.255.255.0/24", 24, ""},
		{"255.0.0.0/16", 8, ""},
		{"0.0.0.0/0", 32, ""},
		{"fe80::%z/64", 64, "fe80:0:0:1::%z/64"},
		{"::/1", 1, "8000::/1"},
	}
	for _, tt := range tests {
		n, err := network(tt.network).NextNetwork(tt.bits)
		if tt.want == "" {
			assert.ErrorIs(t, err, ipaddress.ErrOverflow, tt.network)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, tt.want, n.String())
	}
	_, err := network("10.0.0.0/8").NextNetwork(33)
	assert.ErrorIs(t, err, ipaddress.ErrNetmask)
	_, err = ipaddress.Network{}.NextNetwork(0)
	assert.ErrorIs(t, err, ipaddress.ErrNetmask)
}

func TestAddressExclude(t *testing.T) {
	tests := []struct {
		from, out string
		want      []string
		err       error
	}{
		{"192.0.2.0/28", "192.0.2.1/32", []string{"192.0.2.8/29", "192.0.2.4/30", "192.0.2.2/31", "192.0.2.0/32"}, nil},
		{"10.0.0.0/8", "10.0.0.0/8", nil, nil},
		{"10.0.0.0/8", "10.128.0.0/9", []string{"10.0.0.0/9"}, nil},
		{"0.0.0.0/0", "128.0.0.0/1", []string{"0.0.0.0/1"}, nil},
		{"::/0", "::/2", []string{"8000::/1", "4000::/2"}, nil},
		{"fe80::%z/64", "fe80::%z/66", []string{"fe80::8000:0:0:0%z/65", "fe80::4000:0:0:0%z/66"}, nil},
		{"10.0.0.0/8", "11.0.0.0/16", nil, ipaddress.ErrNotContained},
		{"10.0.0.0/9", "10.0.0.0/8", nil, ipaddress.ErrNotContained},
		{"10.0.0.0/8", "::/0", nil, ipaddress.ErrVersion},
		{"fe80::/64", "fe80::%z/65", nil, ipaddress.ErrZone},
	}
	for _, tt := range tests {
		seq, err := network(tt.from).AddressExclude(network(tt.out))
		if tt.err != nil {
			assert.ErrorIs(t, err, tt.err, "%s from %s", tt.out, tt.from)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, tt.want, first(9, seq), "%s from %s", tt.out, tt.from)
		for range seq {
			break
		}
	}
}
