package socketserver

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"
)

// A carrier is what TLS reads and writes: the transport, until the connection is detached.
// With noWait a read that finds nothing fails with errNoData, which TLS takes for a
// passing trouble: it can be asked again. So an idle connection needs no goroutine.
type carrier struct {
	net.Conn
	noWait bool
}

// A peeker is a transport that can read without waiting.
type peeker interface {
	// readNow is Read that fails with errNoData where that would wait.
	readNow(p []byte) (int, error)
}

// errNoData: nothing to read now. TLS keeps its state over an error that is temporary.
var errNoData error = noData{}

type noData struct{}

func (noData) Error() string   { return "socketserver: nothing to read" }
func (noData) Timeout() bool   { return true }
func (noData) Temporary() bool { return true }

// Read reads from the transport.
func (c *carrier) Read(p []byte) (int, error) {
	if c.noWait {
		return c.Conn.(peeker).readNow(p)
	}
	return c.Conn.Read(p)
}

// startTLS makes the handshake, within its time.
func (s *Server) startTLS(ctx context.Context, c *Conn) error {
	limit := s.HandshakeTimeout
	if limit == 0 {
		limit = defaultHandshakeTimeout
	}
	if limit > 0 {
		by := time.Now().Add(limit)
		c.t.SetReadDeadline(by)
		c.t.SetWriteDeadline(by)
	}
	c.tls = tls.Server(&carrier{Conn: c.t}, s.TLS)
	if err := c.tls.HandshakeContext(ctx); err != nil {
		return &HandshakeError{err}
	}
	c.t.SetReadDeadline(time.Time{})
	c.t.SetWriteDeadline(time.Time{})
	return nil
}

// decrypted reports whether there is something to read for the handler: a record that is
// whole, or an error. It reads what the system has, without waiting.
func (c *Conn) decrypted() bool {
	if c.Buffered() > 0 {
		return true
	}
	carrier := c.tls.NetConn().(*carrier)
	carrier.noWait = true
	_, err := c.Reader().Peek(1)
	carrier.noWait = false
	if errors.Is(err, errNoData) {
		c.release()
		return false
	}
	return true
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
