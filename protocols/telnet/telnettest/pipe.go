// Package telnettest has the other end of a Telnet connection, in memory, for tests and
// examples: a pipe with buffers, and a host that plays a script.
//
//	host := telnettest.Start(
//		telnettest.Say("login: "),
//		telnettest.Await("guest\r\n"),
//		telnettest.Say("welcome\r\n"),
//	)
//	c, err := telnet.Dial(ctx, "host.example", &telnet.Config{Dial: host.Dial})
package telnettest

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// Pipe returns the two ends of a connection in memory. Unlike with net.Pipe, what is written
// is kept until it is read, so that writing never waits. Each end has a method
// TryRead(p []byte) (int, error), which reads what has come without waiting, and fails with
// os.ErrDeadlineExceeded where nothing has.
func Pipe() (a, b net.Conn) {
	x, y := newHalf(), newHalf()
	return &end{in: x, out: y}, &end{in: y, out: x}
}

// A half is one direction.
type half struct {
	mu     sync.Mutex
	cond   *sync.Cond
	buf    []byte
	ended  bool // by who writes
	gone   bool // by who reads
	until  time.Time
	alarm  *time.Timer
	wUntil time.Time
}

func newHalf() *half {
	h := &half{}
	h.cond = sync.NewCond(&h.mu)
	return h
}

// An end is one end of a pipe.
type end struct{ in, out *half }

type addr struct{}

func (addr) Network() string { return "pipe" }
func (addr) String() string  { return "pipe" }

func (e *end) LocalAddr() net.Addr  { return addr{} }
func (e *end) RemoteAddr() net.Addr { return addr{} }

func over(t time.Time) bool { return !t.IsZero() && !time.Now().Before(t) }

// Read implements net.Conn.
func (e *end) Read(p []byte) (int, error) { return e.in.read(p, true) }

// TryRead reads what has come.
func (e *end) TryRead(p []byte) (int, error) { return e.in.read(p, false) }

func (h *half) read(p []byte, wait bool) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		switch {
		case h.gone:
			return 0, net.ErrClosed
		case over(h.until):
			return 0, os.ErrDeadlineExceeded
		case len(h.buf) > 0:
			n := copy(p, h.buf)
			h.buf = h.buf[n:]
			return n, nil
		case h.ended:
			return 0, io.EOF
		case len(p) == 0:
			return 0, nil
		case !wait:
			return 0, os.ErrDeadlineExceeded
		}
		h.cond.Wait()
	}
}

// Write implements net.Conn.
func (e *end) Write(p []byte) (int, error) {
	h := e.out
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.ended:
		return 0, net.ErrClosed
	case over(h.wUntil):
		return 0, os.ErrDeadlineExceeded
	case h.gone:
		return 0, io.ErrClosedPipe
	}
	h.buf = append(h.buf, p...)
	h.cond.Broadcast()
	return len(p), nil
}

// Close implements net.Conn.
func (e *end) Close() error {
	e.CloseWrite()
	e.in.mu.Lock()
	defer e.in.mu.Unlock()
	e.in.gone = true
	if e.in.alarm != nil {
		e.in.alarm.Stop()
	}
	e.in.cond.Broadcast()
	return nil
}

// CloseWrite ends what is written: the other end reads io.EOF after it.
func (e *end) CloseWrite() error {
	e.out.mu.Lock()
	defer e.out.mu.Unlock()
	e.out.ended = true
	e.out.cond.Broadcast()
	return nil
}

// SetDeadline implements net.Conn.
func (e *end) SetDeadline(t time.Time) error {
	e.SetReadDeadline(t)
	return e.SetWriteDeadline(t)
}

// SetReadDeadline implements net.Conn.
func (e *end) SetReadDeadline(t time.Time) error {
	h := e.in
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.gone {
		return net.ErrClosed
	}
	h.until = t
	if h.alarm != nil {
		h.alarm.Stop()
		h.alarm = nil
	}
	if d := time.Until(t); !t.IsZero() && d > 0 {
		h.alarm = time.AfterFunc(d, func() {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.cond.Broadcast()
		})
	}
	h.cond.Broadcast()
	return nil
}

// SetWriteDeadline implements net.Conn.
func (e *end) SetWriteDeadline(t time.Time) error {
	h := e.out
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wUntil = t
	return nil
}
