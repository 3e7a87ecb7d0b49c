package ipaddress

import (
	"fmt"
	"iter"
	"math/big"
	"slices"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/ipaddress"
)

// The subjects: an address, a network, an interface, a class.
type (
	address struct{ ipaddress.Addr }
	network struct{ ipaddress.Network }
	iface   struct{ ipaddress.Interface }
	class   struct{ ipaddress.Version }
)

func classOf(name string) (any, error) {
	v := versionOf(name)
	if v == either {
		return nil, conformance.ErrNotApplicable
	}
	return class{v}, nil
}

func addrObj(a ipaddress.Addr) any       { return obj(a.Version(), "Address", a) }
func networkObj(n ipaddress.Network) any { return obj(n.Version(), "Network", n) }
func interfaceObj(i ipaddress.Interface) any {
	return obj(i.Version(), "Interface", i)
}

func obj(v ipaddress.Version, class string, x fmt.Stringer) conformance.Obj {
	return conformance.Obj{Class: v.String() + class, Str: x.String()}
}

func repr(o any) (any, error) {
	return fmt.Sprintf("%s('%s')", o.(conformance.Obj).Class, o.(conformance.Obj).Str), nil
}

// Value implements [conformance.Subject].
func (s address) Value() any { return addrObj(s.Addr) }

// Value implements [conformance.Subject].
func (s network) Value() any { return networkObj(s.Network) }

// Value implements [conformance.Subject].
func (s iface) Value() any { return interfaceObj(s.Interface) }

// Value implements [conformance.Subject].
func (s class) Value() any { return conformance.Const(s.String()) }

// Step implements [conformance.Subject].
func (s class) Step(st *conformance.Step) (any, error) {
	switch st.Name {
	case "version":
		return int(s.Version), nil
	case "max_prefixlen":
		return s.MaxBits(), nil
	}
	return nil, conformance.ErrNotApplicable
}

// common are the methods that all three have.
type common interface {
	fmt.Stringer
	Version() ipaddress.Version
	MaxBits() int
	Expanded() string
	ReverseSpelling() string
	IsMulticast() bool
	IsPrivate() bool
	IsGlobal() bool
	IsUnspecified() bool
	IsReserved() bool
	IsLoopback() bool
	IsLinkLocal() bool
	IsSiteLocal() bool
}

// attribute reads one that all three have.
func attribute(s common, name string) (any, error) {
	switch name {
	case "version":
		return int(s.Version()), nil
	case "max_prefixlen":
		return s.MaxBits(), nil
	case "compressed":
		return s.String(), nil
	case "exploded":
		return s.Expanded(), nil
	case "reverse_pointer":
		return s.ReverseSpelling(), nil
	case "is_multicast":
		return s.IsMulticast(), nil
	case "is_private":
		return s.IsPrivate(), nil
	case "is_global":
		return s.IsGlobal(), nil
	case "is_unspecified":
		return s.IsUnspecified(), nil
	case "is_reserved":
		return s.IsReserved(), nil
	case "is_loopback":
		return s.IsLoopback(), nil
	case "is_link_local":
		return s.IsLinkLocal(), nil
	case "is_site_local":
		return s.IsSiteLocal(), nil
	}
	return nil, conformance.ErrNotApplicable
}

// addressLike are the methods that an address and an interface have.
type addressLike interface {
	common
	Bytes() []byte
	Big() *big.Int
	Zone() string
	IPv4Mapped() (ipaddress.Addr, bool)
	SixToFour() (ipaddress.Addr, bool)
	Teredo() (server, client ipaddress.Addr, ok bool)
	FormatSpec(string) (string, error)
}

// addressAttribute reads one that an address and an interface have.
func addressAttribute(s addressLike, name string) (any, error) {
	switch name {
	case "packed":
		return s.Bytes(), nil
	case "scope_id":
		if z := s.Zone(); z != "" {
			return z, nil
		}
		return nil, nil
	case "ipv4_mapped":
		return orNone(s.IPv4Mapped())
	case "sixtofour":
		return orNone(s.SixToFour())
	case "teredo":
		server, client, ok := s.Teredo()
		if !ok {
			return nil, nil
		}
		return conformance.Tuple{addrObj(server), addrObj(client)}, nil
	}
	return attribute(s, name)
}

