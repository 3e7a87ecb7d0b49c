//go:build unix

package socket

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// A side is one direction of a socket, reading or writing: the operation under
// way and the deadlines. Operations of one direction follow each other.
//
// The arguments and results of an operation stand in fields, and the function
// that the runtime's poller calls is made once, so that an operation does not
// allocate.
type side struct {
	s     *Socket
	write bool // the direction

	mu       sync.Mutex // held for one operation; guards what follows
	kind     attempt
	f        func(fd int) error // for the kind other
	err      error
	nonblock bool
	armed    bool
	timeout  time.Duration
	stepFn   func(fd uintptr) bool

	// The operation's arguments and results.
	p     []byte
	flags MsgFlag
	n     int
	addr  rawAddr

	dmu  sync.Mutex // guards the deadlines
	user time.Time  // as set by the caller
	op   time.Time  // of the operation under way
}

func (d *side) init(s *Socket, write bool) {
	d.s, d.write = s, write
	d.stepFn = d.step
}

// An attempt is a kind of operation.
type attempt uint8

const (
	other attempt = iota // what side.f does
	recvs
	recvsFrom
	accepts
	sends
	sendsTo
	sendsAll
)

func (d *side) attempt(fd int) error {
	switch d.kind {
	case recvs:
		return d.recv(fd)
	case recvsFrom:
		return d.recvfrom(fd)
	case accepts:
		return d.accept(fd)
	case sends:
		return d.send(fd)
	case sendsTo:
		return d.sendto(fd)
	case sendsAll:
		return d.sendall(fd)
	}
	return d.f(fd)
}

// step makes one attempt. It returns false to be called again when the poller
// says that the descriptor is ready.
func (d *side) step(fd uintptr) bool {
	for {
		d.err = d.attempt(int(fd))
		if d.err != syscall.EINTR {
			break
		}
	}
	if d.err != syscall.EAGAIN || d.nonblock {
		return true
	}
	if !d.armed && d.timeout > 0 {
		d.armed = true
		d.limit(time.Now().Add(d.timeout))
	}
	return false
}

// limit sets the deadline of the operation under way, unless it has an earlier
// one; the zero time takes it back.
func (d *side) limit(t time.Time) {
	d.dmu.Lock()
	defer d.dmu.Unlock()
	if t.IsZero() || d.op.IsZero() || t.Before(d.op) {
		d.op = t
		d.apply()
	}
}

// setDeadline sets the caller's deadline.
func (d *side) setDeadline(t time.Time) error {
	d.dmu.Lock()
	defer d.dmu.Unlock()
	d.user = t
	return d.apply()
}

// apply gives the earlier of the two deadlines to the poller.
func (d *side) apply() error {
	t := d.user
	if t.IsZero() || !d.op.IsZero() && d.op.Before(t) {
		t = d.op
	}
	if d.write {
		return d.s.file.SetWriteDeadline(t)
	}
	return d.s.file.SetReadDeadline(t)
}

// longAgo is a deadline that has passed.
var longAgo = time.Unix(1, 0)

// do has f act on the descriptor until it answers something else than EAGAIN, in
// the socket's mode. d.mu must be held.
//
// With MsgDontWait among the flags it is the non-blocking mode, for this one operation.
func (d *side) do(ctx context.Context, flags MsgFlag, f func(fd int) error) error {
	d.f, d.flags = f, flags
	err := d.perform(ctx, other)
	d.f = nil
	return err
}

// perform is do with an attempt of a kind.
func (d *side) perform(ctx context.Context, kind attempt) error {
	d.timeout = time.Duration(d.s.timeout.Load())
	d.nonblock = d.timeout == 0 || d.flags&MsgDontWait != 0
	d.kind, d.armed = kind, false
	var err error
	if ctx.Done() == nil {
		err = d.poll()
	} else {
		err = d.within(ctx)
	}
	if d.armed {
		d.limit(time.Time{})
	}
	if err != nil {
		return d.s.pollError(err)
	}
	return d.err
}

// poll has the runtime's poller call step until it returns true.
func (d *side) poll() error {
	if d.write {
		return d.s.conn.Write(d.stepFn)
	}
	return d.s.conn.Read(d.stepFn)
}

// within is poll under a context: its end sets a deadline in the past.
func (d *side) within(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		d.limit(longAgo)
		close(done)
	})
	err := d.poll()
	if !stop() {
		<-done
		d.limit(time.Time{})
		if errors.Is(err, os.ErrDeadlineExceeded) {
			err = ctx.Err()
		}
	}
	return err
}

// pollError translates what the poller answers.
func (s *Socket) pollError(err error) error {
	switch {
	case s.closed.Load():
		return net.ErrClosed
	case errors.Is(err, os.ErrDeadlineExceeded):
		return os.ErrDeadlineExceeded
	case errors.Is(err, os.ErrClosed):
		return net.ErrClosed
	}
	return err
}
