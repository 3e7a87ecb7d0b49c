package telnet

import (
	"bytes"
	"context"
	"io"
)

// Read reads data, without commands, into p: what is at hand, else what comes next. It waits
// for the first byte until the deadline (os.ErrDeadlineExceeded). The end is io.EOF.
func (c *Conn) Read(p []byte) (int, error) {
	c.rlock <- struct{}{}
	defer func() { <-c.rlock }()
	for {
		if len(c.hand()) > 0 {
			n := copy(p, c.hand())
			if c.start += n; c.start == len(c.data) {
				c.data, c.start = c.data[:0], 0
			}
			return n, nil
		}
		if c.EOF() {
			return 0, wrap("read", c.end())
		}
		if len(p) == 0 {
			return 0, nil
		}
		n, err := c.readInto(p)
		if n > 0 {
			return n, nil // an error comes again
		}
		if err != nil {
			return 0, wrap("read", err)
		}
	}
}

// direct is the size from which on a caller's buffer is read into, without another between.
const direct = 512

// readInto reads once, into p itself if that is worth while.
func (c *Conn) readInto(p []byte) (int, error) {
	if len(p) < direct || c.cfg.Mode == ModeNVT {
		return 0, c.fill(context.Background())
	}
	if err := c.before(); err != nil {
		return 0, err
	}
	n, err := c.nc.Read(p[:min(len(p), max(len(c.raw), direct))])
	var bad error
	data := p[:0]
	if n > 0 {
		c.traceRead(p[:n])
		if data, bad = c.dec.decode(data, p[:n], c); len(data) > 0 {
			c.row = 0
		}
	}
	return len(data), c.after(n, err, bad)
}

// ReadUntil reads until match has come, and returns the data up to and with it. If it does
// not come, it returns what did, which is gone from the connection then, and why: the error
// of ctx (which matches os.ErrDeadlineExceeded if it was its time), io.ErrUnexpectedEOF
// where the stream ended behind some data, io.EOF where it ended at once. With more than
// Config.MaxBuffer bytes it is [ErrTooLong], and they stay. A context whose deadline is past
// already looks once at what has arrived. Python's `read_until`; its timeout is ctx's.
func (c *Conn) ReadUntil(ctx context.Context, match []byte) (data []byte, err error) {
	err = c.reading(ctx, "read until", func() error {
		for from, looked := 0, false; ; looked = true {
			b := c.hand()
			if i := bytes.Index(b[from:], match); i >= 0 {
				data = c.take(from + i + len(match))
				return nil
			}
			if len(b) > c.cfg.maxBuffer() {
				return ErrTooLong
			}
			if err := c.more(ctx, looked); err != nil {
				data, err = c.rest(err)
				return err
			}
			from = max(0, len(b)-len(match)+1)
		}
	})
	return data, err
}

// more reads more, where what is at hand is not what is looked for. looked tells that this
// is not the first time.
func (c *Conn) more(ctx context.Context, looked bool) error {
	if c.EOF() {
		return c.end()
	}
	if looked && ctx.Err() != nil {
		return ctx.Err()
	}
	return c.fill(ctx)
}

// rest is all that is at hand, with what ended the search. If the stream is broken it stays.
func (c *Conn) rest(err error) ([]byte, error) {
	if err == c.fail {
		return nil, err
	}
	data := c.take(len(c.hand()))
	if err == io.EOF && len(data) > 0 {
		err = io.ErrUnexpectedEOF
	}
	return data, err
}

// ReadAll reads until the stream ends, and returns all of it. That end is no error. Any
// other, also of ctx, comes with what there is; more than Config.MaxBuffer is [ErrTooLong],
// and then the data stay to be read. Python's `read_all`.
func (c *Conn) ReadAll(ctx context.Context) (data []byte, err error) {
	err = c.reading(ctx, "read all", func() error {
		for looked := false; !c.EOF(); looked = true {
			if len(c.hand()) > c.cfg.maxBuffer() {
				return ErrTooLong
			}
			if err := c.more(ctx, looked); err != nil {
				if c.fail == nil {
					data = c.take(len(c.hand()))
				}
				return err
			}
		}
		if data = c.take(len(c.hand())); len(data) == 0 && c.closed.Load() {
			return c.end()
		}
		return nil
	})
	return data, err
}

