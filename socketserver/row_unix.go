//go:build unix

package socketserver

import (
	"cmp"
	"os"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// What a row is at.
const (
	rowIdle    uint8 = iota // waits for something to read
	rowQueued               // is in the loop's queue
	rowRunning              // is a handler's
	rowClosing              // waits for its output to be sent, and then ends
	rowGone                 // has ended, or was detached
)

// A row is a connection of a loop. Of an idle one it is all that there is.
type row struct {
	state any // Conn.State
	loop  *loop
	tls   *rowTLS
	conn  *loopConn              // kept from a call for the next, with what was read ahead
	out   atomic.Pointer[output] // what is still to be sent
	rwait *waiter                // a handler that waits for something to read
	wwait *waiter                // … for room to write
	timer timer
	part  *part // of a request: what was read ahead
	fd    int32

	// The rest is guarded by the loop's mutex, but for the two that the reader clears.
	status   uint8
	fresh    bool        // the handler has not been told of it
	closed   bool        // by Conn.Close or the server's end
	writable bool        // it was told since rowRaw.Write has looked
	readable atomic.Bool // there may be something to read
	marks    atomic.Bool // a short read may not have all: the peer's side has ended, or there are marks in the stream
}

// An output is a queue of bytes.
type output struct{ buf []byte }

// A waiter is a handler that waits, for a moment or until its deadline.
type waiter struct{ c chan struct{} }

func (w *waiter) signal() {
	select {
	case w.c <- struct{}{}:
	default:
	}
}

// queue puts a row that is idle into the loop's queue. The mutex must be held.
func (r *row) queue() {
	r.status = rowQueued
	r.loop.queue = append(r.loop.queue, work{row: r})
}

// told is what the selector says of a row. The mutex must be held.
func (r *row) told(read, write, hup bool) {
	if hup {
		r.marks.Store(true)
	}
	if write {
		r.writable = true
		r.flush()
		if r.wwait != nil {
			r.wwait.signal()
		}
	}
	if !read {
		return
	}
	r.readable.Store(true)
	if r.rwait != nil {
		r.rwait.signal()
	} else if r.status == rowIdle && !r.choked() {
		r.queue()
	}
}

// choked reports whether so much output is queued that no request is read.
func (r *row) choked() bool {
	o := r.out.Load()
	return o != nil && len(o.buf) >= r.loop.r.maxQueued
}

// flush sends of the queued output what goes. The mutex must be held.
func (r *row) flush() {
	o := r.out.Load()
	if o == nil || r.status == rowGone {
		return
	}
	choked := r.choked()
	for len(o.buf) > 0 {
		n, errno := rawWrite(int(r.fd), o.buf)
		if errno == eintr {
			continue
		}
		if errno != 0 && errno != eagain {
			r.closed = true // what is queued cannot be sent any more
			o.buf = nil
			break
		}
		if errno != 0 {
			break
		}
		o.buf = o.buf[n:]
	}
	if len(o.buf) == 0 {
		r.out.Store(nil)
	}
	if r.wwait != nil && !r.choked() {
		r.wwait.signal()
	}
	switch {
	case len(o.buf) > 0:
	case r.status == rowClosing, r.closed && r.status == rowIdle:
		r.loop.remove(r)
	case r.status == rowIdle && choked && r.readable.Load():
		r.queue()
	case r.status == rowIdle:
		r.rest()
	}
}

// rest makes the row idle, for IdleTimeout. The mutex must be held.
func (r *row) rest() {
	r.status = rowIdle
	s := r.loop.r.s
	sending := r.out.Load() != nil
	if r.loop.swept && !sending {
		r.loop.remove(r)
		return
	}
	limit := s.IdleTimeout
	if r.part != nil {
		if limit = 0; r.part.by != 0 {
			limit = max(tick, time.Until(r.part.by.time()))
		}
	}
	if sending { // whichever is sooner
		if write := cmp.Or(s.WriteTimeout, s.IdleTimeout); limit == 0 || 0 < write && write < limit {
			limit = write
		}
	}
	r.limit(limit)
}

// limit sets the row's timer; zero is none.
func (r *row) limit(d time.Duration) {
	l := r.loop
	if d <= 0 {
		r.timer.due = 0
		return
	}
	l.wheel.set(&r.timer, l.ticks()+int64((d+tick-1)/tick)+1)
	if l.sleeping && r.timer.due < l.wakeAt {
		l.sel.Wake()
	}
}

// expired ends a row of which the time is over. The mutex must be held.
func (r *row) expired() {
	if r.status == rowIdle || r.status == rowClosing {
		if s := r.loop.r.s; r.shaking() {
			from := remoteAddr(int(r.fd))
			s.calls.Add(1)
			go func() { // HandleError is not called with the mutex held
				defer s.calls.Done()
				client, _ := socket.AddrFrom(from)
				s.report(s.ctx, client, &HandshakeError{os.ErrDeadlineExceeded})
			}()
		}
		r.loop.remove(r)
	}
}

// shaking reports whether the handshake of TLS has not been made.
func (r *row) shaking() bool { return r.loop.r.s.TLS != nil && (r.tls == nil || !r.tls.shaken) }

// shut closes the row from outside. A handler that has it notices. The mutex must be held.
func (r *row) shut() {
	if r.status == rowGone {
		return
	}
	r.closed = true
	if r.status == rowIdle || r.status == rowClosing {
		r.loop.remove(r)
		return
	}
	shutdown(int(r.fd))
	for _, w := range [...]*waiter{r.rwait, r.wwait} {
		if w != nil {
			w.signal()
		}
	}
}
