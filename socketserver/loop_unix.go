//go:build unix

package socketserver

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// work is a connection or a datagram for a handler.
type work struct {
	row *row
	d   *Datagram
}

// A loop waits for readiness and runs handlers. One goroutine at a time leads it.
type loop struct {
	r    *loopRunner
	sel  *selectors.Selector
	left func()

	lead atomic.Uint64 // who leads, by number
	beat atomic.Uint64 // what that one does, for the watch: number<<32, count, 1 for a handler
	seen atomic.Uint64 // the watch's

	mu       sync.Mutex // guards what follows, and the rows
	queue    []work
	head     int
	running  int // handlers
	rows     int
	wheel    wheel
	sleeping bool
	wakeAt   int64 // the tick at which it will wake up
	listener *socket.Socket
	paused   bool // does not accept
	full     bool // does not receive datagrams
	pause    pause
	stopping bool
	killed   bool
	swept    bool // the idle rows have been closed
}

// ticks is the time as the wheel has it.
func (l *loop) ticks() int64 { return int64(time.Since(l.r.started) / tick) }

// handOver has another goroutine lead, unless the one with that number does not any more.
func (l *loop) handOver(lead uint64) {
	if l.lead.CompareAndSwap(lead, lead+1) {
		go l.run(lead + 1)
	}
}

// takeOver is handOver from outside, of a leader that was found in the handler which beat
// tells of. One that has left it meanwhile leads on: there are never two, of which one
// would sleep without the other's knowledge.
func (l *loop) takeOver(lead, beat uint64) {
	if l.beat.CompareAndSwap(beat, beat&^1) {
		l.handOver(lead)
	}
}

// run leads the loop until it ends or another leads.
func (l *loop) run(lead uint64) {
	l.beat.Store(lead << 32)
	ready := readies.Get().(*[]selectors.Ready)
	defer readies.Put(ready)
	for count := uint64(0); ; count += 2 {
		for range batch { // and then a look at the others: a row may queue itself again and again
			w, ok := l.next()
			if !ok {
				break
			}
			in := lead<<32 | count&0xffffffff | 1
			l.beat.Store(in)
			l.r.watch() // after the store: the watch that goes home looks once more
			l.do(w, lead)
			if !l.beat.CompareAndSwap(in, in&^1) || l.lead.Load() != lead {
				l.help()
				return
			}
			count += 2
		}
		if !l.poll(ready) {
			l.left()
			return
		}
	}
}

// help runs what is queued, as one that does not lead.
func (l *loop) help() {
	for {
		w, ok := l.next()
		if !ok {
			return
		}
		l.do(w, noLead)
	}
}

// readies are what the leaders' waits answer.
var readies = sync.Pool{New: func() any { return new([]selectors.Ready) }}

const noLead = ^uint64(0)

// next takes what is next in the queue, unless enough handlers run.
func (l *loop) next() (work, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.head == len(l.queue) {
		l.queue, l.head = l.queue[:0], 0
		return work{}, false
	}
	if l.running >= l.r.workers {
		return work{}, false
	}
	w := l.queue[l.head]
	l.queue[l.head] = work{}
	if l.head++; l.head > 1024 && l.head > len(l.queue)/2 {
		n := copy(l.queue, l.queue[l.head:])
		clear(l.queue[n:])
		l.queue, l.head = l.queue[:n], 0
	}
	l.running++
	if w.row != nil {
		w.row.status = rowRunning
	}
	return w, true
}

// do runs the handler.
func (l *loop) do(w work, lead uint64) {
	ended := false
	defer func() {
		if !ended { // by runtime.Goexit: the loop goes on without this goroutine
			l.did()
			l.handOver(lead)
			go l.help()
		}
	}()
	if w.row != nil {
		l.serve(w.row, lead)
	} else {
		l.r.s.serveDatagram(l.r.s.ctx, w.d)
	}
	ended = true
	l.did()
}

// did counts a handler less.
func (l *loop) did() {
	l.mu.Lock()
	l.running--
	if l.full && len(l.queue)-l.head < batch/2 && l.listener != nil {
		l.full = false
		l.sel.Register(l.listener, selectors.Read, nil)
	}
	wake := l.stopping && l.sleeping
	l.mu.Unlock()
	if wake {
		l.sel.Wake()
	}
}

