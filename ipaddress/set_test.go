package ipaddress_test

import (
	"encoding"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// The slow twin of sets and summaries is a map of the addresses themselves, in a
// space of 256 addresses at each end of IPv4 and of IPv6.
type addrSet map[ipaddress.Addr]bool

var universe = func() []ipaddress.Addr {
	var out []ipaddress.Addr
	for _, s := range []string{"0.0.0.0/24", "255.255.255.0/24", "::/120", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00/120"} {
		out = slices.AppendSeq(out, network(s).All())
	}
	return out
}()

// randomItems returns networks in the universe and the set of their addresses.
func randomItems(r *rand.Rand, n int, same ipaddress.Version) ([]ipaddress.Network, addrSet) {
	var networks []ipaddress.Network
	set := addrSet{}
	for len(networks) < n {
		a := universe[r.IntN(len(universe))]
		if same != 0 && a.Version() != same {
			continue
		}
		m, err := ipaddress.NetworkFromLoose(a, a.MaxBits()-r.IntN(9))
		if err != nil {
			panic(err)
		}
		networks = append(networks, m)
		for a := range m.All() {
			set[a] = true
		}
	}
	return networks, set
}

func (s addrSet) ranges() (out []ipaddress.Range) {
	var run []ipaddress.Addr
	flush := func() {
		if run != nil {
			r, err := ipaddress.RangeFrom(run[0], run[len(run)-1])
			if err != nil {
				panic(err)
			}
			out = append(out, r)
		}
		run = nil
	}
	for _, a := range universe {
		if !s[a] || run != nil && run[len(run)-1].Next() != a {
			flush()
		}
		if s[a] {
			run = append(run, a)
		}
	}
	flush()
	return out
}

// networks returns the fewest networks, by trying the largest one first.
func (s addrSet) networks() (out []ipaddress.Network) {
	taken := addrSet{}
	for _, a := range universe {
		if !s[a] || taken[a] {
			continue
		}
	sizes:
		for host := 8; ; host-- {
			m, err := ipaddress.NetworkFrom(a, a.MaxBits()-host)
			if err != nil {
				continue
			}
			for b := range m.All() {
				if !s[b] {
					continue sizes
				}
			}
			for b := range m.All() {
				taken[b] = true
			}
			out = append(out, m)
			break
		}
	}
	return out
}

func TestSetAgainstSlowSet(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		na, sa := randomItems(r, r.IntN(12), 0)
		nb, sb := randomItems(r, r.IntN(12), 0)
		a, err := ipaddress.NewSet(na...)
		require.NoError(t, err)
		b, err := ipaddress.NewSet(nb...)
		require.NoError(t, err)
		checkSet(t, a, sa)

		union, both, diff, comp := addrSet{}, addrSet{}, addrSet{}, addrSet{}
		for _, x := range universe {
			union[x] = sa[x] || sb[x]
			both[x] = sa[x] && sb[x]
			diff[x] = sa[x] && !sb[x]
			comp[x] = !sa[x]
		}
		checkSet(t, a.Union(b), union)
		checkSet(t, a.Intersect(b), both)
		checkSet(t, a.Difference(b), diff)
		assert.Equal(t, slices.Contains(mapValues(both), true), a.Overlaps(b))
		for _, x := range universe {
			assert.Equal(t, comp[x], a.Complement().Contains(x))
		}
		assert.True(t, a.Complement().Complement().Equal(a))
		assert.True(t, a.Union(b).Equal(b.Union(a)))
		assert.True(t, a.Difference(b).Equal(a.Intersect(b.Complement())))
	}
}

func mapValues(s addrSet) (out []bool) {
	for _, v := range s {
		out = append(out, v)
	}
	return out
}

func checkSet(t *testing.T, got ipaddress.Set, want addrSet) {
	t.Helper()
	size := int64(0)
	for _, a := range universe {
		require.Equal(t, want[a], got.Contains(a), "%v", a)
		if want[a] {
			size++
		}
	}
	require.Equal(t, want.ranges(), slices.Collect(got.Ranges()))
	require.Equal(t, want.networks(), slices.Collect(got.Networks()))
	require.Equal(t, want.networks(), got.AppendNetworks(nil))
	require.Equal(t, size, got.Len().Int64())
	require.Equal(t, size == 0, got.IsEmpty())
	for r := range got.Ranges() {
		require.True(t, got.ContainsRange(r))
		if before := r.First().Prev(); before.IsValid() {
			wider, err := ipaddress.RangeFrom(before, r.Last())
			require.NoError(t, err)
			require.False(t, got.ContainsRange(wider))
		}
	}
}

