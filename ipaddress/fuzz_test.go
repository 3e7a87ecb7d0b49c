package ipaddress_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/ipaddress"
)

func FuzzParseAddr(f *testing.F) {
	for _, tt := range validAddrs {
		f.Add(tt.in)
	}
	for _, tt := range invalidAddrs {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ipaddress.ParseAddr(s)
		theirs, theirErr := netip.ParseAddr(s)
		if err != nil {
			// What net/netip takes and we refuse has a zone that is none here.
			if theirErr == nil && ipaddress.FromNetip(theirs).IsValid() {
				t.Fatalf("%q: %v, but net/netip reads %v", s, err, theirs)
			}
			if len(err.Error()) > 200 {
				t.Fatalf("an error of %d bytes", len(err.Error()))
			}
			return
		}
		if theirErr != nil || a.Netip() != theirs || ipaddress.FromNetip(theirs) != a {
			t.Fatalf("%q: %v, but net/netip: %v, %v", s, a, theirs, theirErr)
		}
		checkAddr(t, a)
	})
}

// checkAddr checks what must hold for each address.
func checkAddr(t *testing.T, a ipaddress.Addr) {
	for name, spelling := range map[string]string{"String": a.String(), "Expanded": a.Expanded()} {
		if b, err := ipaddress.ParseAddr(spelling); err != nil || a != b {
			t.Fatalf("%s of %v reads as %v, %v", name, a, b, err)
		}
	}
	if a.String() != a.Netip().String() {
		t.Fatalf("%v, but net/netip writes %v", a, a.Netip())
	}
	bin, _ := a.MarshalBinary()
	var b ipaddress.Addr
	if err := b.UnmarshalBinary(bin); err != nil || a != b {
		t.Fatalf("binary of %v is %v, %v", a, b, err)
	}
	if b, err := a.Version().AddrFromBig(a.Big()); err != nil || b != a.WithoutZone() {
		t.Fatalf("number of %v is %v, %v", a, b, err)
	}
	if n := a.Next(); n.IsValid() && (n.Prev() != a || a.Compare(n) >= 0) {
		t.Fatalf("after %v comes %v", a, n)
	}
	if a.IsGlobal() && a.IsPrivate() || a.IsPublic() && !a.IsGlobal() {
		t.Fatalf("%v is %v %v %v", a, a.IsGlobal(), a.IsPrivate(), a.IsPublic())
	}
}

func FuzzParseNetwork(f *testing.F) {
	for _, s := range []string{
		"10.0.0.0/8", "10.0.0.1/8", "10.0.0.0/255.0.0.0", "10.0.0.0/0.255.255.255", "0.0.0.0/0.0.0.0",
		"10.0.0.0/08", "10.0.0.0/33", "1.2.3.4", "2001:db8::/32", "::/0", "::/129", "fe80::%eth0/64",
		"fe80::1%eth0/64", "::ffff:1.2.3.0/120", "1.2.3.4/8/8", "/", "::/255.0.0.0",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		strict, strictErr := ipaddress.ParseNetwork(s)
		loose, looseErr := ipaddress.ParseNetworkLoose(s)
		i, ifaceErr := ipaddress.ParseInterface(s)
		if (looseErr == nil) != (ifaceErr == nil) || strictErr == nil && strict != loose {
			t.Fatalf("%q: %v, %v; %v, %v; %v, %v", s, strict, strictErr, loose, looseErr, i, ifaceErr)
		}
		p, err := netip.ParsePrefix(s)
		if looseErr != nil {
			if err == nil {
				t.Fatalf("%q: %v, but net/netip reads %v", s, looseErr, p)
			}
			return
		}
		if ours, exact := loose.Netip(); err == nil && (p.Masked() != ours || !exact) {
			t.Fatalf("%q: %v, but net/netip reads %v", s, loose, p)
		}
		if i.Network() != loose {
			t.Fatalf("%q: %v is in %v, not %v", s, i, i.Network(), loose)
		}
		checkNetwork(t, loose)
		if j, err := ipaddress.ParseInterface(i.String()); err != nil || i != j {
			t.Fatalf("%v reads as %v, %v", i, j, err)
		}
	})
}

