package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// state is how far a request is.
type state uint8

const (
	idle state = iota
	started
	sent
)

// A Conn is one connection to an HTTP server, on which the caller takes each step:
// Python's HTTPConnection and HTTPSConnection. It connects when that is needed.
//
// A request is [Conn.PutRequest], [Conn.PutHeader], [Conn.EndHeaders], perhaps
// [Conn.Send], then [Conn.Response]; [Conn.Request] does all but the last in one
// call. The next request can be sent once the response's header is there; its own
// response can be had once that has been read or closed. A step at the wrong time
// is an error of class [ErrState].
//
// A Conn is not for concurrent use; steps that overlap are refused with
// [ErrCannotSendRequest]. A [Pool] shares connections between goroutines.
type Conn struct {
	cfg     *Config
	host    string
	port    int
	defPort int
	network string // "tcp" or "unix"
	tls     bool

	mu    sync.Mutex // one step at a time
	w     *wire
	state state
	resp  *Response // whose body is still being read
	out   []byte    // the request's head so far

	method   string
	hasTE    bool    // Transfer-Encoding is among the headers put
	expect   bool    // the request has Expect: 100-continue
	closes   bool    // and Connection: close
	sending  *upload // its body, if that is sent meanwhile
	early    *Response
	tunnel   *tunnel
	proxied  httpx.Header
	owner    *pooled // the pool's entry, nil if it has none
	probe    probe
	sentBody bool // the whole body went out; if not, the connection ends
	broken   bool // the connection was given up for what came instead of a response
}

// A wire is a connection with what has been read of it.
type wire struct {
	nc    net.Conn
	rd    http1.Reader
	head  http1.Head
	used  bool        // a response has come
	ended atomic.Bool // the context has: no wait begins any more
}

// end ends all waits, in the name of a context.
func (w *wire) end() {
	w.ended.Store(true)
	w.nc.SetDeadline(longAgo)
}

// armRead bounds the next wait for data, if d is positive.
func (w *wire) armRead(d time.Duration) {
	if d <= 0 {
		return
	}
	w.nc.SetReadDeadline(time.Now().Add(d))
	if w.ended.Load() { // in the meantime
		w.nc.SetReadDeadline(longAgo)
	}
}

// disarmRead has the next wait for data last as long as it takes.
func (w *wire) disarmRead() {
	w.nc.SetReadDeadline(time.Time{})
	if w.ended.Load() {
		w.nc.SetReadDeadline(longAgo)
	}
}

// armWrite bounds the next sending, if d is positive.
func (w *wire) armWrite(d time.Duration) {
	if d <= 0 {
		return
	}
	w.nc.SetWriteDeadline(time.Now().Add(d))
	if w.ended.Load() {
		w.nc.SetWriteDeadline(longAgo)
	}
}

func newWire(nc net.Conn) *wire {
	w := &wire{nc: nc}
	w.rd.Src = nc
	return w
}

// New returns a connection to the host, "name", "name:port" or "[address]:port",
// which is opened when the first request needs it. cfg may be nil. A host or port
// that cannot be is [ErrInvalidURL]; a name that is not ASCII is connected to, verified
// and sent in its IDNA form.
func New(host string, cfg *Config) (*Conn, error) { return newConn(host, cfg, HTTPPort, false) }

// NewTLS is New over TLS: Python's HTTPSConnection.
func NewTLS(host string, cfg *Config) (*Conn, error) { return newConn(host, cfg, HTTPSPort, true) }

// NewUnix returns a connection over the Unix socket at the path. host is for the
// header Host; it may be empty, which means localhost.
func NewUnix(path, host string, cfg *Config) (*Conn, error) {
	if host == "" {
		host = "localhost"
	}
	c, err := newConn(host, cfg, HTTPPort, false)
	if err != nil {
		return nil, err
	}
	c.network = "unix:" + path
	return c, nil
}

// NewConn returns a Conn over an open connection, which it owns from now on.
func NewConn(nc net.Conn, host string, cfg *Config) (*Conn, error) {
	c, err := newConn(host, cfg, HTTPPort, false)
	if err != nil {
		return nil, err
	}
	c.w = newWire(nc)
	return c, nil
}

