// Package ipaddress is the conformance adapter of Python's module ipaddress.
package ipaddress

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/ipaddress"
)

// Adapter translates the calls of ipaddress.
type Adapter struct{}

// either is the version of Python's functions that take both.
const either = ipaddress.Version(0)

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	name := strings.TrimPrefix(c.Name, "ipaddress.")
	if c.Record.Const && !c.Nested {
		return classOf(name)
	}
	switch name {
	case "ip_address", "IPv4Address", "IPv6Address":
		return makeAddr(versionOf(name), c.Args)
	case "ip_network", "IPv4Network", "IPv6Network":
		return makeNetwork(versionOf(name), c.Args)
	case "ip_interface", "IPv4Interface", "IPv6Interface":
		return makeInterface(versionOf(name), c.Args)
	case "v4_int_to_packed":
		return intToPacked(ipaddress.V4, c.Args)
	case "v6_int_to_packed":
		return intToPacked(ipaddress.V6, c.Args)
	case "summarize_address_range":
		return summarize(c)
	case "collapse_addresses":
		return collapse(c)
	case "get_mixed_type_key":
		return mixedKey(c.Args)
	}
	return nil, conformance.ErrNotApplicable
}

// versionOf returns the version that a class is for.
func versionOf(class string) ipaddress.Version {
	switch {
	case strings.HasPrefix(class, "IPv4"):
		return ipaddress.V4
	case strings.HasPrefix(class, "IPv6"):
		return ipaddress.V6
	}
	return either
}

// valueErrors are the kinds that are a ValueError in Python and nothing narrower.
var valueErrors = []error{
	ipaddress.ErrAddress, ipaddress.ErrNetmask, ipaddress.ErrHostBits, ipaddress.ErrPrefix,
	ipaddress.ErrNotContained, ipaddress.ErrOrder, ipaddress.ErrFormat,
}

// Raises implements [conformance.Adapter].
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	if e.Type == "ValueError" {
		for _, kind := range valueErrors {
			if errors.Is(err, kind) {
				return true
			}
		}
		return false
	}
	return conformance.Errors{
		"AddressValueError": ipaddress.ErrAddress,
		"NetmaskValueError": ipaddress.ErrNetmask,
	}.Raises(err, e)
}

// object is an address, a network or an interface.
type object interface {
	conformance.Subject
	fmt.Stringer
}

// addrFrom is Python's constructor of an address: a text, bytes, an integer, or an
// object, of which it takes the text.
func addrFrom(v ipaddress.Version, x any) (ipaddress.Addr, error) {
	switch x := x.(type) {
	case string:
		return v.ParseAddr(x)
	case []byte:
		return v.AddrFromBytes(x)
	case int64:
		return v.AddrFromBig(big.NewInt(x))
	case *big.Int:
		return v.AddrFromBig(x)
	case object:
		return v.ParseAddr(x.String())
	}
	return ipaddress.Addr{}, conformance.ErrNotApplicable
}

func makeAddr(v ipaddress.Version, args conformance.Args) (any, error) {
	x, _ := args.Lookup(0, "address")
	a, err := addrFrom(v, x)
	if err != nil {
		return nil, err
	}
	return address{a}, nil
}

// prefixedFrom is Python's pair of an address and a mask.
func prefixedFrom[T any](v ipaddress.Version, pair conformance.Tuple, from func(ipaddress.Addr, int) (T, error)) (T, error) {
	var none T
	if len(pair) != 2 {
		return none, conformance.ErrNotApplicable
	}
	if v == either { // Python tries one version after the other
		n, err := prefixedFrom(ipaddress.V4, pair, from)
		if err == nil || errors.Is(err, ipaddress.ErrHostBits) {
			return n, err
		}
		return prefixedFrom(ipaddress.V6, pair, from)
	}
	a, err := addrFrom(v, pair[0])
	if err != nil {
		return none, err
	}
	var bits int
	switch mask := pair[1].(type) {
	case string:
		bits, err = v.ParseMask(mask)
	case int64:
		bits = int(mask) // the constructors check it
	default:
		err = conformance.ErrNotApplicable
	}
	if err != nil {
		return none, err
	}
	return from(a, bits)
}

func makeNetwork(v ipaddress.Version, args conformance.Args) (any, error) {
	x, _ := args.Lookup(0, "address")
	strict, err := args.BoolOr(1, "strict", true)
	if err != nil {
		return nil, err
	}
	parse, from := v.ParseNetwork, ipaddress.NetworkFrom
	if !strict {
		parse, from = v.ParseNetworkLoose, ipaddress.NetworkFromLoose
	}
	var n ipaddress.Network
	switch x := x.(type) {
	case string:
		n, err = parse(x)
	case object:
		n, err = parse(x.String())
	case conformance.Tuple:
		n, err = prefixedFrom(v, x, from)
	default:
		var a ipaddress.Addr
		a, err = addrFrom(v, x)
		n = a.Network()
	}
	if err != nil {
		return nil, err
	}
	return network{n}, nil
}

func makeInterface(v ipaddress.Version, args conformance.Args) (any, error) {
	x, _ := args.Lookup(0, "address")
	var i ipaddress.Interface
	var err error
	switch x := x.(type) {
	case string:
		i, err = v.ParseInterface(x)
	case object:
		i, err = v.ParseInterface(x.String())
	case conformance.Tuple:
		i, err = prefixedFrom(v, x, ipaddress.InterfaceFrom)
	default:
		var a ipaddress.Addr
		a, err = addrFrom(v, x)
		i = a.Interface()
	}
	if err != nil {
		return nil, err
	}
	return iface{i}, nil
}

func intToPacked(v ipaddress.Version, args conformance.Args) (any, error) {
	n, err := bigArg(args, 0, "address")
	if err != nil {
		return nil, err
	}
	return v.IntToPacked(n)
}

func summarize(c *conformance.Call) (any, error) {
	x, _ := c.Args.Lookup(0, "first")
	y, _ := c.Args.Lookup(1, "last")
	first, ok := x.(address)
	last, is := y.(address)
	if !ok || !is {
		return nil, conformance.ErrNotApplicable
	}
	seq, err := ipaddress.SummarizeRange(first.Addr, last.Addr)
	if err != nil {
		return nil, err
	}
	return conformance.Collect(seq, c.Record.First, networkObj), nil
}

func collapse(c *conformance.Call) (any, error) {
	x, _ := c.Args.Lookup(0, "addresses")
	items, ok := x.([]any)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	var networks []ipaddress.Network
	for _, item := range items {
		switch item := item.(type) {
		case network:
			networks = append(networks, item.Network)
		case address:
			networks = append(networks, item.Network())
		case iface:
			networks = append(networks, item.Addr().Network())
		default:
			return nil, conformance.ErrNotApplicable
		}
	}
	out, err := ipaddress.Collapse(networks)
	if err != nil {
		return nil, err
	}
	return cut(out, c.Record.First), nil
}

func mixedKey(args conformance.Args) (any, error) {
	x, _ := args.Lookup(0, "obj")
	item, ok := x.(interface{ MixedKey() ipaddress.MixedKey })
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	k := item.MixedKey()
	switch {
	case k.Interface.IsValid():
		return conformance.Tuple{int(k.Version), interfaceObj(k.Interface)}, nil
	case k.Mask.IsValid():
		return conformance.Tuple{int(k.Version), addrObj(k.Addr), addrObj(k.Mask)}, nil
	}
	return conformance.Tuple{int(k.Version), addrObj(k.Addr)}, nil
}
