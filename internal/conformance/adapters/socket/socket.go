//go:build unix

// Package socket is the conformance adapter of Python's module socket.
package socket

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/socket"
)

// Adapter translates the calls of socket.
var Adapter conformance.Adapter = adapter{}

type adapter struct{}

// Raises translates Python's exceptions. OSError stands for any failure of a call.
func (adapter) Raises(err error, e *conformance.Exception) bool {
	var op *socket.Error
	var gai *socket.GAIError
	var herr *socket.HError
	switch {
	case e.Type == "gaierror":
		return errors.As(err, &gai)
	case e.Type == "herror":
		return errors.As(err, &herr)
	case e.Type == "OverflowError":
		return errors.Is(err, socket.ErrOverflow)
	case e.Type == "ValueError":
		return errors.Is(err, socket.ErrTimeoutValue) || errors.Is(err, socket.ErrAddress) || errors.Is(err, syscall.EAFNOSUPPORT)
	case e.Is("OSError"):
		return errors.As(err, &op) || errors.As(err, &gai)
	}
	return false
}

var families = map[string]socket.Family{"AF_INET": socket.AFInet, "AF_INET6": socket.AFInet6, "AF_UNIX": socket.AFUnix, "AF_UNSPEC": socket.AFUnspec}
var types = map[string]socket.Type{"SOCK_STREAM": socket.SockStream, "SOCK_DGRAM": socket.SockDgram, "SOCK_RAW": socket.SockRaw}
var protos = map[string]socket.Proto{"IPPROTO_TCP": socket.ProtoTCP, "IPPROTO_UDP": socket.ProtoUDP}
var aiFlags = map[string]socket.AIFlag{
	"AI_PASSIVE": socket.AIPassive, "AI_CANONNAME": socket.AICanonName, "AI_NUMERICHOST": socket.AINumericHost, "AI_V4MAPPED": socket.AIV4Mapped,
	"AI_ALL": socket.AIAll, "AI_ADDRCONFIG": socket.AIAddrConfig, "AI_NUMERICSERV": socket.AINumericServ,
}
var niFlags = map[string]socket.NIFlag{
	"NI_NUMERICHOST": socket.NINumericHost, "NI_NUMERICSERV": socket.NINumericServ, "NI_NOFQDN": socket.NINoFQDN, "NI_NAMEREQD": socket.NINameReqd,
	"NI_DGRAM": socket.NIDgram, "NI_IDN": socket.NIIDN,
}

// constant reads a constant, or several or-ed, by name; a plain number is itself.
func constant[T ~int](a conformance.Args, i int, name string, names map[string]T) (T, error) {
	v, ok := a.Lookup(i, name)
	if !ok {
		return 0, nil
	}
	switch v := v.(type) {
	case int64:
		return T(v), nil
	case conformance.Const:
		var sum T
		for n := range strings.SplitSeq(strings.TrimPrefix(string(v), "socket."), "|") {
			x, ok := names[n]
			if !ok {
				return 0, fmt.Errorf("constant %s: %w", n, conformance.ErrNotApplicable)
			}
			sum |= x
		}
		return sum, nil
	}
	return 0, fmt.Errorf("%T for a constant: %w", v, conformance.ErrNotApplicable)
}

// number reads an integer that Go's type T can hold; any other is out of range there
// as it is for Python, and Go's types exclude it.
func number[T ~int | ~uint16 | ~uint32](a conformance.Args, i int) (T, error) {
	switch v, _ := a.Lookup(i, "x"); v := v.(type) {
	case int64:
		if int64(T(v)) != v {
			return 0, fmt.Errorf("%d: %w", v, conformance.ErrNotApplicable)
		}
		return T(v), nil
	case *big.Int:
		return 0, fmt.Errorf("%v: %w", v, conformance.ErrNotApplicable)
	default:
		return 0, fmt.Errorf("%T: %w", v, conformance.ErrNotApplicable)
	}
}

