package client

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// A Pool keeps connections to hosts open and shares them between goroutines. It is
// an http.RoundTripper, for an http.Client's Transport; [Pool.Do] is the same with
// less around it.
//
// A connection serves one request at a time. One that is idle is used again, the last
// one first, unless the server has closed it or sent something unasked in the
// meantime. A request that met a connection just being closed is sent once more on
// another, if its body can be had again and the method is safe to repeat.
//
// The zero value is ready. The fields must not be changed after the first use. A Pool
// is safe for concurrent use. There is no goroutine of its own.
type Pool struct {
	// Config is that of the connections; nil is the zero Config. Its Port is not used.
	Config *Config
	// MaxPerHost bounds the connections to one host; further requests wait. Zero means
	// no bound.
	MaxPerHost int
	// MaxIdlePerHost bounds the idle connections to one host. Zero means 64, negative
	// none.
	MaxIdlePerHost int
	// IdleTimeout is how long an idle connection is kept. Zero means 90 seconds.
	IdleTimeout time.Duration
	// Proxy names the proxy of a request, nil for none, such as
	// http.ProxyFromEnvironment. A nil Proxy means no proxy, whatever the environment
	// says. A proxy's scheme is http.
	Proxy func(*http.Request) (*url.URL, error)

	mu     sync.Mutex
	hosts  map[hostKey]*hostConns
	sweep  *time.Timer
	closed bool
}

// hostKey tells connections apart: what serves one serves the other.
type hostKey struct {
	tls   bool
	addr  string // as in the URL
	proxy string
}

// hostConns are the connections to a host.
type hostConns struct {
	open    int
	idle    []*pooled
	waiters []chan *pooled
}

// pooled is a connection of a pool.
type pooled struct {
	*Conn
	pool  *Pool
	key   hostKey
	since time.Time // idle since
}

func (p *Pool) config() *Config {
	if p.Config != nil {
		return p.Config
	}
	return &noConfig
}

func (p *Pool) maxIdle() int {
	switch {
	case p.MaxIdlePerHost > 0:
		return p.MaxIdlePerHost
	case p.MaxIdlePerHost < 0:
		return 0
	}
	return 64
}

func (p *Pool) idleTimeout() time.Duration {
	if p.IdleTimeout > 0 {
		return p.IdleTimeout
	}
	return 90 * time.Second
}

// get returns a connection, idle or yet to be opened. fresh asks for the latter.
func (p *Pool) get(ctx context.Context, key hostKey, proxy *url.URL, fresh bool) (*pooled, error) {
	for {
		c, wait, err := p.take(key, fresh)
		if err != nil {
			return nil, err
		}
		if wait != nil {
			select {
			case got, open := <-wait:
				if !open {
					return nil, net.ErrClosed
				}
				c = got
			case <-ctx.Done():
				p.abandon(key, wait)
				return nil, ctx.Err()
			}
		}
		if c == nil {
			return p.open(key, proxy)
		}
		if !fresh && c.usable() {
			return c, nil
		}
		c.discard()
	}
}

// take returns an idle connection, or nil and room for another, or what to wait on.
func (p *Pool) take(key hostKey, fresh bool) (*pooled, chan *pooled, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, nil, net.ErrClosed
	}
	h := p.hosts[key]
	if h == nil {
		if p.hosts == nil {
			p.hosts = map[hostKey]*hostConns{}
		}
		h = &hostConns{}
		key.addr = strings.Clone(key.addr) // it may be a part of a long URL
		p.hosts[key] = h
	}
	if n := len(h.idle); n > 0 {
		c := h.idle[n-1]
		h.idle[n-1] = nil
		h.idle = h.idle[:n-1]
		return c, nil, nil
	}
	if p.MaxPerHost > 0 && h.open >= p.MaxPerHost {
		wait := make(chan *pooled, 1)
		h.waiters = append(h.waiters, wait)
		return nil, wait, nil
	}
	h.open++
	return nil, nil, nil
}

// open makes a connection for which there is room.
func (p *Pool) open(key hostKey, proxy *url.URL) (*pooled, error) {
	c, err := p.newConn(key, proxy)
	if err != nil {
		p.forget(key)
		return nil, err
	}
	e := &pooled{Conn: c, pool: p, key: key}
	c.owner = e
	return e, nil
}