func TestCollapseAgainstSlowSet(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for i := range 300 {
		networks, set := randomItems(r, 1+r.IntN(200), []ipaddress.Version{ipaddress.V4, ipaddress.V6}[i%2])
		before := slices.Clone(networks)
		got, err := ipaddress.Collapse(networks)
		require.NoError(t, err)
		require.Equal(t, set.networks(), got)
		require.Equal(t, before, networks, "the argument is not changed")
	}
}

func TestCollapse(t *testing.T) {
	tests := []struct{ in, want []string }{
		{nil, nil},
		{[]string{"10.0.0.0/25", "10.0.0.128/25"}, []string{"10.0.0.0/24"}},
		{[]string{"10.0.0.128/25", "10.0.0.0/25", "10.0.1.0/24", "10.0.2.0/23"}, []string{"10.0.0.0/22"}},
		{[]string{"10.0.1.0/24", "10.0.2.0/24"}, []string{"10.0.1.0/24", "10.0.2.0/24"}},
		{[]string{"0.0.0.0/1", "128.0.0.0/1"}, []string{"0.0.0.0/0"}},
		{[]string{"::/1", "8000::/1", "::1/128"}, []string{"::/0"}},
		{[]string{"fe80::%a/65", "fe80::8000:0:0:0%a/65"}, []string{"fe80::%a/64"}},
		{[]string{"fe80::%a/65", "fe80::8000:0:0:0%b/65"}, []string{"fe80::%a/65", "fe80::8000:0:0:0%b/65"}},
		{[]string{"fe80::%b/64", "fe80::%a/64", "fe80::1%a/128"}, []string{"fe80::%a/64", "fe80::%b/64"}},
		{[]string{"fe80::%b/64", "fe80::/64", "fe80:0:0:1::%a/64", "fe80:0:0:2::%a/64"}, []string{"fe80::/64", "fe80:0:0:1::%a/64", "fe80:0:0:2::%a/64"}},
	}
	for _, tt := range tests {
		var in []ipaddress.Network
		for _, s := range tt.in {
			in = append(in, network(s))
		}
		got, err := ipaddress.Collapse(in)
		require.NoError(t, err)
		assert.Equal(t, tt.want, texts(got))
	}
	for _, mixed := range [][]ipaddress.Network{
		{network("10.0.0.0/8"), network("::/0")},
		{network("::/0"), {}},
		{{}},
	} {
		_, err := ipaddress.Collapse(mixed)
		assert.ErrorIs(t, err, ipaddress.ErrVersion)
	}
}

