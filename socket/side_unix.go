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
// The arguments and results of an operation stand in fields, and the functions
// that the runtime's poller calls are made once, so that an operation does not
// allocate.
type side struct {
	s   *Socket
	raw func(func(fd uintptr) bool) error // RawConn.Read or .Write
	set func(time.Time) error             // os.File.SetReadDeadline or SetWriteDeadline

	mu       sync.Mutex // held for one operation; guards what follows
	f        func(fd int) error
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
	plain func(fd int) error // recv or send
	whole func(fd int) error // sendall

	acceptFn func(fd int) error
	named    func(fd int) error // recvfrom or sendto

	dmu  sync.Mutex // guards the deadlines
	user time.Time  // as set by the caller
	op   time.Time  // of the operation under way
}

func (d *side) init(s *Socket, raw func(func(uintptr) bool) error, set func(time.Time) error) {
	d.s, d.raw, d.set = s, raw, set
	d.stepFn = d.step
}

// step makes one attempt. It returns false to be called again when the poller
// says that the descriptor is ready.
func (d *side) step(fd uintptr) bool {
	for {
		d.err = d.f(int(fd))
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
	return d.set(t)
}

// longAgo is a deadline that has passed.
var longAgo = time.Unix(1, 0)

// do has f act on the descriptor until it answers something else than EAGAIN, in
// the socket's mode. d.mu must be held.
func (d *side) do(ctx context.Context, f func(fd int) error) error {
	d.timeout = time.Duration(d.s.timeout.Load())
	d.nonblock = d.timeout == 0
	d.f, d.armed = f, false
	var err error
	if ctx.Done() == nil {
		err = d.raw(d.stepFn)
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

// within is do under a context: its end sets a deadline in the past.
func (d *side) within(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		d.limit(longAgo)
		close(done)
	})
	err := d.raw(d.stepFn)
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
