//go:build unix

package socketserver

import (
	"time"

	"golang.org/x/sys/unix"
)

// A loopConn is the Conn of a row while a handler has it.
type loopConn struct {
	Conn
	rowTransport
	secure secure
}

// conn gives the row its Conn.
func (l *loop) conn(r *row, lead uint64) *loopConn {
	c := l.r.conns.Get().(*loopConn)
	c.rowTransport.row, c.rowTransport.lead = r, lead
	c.Conn.srv, c.Conn.t, c.Conn.State, c.Conn.big = l.r.s, &c.rowTransport, r.state, true
	c.Conn.part = r.part
	if r.tls != nil {
		r.tls.t, c.secure.secureConn = &c.rowTransport, r.tls
		c.Conn.tls = &c.secure
	}
	return c
}

// put takes the Conn off the row.
func (l *loop) put(c *loopConn, r *row) {
	r.state = c.Conn.State
	c.Conn.drop()
	if r.tls != nil {
		r.tls.t = nil
	}
	c.Conn.reset()
	c.rowTransport.reset()
	c.secure = secure{}
	l.r.conns.Put(c)
}

// serve has the handler serve a row, if there is something to read for it.
func (l *loop) serve(r *row, lead uint64) {
	if r.shaking() {
		go l.handshake(r)
		return
	}
	var c *loopConn
	if r.conn != nil { // what was read ahead is in it
		c = r.conn
		c.rowTransport.lead = lead
		r.conn = nil
	} else {
		c = l.conn(r, lead)
	}
	s := l.r.s
	var next Next
	var err error
	ended := false
	defer func() {
		if !ended {
			s.report(s.ctx, clientOf(&c.Conn), errGoexit)
			l.settle(r, c, Close)
		}
	}()
	if r.fresh {
		r.fresh = false
		next = Idle
		if h, ok := s.Handler.(Opener); ok {
			next, err = s.call(s.ctx, &c.Conn, h)
		}
	} else if r.part != nil && !c.Conn.fetchMore() {
		next = More
	} else if r.part == nil && !c.Conn.fetch() {
		next = Idle
	} else {
		r.part = nil
		next, err = s.call(s.ctx, &c.Conn, nil)
	}
	if err != nil {
		if err != errEOF {
			s.report(s.ctx, clientOf(&c.Conn), err)
		}
		next = Close
	}
	ended = true
	l.settle(r, c, next)
}

// settle does what the handler says becomes of the row.
func (l *loop) settle(r *row, c *loopConn, next Next) {
	s := l.r.s
	if c.Conn.gone {
		s.left()
		s.calls.Done()
		l.put(c, r)
		return
	}
	if next == Close && r.tls != nil {
		r.tls.notify()
	}
	// TLS may hold more that it has read: only when it has nothing is the row idle.
	ahead := false
	switch {
	case next == Close:
	case next == More:
		if ahead = r.tls != nil && !r.tls.quiet() && c.Conn.fetchMore(); !ahead {
			r.part = c.Conn.part
			r.part.b = c.Conn.takeAhead()
		}
	default:
		ahead = c.Conn.Buffered() > 0 || r.tls != nil && !r.tls.quiet() && c.Conn.fetchMore()
	}
	if !ahead {
		l.put(c, r)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case r.closed || next == Close || l.swept:
		if ahead {
			l.put(c, r)
		}
		l.end(r)
	case ahead || next == Again || r.readable.Load():
		if ahead {
			r.conn = c
		}
		if !r.choked() {
			r.queue()
		} else {
			r.rest()
			r.readable.Store(true)
		}
	default:
		r.rest()
	}
}

// lingerTimeout bounds the sending of what is queued when a connection ends, if there is no
// WriteTimeout.
const lingerTimeout = 30 * time.Second

// end closes a row when its output is sent. The mutex must be held.
func (l *loop) end(r *row) {
	r.status = rowIdle
	if r.out.Load() == nil || r.closed {
		l.remove(r)
		return
	}
	r.status = rowClosing
	limit := l.r.s.WriteTimeout
	if limit <= 0 {
		limit = lingerTimeout
	}
	r.limit(limit)
}

// handshake goes on with that of TLS as far as the peer has. It is called in a goroutine that
// is none of the workers: its arithmetic, and the callbacks, do not keep the other rows
// waiting.
func (l *loop) handshake(r *row) {
	s := l.r.s
	if r.tls == nil {
		r.tls = newRowTLS(r, s.TLS)
	}
	c := l.conn(r, noLead)
	c.Conn.part = nil
	c.rowTransport.SetReadDeadline(r.part.by.time())
	err := r.tls.handshake(s.ctx)
	if err != nil && err != errNoData {
		s.report(s.ctx, clientOf(&c.Conn), &HandshakeError{err})
	}
	l.put(c, r)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		r.tls.shaken, r.part = true, nil
	}
	switch {
	case r.closed || l.swept || err != nil && err != errNoData:
		l.end(r)
	case err == nil, r.readable.Load() && !r.choked():
		l.push(r)
	default:
		r.rest()
	}
}

func shutdown(fd int) { unix.Shutdown(fd, unix.SHUT_RDWR) }
