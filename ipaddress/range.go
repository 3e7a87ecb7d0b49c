package ipaddress

import (
	"fmt"
	"iter"
	"math/big"
	"strings"
	"unique"
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
	if !r.IsValid() {
		return func(func(Addr) bool) {}
	}
	return span{r.from.num, r.to.num, r.from.fam}.all()
}

// Networks returns the fewest networks that together are the range, in order.
// The sequence can be used again and again.
func (r Range) Networks() iter.Seq[Network] {
	return func(yield func(Network) bool) {
		for r.IsValid() {
			var n Network
			if n, r = r.cut(); !yield(n) {
				return
			}
		}
	}
}

// AppendNetworks appends what [Range.Networks] yields to b.
func (r Range) AppendNetworks(b []Network) []Network {
	for r.IsValid() {
		var n Network
		n, r = r.cut()
		b = append(b, n)
	}
	return b
}

// cut takes off the largest network at the beginning of the range, and returns
// the zero Range when nothing remains.
func (r Range) cut() (Network, Range) {
	// A network that begins here has no more host bits than the address has
	// zeros at its end, and no more addresses than are left.
	left, _ := r.to.num.sub(r.from.num)
	n := left.next().bitLen() - 1
	if left == (uint128{^uint64(0), ^uint64(0)}) {
		n = 128
	}
	maxBits := r.from.MaxBits()
	n = min(n, r.from.num.trailingZeros(), maxBits)
	network := Network{r.from, uint8(maxBits - n)}
	end := network.last()
	if end == r.to.num {
		return network, Range{}
	}
	r.from.num = end.next()
	return network, r
}

// SummarizeRange returns the fewest networks that together are the addresses
// from first to last, in order and without zone. The error matches [ErrVersion]
// if the addresses are of different versions or not valid, [ErrOrder] if last
// comes before first. The sequence can be used again and again. It is Python's
// `summarize_address_range`; [Range.AppendNetworks] fills a slice.
func SummarizeRange(first, last Addr) (iter.Seq[Network], error) {
	r, err := RangeFrom(first.WithoutZone(), last.WithoutZone())
	if err != nil {
		return nil, err
	}
	return r.Networks(), nil
}

// span is a range of numbers with what makes them addresses.
type span struct {
	first, last uint128
	fam         unique.Handle[family]
}

func (s span) all() iter.Seq[Addr] {
	return func(yield func(Addr) bool) {
		for n := s.first; yield(Addr{n, s.fam}) && n != s.last; {
			n = n.next()
		}
	}
}
