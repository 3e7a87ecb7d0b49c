package httpclient

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"syscall"
	"time"

	"github.com/pynet-go/pynet/internal/conformance"
)

// A script is what the server does, on the connections that the client opens.
type script struct {
	entries []entry
	opened  int
	dialed  []any
	err     error // the client has sent something else
}

type entry struct {
	conn          int
	expect, reply []byte
}

func newScript(v any) (*script, error) {
	s := &script{}
	list, _ := v.([]any)
	for _, x := range list {
		d, ok := x.(*conformance.Dict)
		if !ok {
			return nil, conformance.ErrNotApplicable
		}
		var e entry
		expect, _ := d.Get("expect")
		reply, _ := d.Get("reply")
		n, _ := d.Get("conn")
		e.expect, _ = expect.([]byte)
		e.reply, _ = reply.([]byte)
		if n, ok := n.(int64); ok {
			e.conn = int(n)
		}
		s.entries = append(s.entries, e)
	}
	return s, nil
}

func (s *script) dial(addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	p, _ := strconv.Atoi(port)
	s.dialed = append(s.dialed, []any{host, p})
	n := s.opened
	s.opened++
	c := &scripted{s: s}
	for _, e := range s.entries {
		if e.conn == n {
			c.todo = append(c.todo, e)
		}
	}
	if len(c.todo) == 0 && n > 0 {
		return nil, syscall.ECONNREFUSED
	}
	c.play()
	return c, nil
}

// scripted is one connection.
type scripted struct {
	s      *script
	todo   []entry
	got    []byte // what the client has sent and no entry has taken
	out    []byte // what it has not read
	eof    bool
	closed bool
}

// play performs the entries whose input has come.
func (c *scripted) play() {
	for len(c.todo) > 0 {
		e := c.todo[0]
		n := min(len(c.got), len(e.expect))
		if !bytes.Equal(c.got[:n], e.expect[:n]) {
			c.s.err = fmt.Errorf("sent %q, the script expects %q", c.got, e.expect)
			return
		}
		if n < len(e.expect) {
			return
		}
		c.got = c.got[n:]
		if c.todo = c.todo[1:]; len(e.reply) == 0 {
			c.eof = true
		}
		c.out = append(c.out, e.reply...)
	}
	c.eof = true
}

// Read implements net.Conn.
func (c *scripted) Read(p []byte) (int, error) {
	switch {
	case c.closed:
		return 0, net.ErrClosed
	case len(c.out) > 0:
		n := copy(p, c.out)
		c.out = c.out[n:]
		return n, nil
	case c.eof:
		return 0, io.EOF
	}
	c.s.err = fmt.Errorf("reads, while the script expects %q after %q", c.todo[0].expect, c.got)
	return 0, c.s.err
}

// Write implements net.Conn.
func (c *scripted) Write(p []byte) (int, error) {
	if c.closed {
		return 0, net.ErrClosed
	}
	c.got = append(c.got, p...)
	c.play()
	return len(p), nil
}

// Close implements net.Conn.
func (c *scripted) Close() error { c.closed = true; return nil }

// LocalAddr implements net.Conn.
func (*scripted) LocalAddr() net.Addr { return &net.TCPAddr{} }

// RemoteAddr implements net.Conn.
func (*scripted) RemoteAddr() net.Addr { return &net.TCPAddr{} }

// SetDeadline implements net.Conn.
func (*scripted) SetDeadline(time.Time) error { return nil }

// SetReadDeadline implements net.Conn.
func (*scripted) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline implements net.Conn.
func (*scripted) SetWriteDeadline(time.Time) error { return nil }
