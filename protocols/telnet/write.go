package telnet

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
)

// writeSize is how much is encoded at a time.
const writeSize = 32 << 10

// maxQueue bounds the answers that wait.
const maxQueue = 64 << 10

// Write writes data: IAC is doubled, and line ends are as Config.Mode says. It returns how
// many bytes of p were sent. After the deadline it is os.ErrDeadlineExceeded, after Close
// net.ErrClosed. Python's `write`.
func (c *Conn) Write(p []byte) (int, error) { return c.WriteContext(context.Background(), p) }

// WriteContext is Write until ctx ends.
func (c *Conn) WriteContext(ctx context.Context, p []byte) (n int, err error) {
	err = c.writing(ctx, "write", func() (err error) {
		n, err = c.write(p)
		return err
	})
	return n, err
}

// Flush sends the commands that wait to be sent: they also go out before the next data are
// written or read.
func (c *Conn) Flush(ctx context.Context) error {
	return c.writing(ctx, "flush", func() error { return nil })
}

// writing runs do, which writes, behind the commands that wait. It is cut short when ctx ends.
func (c *Conn) writing(ctx context.Context, op string, do func() error) error {
	if err := ctx.Err(); err != nil {
		return &Error{op, err}
	}
	if err := lock(ctx, c.wlock); err != nil {
		return &Error{op, err}
	}
	run := func() error {
		if c.closed.Load() {
			return net.ErrClosed
		}
		if err := c.drain(); err != nil {
			return err
		}
		return do()
	}
	var err error
	if ctx.Done() == nil {
		err = run()
	} else {
		set := make(chan struct{})
		stop := context.AfterFunc(ctx, func() {
			c.mu.Lock()
			c.wEnded = true
			c.nc.SetWriteDeadline(longAgo)
			c.mu.Unlock()
			close(set)
		})
		err = run()
		if !stop() {
			<-set
			c.mu.Lock()
			c.wEnded = false
			c.nc.SetWriteDeadline(c.wd)
			c.mu.Unlock()
			if errors.Is(err, os.ErrDeadlineExceeded) {
				err = ctx.Err()
			}
		}
	}
	<-c.wlock
	if err != nil {
		return wrap(op, c.gone(err))
	}
	if err = c.answer(); err != nil { // of the one who reads, who did not wait for this
		return wrap(op, err)
	}
	return nil
}

// write sends p, in pieces if it is to be changed.
func (c *Conn) write(p []byte) (int, error) {
	nvt := c.cfg.Mode == ModeNVT && !c.Enabled(OptBinary, true)
	done := 0
	for done < len(p) {
		rest := p[done:]
		if !nvt {
			run := bytes.IndexByte(rest, iac)
			if run < 0 {
				run = len(rest)
			}
			if run >= writeSize || run == len(rest) { // as it is, without a copy
				n, err := c.nc.Write(rest[:run])
				c.traceWrite(rest[:n])
				if done += n; err != nil {
					return done, err
				}
				continue
			}
		}
		n, err := c.writeChanged(rest[:min(len(rest), writeSize)], nvt, len(rest) > writeSize && rest[writeSize] == '\n')
		if done += n; err != nil {
			return done, err
		}
	}
	return done, nil
}

// writeChanged sends p encoded. lf tells that a line feed is behind p.
func (c *Conn) writeChanged(p []byte, nvt, lf bool) (int, error) {
	c.wbuf = c.wbuf[:0]
	if !nvt {
		c.wbuf = appendEscaped(c.wbuf, p)
	} else {
		for i, b := range p {
			c.wbuf = appendNVT(c.wbuf, b, i > 0 && p[i-1] == '\r', i+1 < len(p) && p[i+1] == '\n' || i+1 == len(p) && lf)
		}
	}
	n, err := c.nc.Write(c.wbuf)
	c.traceWrite(c.wbuf[:n])
	if err == nil {
		return len(p), nil
	}
	// How many bytes of p is that? Half of one is sent completely by the next who writes.
	sent, at := 0, 0
	for sent < len(p) && at < n {
		one := [2]byte{iac, iac}
		size := 1
		switch {
		case nvt:
			size = len(appendNVT(one[:0], p[sent], sent > 0 && p[sent-1] == '\r', sent+1 < len(p) && p[sent+1] == '\n' || sent+1 == len(p) && lf))
		case p[sent] == iac:
			size = 2
		}
		at, sent = at+size, sent+1
	}
	if at > n {
		c.mu.Lock()
		c.out = append(append([]byte(nil), c.wbuf[n:at]...), c.out...)
		c.mu.Unlock()
	}
	return sent, err
}

// appendEscaped appends p with IAC doubled.
func appendEscaped(dst, p []byte) []byte {
	for {
		i := bytes.IndexByte(p, iac)
		if i < 0 {
			return append(dst, p...)
		}
		dst = append(append(dst, p[:i+1]...), iac)
		p = p[i+1:]
	}
}

// appendNVT appends a byte of text (RFC 854): cr tells that a CR is before it, lf that a
// line feed is behind it.
func appendNVT(dst []byte, b byte, cr, lf bool) []byte {
	switch {
	case b == iac:
		return append(dst, iac, iac)
	case b == '\n' && !cr:
		return append(dst, '\r', '\n')
	case b == '\r' && !lf:
		return append(dst, '\r', Null)
	}
	return append(dst, b)
}

// drain sends what waits in c.out. The caller holds wlock.
func (c *Conn) drain() error {
	c.mu.Lock()
	b := c.out
	c.out = nil
	c.mu.Unlock()
	if len(b) == 0 {
		return nil
	}
	n, err := c.nc.Write(b)
	c.traceWrite(b[:n])
	if n < len(b) && err != nil {
		c.mu.Lock()
		c.out = append(b[n:len(b):len(b)], c.out...)
		c.mu.Unlock()
	}
	return err
}

// answer sends what waits, unless somebody is writing, who will do it then. It is called by
// whoever has held a lock and may have left something.
func (c *Conn) answer() error {
	for {
		c.mu.Lock()
		n := len(c.out)
		c.mu.Unlock()
		if n == 0 {
			return nil
		}
		select {
		case c.wlock <- struct{}{}:
		default:
			return nil
		}
		c.answering.Store(true)
		var err error
		ended := c.ended.Load()
		if !ended {
			err = c.drain()
		}
		c.mu.Lock()
		c.answering.Store(false)
		if c.wEnded { // for the one who reads alone
			c.wEnded = false
			c.nc.SetWriteDeadline(c.wd)
		}
		c.mu.Unlock()
		<-c.wlock
		if err != nil || ended {
			return err
		}
	}
}

// queue has b sent with the next that is. The caller holds mu.
func (c *Conn) queue(b ...byte) { c.out = append(c.out, b...) }
