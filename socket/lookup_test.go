//go:build unix

package socket_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// fakeDNS answers from its maps; a host that is not there is not found.
type fakeDNS struct {
	hosts  map[string][]string
	names  map[string][]string
	cnames map[string]string
	asked  []string
	err    error
}

func (d *fakeDNS) LookupNetIP(_ context.Context, network, host string) ([]netip.Addr, error) {
	d.asked = append(d.asked, network+" "+host)
	if d.err != nil {
		return nil, d.err
	}
	var out []netip.Addr
	for _, h := range d.hosts[host] {
		a := netip.MustParseAddr(h)
		if network == "ip" || a.Is4() == (network == "ip4") {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return out, nil
}

func (d *fakeDNS) LookupAddr(_ context.Context, addr string) ([]string, error) {
	if n := d.names[addr]; len(n) > 0 {
		return n, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: addr, IsNotFound: true}
}

func (d *fakeDNS) LookupCNAME(_ context.Context, host string) (string, error) {
	if c := d.cnames[host]; c != "" {
		return c, nil
	}
	return host + ".", nil
}

func TestGetAddrInfo(t *testing.T) {
	dns := &fakeDNS{
		hosts:  map[string][]string{"both.example": {"2001:db8::1", "192.0.2.1"}, "four.example": {"192.0.2.4"}, "xn--caf-dma.example": {"192.0.2.5"}, "scoped.example": {"fe80::1%1"}},
		cnames: map[string]string{"both.example": "real.example."},
	}
	l := socket.Lookup{Resolver: dns}
	stream := socket.SockStream
	tests := []struct {
		host, service string
		hints         socket.AddrInfoHints
		want          string
		code          socket.GAICode
	}{
		{"both.example", "http", socket.AddrInfoHints{Type: stream}, "[2001:db8::1]:80 192.0.2.1:80", 0},
		{"both.example", "80", socket.AddrInfoHints{Type: stream, Family: socket.AFInet}, "192.0.2.1:80", 0},
		{"four.example", "", socket.AddrInfoHints{Family: socket.AFInet}, "192.0.2.4:0 192.0.2.4:0 192.0.2.4:0", 0},
		{"four.example", "80", socket.AddrInfoHints{Type: stream, Family: socket.AFInet6}, "", socket.EAINoName},
		{"four.example", "80", socket.AddrInfoHints{Type: stream, Family: socket.AFInet6, Flags: socket.AIV4Mapped}, "[::ffff:192.0.2.4]:80", 0},
		{"both.example", "80", socket.AddrInfoHints{Type: stream, Family: socket.AFInet6, Flags: socket.AIV4Mapped | socket.AIAll}, "[2001:db8::1]:80 [::ffff:192.0.2.1]:80", 0},
		{"café.example", "80", socket.AddrInfoHints{Type: stream}, "192.0.2.5:80", 0},
		{"scoped.example", "1", socket.AddrInfoHints{Type: stream}, "[fe80::1%1]:1", 0},
		{"", "80", socket.AddrInfoHints{Type: stream}, "[::1]:80 127.0.0.1:80", 0},
		{"", "80", socket.AddrInfoHints{Type: stream, Flags: socket.AIPassive}, "0.0.0.0:80 [::]:80", 0},
		{"", "", socket.AddrInfoHints{}, "", socket.EAINoName},
		{"", "80", socket.AddrInfoHints{Flags: socket.AICanonName}, "", socket.EAIBadFlags},
		{"lost.example", "80", socket.AddrInfoHints{Type: stream}, "", socket.EAINoName},
		{"four.example", "80", socket.AddrInfoHints{Type: stream, Flags: socket.AINumericHost}, "", socket.EAINoName},
		{"four.example", "http", socket.AddrInfoHints{Type: stream, Flags: socket.AINumericServ}, "", socket.EAINoName},
		{"four.example", "no-such-service", socket.AddrInfoHints{Type: stream}, "", socket.EAIService},
		{"four.example", "65536", socket.AddrInfoHints{Type: stream}, "", socket.EAIService},
		{"four.example", "80", socket.AddrInfoHints{Family: socket.AFUnix}, "", socket.EAIFamily},
		{"four.example", "80", socket.AddrInfoHints{Type: socket.SockSeqpacket}, "", socket.EAISockType},
		{"2001:db8::1", "80", socket.AddrInfoHints{Type: stream, Family: socket.AFInet}, "", socket.EAIAddrFamily},
	}
	for _, tt := range tests {
		infos, err := l.GetAddrInfo(context.Background(), tt.host, tt.service, tt.hints)
		var got []string
		for _, i := range infos {
			got = append(got, i.Addr.String())
			require.Equal(t, i.Addr.Family(), i.Family)
		}
		require.Equal(t, tt.want, strings.Join(got, " "), "%s %s %+v", tt.host, tt.service, tt.hints)
		var gai *socket.GAIError
		if errors.As(err, &gai) {
			require.Equal(t, tt.code, gai.Code, "%s %s %+v: %v", tt.host, tt.service, tt.hints, err)
		} else {
			require.NoError(t, err)
			require.Zero(t, tt.code)
		}
	}
	infos, err := l.GetAddrInfo(context.Background(), "both.example", "80", socket.AddrInfoHints{Type: stream, Flags: socket.AICanonName})
	require.NoError(t, err)
	require.Equal(t, "real.example", infos[0].CanonName)
	require.Empty(t, infos[1].CanonName)

	dns.err = &net.DNSError{Err: "server misbehaving", IsTemporary: true}
	_, err = l.GetAddrInfo(context.Background(), "both.example", "80", socket.AddrInfoHints{})
	var gai *socket.GAIError
	require.ErrorAs(t, err, &gai)
	require.Equal(t, socket.EAIAgain, gai.Code)
	require.True(t, gai.Temporary())
}

func TestNames(t *testing.T) {
	dns := &fakeDNS{
		hosts: map[string][]string{"h.example": {"192.0.2.1"}},
		names: map[string][]string{"192.0.2.1": {"h.example.", "h.", "www.h.example."}, "192.0.2.2": {`"><img src=x>.example.`}, "192.0.2.3": {"bad name.", "good.example."}},
	}
	l := socket.Lookup{Resolver: dns}
	ctx := context.Background()
	at := func(s string, port uint16) socket.Addr {
		return socket.Inet{Addr: netip.MustParseAddr(s), Port: port}
	}
	for _, tt := range []struct {
		addr          socket.Addr
		flags         socket.NIFlag
		host, service string
	}{
		{at("192.0.2.1", 80), 0, "h.example", "http"},
		{at("192.0.2.1", 80), socket.NINoFQDN | socket.NINumericServ, "h", "80"},
		{at("192.0.2.1", 53), socket.NINumericHost | socket.NIDgram, "192.0.2.1", "domain"},
		{at("192.0.2.9", 4711), 0, "192.0.2.9", "4711"},
		{at("192.0.2.2", 80), 0, "192.0.2.2", "http"}, // the name is unsound
		{at("192.0.2.3", 80), 0, "good.example", "http"},
	} {
		host, service, err := l.GetNameInfo(ctx, tt.addr, tt.flags)
		require.NoError(t, err)
		require.Equal(t, [2]string{tt.host, tt.service}, [2]string{host, service})
	}
	_, _, err := l.GetNameInfo(ctx, at("192.0.2.9", 80), socket.NINameReqd)
	var gai *socket.GAIError
	require.ErrorAs(t, err, &gai)
	require.Equal(t, socket.EAINoName, gai.Code)
	_, _, err = l.GetNameInfo(ctx, socket.Unix{Name: "x"}, 0)
	require.ErrorAs(t, err, &gai)

	e, err := l.GetHostByAddr(ctx, "192.0.2.1")
	require.NoError(t, err)
	require.Equal(t, socket.HostEntry{Name: "h.example", Aliases: []string{"h", "www.h.example"}, Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}, e)
	_, err = l.GetHostByAddr(ctx, "192.0.2.9")
	var herr *socket.HError
	require.ErrorAs(t, err, &herr)
	e, err = l.GetHostByNameEx(ctx, "h.example")
	require.NoError(t, err)
	require.Equal(t, "h.example", e.Name)
	ip, err := l.GetHostByName(ctx, "h.example")
	require.NoError(t, err)
	require.Equal(t, "192.0.2.1", ip.String())
	require.Equal(t, "h.example", l.GetFQDN(ctx, "192.0.2.1"))
	require.Equal(t, "lost.example", l.GetFQDN(ctx, "lost.example"))
	name, err := socket.GetHostName()
	require.NoError(t, err)
	require.NotEmpty(t, name)
}

func TestInterfaces(t *testing.T) {
	list, err := socket.IfNameIndex()
	require.NoError(t, err)
	require.NotEmpty(t, list)
	for _, i := range list {
		n, err := socket.IfNameToIndex(i.Name)
		require.NoError(t, err)
		require.Equal(t, i.Index, n)
		name, err := socket.IfIndexToName(i.Index)
		require.NoError(t, err)
		require.Equal(t, i.Name, name)
	}
}

// TestCreateConnection: each address in turn, both kinds of error, and the happy-eyeballs
// form, where the address that answers wins.
func TestCreateConnection(t *testing.T) {
	gone, goneAt := server(t, loopback, nil)
	gone.Close()
	_, at := server(t, loopback, nil)
	port := at.(socket.Inet).AddrPort().Port()
	dns := &fakeDNS{hosts: map[string][]string{"h.example": {"127.0.0.2", "127.0.0.1"}}}
	ctx := context.Background()
	service := netip.AddrPortFrom(netip.IPv4Unspecified(), port).String()[len("0.0.0.0:"):]
	for _, happy := range []bool{false, true} {
		s, err := socket.CreateConnection(ctx, "h.example", service, &socket.ConnectConfig{Lookup: socket.Lookup{Resolver: dns}, HappyEyeballs: happy})
		require.NoError(t, err)
		require.Equal(t, at.String(), s.RemoteAddr().String())
		s.Close()

		lost := netip.AddrPortFrom(netip.IPv4Unspecified(), goneAt.(socket.Inet).Port).String()[len("0.0.0.0:"):]
		_, err = socket.CreateConnection(ctx, "h.example", lost, &socket.ConnectConfig{Lookup: socket.Lookup{Resolver: dns}, HappyEyeballs: happy, AllErrors: true})
		var joined interface{ Unwrap() []error }
		require.ErrorAs(t, err, &joined)
		require.Len(t, joined.Unwrap(), 2)
		_, err = socket.CreateConnection(ctx, "h.example", lost, &socket.ConnectConfig{Lookup: socket.Lookup{Resolver: dns}, HappyEyeballs: happy})
		var e *socket.Error
		require.ErrorAs(t, err, &e)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err := socket.CreateConnection(ended, "h.example", service, &socket.ConnectConfig{Lookup: socket.Lookup{Resolver: dns}, HappyEyeballs: true})
	require.ErrorIs(t, err, context.Canceled)

	s, err := socket.CreateConnection(ctx, "127.0.0.1", service, &socket.ConnectConfig{Source: socket.Inet{Addr: netip.MustParseAddr("127.0.0.3")}})
	require.NoError(t, err)
	defer s.Close()
	require.Contains(t, s.LocalAddr().String(), "127.0.0.3:")
}
