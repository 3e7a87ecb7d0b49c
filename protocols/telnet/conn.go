package telnet

import (
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A Conn is a Telnet connection, seen from either end: a net.Conn whose Read and Write have
// the data without the commands, and the methods of Python's Telnet. [Client] and
// [ServerConn] have one inside.
//
// Options are negotiated while something is read, and only then. The answers wait until
// what is writing has finished, so that they never stand in the middle of anything.
//
// All methods may be called concurrently. One reads at a time, and one writes; those that
// read wait for each other. The context of a method ends this method alone: the connection
// can be used afterwards, and what has been read is not lost.
type Conn struct {
	nc  net.Conn
	cfg *Config

	rlock chan struct{} // held by who reads; guards the fields up to wlock
	raw   []byte        // what a read from nc fills
	data  []byte        // decoded, not yet taken: data[start:]
	start int
	dec   decoder
	fail  error // what ended the stream for good
	row   int   // commands in a row
	try   trier

	wlock chan struct{} // held by who writes; guards wbuf
	wbuf  []byte

	mu     sync.Mutex // guards what follows
	out    []byte     // answers that wait to be written, encoded
	sbq    []byte     // for ReadSBData
	onCmd  CommandFunc
	neg    *negotiator
	info   peerInfo
	rd, wd time.Time // the caller's deadlines
	rEnded bool      // the context of the one who reads has ended: the deadline is past
	wEnded bool
	hush   bool // traces have sizes alone

	debug sync.Mutex // held by who writes a line to Config.Debug

	answering atomic.Bool // the one who reads is writing
	closed    atomic.Bool
	eof       atomic.Bool
	ended     atomic.Bool // the context of the one who reads has ended
}

var longAgo = time.Unix(1, 0)

// newConn returns a Conn over nc.
func newConn(nc net.Conn, cfg *Config, o *Options) *Conn {
	if cfg == nil {
		cfg = &noConfig
	}
	c := &Conn{nc: nc, cfg: cfg, rlock: make(chan struct{}, 1), wlock: make(chan struct{}, 1), onCmd: cfg.OnCommand}
	c.dec = decoder{mode: cfg.Mode, maxSB: cfg.maxSB()}
	c.neg = newNegotiator(o)
	if o != nil {
		c.info.window = o.Window
		for _, opt := range o.AskLocal {
			c.ask(opt, true, true)
		}
		for _, opt := range o.AskRemote {
			c.ask(opt, false, true)
		}
	}
	c.try.init(nc)
	return c
}

// NetConn returns the connection below, on which whoever uses it sees the commands and has
// to double IAC by himself. Python's `get_socket`.
func (c *Conn) NetConn() net.Conn { return c.nc }

// LocalAddr returns the address of this end.
func (c *Conn) LocalAddr() net.Addr { return c.nc.LocalAddr() }

// RemoteAddr returns the address of the other end.
func (c *Conn) RemoteAddr() net.Addr { return c.nc.RemoteAddr() }

// SetDeadline sets both deadlines.
func (c *Conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// SetReadDeadline sets until when methods without a context wait for data; then they fail
// with os.ErrDeadlineExceeded. The zero time is no deadline. It bounds those with a context
// as well.
func (c *Conn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rd = t
	if c.rEnded {
		return nil
	}
	return c.nc.SetReadDeadline(t)
}

// SetWriteDeadline sets until when it may take to write.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wd = t
	if c.wEnded {
		return nil
	}
	return c.nc.SetWriteDeadline(t)
}

// Close closes the connection and ends all waits. What has been decoded before can still be
// read; then, and when writing, it is net.ErrClosed.
func (c *Conn) Close() error {
	c.closed.Store(true)
	return c.nc.Close()
}

// EOF reports whether the end of the stream has come, or the connection was closed. Data may
// still be there to be read. Python's attribute `eof`.
func (c *Conn) EOF() bool { return c.eof.Load() || c.closed.Load() }

// SetCommandFunc sets what is called with each command from now on; nil is nothing.
// Python's `set_option_negotiation_callback`.
func (c *Conn) SetCommandFunc(f CommandFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onCmd = f
}

// lock waits for l, as long as ctx lasts. A context that has ended still gets what nobody holds.
func lock(ctx context.Context, l chan struct{}) error {
	select {
	case l <- struct{}{}:
		return nil
	default:
	}
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// reading runs do, which reads. It is cut short when ctx ends.
func (c *Conn) reading(ctx context.Context, op string, do func() error) error {
	if err := lock(ctx, c.rlock); err != nil {
		return &Error{op, err}
	}
	defer func() { <-c.rlock }()
	if ctx.Done() == nil {
		return wrap(op, do())
	}
	if ctx.Err() != nil {
		return wrap(op, do()) // it looks for itself
	}
	set := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { c.endRead(); close(set) })
	err := do()
	if !stop() {
		<-set
		c.resume()
	}
	return wrap(op, err)
}

// endRead ends the wait of the one who reads, in the name of its context.
func (c *Conn) endRead() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended.Store(true)
	c.rEnded = true
	c.nc.SetReadDeadline(longAgo)
	if c.answering.Load() {
		c.wEnded = true
		c.nc.SetWriteDeadline(longAgo)
	}
}

// resume puts the caller's deadlines in force again.
func (c *Conn) resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended.Store(false)
	c.rEnded = false
	c.nc.SetReadDeadline(c.rd)
}

// wrap says what was done. The end of the stream is io.EOF itself, as readers have it.
func wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	if _, ok := err.(*Error); ok {
		return err
	}
	return &Error{op, err}
}
