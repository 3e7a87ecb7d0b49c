package main

import (
	"bytes"
	"context"
	"net"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// book is a resolver that knows one host.
type book struct{}

func (book) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if host != "www.example.com" {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")}, nil
}

func (book) LookupAddr(_ context.Context, addr string) ([]string, error) {
	if addr != "192.0.2.1" {
		return nil, &net.DNSError{Err: "no such host", Name: addr, IsNotFound: true}
	}
	return []string{"web1.example.com."}, nil
}

func (book) LookupCNAME(_ context.Context, host string) (string, error) {
	return "web.example.com.", nil
}

func TestResolve(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"www.example.com", "https"}, &out, book{}))
	require.Equal(t, `www.example.com is web.example.com
AF_INET	192.0.2.1:443	web1.example.com
AF_INET6	[2001:db8::1]:443	no name
`, out.String())

	out.Reset()
	require.NoError(t, run(t.Context(), []string{"192.0.2.7"}, &out, book{}))
	require.Equal(t, "AF_INET\t192.0.2.7:0\tno name\n", out.String())

	for _, args := range [][]string{{"other.example.com"}, {"127.1"}, {"192.0.2.1", "no-such-service"}} {
		var gai *socket.GAIError
		require.ErrorAs(t, run(t.Context(), args, &out, book{}), &gai, "%q", args)
	}
	require.Error(t, run(t.Context(), nil, &out, book{}))
}
