package socket

import (
	"context"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// A Resolver finds addresses and names. A *net.Resolver is one; a test may have its
// own.
type Resolver interface {
	// LookupNetIP returns a host's addresses; network is "ip", "ip4" or "ip6".
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
	// LookupAddr returns the names of an address.
	LookupAddr(ctx context.Context, addr string) ([]string, error)
	// LookupCNAME returns the name that a host has at last.
	LookupCNAME(ctx context.Context, host string) (string, error)
}

// A Lookup looks names up by means of a Resolver. The functions of the package with
// the names of its methods use the zero value, which uses net.DefaultResolver. It
// may be used concurrently.
type Lookup struct {
	// Resolver is asked; nil is net.DefaultResolver.
	Resolver Resolver
}

func (l Lookup) resolver() Resolver {
	if l.Resolver == nil {
		return net.DefaultResolver
	}
	return l.Resolver
}

// AddrInfoHints says what [GetAddrInfo] shall find. The zero value is everything.
type AddrInfoHints struct {
	// Family is AFInet, AFInet6, or AFUnspec for both.
	Family Family
	// Type is SockStream, SockDgram or SockRaw; 0 is each of them.
	Type Type
	// Proto is a protocol of the type, 0 for any.
	Proto Proto
	// Flags are AIPassive and so on.
	Flags AIFlag
}

// An AddrInfo is one way to reach a host and service: what to give to New and
// Connect.
type AddrInfo struct {
	Family Family // AFInet or AFInet6
	Type   Type
	Proto  Proto
	// CanonName is the host's name at last, on the first entry, if AICanonName asked
	// for it.
	CanonName string
	Addr      Addr
}

// GetAddrInfo finds the addresses of a host and service: `socket.getaddrinfo`. An
// empty host is Python's None: this machine itself, or with AIPassive any address; an
// empty service is port 0. The error is a *GAIError.
//
// A text such as "127.1", "0x7f000001" or "010.0.0.1", which C libraries read as
// IPv4 addresses, is no address here (see [InetAton] for those).
func GetAddrInfo(ctx context.Context, host, service string, hints AddrInfoHints) ([]AddrInfo, error) {
	return Lookup{}.GetAddrInfo(ctx, host, service, hints)
}

// A kind is a type of socket with its protocol and the name that the database of
// services has for it.
type kind struct {
	typ   Type
	proto Proto
	name  string
}

var kinds = []kind{{SockStream, ProtoTCP, "tcp"}, {SockDgram, ProtoUDP, "udp"}, {SockRaw, 0, ""}}

// GetAddrInfo is the function of that name with this Resolver.
func (l Lookup) GetAddrInfo(ctx context.Context, host, service string, hints AddrInfoHints) ([]AddrInfo, error) {
	if hints.Family != AFUnspec && hints.Family != AFInet && hints.Family != AFInet6 {
		return nil, &GAIError{Code: EAIFamily, Name: host}
	}
	if host == "" && service == "" {
		return nil, &GAIError{Code: EAINoName}
	}
	if hints.Flags&AICanonName != 0 && host == "" {
		return nil, &GAIError{Code: EAIBadFlags}
	}
	ports, err := servicePorts(service, hints)
	if err != nil {
		return nil, err
	}
	ips, canon, err := l.addresses(ctx, host, hints)
	if err != nil {
		return nil, err
	}
	var out []AddrInfo
	for _, ip := range ips {
		for _, p := range ports {
			info := AddrInfo{Type: p.typ, Proto: p.proto, Addr: FromAddrPort(netip.AddrPortFrom(ip, p.port))}
			if a, ok := info.Addr.(Inet6); ok && ip.Zone() != "" {
				if a.ScopeID, err = zoneIndex(ip.Zone()); err != nil {
					return nil, &GAIError{Code: EAINoName, Name: host, Err: err}
				}
				a.Addr = a.Addr.WithZone("")
				info.Addr = a
			}
			info.Family = info.Addr.Family()
			if len(out) == 0 {
				info.CanonName = canon
			}
			out = append(out, info)
		}
	}
	return out, nil
}

// A kindPort is a port of a service in one kind of socket.
type kindPort struct {
	kind
	port uint16
}

// servicePorts finds the port of the service for each kind of socket that is asked
// for.
func servicePorts(service string, hints AddrInfoHints) ([]kindPort, error) {
	var out []kindPort
	known := false
	for _, k := range kinds {
		if hints.Type != 0 && hints.Type != k.typ || hints.Proto != 0 && k.typ != SockRaw && hints.Proto != k.proto {
			continue
		}
		known = true
		if k.typ == SockRaw {
			if hints.Proto != 0 && hints.Type == 0 {
				continue
			}
			k.proto = hints.Proto
		}
		port, ok := servicePort(service, k.name, hints.Flags)
		if ok {
			out = append(out, kindPort{k, port})
		}
	}
	switch {
	case !known:
		return nil, &GAIError{Code: EAISockType, Name: service}
	case len(out) == 0 && hints.Flags&AINumericServ != 0:
		return nil, &GAIError{Code: EAINoName, Name: service}
	case len(out) == 0:
		return nil, &GAIError{Code: EAIService, Name: service}
	}
	return out, nil
}

func servicePort(service, proto string, flags AIFlag) (uint16, bool) {
	if service == "" {
		return 0, true
	}
	if n, err := strconv.ParseUint(service, 10, 16); err == nil {
		return uint16(n), true
	}
	if badText(service) || flags&AINumericServ != 0 || proto == "" {
		return 0, false
	}
	port, err := GetServByName(service, proto)
	return uint16(port), err == nil
}

// addresses finds the host's addresses of the family.
func (l Lookup) addresses(ctx context.Context, host string, hints AddrInfoHints) (ips []netip.Addr, canon string, err error) {
	if host == "" {
		return ownAddresses(hints), "", nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && !badText(host) {
		switch {
		case hints.Family == AFInet && ip.Is4In6() && ip.Zone() == "":
			ip = ip.Unmap()
		case hints.Family == AFInet6 && ip.Is4() && hints.Flags&AIV4Mapped != 0:
			ip = netip.AddrFrom16(ip.As16())
		case hints.Family == AFInet && !ip.Is4(), hints.Family == AFInet6 && ip.Is4():
			return nil, "", &GAIError{Code: EAIAddrFamily, Name: host}
		}
		if hints.Flags&AICanonName != 0 {
			canon = host
		}
		return []netip.Addr{ip}, canon, nil
	}
	name, err := asciiHost(host)
	if err != nil || hints.Flags&AINumericHost != 0 || looksNumeric(name) {
		return nil, "", &GAIError{Code: EAINoName, Name: host, Err: err}
	}
	network := map[Family]string{AFInet: "ip4", AFInet6: "ip6"}[hints.Family]
	if network == "" || hints.Flags&AIV4Mapped != 0 {
		network = "ip"
	}
	found, err := l.resolver().LookupNetIP(ctx, network, name)
	if err != nil {
		return nil, "", gaiError(host, err)
	}
	if ips = chosen(found, hints); len(ips) == 0 {
		return nil, "", &GAIError{Code: EAINoData, Name: host}
	}
	if hints.Flags&AICanonName != 0 {
		canon = name
		if c, err := l.resolver().LookupCNAME(ctx, name); err == nil {
			if c, ok := cleanName(c); ok {
				canon = c
			}
		}
	}
	return ips, canon, nil
}

// looksNumeric reports whether a C library could read the name as an IPv4 address: its
// last label is a number, which no top-level domain is.
func looksNumeric(name string) bool {
	name = strings.TrimSuffix(name, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == "" {
		return false
	}
	_, err := strconv.ParseUint(last, 0, 64)
	allDigits := strings.Trim(last, "0123456789") == ""
	return err == nil || allDigits
}

// ownAddresses are those for no host: any, or this machine's own.
func ownAddresses(hints AddrInfoHints) []netip.Addr {
	v4, v6 := netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()
	order := []netip.Addr{v6, v4}
	if hints.Flags&AIPassive != 0 {
		v4, v6 = netip.IPv4Unspecified(), netip.IPv6Unspecified()
		order = []netip.Addr{v4, v6}
	}
	switch hints.Family {
	case AFInet:
		return []netip.Addr{v4}
	case AFInet6:
		return []netip.Addr{v6}
	}
	return order
}

// chosen are the addresses of the family, unmapped or mapped as the hints want it.
func chosen(found []netip.Addr, hints AddrInfoHints) []netip.Addr {
	var out, mapped []netip.Addr
	for _, ip := range found {
		ip = ip.Unmap()
		switch {
		case hints.Family == AFUnspec || ip.Is4() == (hints.Family == AFInet):
			out = append(out, ip)
		case hints.Family == AFInet6 && hints.Flags&AIV4Mapped != 0:
			mapped = append(mapped, netip.AddrFrom16(ip.As16()))
		}
	}
	if len(out) == 0 || hints.Flags&AIAll != 0 {
		out = append(out, mapped...)
	}
	return out
}

// GetNameInfo returns the names of an address's host and service:
// `socket.getnameinfo`. Where there is no name it is the number, unless NINameReqd
// asks for an error. The error is a *GAIError.
func GetNameInfo(ctx context.Context, a Addr, flags NIFlag) (host, service string, err error) {
	return Lookup{}.GetNameInfo(ctx, a, flags)
}

// GetNameInfo is the function of that name with this Resolver.
func (l Lookup) GetNameInfo(ctx context.Context, a Addr, flags NIFlag) (host, service string, err error) {
	var ap netip.AddrPort
	switch a := a.(type) {
	case Inet:
		ap = a.AddrPort()
	case Inet6:
		ap = a.AddrPort()
	default:
		return "", "", &GAIError{Code: EAIFamily}
	}
	service = strconv.Itoa(int(ap.Port()))
	if flags&NINumericServ == 0 {
		proto := "tcp"
		if flags&NIDgram != 0 {
			proto = "udp"
		}
		if name, err := GetServByPort(int(ap.Port()), proto); err == nil {
			service = name
		}
	}
	if flags&NINumericHost != 0 {
		return ap.Addr().String(), service, nil
	}
	host, err = l.nameOf(ctx, ap.Addr())
	switch {
	case err == nil:
		if flags&NINoFQDN != 0 {
			host, _, _ = strings.Cut(host, ".")
		}
		return host, service, nil
	case flags&NINameReqd != 0:
		return "", "", gaiError(ap.Addr().String(), err)
	case ctx.Err() != nil:
		return "", "", gaiError(ap.Addr().String(), ctx.Err())
	}
	return ap.Addr().String(), service, nil
}

// nameOf is the first sound name of an address.
func (l Lookup) nameOf(ctx context.Context, ip netip.Addr) (string, error) {
	names, err := l.resolver().LookupAddr(ctx, ip.WithZone("").String())
	if err != nil {
		return "", err
	}
	for _, n := range names {
		if n, ok := cleanName(n); ok {
			return n, nil
		}
	}
	return "", &net.DNSError{Err: "no sound name", Name: ip.String(), IsNotFound: true}
}

// GetHostByName returns a host's first IPv4 address: `socket.gethostbyname`. The empty
// host is 0.0.0.0, "<broadcast>" 255.255.255.255. The error is a *GAIError.
func GetHostByName(ctx context.Context, host string) (netip.Addr, error) {
	return Lookup{}.GetHostByName(ctx, host)
}

// GetHostByName is the function of that name with this Resolver.
func (l Lookup) GetHostByName(ctx context.Context, host string) (netip.Addr, error) {
	switch host {
	case "":
		return netip.IPv4Unspecified(), nil
	case "<broadcast>":
		return netip.AddrFrom4([4]byte{255, 255, 255, 255}), nil
	}
	ips, _, err := l.addresses(ctx, host, AddrInfoHints{Family: AFInet})
	if err != nil {
		return netip.Addr{}, err
	}
	return ips[0], nil
}

// A HostEntry is what the old database of hosts says of a host.
type HostEntry struct {
	// Name is the host's name, Aliases its other ones.
	Name    string
	Aliases []string
	// Addrs are its addresses.
	Addrs []netip.Addr
}

// GetHostByNameEx returns a host's name, aliases and IPv4 addresses:
// `socket.gethostbyname_ex`. The error is a *GAIError or *HError.
func GetHostByNameEx(ctx context.Context, host string) (HostEntry, error) {
	return Lookup{}.GetHostByNameEx(ctx, host)
}

// GetHostByNameEx is the function of that name with this Resolver.
func (l Lookup) GetHostByNameEx(ctx context.Context, host string) (HostEntry, error) {
	ips, canon, err := l.addresses(ctx, host, AddrInfoHints{Family: AFInet, Flags: AICanonName})
	if err != nil {
		return HostEntry{}, err
	}
	e := HostEntry{Name: canon, Addrs: ips}
	if canon != host && canon != "" && !strings.EqualFold(canon, strings.TrimSuffix(host, ".")) {
		e.Aliases = []string{host}
	}
	return e, nil
}

// GetHostByAddr returns the name and aliases of an address, which may also be a
// host's name: `socket.gethostbyaddr`. The error is a *GAIError or *HError.
func GetHostByAddr(ctx context.Context, host string) (HostEntry, error) {
	return Lookup{}.GetHostByAddr(ctx, host)
}

// GetHostByAddr is the function of that name with this Resolver.
func (l Lookup) GetHostByAddr(ctx context.Context, host string) (HostEntry, error) {
	ips, _, err := l.addresses(ctx, host, AddrInfoHints{})
	if err != nil {
		return HostEntry{}, err
	}
	names, err := l.resolver().LookupAddr(ctx, ips[0].WithZone("").String())
	if err != nil {
		return HostEntry{}, &HError{Name: host, Err: err}
	}
	e := HostEntry{Addrs: ips[:1]}
	for _, n := range names {
		switch n, ok := cleanName(n); {
		case !ok:
		case e.Name == "":
			e.Name = n
		default:
			e.Aliases = append(e.Aliases, n)
		}
	}
	if e.Name == "" {
		return HostEntry{}, &HError{Name: host}
	}
	return e, nil
}

// GetFQDN returns a host's fully qualified name, the first of its names that has a dot:
// `socket.getfqdn`. Without one it is the host itself; the empty host, 0.0.0.0 and ::
// are this machine.
func GetFQDN(ctx context.Context, host string) string { return Lookup{}.GetFQDN(ctx, host) }

// GetFQDN is the function of that name with this Resolver.
func (l Lookup) GetFQDN(ctx context.Context, host string) string {
	host = strings.TrimSpace(host)
	if host == "" || host == "0.0.0.0" || host == "::" {
		host, _ = os.Hostname()
	}
	e, err := l.GetHostByAddr(ctx, host)
	if err != nil {
		return host
	}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if strings.Contains(n, ".") {
			return n
		}
	}
	return e.Name
}