func newConn(host string, cfg *Config, def int, withTLS bool) (*Conn, error) {
	if cfg == nil {
		cfg = &noConfig
	}
	h, port, err := splitHost(host, cfg.Port, def)
	if err != nil {
		return nil, err
	}
	return &Conn{cfg: cfg, host: h, port: port, defPort: def, network: "tcp", tls: withTLS}, nil
}

// Host returns the name or address connected to.
func (c *Conn) Host() string { return c.host }

// Port returns the port connected to.
func (c *Conn) Port() int { return c.port }

// NetConn returns the connection, nil if there is none. Python's sock.
func (c *Conn) NetConn() net.Conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.w == nil {
		return nil
	}
	return c.w.nc
}

// Connect connects now. ctx bounds it. With a tunnel that is set, it asks the
// proxy to connect; a refusal is a [*TunnelError]. Without one, the errors are those
// of the dialer and of TLS.
func (c *Conn) Connect(ctx context.Context) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	return c.connect(ctx)
}

// enter begins a step; one that is under way in another goroutine is an error.
func (c *Conn) enter() error {
	if !c.mu.TryLock() {
		return ErrCannotSendRequest
	}
	return nil
}

func (c *Conn) connect(ctx context.Context) error {
	if c.w != nil {
		c.w.nc.Close()
		c.w = nil
	}
	if c.cfg.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.cfg.Timeout)
		defer cancel()
	}
	host, err := asciiHost(c.host)
	if err != nil {
		return err
	}
	if c.cfg.Lenient && c.cfg.Dial != nil {
		host = c.host
	}
	network, addr := c.network, dialAddr(host, c.port)
	if path, ok := strings.CutPrefix(network, "unix:"); ok {
		network, addr = "unix", path
	}
	nc, err := c.cfg.dial(ctx, network, addr)
	if err != nil {
		return err
	}
	w := newWire(nc)
	if c.tunnel != nil {
		if err := c.openTunnel(ctx, w); err != nil {
			nc.Close()
			if c.broken = !errors.Is(err, ErrTunnel) && !errors.Is(err, ErrInvalid); !c.broken {
				c.close()
			}
			return err
		}
	}
	if c.tls {
		if w, err = c.startTLS(ctx, w); err != nil {
			nc.Close()
			return err
		}
	}
	c.w = w
	return nil
}

// startTLS begins TLS. Bytes that a proxy has sent before are refused: nobody could
// vouch for them.
func (c *Conn) startTLS(ctx context.Context, w *wire) (*wire, error) {
	if w.rd.Len() > 0 {
		return nil, &Error{Kind: ErrBadResponse, Err: errors.New("data before TLS")}
	}
	cfg := c.cfg.TLS
	if cfg == nil {
		cfg = &tls.Config{}
	}
	if cfg.ServerName == "" {
		cfg = cfg.Clone()
		name := c.host
		if c.tunnel != nil {
			name = c.tunnel.host
		}
		var err error
		if cfg.ServerName, err = asciiHost(name); err != nil {
			return nil, err
		}
		if i := strings.IndexByte(cfg.ServerName, '%'); i >= 0 {
			cfg.ServerName = cfg.ServerName[:i]
		}
	}
	tc := tls.Client(w.nc, cfg)
	if err := tc.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return newWire(tc), nil
}

// Close closes the connection and the response whose body is being read. The Conn
// can be used again: the next request connects.
func (c *Conn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.close()
}

func (c *Conn) close() error {
	c.state, c.out, c.early, c.broken = idle, c.out[:0], nil, false
	var err error
	if c.w != nil {
		err = c.w.nc.Close()
		c.w = nil
	}
	if r := c.resp; r != nil {
		c.resp = nil
		r.drop()
	}
	return err
}

// longAgo is a deadline in the past.
var longAgo = time.Unix(1, 0)

// within has ctx bound what do does on the connection.
func within(ctx context.Context, w *wire, do func() error) error {
	if ctx.Done() == nil {
		return do()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	set := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		w.end()
		close(set)
	})
	err := do()
	if !stop() {
		<-set
		switch {
		case err == nil: // it was done just before
			w.ended.Store(false)
			w.nc.SetDeadline(time.Time{})
		case errors.Is(err, os.ErrDeadlineExceeded):
			err = ctx.Err()
		}
	}
	return err
}

// write writes all of b.
func (c *Conn) write(w *wire, b []byte) error {
	w.armWrite(c.cfg.Timeout)
	_, err := w.nc.Write(b)
	return err
}
