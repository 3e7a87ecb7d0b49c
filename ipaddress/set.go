package ipaddress

import (
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
)

// Set is a set of addresses of both versions. It is kept as ranges, so that its
// size is that of its description, not the number of its addresses.
//
// A Set does not change: the operations return new ones. The zero Set is empty.
// All methods may be called concurrently. A Set has no zones: it takes none in,
// and an address is in it whatever its zone.
type Set struct {
	ranges []Range // sorted, and neither overlapping nor adjoining
}

// A Ranger is something whose addresses are a range: an Addr, a Network, an
// Interface (which counts as its address) or a Range.
type Ranger interface {
	// Range returns the addresses; the zero Range for a zero value.
	Range() Range
	// Zone returns the zone, or "".
	Zone() string
}

// Range returns the range that has only the address, without its zone.
func (a Addr) Range() Range { return Range{a.WithoutZone(), a.WithoutZone()} }

// Range returns the addresses of the network, without zone.
func (n Network) Range() Range { return Range{n.addr.WithoutZone(), n.Broadcast()} }

// Range returns the range that has only the address, without its zone.
func (i Interface) Range() Range { return i.addr.Range() }

// Range returns r.
func (r Range) Range() Range { return r }

// Zone returns "": a range has no zone.
func (r Range) Zone() string { return "" }

// NewSet returns the set of the addresses of the items. Those that are zero
// values add none. The error matches [ErrZone]: one has a zone.
func NewSet[R Ranger](items ...R) (Set, error) {
	ranges := make([]Range, 0, len(items))
	for _, item := range items {
		if item.Zone() != "" {
			return Set{}, fmt.Errorf("%w: %v", ErrZone, item)
		}
		if r := item.Range(); r.IsValid() {
			ranges = append(ranges, r)
		}
	}
	slices.SortFunc(ranges, Range.Compare)
	return Set{join(ranges)}, nil
}

// join unites sorted ranges that overlap or adjoin, in place.
func join(sorted []Range) []Range {
	done := sorted[:0]
	for _, r := range sorted {
		if k := len(done) - 1; k >= 0 && done[k].reaches(r) {
			if done[k].to.Compare(r.to) < 0 {
				done[k].to = r.to
			}
			continue
		}
		done = append(done, r)
	}
	return done
}

// reaches reports whether o, which does not begin before r, begins in r or next
// to its end.
func (r Range) reaches(o Range) bool {
	if r.from.fam != o.from.fam {
		return false
	}
	return !r.to.num.less(o.from.num) || r.to.num.next() == o.from.num
}

// IsEmpty reports whether the set has no addresses.
func (s Set) IsEmpty() bool { return len(s.ranges) == 0 }

// Len returns how many addresses the set has.
func (s Set) Len() *big.Int {
	n := new(big.Int)
	for _, r := range s.ranges {
		n.Add(n, r.Len())
	}
	return n
}

// Contains reports whether a is in the set, whatever its zone. The IPv6 address to
// which an IPv4 address is mapped is another one; see [Addr.Unmap].
func (s Set) Contains(a Addr) bool {
	a = a.WithoutZone()
	r, ok := s.at(a)
	return ok && r.Contains(a)
}

// ContainsRange reports whether all addresses of r are in the set; false for the
// zero Range.
func (s Set) ContainsRange(r Range) bool {
	found, ok := s.at(r.from)
	return ok && found.Contains(r.from) && found.Contains(r.to)
}

// ContainsNetwork reports whether all addresses of n are in the set, whatever its
// zone; false for the zero Network.
func (s Set) ContainsNetwork(n Network) bool { return s.ContainsRange(n.Range()) }

// at returns the last range that does not begin after a.
func (s Set) at(a Addr) (Range, bool) {
	i, _ := slices.BinarySearchFunc(s.ranges, a, func(r Range, a Addr) int {
		if r.from.Compare(a) <= 0 {
			return -1
		}
		return 1
	})
	if i == 0 {
		return Range{}, false
	}
	return s.ranges[i-1], true
}

// Overlaps reports whether the sets have an address in common.
func (s Set) Overlaps(o Set) bool { return !s.Intersect(o).IsEmpty() }

// Equal reports whether the sets have the same addresses.
func (s Set) Equal(o Set) bool { return slices.Equal(s.ranges, o.ranges) }

// Union returns the addresses that are in s or in o.
func (s Set) Union(o Set) Set {
	all := slices.Concat(s.ranges, o.ranges)
	slices.SortFunc(all, Range.Compare)
	return Set{join(all)}
}

// Intersect returns the addresses that are in both s and o.
func (s Set) Intersect(o Set) Set {
	var out []Range
	for i, j := 0, 0; i < len(s.ranges) && j < len(o.ranges); {
		a, b := s.ranges[i], o.ranges[j]
		r := Range{later(a.from, b.from), a.to}
		if b.to.Compare(a.to) < 0 {
			r.to = b.to
			j++
		} else {
			i++
		}
		if r.from.Compare(r.to) <= 0 {
			out = append(out, r)
		}
	}
	return Set{out}
}

func later(a, b Addr) Addr {
	if a.Compare(b) < 0 {
		return b
	}
	return a
}

// Difference returns the addresses that are in s and not in o.
func (s Set) Difference(o Set) Set { return s.Intersect(o.Complement()) }

// Complement returns the addresses of both versions that are not in s.
func (s Set) Complement() Set {
	out := make([]Range, 0, len(s.ranges)+2)
	rest := s.ranges
	for _, fam := range []Addr{{fam: fam4}, {fam: fam6}} {
		next := fam // the first address that may be outside
		for ; len(rest) > 0 && rest[0].from.fam == fam.fam; rest = rest[1:] {
			if next.Compare(rest[0].from) < 0 {
				out = append(out, Range{next, rest[0].from.Prev()})
			}
			next = rest[0].to.Next()
		}
		if next.IsValid() {
			out = append(out, Range{next, fam.in(fam.last())})
		}
	}
	return Set{out}
}

// Ranges returns the ranges of the set, in order: as few as possible, so that
// they neither overlap nor adjoin. The sequence can be used again and again.
func (s Set) Ranges() iter.Seq[Range] { return slices.Values(s.ranges) }

// Networks returns the fewest networks that together are the set, in order. The
// sequence can be used again and again.
func (s Set) Networks() iter.Seq[Network] {
	return func(yield func(Network) bool) {
		for _, r := range s.ranges {
			for n := range r.Networks() {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// AppendNetworks appends what [Set.Networks] yields to b.
func (s Set) AppendNetworks(b []Network) []Network {
	for _, r := range s.ranges {
		b = r.AppendNetworks(b)
	}
	return b
}

// String returns the networks of the set, with ", " between them and of a large
// set only the first ones; "" for an empty set.
func (s Set) String() string {
	const most = 20
	var b strings.Builder
	count := 0
	for n := range s.Networks() {
		if count > 0 {
			b.WriteString(", ")
		}
		if count == most {
			b.WriteString("…")
			break
		}
		b.WriteString(n.String())
		count++
	}
	return b.String()
}
