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
	c.answer() // for the one who reads, who did not wait for this
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
		n, err := c.writeChanged(p, done, nvt)
		if done += n; err != nil {
			return done, err
		}
	}
	return done, nil
}

// writeChanged sends some of p from the given place on, encoded.
func (c *Conn) writeChanged(p []byte, from int, nvt bool) (int, error) {
	to := min(len(p), from+writeSize)
	c.wbuf = c.wbuf[:0]
	if nvt {
		for i := from; i < to; i++ {
			c.wbuf = appendNVT(c.wbuf, p, i)
		}
	} else {
		c.wbuf = appendEscaped(c.wbuf, p[from:to])
	}
	n, err := c.nc.Write(c.wbuf)
	c.traceWrite(c.wbuf[:n])
	if err == nil {
		return to - from, nil
	}
	// How many bytes of p is that? Half of one is sent completely by the next who writes.
	i, at := from, 0
	for i < to && at < n {
		one := [2]byte{}
		if nvt {
			at += len(appendNVT(one[:0], p, i))
		} else {
			at += len(appendEscaped(one[:0], p[i:i+1]))
		}
		i++
	}
	if at > n {
		c.mu.Lock()
		c.out = append(bytes.Clone(c.wbuf[n:at]), c.out...)
		c.mu.Unlock()
	}
	return i - from, err
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

// appendNVT appends the byte of the text p that is at i (RFC 854).
func appendNVT(dst, p []byte, i int) []byte {
	switch b := p[i]; {
	case b == iac:
		return append(dst, iac, iac)
	case b == '\n' && (i == 0 || p[i-1] != '\r'):
		return append(dst, '\r', '\n')
	case b == '\r' && (i+1 == len(p) || p[i+1] != '\n'):
		return append(dst, '\r', Null)
	default:
		return append(dst, b)
	}
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
	if n < len(b) && errors.Is(err, os.ErrDeadlineExceeded) { // later, perhaps
		c.mu.Lock()
		c.out = append(b[n:len(b):len(b)], c.out...)
		c.mu.Unlock()
	}
	return err
}

// answer sends what waits, unless somebody is writing, who will do it then. It is called by
// who reads, and by whoever has written. An error is none of theirs: what can still be read is
// read, and who writes next finds out.
func (c *Conn) answer() {
	for {
		c.mu.Lock()
		n := len(c.out)
		c.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case c.wlock <- struct{}{}:
		default:
			return
		}
		c.answering.Store(true)
		stop := c.ended.Load()
		if !stop {
			stop = c.drain() != nil
		}
		c.mu.Lock()
		c.answering.Store(false)
		if c.wEnded { // for the one who reads alone
			c.wEnded = false
			c.nc.SetWriteDeadline(c.wd)
		}
		c.mu.Unlock()
		<-c.wlock
		if stop {
			return
		}
	}
}

// queue has b sent with the next that is. The caller holds mu.
func (c *Conn) queue(b ...byte) { c.out = append(c.out, b...) }
