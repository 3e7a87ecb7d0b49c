package ipaddress

import (
	"fmt"
	"iter"
)

// Subnets returns the subnets with prefixes of bits bits, in order and without
// zone. A network of one address has no subnet but itself, whatever bits is, as
// in Python. The error matches [ErrPrefix]: bits is less than the prefix length of
// the network, or more than its version has. The sequence can be used again and
// again; it needs no memory, however many they are. It is Python's
// `subnets(new_prefix=bits)`.
func (n Network) Subnets(bits int) (iter.Seq[Network], error) {
	if n.IsValid() && n.Bits() == n.MaxBits() {
		return func(yield func(Network) bool) { yield(n) }, nil
	}
	if !n.IsValid() || bits < n.Bits() || bits > n.MaxBits() {
		return nil, fmt.Errorf("%w: subnets /%d of %v", ErrPrefix, bits, n)
	}
	return func(yield func(Network) bool) {
		step, last := bit(uint(n.MaxBits()-bits)), n.last()
		for s := n.addr.in(n.addr.num).network(uint8(bits)); yield(s) && s.last() != last; {
			s.addr.num, _ = s.addr.num.add(step)
		}
	}, nil
}

// SubnetsBy is [Network.Subnets] for prefixes that are diff bits longer. The error
// matches [ErrPrefix]: diff is negative or too large. It is Python's
// `subnets(prefixlen_diff=diff)`, for which diff is 1 if it is not given.
func (n Network) SubnetsBy(diff int) (iter.Seq[Network], error) { return n.Subnets(n.Bits() + diff) }

// Supernet returns the network with a prefix of bits bits in which n lies, without
// zone. The supernet of a network /0 is that network, whatever bits is, as in
// Python. The error matches [ErrPrefix]:
// bits is negative, or more than the prefix length of the network. It is Python's
// `supernet(new_prefix=bits)`.
func (n Network) Supernet(bits int) (Network, error) {
	if !n.IsValid() {
		return Network{}, fmt.Errorf("%w: supernet of %v", ErrPrefix, n)
	}
	if n.prefix == 0 {
		return n, nil
	}
	if bits < 0 || bits > n.Bits() {
		return Network{}, fmt.Errorf("%w: supernet /%d of %v", ErrPrefix, bits, n)
	}
	return n.addr.in(n.addr.num).network(uint8(bits)), nil
}

// SupernetBy is [Network.Supernet] for a prefix that is diff bits shorter. The
// error matches [ErrPrefix]: diff is negative, or too large. It is Python's
// `supernet(prefixlen_diff=diff)`, for which diff is 1 if it is not given.
func (n Network) SupernetBy(diff int) (Network, error) { return n.Supernet(n.Bits() - diff) }

// NextNetwork returns the first network with a prefix of bits bits that begins
// after the last address of n, with the zone of n. With bits the prefix length of
// n it is the one that adjoins. The error matches [ErrOverflow] if there is none,
// [ErrNetmask] if bits is no prefix length of the version.
func (n Network) NextNetwork(bits int) (Network, error) {
	if _, err := n.Version().CheckBits(bits); err != nil {
		return Network{}, err
	}
	// Round the address after the last up to a multiple of the size: the last
	// address itself lies in the network before the one that is wanted.
	host := n.addr.hostMask(uint8(bits))
	start := n.last().or(host)
	if start == n.addr.last() {
		return Network{}, &overflowError{fmt.Sprintf("no /%d after %v", bits, n)}
	}
	a := n.addr
	a.num = start.next()
	return Network{a, uint8(bits)}, nil
}

// AddressExclude returns the networks that remain of n when o is taken out of it:
// the fewest, in the order in which Python's `address_exclude` gives them, from
// the half of n without o to the one that adjoins o. None remain if o is n. They
// have the zone of n.
//
// The error matches [ErrVersion] if o is of another version, [ErrNotContained] if
// it is not a part of n, [ErrZone] if it has a zone and n has none: what remains
// would be no network.
func (n Network) AddressExclude(o Network) (iter.Seq[Network], error) {
	if err := n.comparable(o); err != nil {
		return nil, err
	}
	if !n.ContainsNetwork(o) {
		return nil, fmt.Errorf("%w: %v in %v", ErrNotContained, o, n)
	}
	if n.addr.fam != o.addr.fam {
		return nil, fmt.Errorf("%w: %v out of %v", ErrZone, o, n)
	}
	return func(yield func(Network) bool) {
		for bits := n.prefix + 1; bits <= o.prefix; bits++ {
			half := o.addr
			half.num = half.num.xor(bit(uint(n.MaxBits()) - uint(bits)))
			if !yield(half.keep(bits)) {
				return
			}
		}
	}, nil
}

// keep returns the network around a with its zone.
func (a Addr) keep(bits uint8) Network {
	a.num = a.num.and(a.hostMask(bits).not())
	return Network{a, bits}
}
