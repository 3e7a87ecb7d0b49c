package ipaddress

// ACL is a list of networks to match addresses of peers against, for access
// lists. It differs from a search by [Network.Contains] in that an IPv4 address
// and the IPv6 address to which it is mapped count as one: a dual-stack socket
// reports 10.0.0.1 as ::ffff:10.0.0.1, which is in no IPv4 network.
//
// The zero ACL matches nothing. An ACL does not change; its methods may be called
// concurrently. They take about the same time however long the list is, networks
// with a zone apart.
type ACL struct {
	table *Table[struct{}]
	zoned []Network
}

// NewACL returns a list of the networks given. Zero values add nothing.
func NewACL(networks ...Network) ACL {
	l := ACL{table: new(Table[struct{}])}
	for _, n := range networks {
		switch {
		case n.addr.hasZone():
			l.zoned = append(l.zoned, n)
		case n.IsValid():
			for _, form := range [2]Network{n, n.Unmap()} {
				_ = l.table.Insert(form, struct{}{}) // valid and without zone: no error
			}
		}
	}
	return l
}

// ParseACL returns a list of the networks that the texts are. The error is that
// of [ParseNetwork]: host bits are not cleared, since "10.0.0.1/8" may have been
// meant narrower than it would become.
func ParseACL(texts ...string) (ACL, error) {
	networks := make([]Network, len(texts))
	for i, s := range texts {
		n, err := ParseNetwork(s)
		if err != nil {
			return ACL{}, err
		}
		networks[i] = n
	}
	return NewACL(networks...), nil
}

// Contains reports whether a is in one of the networks, either as it is or as the
// IPv4 address that is mapped to it. It suits lists of what is allowed.
func (l ACL) Contains(a Addr) bool {
	if l.table == nil {
		return false
	}
	if _, ok := l.table.Lookup(a.Unmap()); ok {
		return true
	}
	if a.Is4In6() {
		if _, ok := l.table.Lookup(a); ok {
			return true
		}
	}
	for _, n := range l.zoned {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// ContainsAny reports whether a or an IPv4 address that it carries
// ([Addr.EmbeddedIPv4s]) is in one of the networks. It suits lists of what is
// denied: 64:ff9b::7f00:1 reaches 127.0.0.1 through NAT64.
func (l ACL) ContainsAny(a Addr) bool {
	if l.Contains(a) {
		return true
	}
	for _, v4 := range a.EmbeddedIPv4s() {
		if l.Contains(v4) {
			return true
		}
	}
	return false
}

// ContainsUnmapped reports whether a is in the network if IPv4-mapped addresses
// and networks on both sides count as the IPv4 ones. See [ACL].
func (n Network) ContainsUnmapped(a Addr) bool {
	return n.Contains(a) || n.Unmap().Contains(a.Unmap())
}
