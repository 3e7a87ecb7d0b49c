//go:build unix

package socketserver

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

const (
	eagain = syscall.EAGAIN
	eintr  = syscall.EINTR
)

// A rowTransport is what the handler of a row reads and writes. A read that finds nothing
// hands the loop over to another goroutine and waits for the loop to tell.
type rowTransport struct {
	row    *row
	lead   uint64 // the lead of the loop that the handler was called in
	noWait bool

	readBy, writeBy deadline
}

// Read reads what is there, and else waits. After the deadline it fails whatever is there:
// a peer that sends without end is slow too.
func (t *rowTransport) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if t.readBy.over() {
		return 0, fail("recv", os.ErrDeadlineExceeded)
	}
	r := t.row
	for {
		r.readable.Store(false)
		n, errno := rawRead(int(r.fd), p)
		switch {
		case errno == 0 && n == 0:
			r.readable.Store(true)
			return 0, io.EOF
		case errno == 0:
			// A read that does not fill p has all that was there, and what comes after it
			// is told anew. But the end of the stream may have been told before, and a
			// read stops at urgent data, and on a Unix socket at descriptors.
			if n == len(p) || r.marks.Load() || !tellsHangup {
				r.readable.Store(true)
			}
			return n, nil
		case errno == eintr:
		case errno == eagain && t.noWait:
			return 0, errNoData
		case errno == eagain:
			if err := t.wait(); err != nil {
				return 0, err
			}
		default:
			return 0, fail("recv", errno)
		}
	}
}

// reset makes the rowTransport as new.
func (t *rowTransport) reset() {
	t.row, t.lead, t.noWait = nil, 0, false
	t.readBy.set(time.Time{})
	t.writeBy.set(time.Time{})
}

func (t *rowTransport) readNow(p []byte) (int, error) {
	t.noWait = true
	defer func() { t.noWait = false }()
	return t.Read(p)
}

// wait parks until something can be read.
func (t *rowTransport) wait() error {
	return t.park("recv", &t.row.rwait, &t.readBy, func() bool { return t.row.readable.Load() })
}

func (t *rowTransport) await(c *Conn) error { return fetchBy(t, c) }

var waiters = sync.Pool{New: func() any { return &waiter{make(chan struct{}, 1)} }}

// park waits until ready is true, the deadline, or the row is closed.
func (t *rowTransport) park(op string, place **waiter, by *deadline, ready func() bool) error {
	l := t.row.loop
	l.mu.Lock()
	defer l.mu.Unlock()
	var w *waiter
	for {
		switch {
		case t.row.closed:
			return fail(op, net.ErrClosed)
		case ready():
			return nil
		case by.over():
			return fail(op, os.ErrDeadlineExceeded)
		}
		if w == nil {
			w = waiters.Get().(*waiter)
			defer waiters.Put(w)
		}
		*place = w
		limit := by.time()
		l.mu.Unlock()
		l.handOver(t.lead)
		w.wait(limit)
		l.mu.Lock()
		*place = nil
	}
}

// wait waits for the signal or the deadline.
func (w *waiter) wait(by time.Time) {
	if by.IsZero() {
		<-w.c
		return
	}
	timer := time.NewTimer(time.Until(by))
	defer timer.Stop()
	select {
	case <-w.c:
	case <-timer.C:
	}
}

// Write sends p, or queues what does not go at once, and waits if too much is queued.
func (t *rowTransport) Write(p []byte) (int, error) {
	if t.writeBy.over() {
		return 0, fail("send", os.ErrDeadlineExceeded)
	}
	done, err := t.sendNow(p)
	if err != nil {
		return done, err
	}
	for done < len(p) {
		n, err := t.enqueue(p[done:])
		if done += n; err != nil {
			return done, err
		}
	}
	return done, nil
}

// sendNow sends of p what goes at once, if nothing is queued, and returns how much that is.
func (t *rowTransport) sendNow(p []byte) (done int, err error) {
	r := t.row
	for done < len(p) && r.out.Load() == nil { // nobody else writes
		n, errno := rawWrite(int(r.fd), p[done:])
		if errno == eagain {
			break
		}
		if errno != 0 && errno != eintr {
			return done, fail("send", errno)
		}
		done += n
	}
	return done, nil
}

// enqueue queues of p what there is room for, at least one byte, for which it waits.
func (t *rowTransport) enqueue(p []byte) (int, error) {
	r, l := t.row, t.row.loop
	if err := t.park("send", &r.wwait, &t.writeBy, func() bool { return !r.choked() }); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return r.enlist(p, l.r.maxQueued)
}