// Call implements conformance.Adapter.
func (adapter) Call(c *conformance.Call) (any, error) {
	a := c.Args
	switch name := strings.TrimPrefix(c.Name, "socket."); name {
	case "htons", "ntohs":
		n, err := number[uint16](a, 0)
		if err != nil {
			return nil, err
		}
		if name == "htons" {
			return socket.HtoNS(n), nil
		}
		return socket.NtoHS(n), nil
	case "htonl", "ntohl":
		n, err := number[uint32](a, 0)
		if err != nil {
			return nil, err
		}
		if name == "htonl" {
			return socket.HtoNL(n), nil
		}
		return socket.NtoHL(n), nil
	case "CMSG_LEN", "CMSG_SPACE":
		return cmsg(name, a)
	case "inet_aton", "inet_ntoa", "inet_pton", "inet_ntop":
		return inet(name, a)
	case "getservbyname", "getservbyport", "getprotobyname":
		return service(name, a)
	case "gethostbyname":
		host, err := a.String(0, "host")
		if err != nil {
			return nil, err
		}
		ip, err := socket.GetHostByName(offline, host)
		return ip.String(), err
	case "getaddrinfo":
		return addrInfo(a)
	case "getnameinfo":
		return nameInfo(a)
	case "socket":
		return newSocket(a)
	}
	return nil, conformance.ErrNotApplicable
}

// offline is a context that has ended: no record may ask a name server.
var offline = func() context.Context {
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(1, 0))
	defer cancel()
	return ctx
}()

func cmsg(name string, a conformance.Args) (any, error) {
	n, err := number[int](a, 0)
	if err != nil {
		return nil, err
	}
	f := socket.CmsgLen
	if name == "CMSG_SPACE" {
		f = socket.CmsgSpace
	}
	return f(n)
}

func inet(name string, a conformance.Args) (any, error) {
	switch name {
	case "inet_aton":
		s, err := a.String(0, "ip_addr")
		if err != nil {
			return nil, err
		}
		b, err := socket.InetAton(s)
		return b[:], err
	case "inet_ntoa":
		b, err := a.Bytes(0, "packed_ip")
		if err != nil {
			return nil, err
		}
		return socket.InetNtoa(b)
	}
	f, err := constant(a, 0, "af", families)
	if err != nil {
		return nil, err
	}
	if name == "inet_pton" {
		s, err := a.String(1, "ip")
		if err != nil {
			return nil, err
		}
		return socket.InetPton(f, s)
	}
	b, err := a.Bytes(1, "packed_ip")
	if err != nil {
		return nil, err
	}
	return socket.InetNtop(f, b)
}

func service(name string, a conformance.Args) (any, error) {
	if name == "getservbyport" {
		port, err := number[int](a, 0)
		if err != nil {
			return nil, err
		}
		proto, err := a.StringOr(1, "protocolname", "")
		if err != nil {
			return nil, err
		}
		return socket.GetServByPort(port, proto)
	}
	s, err := a.String(0, "name")
	if err != nil {
		return nil, err
	}
	if name == "getprotobyname" {
		p, err := socket.GetProtoByName(s)
		return int(p), err
	}
	proto, err := a.StringOr(1, "protocolname", "")
	if err != nil {
		return nil, err
	}
	return socket.GetServByName(s, proto)
}

// none reads a text in which None is the empty one; an empty text itself Go cannot tell
// from it.
func none(a conformance.Args, i int, name string) (string, error) {
	switch v, _ := a.Lookup(i, name); v := v.(type) {
	case nil:
		return "", nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case string:
		if v == "" {
			return "", fmt.Errorf("empty text: %w", conformance.ErrNotApplicable)
		}
		return v, nil
	default:
		return "", fmt.Errorf("%T: %w", v, conformance.ErrNotApplicable)
	}
}

func addrInfo(a conformance.Args) (any, error) {
	host, err := none(a, 0, "host")
	if err != nil {
		return nil, err
	}
	port, err := none(a, 1, "port")
	if err != nil {
		return nil, err
	}
	var h socket.AddrInfoHints
	var e1, e2, e3, e4 error
	h.Family, e1 = constant(a, 2, "family", families)
	h.Type, e2 = constant(a, 3, "type", types)
	h.Proto, e3 = constant(a, 4, "proto", protos)
	h.Flags, e4 = constant(a, 5, "flags", aiFlags)
	if err := errors.Join(e1, e2, e3, e4); err != nil {
		return nil, err
	}
	infos, err := socket.GetAddrInfo(offline, host, port, h)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, i := range infos {
		out = append(out, conformance.Tuple{familyName(i.Family), typeName(i.Type), int(i.Proto), i.CanonName, pair(i.Addr)})
	}
	return out, nil
}