// checkNetwork checks what must hold for each network.
func checkNetwork(t *testing.T, n ipaddress.Network) {
	spellings := []string{n.String(), n.Expanded()}
	if n.Version() == ipaddress.V4 {
		spellings = append(spellings, n.WithNetmask())
		if n.Bits() > 0 && n.Bits() < 32 {
			spellings = append(spellings, n.WithHostmask())
		}
	}
	for _, spelling := range spellings {
		if m, err := ipaddress.ParseNetwork(spelling); err != nil || m != n {
			t.Fatalf("%s of %v reads as %v, %v", spelling, n, m, err)
		}
	}
	bin, _ := n.MarshalBinary()
	var m ipaddress.Network
	if err := m.UnmarshalBinary(bin); err != nil || m != n {
		t.Fatalf("binary of %v is %v, %v", n, m, err)
	}
	last, err := n.At(-1)
	if err != nil || last != n.Broadcast() || !n.Contains(n.Addr()) {
		t.Fatalf("the last address of %v is %v, %v", n, last, err)
	}
	r, err := ipaddress.RangeFrom(n.Addr().WithoutZone(), last)
	if err != nil || r != n.Range() || r.Len().Cmp(n.Len()) != 0 {
		t.Fatalf("the range of %v is %v, %v", n, r, err)
	}
	for m := range r.Networks() {
		if m.String() != r.AppendNetworks(nil)[0].String() || m.Bits() != n.Bits() {
			t.Fatalf("%v summarized begins with %v", n, m)
		}
	}
	if up, err := n.SupernetBy(1); err == nil && !up.ContainsNetwork(n) {
		t.Fatalf("%v is not in its supernet %v", n, up)
	}
}

func FuzzParseRange(f *testing.F) {
	for _, s := range []string{"10.0.0.0-10.0.0.9", "::-::1", "10.0.0.0-9.0.0.0", "-", "1.1.1.1-::1", "fe80::%a-b-fe80::1", "0.0.0.0-255.255.255.255"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ipaddress.ParseRange(s)
		if err != nil {
			return
		}
		if again, err := ipaddress.ParseRange(r.String()); err != nil || again != r {
			t.Fatalf("%v reads as %v, %v", r, again, err)
		}
		set, err := ipaddress.NewSet(r.AppendNetworks(nil)...)
		if err != nil || !set.ContainsRange(r) || set.Len().Cmp(r.Len()) != 0 {
			t.Fatalf("%v has the networks %v", r, set)
		}
		for n := range r.Networks() {
			if m, err := ipaddress.Collapse([]ipaddress.Network{n, n}); err != nil || len(m) != 1 {
				t.Fatalf("%v twice is %v", n, m)
			}
		}
	})
}

func FuzzFormatSpec(f *testing.F) {
	for _, s := range []string{"", "s", "*^45s", "#_x", "010s", ".5s", "é>9s", "d", "x", "99999999999s"} {
		f.Add("2001:db8::1", s)
	}
	f.Fuzz(func(t *testing.T, text, spec string) {
		a, err := ipaddress.ParseAddr(text)
		if err != nil {
			return
		}
		out, err := a.FormatSpec(spec)
		if err == nil && len(out) > 4*ipaddress.MaxFormatWidth+len(text)+200 {
			t.Fatalf("%d bytes for %q", len(out), spec)
		}
		if err == nil && spec != "" && strings.ContainsAny(spec[len(spec)-1:], "bxXn") && strings.Trim(out, "0123456789abcdefABCDEFxX_") != "" {
			t.Fatalf("%q for %q", out, spec)
		}
	})
}

// FuzzBinary reads bytes as each of the types.
func FuzzBinary(f *testing.F) {
	for _, s := range []string{"", "\x0a\x00\x00\x00\x08", "\x0a\x00\x00\x01\x08", "0123456789abcdef", "0123456789abcdefeth0\x40"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var a ipaddress.Addr
		if a.UnmarshalBinary(b) == nil && a.IsValid() {
			checkAddr(t, a)
		}
		var n ipaddress.Network
		if n.UnmarshalBinary(b) == nil && n.IsValid() {
			checkNetwork(t, n)
		}
		var i ipaddress.Interface
		if i.UnmarshalBinary(b) == nil {
			if again, _ := i.MarshalBinary(); string(again) != string(b) {
				t.Fatalf("%x reads as %v, which is %x", b, i, again)
			}
		}
	})
}