func orNone(a ipaddress.Addr, ok bool) (any, error) {
	if !ok {
		return nil, nil
	}
	return addrObj(a), nil
}

// Step implements [conformance.Subject].
func (s address) Step(st *conformance.Step) (any, error) {
	switch {
	case st.Kind == "get" && st.Name == "ipv6_mapped":
		return addrObj(s.IPv6Mapped()), nil
	case st.Kind == "get":
		return addressAttribute(s, st.Name)
	case st.Kind != "op":
		return nil, conformance.ErrNotApplicable
	}
	switch st.Name {
	case "int":
		return s.Big(), nil
	case "str":
		return s.String(), nil
	case "repr":
		return repr(s.Value())
	case "format":
		return format(s, st)
	case "add", "sub":
		return move(st, s.Add, s.AddBig, s.Sub, s.SubBig, addrObj)
	}
	o, ok := st.Arg.(address)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	return order(st.Name, s.Addr, o.Addr, s.Less)
}

// Step implements [conformance.Subject].
func (s iface) Step(st *conformance.Step) (any, error) {
	switch st.Kind {
	case "get":
		return s.get(st.Name)
	case "op":
	default:
		return nil, conformance.ErrNotApplicable
	}
	switch st.Name {
	case "int":
		return s.Big(), nil
	case "str":
		return s.String(), nil
	case "repr":
		return repr(s.Value())
	case "format":
		return format(s, st)
	case "add", "sub":
		return move(st, s.Add, s.AddBig, s.Sub, s.SubBig, interfaceObj)
	}
	o, ok := st.Arg.(iface)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	return order(st.Name, s.Interface, o.Interface, s.Less)
}

func (s iface) get(name string) (any, error) {
	switch name {
	case "ip":
		return addrObj(s.IP()), nil
	case "network":
		return networkObj(s.Network()), nil
	}
	if v, err := masked(s, name); err == nil {
		return v, nil
	}
	return addressAttribute(s, name)
}

// masked reads an attribute that a network and an interface have.
func masked(s interface {
	Netmask() ipaddress.Addr
	Hostmask() ipaddress.Addr
	WithPrefixLen() string
	WithNetmask() string
	WithHostmask() string
}, name string) (any, error) {
	switch name {
	case "netmask":
		return addrObj(s.Netmask()), nil
	case "hostmask":
		return addrObj(s.Hostmask()), nil
	case "with_prefixlen":
		return s.WithPrefixLen(), nil
	case "with_netmask":
		return s.WithNetmask(), nil
	case "with_hostmask":
		return s.WithHostmask(), nil
	}
	return nil, conformance.ErrNotApplicable
}

// Step implements [conformance.Subject].
func (s network) Step(st *conformance.Step) (any, error) {
	switch st.Kind {
	case "get":
		return s.get(st.Name)
	case "do":
		return s.do(st)
	case "op":
		return s.op(st)
	}
	return nil, conformance.ErrNotApplicable
}

func (s network) get(name string) (any, error) {
	switch name {
	case "network_address":
		return addrObj(s.Addr()), nil
	case "broadcast_address":
		return addrObj(s.Broadcast()), nil
	case "prefixlen":
		return s.Bits(), nil
	case "num_addresses":
		return s.Len(), nil
	}
	if v, err := masked(s, name); err == nil {
		return v, nil
	}
	return attribute(s, name)
}

func (s network) do(st *conformance.Step) (any, error) {
	switch st.Name {
	case "hosts":
		return conformance.Collect(s.Hosts(), st.First, addrObj), nil
	case "subnets":
		seq, err := byBits(st.Args, s.Subnets, s.SubnetsBy)
		if err != nil {
			return nil, err
		}
		return conformance.Collect(seq, st.First, networkObj), nil
	case "supernet":
		n, err := byBits(st.Args, s.Supernet, s.SupernetBy)
		if err != nil {
			return nil, err
		}
		return networkObj(n), nil
	}
	x, _ := st.Args.Lookup(0, "other")
	o, ok := x.(network)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	switch st.Name {
	case "overlaps":
		return s.Overlaps(o.Network), nil
	case "subnet_of":
		return s.SubnetOf(o.Network)
	case "supernet_of":
		return s.SupernetOf(o.Network)
	case "compare_networks":
		return s.CompareNetworks(o.Network)
	case "address_exclude":
		seq, err := s.AddressExclude(o.Network)
		if err != nil {
			return nil, err
		}
		return conformance.Collect(seq, st.First, networkObj), nil
	}
	return nil, conformance.ErrNotApplicable
}

