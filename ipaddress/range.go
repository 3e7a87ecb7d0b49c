package ipaddress

import (
	"fmt"
	"iter"
	"math/big"
	"math/bits"
	"strings"
)

// Range is a range of addresses of one version, both ends included. It has no
// zone. A Range is a small value: copy it, compare it with ==. The zero Range is
// not a range; it contains nothing. All methods may be called concurrently.
type Range struct {
	from, to Addr
}

// RangeFrom returns the range of addresses from first to last. The error matches
// [ErrVersion] if they are of different versions or not valid, [ErrOrder] if last
// comes before first, [ErrZone] if one has a zone.
func RangeFrom(first, last Addr) (Range, error) {
	switch {
	case first.Version() != last.Version() || !first.IsValid():
		return Range{}, versionError(first, last)
	case first.hasZone() || last.hasZone():
		return Range{}, fmt.Errorf("%w: %v to %v", ErrZone, first, last)
	case last.num.less(first.num):
		return Range{}, fmt.Errorf("%w: %v to %v", ErrOrder, first, last)
	}
	return Range{first, last}, nil
}

// ParseRange reads two addresses with '-' between them: "10.0.0.5-10.0.0.9".
// The error is a [*ParseError] that matches [ErrAddress], or that of [RangeFrom].
func ParseRange(s string) (Range, error) {
	first, last, ok := strings.Cut(s, "-")
	if !ok {
		return Range{}, newParseError("ParseRange", 0, s, len(s), whyChar)
	}
	a, n, why := scanAddr(first, 0)
	if why != parsed || n != len(first) {
		return Range{}, addrError("ParseRange", 0, s, n, why)
	}
	b, n, why := scanAddr(last, 0)
	if why != parsed || n != len(last) {
		return Range{}, addrError("ParseRange", 0, s, len(first)+1+n, why)
	}
	return RangeFrom(a, b)
}

// MustParseRange is [ParseRange] for constants: it panics if s is no range.
func MustParseRange(s string) Range { return must(ParseRange(s)) }

// IsValid reports whether r is a range, not the zero Range.
func (r Range) IsValid() bool { return r.from.IsValid() }

// First returns the first address.
func (r Range) First() Addr { return r.from }

// Last returns the last address.
func (r Range) Last() Addr { return r.to }

// String returns the addresses with '-' between them. The zero Range gives
// "invalid range".
func (r Range) String() string {
	if !r.IsValid() {
		return "invalid range"
	}
	return r.from.String() + "-" + r.to.String()
}

// MarshalText returns what [Range.String] does, and nothing for the zero Range.
// The error is always nil.
func (r Range) MarshalText() ([]byte, error) {
	if !r.IsValid() {
		return []byte{}, nil
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads what [ParseRange] does, with the same errors, and the empty
// text as the zero Range.
func (r *Range) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Range{}
		return nil
	}
	v, err := ParseRange(string(text))
	if err == nil {
		*r = v
	}
	return err
}

// Compare returns -1, 0 or +1. It orders by first address, then last.
func (r Range) Compare(o Range) int {
	if c := r.from.Compare(o.from); c != 0 {
		return c
	}
	return r.to.Compare(o.to)
}

// Contains reports whether a is in the range, whatever its zone.
func (r Range) Contains(a Addr) bool {
	return r.from.coversZone(a) && !a.num.less(r.from.num) && !r.to.num.less(a.num) && a.IsValid()
}

// Len returns how many addresses the range has; 0 for the zero Range.
func (r Range) Len() *big.Int {
	if !r.IsValid() {
		return new(big.Int)
	}
	d, _ := r.to.num.sub(r.from.num)
	n := d.big()
	return n.Add(n, big.NewInt(1))
}

// All returns the addresses from the first to the last. The sequence can be used
// again and again.
func (r Range) All() iter.Seq[Addr] {
	return func(yield func(Addr) bool) { eachAddr(r.from, r.to.num, yield) }
}

// Networks returns the fewest networks that together are the range, in order. The
// sequence can be used again and again; ranging over it does not allocate.
func (r Range) Networks() iter.Seq[Network] {
	return func(yield func(Network) bool) { r.eachNetwork(yield) }
}

// AppendNetworks appends what [Range.Networks] yields to b.
func (r Range) AppendNetworks(b []Network) []Network {
	r.eachNetwork(func(n Network) bool {
		b = append(b, n)
		return true
	})
	return b
}

// eachNetwork yields the networks.
func (r Range) eachNetwork(yield func(Network) bool) {
	switch {
	case r.from.Is4():
		r.eachNetwork4(yield)
		return
	case !r.IsValid():
		return
	}
	n := Network{addr: r.from}
	for last := r.to.num; ; {
		// A network that begins here has no more host bits than the address has
		// zeros at its end, and must not reach beyond the last address.
		host := n.addr.num.trailingZeros()
		left, _ := last.sub(n.addr.num)
		if room := left.bitLen(); room <= host { // 2^room is more than left
			host = room
			if left != hostMask(uint(room)) {
				host--
			}
		}
		n.prefix = uint8(128 - host)
		end := n.addr.num.or(hostMask(uint(host)))
		if !yield(n) || end == last {
			return
		}
		n.addr.num = end.next()
	}
}

// eachNetwork4 is eachNetwork for IPv4.
func (r Range) eachNetwork4(yield func(Network) bool) {
	n := Network{addr: r.from}
	for next, end := r.from.num.lo, r.to.num.lo+1; next != end; {
		// A network that begins here has no more host bits than the address has
		// zeros at its end, and no more addresses than are left.
		host := min(bits.TrailingZeros64(next|1<<32), bits.Len64(end-next)-1)
		n.addr.num.lo, n.prefix = next, uint8(32-host)
		if !yield(n) {
			return
		}
		next += 1 << host
	}
}

// SummarizeRange returns the fewest networks that together are the addresses
// from first to last, in order and without zone. The error matches [ErrVersion]
// if the addresses are of different versions or not valid, [ErrOrder] if last
// comes before first. The sequence can be used again and again. It is Python's
// `summarize_address_range`. [RangeFrom] with [Range.Networks] does the same
// without allocating.
func SummarizeRange(first, last Addr) (iter.Seq[Network], error) {
	r, err := RangeFrom(first.WithoutZone(), last.WithoutZone())
	if err != nil {
		return nil, err
	}
	return r.Networks(), nil
}