// ReadSome returns what is at hand, or waits for some data. The end is io.EOF. Python's
// `read_some`.
func (c *Conn) ReadSome(ctx context.Context) (data []byte, err error) {
	err = c.reading(ctx, "read", func() error {
		for looked := false; len(c.hand()) == 0 && !c.EOF(); looked = true {
			if err := c.more(ctx, looked); err != nil && len(c.hand()) == 0 {
				return err
			}
		}
		return c.lazy(&data)
	})
	return data, err
}

// ReadVeryEager returns all that has arrived, without waiting for more: no data and no error
// if there is nothing, io.EOF if nothing more will come. Not more than Config.MaxBuffer
// bytes are taken from the connection. ctx bounds the time, for a peer that never stops, and for the answers. A connection
// that is none of the system's, such as a TLS connection, is given a millisecond; one with a
// method TryRead(p []byte) (int, error), which fails with os.ErrDeadlineExceeded where
// nothing has come, is asked. Python's `read_very_eager`.
func (c *Conn) ReadVeryEager(ctx context.Context) ([]byte, error) {
	return c.eager(ctx, c.cfg.maxBuffer())
}

// ReadEager is ReadVeryEager that takes from the connection only if nothing is at hand, and
// only until something is. Python's `read_eager`.
func (c *Conn) ReadEager(ctx context.Context) ([]byte, error) { return c.eager(ctx, 1) }

// eager takes what has arrived until n bytes are at hand.
func (c *Conn) eager(ctx context.Context, n int) (data []byte, err error) {
	err = c.reading(ctx, "read", func() error {
		for looked := false; len(c.hand()) < n && !c.EOF() && !(looked && ctx.Err() != nil); looked = true {
			ok, err := c.fillReady()
			if err != nil && len(c.hand()) == 0 {
				return err
			}
			if !ok || err != nil {
				break
			}
		}
		return c.lazy(&data)
	})
	return data, err
}

// ReadLazy returns the data at hand: no data and no error if there is nothing, io.EOF if the
// stream has ended. It reads nothing from the connection. What Python's `read_lazy` would
// decode now has been decoded when it was read, so that it is the same as [Conn.ReadVeryLazy].
func (c *Conn) ReadLazy() ([]byte, error) { return c.ReadVeryLazy() }

// ReadVeryLazy returns the data at hand: no data and no error if there is nothing, io.EOF if
// the stream has ended. Python's `read_very_lazy`.
func (c *Conn) ReadVeryLazy() (data []byte, err error) {
	err = c.reading(context.Background(), "read", func() error { return c.lazy(&data) })
	return data, err
}

func (c *Conn) lazy(data *[]byte) error {
	if *data = c.take(len(c.hand())); len(*data) == 0 {
		*data = nil
		if c.EOF() {
			return c.end()
		}
	}
	return nil
}

// Peek returns a copy of the data at hand and leaves them. Python's attribute `cookedq`.
func (c *Conn) Peek() []byte {
	c.rlock <- struct{}{}
	defer func() { <-c.rlock }()
	return bytes.Clone(c.hand())
}

// ReadSBData returns the data of the last subnegotiation, or what has come of it, and forgets
// them; in a [CommandFunc] that gets SE they are complete. It does not wait. They are data of
// the peer's, whether the option is in use or not; [Options.OnSubnegotiation] has only those
// of options that are. With ModePython they are without NUL and DC1, as there. Python's
// `read_sb_data`.
func (c *Conn) ReadSBData() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := c.sbq
	c.sbq = nil
	return b
}