// byBits calls the function for the argument that is given. Both arguments
// together cannot be expressed: Go has a function for each.
func byBits[T any](args conformance.Args, bits, diff func(int) (T, error)) (T, error) {
	var none T
	newPrefix, given := args.Lookup(1, "new_prefix")
	d, err := args.IntOr(0, "prefixlen_diff", 1)
	if err != nil {
		return none, err
	}
	if _, both := args.Lookup(0, "prefixlen_diff"); given && both {
		return none, conformance.ErrNotApplicable
	}
	if !given {
		return diff(int(d))
	}
	n, ok := newPrefix.(int64)
	if !ok {
		return none, conformance.ErrNotApplicable
	}
	return bits(int(n))
}

func (s network) op(st *conformance.Step) (any, error) {
	switch st.Name {
	case "str":
		return s.String(), nil
	case "repr":
		return repr(s.Value())
	case "format":
		if st.Arg == "" {
			return s.String(), nil
		}
		return nil, conformance.ErrNotApplicable // a Network has no FormatSpec
	case "iter":
		return conformance.Collect(s.All(), st.First, addrObj), nil
	case "item":
		n, err := bigValue(st.Arg)
		if err != nil {
			return nil, err
		}
		return addressOrError(s.AtBig(n))
	case "in":
		switch o := st.Arg.(type) {
		case address:
			return s.Contains(o.Addr), nil
		case iface:
			return s.Contains(o.Addr()), nil
		}
		return nil, conformance.ErrNotApplicable
	}
	o, ok := st.Arg.(network)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	return order(st.Name, s.Network, o.Network, s.Less)
}

func addressOrError(a ipaddress.Addr, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return addrObj(a), nil
}

// order is Python's comparisons, which derive from __lt__ and __eq__.
func order[T comparable](op string, a, b T, less func(T) (bool, error)) (any, error) {
	switch op {
	case "eq":
		return a == b, nil
	case "ne":
		return a != b, nil
	}
	lt, err := less(b)
	if err != nil {
		return nil, err
	}
	switch op {
	case "lt":
		return lt, nil
	case "le":
		return lt || a == b, nil
	case "gt":
		return !lt && a != b, nil
	case "ge":
		return !lt, nil
	}
	return nil, conformance.ErrNotApplicable
}

func format(s addressLike, st *conformance.Step) (any, error) {
	spec, ok := st.Arg.(string)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	return s.FormatSpec(spec)
}

// move is Python's + and -, with a number of any size.
func move[T any](st *conformance.Step, add func(int64) (T, error), addBig func(*big.Int) (T, error),
	sub func(int64) (T, error), subBig func(*big.Int) (T, error), value func(T) any) (any, error) {
	var v T
	var err error
	switch n := st.Arg.(type) {
	case int64:
		if st.Name == "sub" {
			add = sub
		}
		v, err = add(n)
	case *big.Int:
		if st.Name == "sub" {
			addBig = subBig
		}
		v, err = addBig(n)
	default:
		err = conformance.ErrNotApplicable
	}
	if err != nil {
		return nil, err
	}
	return value(v), nil
}

func cut(networks []ipaddress.Network, first int) []any {
	return conformance.Collect(iter.Seq[ipaddress.Network](slices.Values(networks)), first, networkObj)
}

func bigArg(args conformance.Args, i int, name string) (*big.Int, error) {
	x, _ := args.Lookup(i, name)
	return bigValue(x)
}

func bigValue(x any) (*big.Int, error) {
	switch x := x.(type) {
	case int64:
		return big.NewInt(x), nil
	case *big.Int:
		return x, nil
	}
	return nil, conformance.ErrNotApplicable
}
