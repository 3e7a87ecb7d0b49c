package socketserver

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"time"
)

// A secureConn is the TLS of a connection, over its transport: a *tls.Conn, or a rowTLS in
// an EventLoop.
type secureConn interface {
	net.Conn
	CloseWrite() error
	ConnectionState() tls.ConnectionState
	// setNoWait makes a Read fail with errNoData that would wait, or ends that.
	setNoWait(yes bool)
	// moveTo has TLS go on over a connection that stands alone.
	moveTo(d detached) net.Conn
}

// A secure is a secureConn of which a Conn, and so every connection, has one word.
type secure struct{ secureConn }

// A carriedTLS is TLS over a carrier.
type carriedTLS struct{ *tls.Conn }

// Read fails with io.ErrUnexpectedEOF if the stream ends without a close-notify; crypto/tls
// takes that for its end if it comes between records.
func (c carriedTLS) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err == io.EOF && c.carrier().cut {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (c carriedTLS) carrier() *carrier  { return c.NetConn().(*carrier) }
func (c carriedTLS) setNoWait(yes bool) { c.carrier().noWait = yes }
func (c carriedTLS) moveTo(d detached) net.Conn {
	c.carrier().Conn = d
	return c.Conn
}

// A carrier is what a *tls.Conn reads and writes: the transport, until the connection is
// detached. With noWait a read that finds nothing fails with errNoData, which crypto/tls
// takes for a passing trouble: it can be asked again. So what waits for a request needs no
// buffer.
type carrier struct {
	net.Conn
	noWait bool
	cut    bool // its end was read
}

// errNoData: nothing to read now. TLS keeps its state over an error that is temporary.
var errNoData error = noData{}

type noData struct{}

func (noData) Error() string   { return "socketserver: nothing to read" }
func (noData) Timeout() bool   { return true }
func (noData) Temporary() bool { return true }

// Read reads from the transport.
func (c *carrier) Read(p []byte) (n int, err error) {
	if c.noWait {
		n, err = c.Conn.(transport).readNow(p)
	} else {
		n, err = c.Conn.Read(p)
	}
	if err == io.EOF {
		c.cut = true
	}
	return n, err
}

// handshakeBy is when a handshake that may begin now must have ended; the zero time is no
// limit.
func (s *Server) handshakeBy() time.Time {
	limit := cmp.Or(s.HandshakeTimeout, defaultHandshakeTimeout)
	if limit < 0 {
		return time.Time{}
	}
	return time.Now().Add(limit)
}

// awaitTLS waits, as an idle connection, until the client begins the handshake.
func (s *Server) awaitTLS(c *Conn, by time.Time) error {
	c.t.SetReadDeadline(by)
	c.rest.Store(idle)
	var err error
	if !s.stopped.Load() {
		err = c.t.wait()
	}
	if !c.rest.CompareAndSwap(idle, busy) || s.stopped.Load() {
		err = ErrServerClosed
	}
	if err != nil {
		return &HandshakeError{err}
	}
	return nil
}

// startTLS makes the handshake, until by.
func (s *Server) startTLS(ctx context.Context, c *Conn, by time.Time) error {
	c.t.SetReadDeadline(by)
	c.t.SetWriteDeadline(by)
	conn := tls.Server(&carrier{Conn: c.t}, s.TLS)
	c.tls = &secure{carriedTLS{conn}}
	// The server's end closes the transport; the context would do so from a goroutine of
	// its own.
	if err := s.invokeHandshake(context.WithoutCancel(ctx), conn); err != nil {
		return &HandshakeError{err}
	}
	c.t.SetReadDeadline(time.Time{})
	c.t.SetWriteDeadline(time.Time{})
	return nil
}

// fetch reads what the system has, without waiting, and reports whether that is something
// for the handler: bytes, of TLS a record that is whole, or an error.
func (c *Conn) fetch() bool {
	return c.Buffered() > 0 || c.fetchMore()
}

// fetchMore is fetch for what comes after that which is in the Reader.
func (c *Conn) fetchMore() bool {
	c.setNoWait(true)
	_, err := c.Reader().Peek(c.Buffered() + 1)
	c.setNoWait(false)
	if err == nil {
		return true
	}
	if errors.Is(err, errNoData) {
		c.release()
		return false
	}
	c.over = true
	return true
}

func (c *Conn) setNoWait(yes bool) {
	if c.tls != nil {
		c.tls.setNoWait(yes)
	}
	c.noWait = yes
}

// A HandshakeError tells [Server.HandleError] that a client's TLS handshake failed.
type HandshakeError struct {
	// Err is the cause.
	Err error
}

// Error gives the cause, quoted where a peer chose its text.
func (e *HandshakeError) Error() string {
	return "socketserver: TLS handshake: " + quoted(e.Err.Error())
}

// Unwrap returns the cause.
func (e *HandshakeError) Unwrap() error { return e.Err }