func TestSummarizeRange(t *testing.T) {
	tests := []struct {
		first, last string
		want        []string
	}{
		{"192.0.2.0", "192.0.2.130", []string{"192.0.2.0/25", "192.0.2.128/31", "192.0.2.130/32"}},
		{"0.0.0.0", "255.255.255.255", []string{"0.0.0.0/0"}},
		{"0.0.0.0", "255.255.255.254", []string{"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "224.0.0.0/4", "…"}},
		{"1.2.3.4", "1.2.3.4", []string{"1.2.3.4/32"}},
		{"255.255.255.255", "255.255.255.255", []string{"255.255.255.255/32"}},
		{"::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", []string{"::/0"}},
		{"::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", []string{"::1/128", "::2/127", "::4/126", "::8/125", "…"}},
		{"::ffff:ffff:ffff:ffff", "0:0:0:1::", []string{"::ffff:ffff:ffff:ffff/128", "0:0:0:1::/128"}},
		{"fe80::1%a", "fe80::2%b", []string{"fe80::1/128", "fe80::2/128"}}, // as in Python
	}
	for _, tt := range tests {
		seq, err := ipaddress.SummarizeRange(addr(tt.first), addr(tt.last))
		require.NoError(t, err)
		assert.Equal(t, tt.want, first(4, seq), "%s to %s", tt.first, tt.last)
	}
	_, err := ipaddress.SummarizeRange(addr("1.2.3.4"), addr("1.2.3.3"))
	assert.ErrorIs(t, err, ipaddress.ErrOrder)
	_, err = ipaddress.SummarizeRange(addr("1.2.3.4"), addr("::1"))
	assert.ErrorIs(t, err, ipaddress.ErrVersion)
	_, err = ipaddress.SummarizeRange(ipaddress.Addr{}, ipaddress.Addr{})
	assert.ErrorIs(t, err, ipaddress.ErrVersion)
}

func TestRange(t *testing.T) {
	r := ipaddress.MustParseRange("10.0.0.254-10.0.1.1")
	assert.Equal(t, []ipaddress.Addr{addr("10.0.0.254"), addr("10.0.1.1")}, []ipaddress.Addr{r.First(), r.Last()})
	assert.Equal(t, "10.0.0.254-10.0.1.1", r.String())
	assert.Equal(t, []string{"10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1"}, first(9, r.All()))
	assert.Equal(t, []string{"10.0.0.254/31", "10.0.1.0/31"}, texts(r.AppendNetworks(nil)))
	assert.Equal(t, "4", r.Len().String())
	assert.True(t, r.Contains(addr("10.0.1.0")))
	assert.False(t, r.Contains(addr("10.0.1.2")) || r.Contains(addr("::ffff:10.0.1.0")) || r.Contains(ipaddress.Addr{}))
	assert.True(t, ipaddress.MustParseRange("fe80::1-fe80::9").Contains(addr("fe80::2%eth0")))
	assert.Equal(t, "340282366920938463463374607431768211456", network("::/0").Range().Len().String())
	assert.Equal(t, -1, r.Compare(ipaddress.MustParseRange("10.0.0.254-10.0.1.2")))

	for s, kind := range map[string]error{
		"": ipaddress.ErrAddress, "10.0.0.1": ipaddress.ErrAddress, "10.0.0.1-": ipaddress.ErrAddress,
		"-10.0.0.1": ipaddress.ErrAddress, "10.0.0.0-9.0.0.0": ipaddress.ErrOrder, "10.0.0.1-::1": ipaddress.ErrVersion,
		"1.1.1.1-1.1.1.2-1.1.1.3": ipaddress.ErrAddress, "10.0.0.0/8-10.0.0.1": ipaddress.ErrAddress,
		"fe80::1%a-fe80::2%a": ipaddress.ErrZone, "10.0.0.1 - 10.0.0.2": ipaddress.ErrAddress,
	} {
		_, err := ipaddress.ParseRange(s)
		assert.ErrorIs(t, err, kind, s)
	}
	assert.Panics(t, func() { ipaddress.MustParseRange("x") })

	text, err := r.MarshalText()
	require.NoError(t, err)
	var back ipaddress.Range
	require.NoError(t, back.UnmarshalText(text))
	assert.Equal(t, r, back)
	assert.Error(t, back.UnmarshalText([]byte("x")))
	assert.Equal(t, r, back, "not changed by an error")
	require.NoError(t, back.UnmarshalText(nil))
	assert.Equal(t, ipaddress.Range{}, back)
	text, err = back.MarshalText()
	require.NoError(t, err)
	assert.Empty(t, text)
	assert.Equal(t, "invalid range", back.String())
	assert.Equal(t, "0", back.Len().String())
	assert.Empty(t, first(1, back.All()))
	assert.Empty(t, back.AppendNetworks(nil))
	var _ encoding.TextMarshaler = r
}

func TestSetItems(t *testing.T) {
	s, err := ipaddress.NewSet[ipaddress.Ranger](
		addr("10.0.0.1"), network("10.0.0.2/31"), iface("10.0.0.4/8"), ipaddress.MustParseRange("10.0.0.5-10.0.0.7"),
		ipaddress.Addr{}, ipaddress.Network{}, network("2001:db8::/32"),
	)
	require.NoError(t, err)
	assert.Equal(t, []string{"10.0.0.1-10.0.0.7", "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"}, first(9, s.Ranges()))
	assert.Equal(t, "10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, 2001:db8::/32", s.String())
	assert.True(t, s.ContainsNetwork(network("10.0.0.4/30")))
	assert.False(t, s.ContainsNetwork(network("10.0.0.0/29")) || s.ContainsNetwork(ipaddress.Network{}))
	assert.False(t, s.Contains(addr("::ffff:10.0.0.1")) || s.Contains(ipaddress.Addr{}) || s.Contains(addr("::")))
	_, err = ipaddress.NewSet(addr("fe80::1%eth0"))
	assert.ErrorIs(t, err, ipaddress.ErrZone)
	_, err = ipaddress.NewSet(network("fe80::%eth0/64"))
	assert.ErrorIs(t, err, ipaddress.ErrZone)
	link, err := ipaddress.NewSet(network("fe80::/10"))
	require.NoError(t, err)
	assert.True(t, link.Contains(addr("fe80::1%eth0")))

	var none ipaddress.Set
	assert.True(t, none.IsEmpty())
	assert.Empty(t, none.String())
	all := none.Complement()
	assert.Equal(t, []string{"0.0.0.0/0", "::/0"}, first(9, all.Networks()))
	assert.True(t, all.Complement().IsEmpty())
	for range all.Networks() {
		break
	}
	one, err := ipaddress.NewSet(addr("0.0.0.1"))
	require.NoError(t, err)
	assert.Contains(t, one.Complement().String(), ", …")
}