func (p *Pool) newConn(key hostKey, proxy *url.URL) (*Conn, error) {
	if proxy == nil {
		if key.tls {
			return NewTLS(key.addr, p.config())
		}
		return New(key.addr, p.config())
	}
	cfg := p.config()
	if proxy.Scheme != "http" {
		return nil, &Error{Kind: ErrInvalidURL, Err: &url.Error{Op: "proxy", URL: proxy.Redacted(), Err: http.ErrNotSupported}}
	}
	c, err := New(proxy.Host, cfg)
	if err != nil || !key.tls {
		return c, err
	}
	c.tls, c.defPort = true, HTTPSPort
	return c, c.SetTunnel(key.addr, proxyAuth(proxy))
}

// abandon takes a waiter back that no longer waits.
func (p *Pool) abandon(key hostKey, wait chan *pooled) {
	p.mu.Lock()
	if h := p.hosts[key]; h != nil {
		for i, w := range h.waiters {
			if w == wait {
				h.waiters = append(h.waiters[:i], h.waiters[i+1:]...)
				p.mu.Unlock()
				return
			}
		}
	}
	p.mu.Unlock()
	switch c, open := <-wait; { // it was served at the same moment
	case c != nil:
		c.release(true)
	case open:
		p.forget(key)
	}
}

// forget makes room for another connection.
func (p *Pool) forget(key hostKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[key]
	if h == nil {
		return
	}
	if len(h.waiters) > 0 {
		w := h.waiters[0]
		h.waiters = h.waiters[1:]
		w <- nil // the room is the waiter's
		return
	}
	if h.open--; h.open == 0 && len(h.idle) == 0 {
		delete(p.hosts, key)
	}
}

// release gives a connection back after a response, to be used again or not.
func (c *pooled) release(reusable bool) {
	if !reusable || c.w == nil {
		c.discard()
		return
	}
	p := c.pool
	c.w.rd.Release()
	p.mu.Lock()
	h := p.hosts[c.key]
	c.since = time.Now()
	switch {
	case h == nil || p.closed:
		p.mu.Unlock()
		c.discard()
		return
	case len(h.waiters) > 0:
		w := h.waiters[0]
		h.waiters = h.waiters[1:]
		w <- c
	case len(h.idle) >= p.maxIdle():
		p.mu.Unlock()
		c.discard()
		return
	default:
		h.idle = append(h.idle, c)
		if p.sweep == nil {
			p.sweep = time.AfterFunc(p.idleTimeout(), p.expire)
		}
	}
	p.mu.Unlock()
}

// discard closes the connection for good. Nobody else has it.
func (c *pooled) discard() {
	if c.w != nil {
		c.w.nc.Close()
		c.w = nil
	}
	c.pool.forget(c.key)
}

// usable reports whether an idle connection can take a request: nothing has come on
// it, and it has not been idle for too long.
func (c *pooled) usable() bool {
	if c.w == nil || c.w.rd.Len() > 0 || time.Since(c.since) > c.pool.idleTimeout() {
		return false
	}
	return c.quiet()
}

// expire closes what has been idle for too long.
func (p *Pool) expire() {
	p.mu.Lock()
	old := time.Now().Add(-p.idleTimeout())
	var dead []*pooled
	left := false
	for _, h := range p.hosts {
		n := 0
		for n < len(h.idle) && !h.idle[n].since.After(old) { // the oldest come first
			n++
		}
		dead = append(dead, h.idle[:n]...)
		h.idle = append(h.idle[:0:0], h.idle[n:]...)
		left = left || len(h.idle) > 0
	}
	if p.sweep = nil; left && !p.closed {
		p.sweep = time.AfterFunc(p.idleTimeout(), p.expire)
	}
	p.mu.Unlock()
	for _, c := range dead {
		c.discard()
	}
}

// CloseIdleConnections closes the connections that are idle now.
func (p *Pool) CloseIdleConnections() {
	p.mu.Lock()
	var dead []*pooled
	for _, h := range p.hosts {
		dead = append(dead, h.idle...)
		h.idle = nil
	}
	if p.sweep != nil {
		p.sweep.Stop()
		p.sweep = nil
	}
	p.mu.Unlock()
	for _, c := range dead {
		c.discard()
	}
}

// Close closes the idle connections, and the others as their responses end. Requests
// then fail with net.ErrClosed. The error is nil.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	for _, h := range p.hosts {
		for _, w := range h.waiters {
			close(w) // tells that there will be none
		}
		h.waiters = nil
	}
	p.mu.Unlock()
	p.CloseIdleConnections()
	return nil
}