// enlist queues of p what is within most, and returns how much that is. The mutex must be held.
func (r *row) enlist(p []byte, most int) (int, error) {
	o := r.out.Load()
	if o == nil {
		o = &output{}
		r.out.Store(o)
	}
	n := max(0, min(len(p), most-len(o.buf)))
	o.buf = append(o.buf, p[:n]...)
	r.flush() // the word that there is room may have come before there was a queue
	if r.closed {
		return 0, fail("send", syscall.EPIPE)
	}
	return n, nil
}

// Close ends the connection; the descriptor is closed when the handler returns.
func (t *rowTransport) Close() error {
	l := t.row.loop
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.row.closed {
		return fail("close", net.ErrClosed)
	}
	t.row.shut()
	return nil
}

// CloseWrite ends the output when all of it is sent.
func (t *rowTransport) CloseWrite() error {
	if err := t.drain(); err != nil {
		return err
	}
	return fail("shutdown", unix.Shutdown(int(t.row.fd), unix.SHUT_WR))
}

// drain waits until the queue is empty.
func (t *rowTransport) drain() error {
	for t.row.out.Load() != nil {
		l := t.row.loop
		l.mu.Lock()
		t.row.flush()
		l.mu.Unlock()
		err := t.park("send", &t.row.wwait, &t.writeBy, func() bool { return t.row.out.Load() == nil })
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *rowTransport) setDeadline(read, write bool, by time.Time) error {
	l := t.row.loop
	l.mu.Lock()
	defer l.mu.Unlock()
	if read {
		t.readBy.set(by)
		if t.row.rwait != nil {
			t.row.rwait.signal()
		}
	}
	if write {
		t.writeBy.set(by)
		if t.row.wwait != nil {
			t.row.wwait.signal()
		}
	}
	return nil
}

func (t *rowTransport) SetDeadline(by time.Time) error      { return t.setDeadline(true, true, by) }
func (t *rowTransport) SetReadDeadline(by time.Time) error  { return t.setDeadline(true, false, by) }
func (t *rowTransport) SetWriteDeadline(by time.Time) error { return t.setDeadline(false, true, by) }

func (t *rowTransport) LocalAddr() net.Addr { return localAddr(int(t.row.fd)) }

func (t *rowTransport) RemoteAddr() net.Addr { return remoteAddr(int(t.row.fd)) }

// SyscallConn gives the descriptor. The waiting in between is the loop's.
func (t *rowTransport) SyscallConn() (syscall.RawConn, error) { return rowRaw{t}, nil }

type rowRaw struct{ t *rowTransport }

func (r rowRaw) Control(f func(fd uintptr)) error {
	if r.t.row.isClosed() {
		return fail("control", net.ErrClosed)
	}
	f(uintptr(r.t.row.fd))
	return nil
}

// Read calls f until it is done, and waits for something to read in between.
func (r rowRaw) Read(f func(fd uintptr) (done bool)) error {
	for {
		r.t.row.readable.Store(false)
		if f(uintptr(r.t.row.fd)) {
			r.t.row.readable.Store(true) // who knows how much it has read
			return nil
		}
		if err := r.t.wait(); err != nil {
			return err
		}
	}
}

// Write calls f when what is queued has been sent, until it is done, and waits in between
// until something can be written.
func (r rowRaw) Write(f func(fd uintptr) (done bool)) error {
	t, l := r.t, r.t.row.loop
	for {
		if err := t.drain(); err != nil {
			return err
		}
		l.mu.Lock()
		closed := t.row.closed
		t.row.writable = false
		l.mu.Unlock()
		switch {
		case closed:
			return fail("write", net.ErrClosed)
		case t.writeBy.over():
			return fail("write", os.ErrDeadlineExceeded)
		case f(uintptr(t.row.fd)):
			return nil
		}
		if err := t.park("write", &t.row.wwait, &t.writeBy, func() bool { return t.row.writable }); err != nil {
			return err
		}
	}
}

func (r *row) isClosed() bool {
	r.loop.mu.Lock()
	defer r.loop.mu.Unlock()
	return r.closed || r.status == rowGone
}

// detach takes the row out of the loop, and makes a socket of it.
func (t *rowTransport) detach() (detached, error) {
	if err := t.drain(); err != nil {
		return nil, err
	}
	l, r := t.row.loop, t.row
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.closed {
		return nil, fail("detach", net.ErrClosed)
	}
	s, err := socket.FromFD(int(r.fd))
	if err != nil {
		return nil, err
	}
	l.unlist(r)
	return s, nil
}