func familyName(f socket.Family) any {
	for name, v := range families {
		if v == f {
			return conformance.Const("socket." + name)
		}
	}
	return int(f)
}

func typeName(t socket.Type) any {
	for name, v := range types {
		if v == t {
			return conformance.Const("socket." + name)
		}
	}
	return int(t)
}

// pair is an address as Python's tuple.
func pair(a socket.Addr) any {
	switch a := a.(type) {
	case socket.Inet:
		return conformance.Tuple{a.AddrPort().Addr().String(), int(a.Port)}
	case socket.Inet6:
		return conformance.Tuple{a.AddrPort().Addr().String(), int(a.Port), int(a.FlowInfo), int(a.ScopeID)}
	}
	return nil
}

// address makes an Addr of Python's tuple. Go's types exclude tuples of another form and
// names in place of addresses; a port that a uint16 cannot hold is the overflow that
// Python has.
func address(v any) (socket.Addr, error) {
	t, _ := v.(conformance.Tuple)
	if len(t) < 2 {
		return nil, fmt.Errorf("%v: %w", v, conformance.ErrNotApplicable)
	}
	host, ok1 := t[0].(string)
	port, ok2 := t[1].(int64)
	ip, err := netip.ParseAddr(host)
	if !ok1 || !ok2 || err != nil || port < 0 || port > 65535 {
		return nil, fmt.Errorf("%v: %w", v, conformance.ErrNotApplicable)
	}
	return socket.FromAddrPort(netip.AddrPortFrom(ip, uint16(port))), nil
}

func nameInfo(a conformance.Args) (any, error) {
	v, _ := a.Lookup(0, "sockaddr")
	addr, err := address(v)
	if err != nil {
		return nil, err
	}
	flags, err := constant(a, 1, "flags", niFlags)
	if err != nil {
		return nil, err
	}
	host, service, err := socket.GetNameInfo(offline, addr, flags)
	return conformance.Tuple{host, service}, err
}

func newSocket(a conformance.Args) (any, error) {
	f, e1 := constant(a, 0, "family", families)
	t, e2 := constant(a, 1, "type", types)
	p, e3 := constant(a, 2, "proto", protos)
	if err := errors.Join(e1, e2, e3); err != nil {
		return nil, err
	}
	s, err := socket.New(f, t, p)
	if err != nil {
		return nil, err
	}
	return subject{s}, nil
}

// subject is a socket on which steps act.
type subject struct{ s *socket.Socket }

func (s subject) Value() any { return conformance.Obj{Class: "socket"} }

// Step implements conformance.Subject.
func (s subject) Step(st *conformance.Step) (any, error) {
	if st.Kind != "do" {
		return nil, conformance.ErrNotApplicable
	}
	switch st.Name {
	case "gettimeout":
		d, ok := s.s.Timeout()
		if !ok {
			return nil, nil
		}
		return d.Seconds(), nil
	case "getblocking":
		return s.s.Blocking(), nil
	case "settimeout":
		return nil, s.setTimeout(st.Args)
	case "setblocking":
		yes, err := st.Args.Bool(0, "flag")
		if err == nil {
			s.s.SetBlocking(yes)
		}
		return nil, err
	case "bind", "connect":
		v, _ := st.Args.Lookup(0, "address")
		addr, err := address(v)
		if err != nil {
			return nil, err
		}
		if st.Name == "bind" {
			return nil, s.s.Bind(addr)
		}
		return nil, s.s.Connect(addr)
	case "close":
		return nil, s.s.Close()
	case "fileno":
		return s.s.Fileno(), nil
	case "recv":
		n, err := st.Args.Int(0, "bufsize")
		if err != nil {
			return nil, err
		}
		b := make([]byte, n)
		got, err := s.s.Recv(b, 0)
		return b[:got], err
	}
	return nil, conformance.ErrNotApplicable
}

func (s subject) setTimeout(a conformance.Args) error {
	switch v, _ := a.Lookup(0, "value"); v := v.(type) {
	case nil:
		s.s.SetBlocking(true)
		return nil
	case int64:
		return s.s.SetTimeout(time.Duration(v) * time.Second)
	case float64:
		return s.s.SetTimeout(time.Duration(v * float64(time.Second)))
	default:
		return fmt.Errorf("%T: %w", v, conformance.ErrNotApplicable)
	}
}
