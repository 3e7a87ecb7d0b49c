package telnet

import (
	"context"
	"crypto/tls"
	"net"
	"strconv"
	"strings"
)

// A Client is the user's end of a connection: Python's Telnet. What it can do is what
// [Conn] can, and [Client.Login] and [Client.Interact].
type Client struct{ *Conn }

// Dial connects to the host at addr, "name", "name:port" or "[address]:port"; the port is 23,
// or 992 with Config.TLS, unless there is one. ctx bounds connecting and the handshake of TLS.
// The errors are those of the dialer and of crypto/tls; a name that is empty or has control
// characters is [ErrArgument]. cfg may be nil. Python's constructor, and `open`.
func Dial(ctx context.Context, addr string, cfg *Config) (*Client, error) {
	if cfg == nil {
		cfg = &noConfig
	}
	addr, err := address(addr, cfg.TLS != nil)
	if err != nil {
		return nil, err
	}
	dial := cfg.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	nc, err := dial(ctx, "tcp", addr)
	if err != nil {
		return nil, &Error{"dial", err}
	}
	if cfg.TLS != nil {
		tc := cfg.TLS.Clone()
		if tc.ServerName == "" {
			tc.ServerName, _, _ = net.SplitHostPort(addr)
		}
		t := tls.Client(nc, tc)
		if err := t.HandshakeContext(ctx); err != nil {
			nc.Close()
			return nil, &Error{"dial", err}
		}
		nc = t
	}
	return NewClient(nc, cfg), nil
}

// address completes addr with the port.
func address(addr string, overTLS bool) (string, error) {
	port := Port
	if overTLS {
		port = TLSPort
	}
	host, p, err := net.SplitHostPort(addr)
	if err != nil {
		host, p = strings.TrimSuffix(strings.TrimPrefix(addr, "["), "]"), ""
	}
	if p == "" {
		p = strconv.Itoa(port)
	}
	for i := range len(addr) {
		if addr[i] <= ' ' || addr[i] == 0x7f {
			host = ""
		}
	}
	if host == "" {
		return "", &Error{"dial", ErrArgument}
	}
	return net.JoinHostPort(host, p), nil
}

// NewClient returns a Client over an open connection, which it owns from now on. cfg may be
// nil. Nothing is sent before the first read or write.
func NewClient(nc net.Conn, cfg *Config) *Client {
	if cfg == nil {
		cfg = &noConfig
	}
	return &Client{newConn(nc, cfg, cfg.Options)}
}