// poll waits for readiness. It reports whether the loop goes on.
func (l *loop) poll(buf *[]selectors.Ready) bool {
	l.mu.Lock()
	timeout := selectors.Forever
	l.wakeAt = math.MaxInt64
	if l.stopping && !l.swept || l.killed {
		l.sweep()
	}
	if l.stopping && l.rows == 0 && l.head == len(l.queue) && l.running == 0 {
		l.mu.Unlock()
		return false
	}
	if l.wheel.n > 0 {
		l.wheel.turn(l.ticks(), func(t *timer) { t.row.expired() })
		if n := l.wheel.wait(); n >= 0 {
			timeout = time.Duration(n) * tick
			l.wakeAt = l.wheel.now + n
		}
	}
	if l.head < len(l.queue) && l.running < l.r.workers {
		timeout = 0
	}
	l.sleeping = true
	l.mu.Unlock()

	ready, err := l.sel.AppendSelect(context.Background(), (*buf)[:0], timeout)
	accept := false
	l.mu.Lock()
	l.sleeping = false
	for i := range ready {
		e := &ready[i]
		if row, ok := e.Data.(*row); ok {
			row.told(e.Is&(selectors.Read|hangup) != 0, e.Is&selectors.Write != 0, e.Is&hangup != 0)
		} else {
			accept = true
		}
	}
	l.mu.Unlock()
	clear(ready)
	*buf = ready
	if accept {
		l.receive()
	}
	return err == nil
}

// sweep closes what is idle, or all. The mutex must be held.
func (l *loop) sweep() {
	l.swept = true
	if l.listener != nil {
		l.sel.Unregister(l.listener)
		l.listener = nil
	}
	for _, key := range l.sel.Map() {
		row, ok := key.Data.(*row)
		switch {
		case !ok:
		case l.killed:
			row.shut()
		case row.status == rowIdle:
			l.end(row) // when what is queued is sent
		}
	}
}

// add makes a row of a descriptor.
func (l *loop) add(fd int) {
	r := &row{loop: l, fd: int32(fd), fresh: !l.r.idle}
	r.marks.Store(l.r.local)
	r.timer = timer{row: r, at: -1}
	if err := l.list(r); err != nil {
		l.r.s.report(l.r.s.ctx, nil, err)
	}
}

// list puts a row into the table.
func (l *loop) list(r *row) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.swept {
		l.drop(r)
		return nil
	}
	if _, err := l.sel.Register(int(r.fd), selectors.Read|selectors.Write|selectors.Edge|hangup, r); err != nil {
		l.drop(r)
		return err
	}
	l.rows++
	switch {
	case l.r.s.TLS != nil:
		r.part = &part{by: momentOf(l.r.s.handshakeBy())}
		r.rest() // until the client begins
	case r.fresh:
		l.push(r)
	default:
		r.rest()
	}
	return nil
}

// push queues a row from outside the loop. The mutex must be held.
func (l *loop) push(r *row) {
	r.queue()
	if l.sleeping {
		l.sel.Wake()
	}
}

// drop closes a row that is in no table.
func (l *loop) drop(r *row) {
	r.status = rowGone
	if r.tls != nil {
		r.tls.abandon()
	}
	unix.Close(int(r.fd))
	l.r.s.left()
	l.r.s.calls.Done()
}

// unlist takes a row out of the table. The mutex must be held.
func (l *loop) unlist(r *row) {
	l.sel.Unregister(int(r.fd))
	l.wheel.remove(&r.timer)
	r.status = rowGone
	l.rows--
	if l.stopping && l.rows == 0 {
		l.sel.Wake()
	}
}

// remove ends a row that no handler has. The mutex must be held.
func (l *loop) remove(r *row) {
	if r.status == rowGone {
		return
	}
	l.unlist(r)
	r.closed = true
	if _, ok := l.r.s.Handler.(Closer); ok && !r.fresh {
		go func() { // the handler is not called with the mutex held
			c := r.conn
			if c == nil {
				c = l.conn(r, noLead)
			}
			shutdown(int(r.fd))
			defer func() {
				unix.Close(int(r.fd)) // not before: the number may be another's then
				l.r.s.left()
				l.r.s.calls.Done()
			}()
			l.r.s.invokeClose(&c.Conn)
		}()
		return
	}
	l.drop(r)
}
