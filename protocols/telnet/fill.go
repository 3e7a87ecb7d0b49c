package telnet

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"time"
)

// A trier reads what has arrived without waiting.
type trier struct {
	nc    net.Conn
	ready func(p []byte) (int, error) // nil if the connection cannot do that
}

// glance is how long a connection that can only wait is waited for when nothing is to be
// waited for.
const glance = time.Millisecond

func (t *trier) init(nc net.Conn) {
	t.nc = nc
	if own, ok := nc.(interface{ TryRead([]byte) (int, error) }); ok {
		t.ready = own.TryRead
		return
	}
	t.ready = tryRead(nc)
}

// at hand: data decoded and not yet taken.
func (c *Conn) hand() []byte { return c.data[c.start:] }

// take hands out the first n bytes at hand, which are the caller's from then on.
func (c *Conn) take(n int) []byte {
	b := c.hand()
	if n < len(b) {
		c.start += n
		return append([]byte(nil), b[:n]...)
	}
	c.data, c.start = nil, 0
	return b
}

// room moves what is at hand to the front, if the space before it is most of the buffer.
func (c *Conn) room() {
	if c.start == len(c.data) {
		c.data, c.start = c.data[:0], 0
	} else if c.start > len(c.data)/2 {
		c.data = c.data[:copy(c.data, c.data[c.start:])]
		c.start = 0
	}
}

// fill waits for data, decodes one piece of the stream, and sends the answers. When the
// time of ctx is over already it takes what has arrived. The end is noted, and no error.
func (c *Conn) fill(ctx context.Context) error {
	switch err := ctx.Err(); {
	case c.ended.Load():
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		ok, err := c.fillReady()
		if err == nil && !ok {
			err = context.DeadlineExceeded
		}
		return err
	case err != nil:
		return err
	}
	if err := c.before(); err != nil {
		return err
	}
	n, err := c.nc.Read(c.raw)
	if err = c.arrived(n, err); err != nil && ctx.Err() != nil && errors.Is(err, os.ErrDeadlineExceeded) {
		err = ctx.Err()
	}
	return err
}

// fillReady is fill with what has arrived; it reports whether something has.
func (c *Conn) fillReady() (bool, error) {
	if err := c.before(); err != nil {
		return false, err
	}
	n, err := c.tryRead()
	if n == 0 && errors.Is(err, os.ErrDeadlineExceeded) {
		return false, nil
	}
	return true, c.arrived(n, err)
}

func (c *Conn) tryRead() (int, error) {
	if c.try.ready != nil {
		return c.try.ready(c.raw)
	}
	c.mu.Lock()
	if c.rd.IsZero() || time.Until(c.rd) > glance {
		c.nc.SetReadDeadline(time.Now().Add(glance))
	}
	c.mu.Unlock()
	n, err := c.nc.Read(c.raw)
	c.mu.Lock()
	if !c.rEnded {
		c.nc.SetReadDeadline(c.rd)
	}
	c.mu.Unlock()
	return n, err
}

// before is done before each read from the connection: answers that could not be written,
// and the first questions, go out.
func (c *Conn) before() error {
	if c.fail != nil {
		return c.fail
	}
	if c.raw == nil {
		c.raw = make([]byte, c.cfg.bufferSize())
	}
	c.room()
	c.answer()
	return nil
}

// arrived decodes what came.
func (c *Conn) arrived(n int, err error) error {
	var bad error
	if n > 0 {
		c.traceRead(c.raw[:n])
		old := len(c.data)
		c.data, bad = c.dec.decode(c.data, c.raw[:n], c)
		if len(c.data) > old {
			c.row = 0
		}
	}
	return c.after(n, err, bad)
}

// after looks at what a read brought beside data: bad is what is wrong with the stream.
func (c *Conn) after(n int, err, bad error) error {
	c.answer()
	if bad != nil {
		c.fail = bad
		return bad
	}
	if err == io.EOF || n == 0 && err == nil {
		c.eof.Store(true)
		c.data = c.dec.finish(c.data)
		return nil
	}
	if err != nil {
		return c.gone(err)
	}
	return nil
}

// gone is what an error of the network is called.
func (c *Conn) gone(err error) error {
	if c.closed.Load() {
		return net.ErrClosed
	}
	return err
}

// end is what there is to say when nothing is at hand and nothing more comes.
func (c *Conn) end() error {
	if c.closed.Load() {
		return net.ErrClosed
	}
	return io.EOF
}
