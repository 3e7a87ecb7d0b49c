package selectors

import (
	"context"
	"net"
	"slices"
	"syscall"
	"time"
)

// Select waits until a key is ready, and returns those that are, each once: `select`. It
// waits no longer than timeout, which may be Forever; zero or less does not wait at all.
// An empty answer without an error means that the time is over or [Selector.Wake] was
// called.
//
// The error is an *Error: the context's error, net.ErrClosed after Close, or the system's
// errno. A signal does not end the wait.
func (s *Selector) Select(ctx context.Context, timeout time.Duration) ([]Ready, error) {
	return s.AppendSelect(ctx, nil, timeout)
}

// AppendSelect is Select that appends to dst, so that a loop which uses its slice again
// does not allocate. A context that can end costs an allocation when it is another than
// at the call before.
func (s *Selector) AppendSelect(ctx context.Context, dst []Ready, timeout time.Duration) ([]Ready, error) {
	s.wait.Lock()
	defer s.wait.Unlock()
	limit, open := s.limit()
	if !open {
		return dst, opError("select", -1, net.ErrClosed)
	}
	if err := ctx.Err(); err != nil {
		return dst, opError("select", -1, err)
	}
	s.watch(ctx)
	if s.kind.interrupts {
		s.collecting.Store(true)
		defer s.collecting.Store(false)
	}
	var deadline time.Time
	if timeout > 0 && timeout != Forever {
		deadline = time.Now().Add(timeout)
	}
	for d := time.Duration(0); ; {
		err := s.collect(d, limit)
		var woken bool
		n := len(dst)
		if err == nil {
			dst, woken, err = s.gather(dst)
		}
		if err == nil && woken {
			err = ctx.Err()
		}
		if woken {
			woken = s.woken.Swap(false)
		}
		if err != nil || len(dst) > n || woken {
			return dst, opError("select", -1, err)
		}
		d = timeout
		if !deadline.IsZero() {
			d = time.Until(deadline)
		}
		if d <= 0 {
			return dst, nil
		}
		limit, _ = s.limit()
	}
}

// collect fills s.events with at most limit of what is ready, waiting up to d for it.
func (s *Selector) collect(d time.Duration, limit int) error {
	if d > 0 && s.parks() {
		s.err = nil
		if err := s.park.wait(d); err != nil {
			return err
		}
		return s.err
	}
	events, err := s.b.collect(s.buf[:0], limit, d)
	s.events, s.buf = events, events
	if err == syscall.EINTR {
		return nil
	}
	return err
}

// try collects without waiting, and reports whether the wait is over.
func (s *Selector) try() bool {
	limit, _ := s.limit()
	s.err = s.collect(0, limit)
	return len(s.events) > 0 || s.err != nil
}

// parks reports whether waits are the runtime's poller's. It is made ready by the first of
// them: a selector that is never waited for does not wake that with its changes.
func (s *Selector) parks() bool {
	if s.park == nil && s.parkable {
		s.park = newParker(s.b.fileno(), s.try)
		s.parkable = s.park != nil
	}
	return s.park != nil
}

// limit is how many events the next answer may have, and whether the selector is open.
func (s *Selector) limit() (n int, open bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n = s.cfg.MaxEvents; n <= 0 {
		n = s.table.n + 1 // and the wake-up
	}
	return n, !s.closed
}

// gather appends the keys of s.events, those of one descriptor as one, and reports
// whether the selector was woken.
func (s *Selector) gather(dst []Ready) (_ []Ready, woken bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stamp++
	start, lasting := len(dst), false
	for _, ev := range s.events {
		if ev.gen == wakeGen {
			woken = true
			continue
		}
		e := s.table.at(int(ev.fd))
		switch {
		case e == nil || e.gen != ev.gen:
			lasting = s.suspect(ev) || lasting
		case (e.file != nil || !s.kind.tellsReuse) && !s.open(e):
			s.b.remove(e.key.FD, e.key.Events)
			lasting = s.suspect(ev) || lasting
		case e.stamp == s.stamp:
			dst[e.pos].Is |= ev.is & e.key.Events & ready
		case ev.is&e.key.Events&ready != 0 && !e.spent:
			e.stamp, e.pos = s.stamp, int32(len(dst))
			dst = append(dst, Ready{Key: e.key, Is: ev.is & e.key.Events & ready})
		}
	}
	s.spend(dst[start:])
	s.events = s.events[:0]
	if woken {
		s.wk.drain()
	}
	if s.closed {
		return dst[:start], woken, net.ErrClosed
	}
	s.suspects, s.suspected = s.suspected[:0], s.suspects
	if lasting {
		err = s.renew()
	}
	return dst, woken, err
}

// spend disarms the OneShot keys among those that are told, where the system has not.
func (s *Selector) spend(told []Ready) {
	for i := range told {
		if told[i].Events&OneShot == 0 {
			continue
		}
		e := s.table.at(told[i].FD)
		e.spent = true
		if !s.kind.tellsOnce {
			s.b.modify(e.key.FD, e.key.Events, e.key.Events&^ready, e.gen)
		}
	}
}

// A renewer is a waiter that can hold what the system does not let it take out: an object
// that was closed while a duplicate of its descriptor is still open.
type renewer interface {
	// renew begins anew, with nothing registered.
	renew() error
}

// suspect notes an event that is in no row, and reports whether it is there to stay: one
// that was under way when its key was taken out comes once only.
func (s *Selector) suspect(ev event) (lasting bool) {
	s.suspects = append(s.suspects, ev)
	return slices.ContainsFunc(s.suspected, func(o event) bool { return o.fd == ev.fd && o.gen == ev.gen })
}

// renew has the backend forget what is in no row of the table.
func (s *Selector) renew() error {
	r, ok := s.b.(renewer)
	if !ok {
		return nil
	}
	if err := r.renew(); err != nil {
		return err
	}
	for e := s.table.next(0); e != nil; e = s.table.next(e.key.FD + 1) {
		if !s.open(e) {
			continue
		}
		events := e.key.Events
		if e.spent {
			events &^= ready // it is not armed
		}
		s.b.add(e.key.FD, events, e.gen) // fails for a number that was closed
	}
	if s.park != nil {
		s.park.close()
		s.park = nil // the next wait makes another
	}
	return nil
}

// watch has the end of ctx interrupt the wait. It stays so until a Select with another
// context, for most loops have one.
func (s *Selector) watch(ctx context.Context) {
	done := ctx.Done()
	if done == s.done {
		return
	}
	if s.stopWatch != nil {
		s.stopWatch()
		s.stopWatch = nil
	}
	if s.done = done; done != nil {
		s.stopWatch = context.AfterFunc(ctx, s.interrupt)
	}
}

// interrupt has a wait look around.
func (s *Selector) interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.wk.wake()
	}
}

// Wake ends the Select that waits, or else the next one, with an empty answer. It may be
// called from anywhere; several calls before a Select are one. After Close it does nothing.
func (s *Selector) Wake() {
	s.woken.Store(true)
	s.interrupt()
}
