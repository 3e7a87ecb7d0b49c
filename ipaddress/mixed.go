package ipaddress

import (
	"cmp"
	"fmt"
)

// An Item is an [Addr], a [Network] or an [Interface], where they stand together.
type Item interface {
	fmt.Stringer
	MixedKey() MixedKey
}

// CompareMixed returns -1, 0 or +1 by the keys of the items: it sorts addresses,
// networks and interfaces together.
func CompareMixed(a, b Item) int { return a.MixedKey().Compare(b.MixedKey()) }

// MixedKey is a key by which addresses, networks and interfaces can be sorted
// together. It is the tuple of Python's `get_mixed_type_key`.
type MixedKey struct {
	Version   Version
	Addr      Addr      // the address, or the first one of a network
	Mask      Addr      // the net mask of a network; the zero Addr for others
	Interface Interface // the zero Interface for others
}

// MixedKey returns the key of an address: version and address.
func (a Addr) MixedKey() MixedKey { return MixedKey{Version: a.Version(), Addr: a} }

// MixedKey returns the key of a network: version, first address, net mask.
func (n Network) MixedKey() MixedKey {
	return MixedKey{Version: n.Version(), Addr: n.addr, Mask: n.Netmask()}
}

// MixedKey returns the key of an interface: version and interface.
func (i Interface) MixedKey() MixedKey {
	return MixedKey{Version: i.Version(), Addr: i.addr, Interface: i}
}

// Compare returns -1, 0 or +1: a total order by version, then address, then
// kind (an address, a network of which it is the first, an interface), and then
// net mask or network.
func (k MixedKey) Compare(o MixedKey) int {
	if c := cmp.Compare(k.Version, o.Version); c != 0 {
		return c
	}
	if c := k.Addr.Compare(o.Addr); c != 0 {
		return c
	}
	if c := cmp.Compare(k.kind(), o.kind()); c != 0 {
		return c
	}
	if c := k.Mask.Compare(o.Mask); c != 0 {
		return c
	}
	return k.Interface.Compare(o.Interface)
}

func (k MixedKey) kind() int {
	switch {
	case k.Interface.IsValid():
		return 2
	case k.Mask.IsValid():
		return 1
	}
	return 0
}
