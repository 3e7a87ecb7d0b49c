package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// A tunnel is where a proxy is to connect to.
type tunnel struct {
	host   string
	port   int
	header httpx.Header
	bad    error // no request may pass
}

// ErrConnected is the error of [Conn.SetTunnel] on an open connection.
var ErrConnected = errors.New("client: the connection is open")

// SetTunnel makes the host and port of the Conn those of a proxy, which is asked by
// CONNECT to connect to host, a "name", "name:port" or "[address]:port". The header,
// which may be nil, goes to the proxy alone; it gets a Host unless it has one.
// It must be called before the connection is opened, else it is [ErrConnected]. A bad
// port or name is [ErrInvalidURL], and then requests fail as well; a host or header that must not be sent is [ErrInvalid] when
// the connection is opened, before anything is written.
func (c *Conn) SetTunnel(host string, header httpx.Header) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	if c.w != nil {
		return ErrConnected
	}
	h, port, err := cutPort(host, 0, c.defPort)
	if err != nil {
		return err
	}
	if h == "" {
		c.tunnel = nil
		return nil
	}
	c.tunnel = &tunnel{host: h, port: port, header: slices.Clone(header)}
	if strings.Contains(h, "..") || h[0] == '.' { // which no name has
		c.tunnel.bad = &Error{Kind: ErrInvalidURL, Err: fmt.Errorf("host %.100q", h)}
		return c.tunnel.bad
	}
	_, err = hostValue(h, port, -1)
	return err
}

// ProxyHeader returns the header of the proxy's answer to CONNECT, nil if there was
// none. Python's get_proxy_response_headers.
func (c *Conn) ProxyHeader() httpx.Header {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.proxied
}

// openTunnel asks the proxy at the other end of w.
func (c *Conn) openTunnel(ctx context.Context, w *wire) error {
	t := c.tunnel
	if t.bad != nil {
		return invalid(t.bad)
	}
	if err := checkHost(t.host); err != nil {
		return invalid(err)
	}
	name, err := hostValue(t.host, t.port, -1) // always with the port
	if err != nil {
		return err
	}
	b := append([]byte("CONNECT "), name...)
	b = append(b, " HTTP/1.1\r\n"...)
	if c.cfg.HTTP10 {
		b = append(b[:len(b)-3], "0\r\n"...)
	}
	if b, err = http1.AppendHeader(b, t.header); err != nil {
		return invalid(err)
	}
	if !t.header.Has("Host") {
		b = http1.AppendField(b, "Host", name)
	}
	b = append(b, "\r\n"...)
	c.trace("send", b)
	return within(ctx, w, func() error {
		if err := c.write(w, b); err != nil {
			return err
		}
		for range c.cfg.maxInterim() + 1 {
			if err := c.readHead(w, c.cfg.Timeout); err != nil {
				return err
			}
			if w.head.Status >= 200 {
				break
			}
			w.rd.Discard(w.head.Size)
		}
		text := w.head.Text()
		c.proxied = w.head.Header(httpx.Header{}, text)
		if w.head.Status != 200 {
			return &TunnelError{Status: w.head.Status, Reason: w.head.Part(http1.Reason, text)}
		}
		w.rd.Discard(w.head.Size)
		return nil
	})
}

// hostHeader is the value of Host for a request with the target.
func (c *Conn) hostHeader(target string) (string, error) {
	if a := authority(target); a != "" {
		if ascii(a) {
			return a, nil
		}
		return hostValue(a, -1, -1)
	}
	if c.tunnel != nil {
		return hostValue(c.tunnel.host, c.tunnel.port, c.defPort)
	}
	return hostValue(c.host, c.port, c.defPort)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
