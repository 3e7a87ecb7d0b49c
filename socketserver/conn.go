package socketserver

import (
	"bufio"
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A Conn is a connection of a server, as a handler gets it: a net.Conn, through TLS if
// the server has that. A read that finds nothing parks the goroutine; deadlines end it.
//
// It belongs to the handler until that returns. One goroutine may use Read while another
// uses Write; Reader and Writer are for one.
type Conn struct {
	// State is the handler's, and stays with the connection from call to call.
	State any

	srv    *Server
	t      transport
	tls    *secure // over t; nil without TLS
	r      *bufio.Reader
	w      *bufio.Writer
	rest   atomic.Uint32 // busy, idle or ended
	gone   bool          // detached
	noWait bool          // of the Reader: fail with errNoData instead
	over   bool          // the stream has ended, or failed
	big    bool          // its Reader is one of loopReaders
	part   *part         // of a request, after More

	readBy, writeBy moment // the deadlines in force
}

const (
	bufferSize     = 16 << 10
	writeSize      = 4096
	loopBufferSize = 32 << 10
)

var (
	readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, bufferSize) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, writeSize) }}
	// loopReaders are larger: few are in use at once, and the more is read in one go the
	// better.
	loopReaders = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, loopBufferSize) }}
)

// Server returns the server: Python's `BaseRequestHandler.server`.
func (c *Conn) Server() *Server { return c.srv }

// stream is what carries the payload.
func (c *Conn) stream() net.Conn {
	if c.tls != nil {
		return c.tls.secureConn
	}
	return c.t
}

// Read reads what is there, at least one byte, what Reader holds first.
func (c *Conn) Read(p []byte) (int, error) {
	if c.r != nil && c.r.Buffered() > 0 || c.part != nil && len(c.part.b) > 0 {
		return c.Reader().Read(p)
	}
	if c.tls != nil {
		return c.tls.Read(p)
	}
	return c.t.Read(p)
}

// Write sends all of p, after what Writer holds.
func (c *Conn) Write(p []byte) (int, error) {
	if c.w != nil && c.w.Buffered() > 0 {
		if err := c.w.Flush(); err != nil {
			return 0, err
		}
	}
	if c.tls != nil {
		return c.tls.Write(p)
	}
	return c.t.Write(p)
}

// connReader and connWriter keep a buffer's reads and writes from the buffer itself.
type (
	connReader struct{ c *Conn }
	connWriter struct{ c *Conn }
)

// Read sends what waits to be sent first: the peer may wait for it.
func (r connReader) Read(p []byte) (int, error) {
	if w := r.c.w; w != nil && w.Buffered() > 0 {
		if err := w.Flush(); err != nil {
			return 0, err
		}
	}
	if a := r.c.part; a != nil && len(a.b) > 0 {
		n := copy(p, a.b)
		a.b = a.b[n:]
		return n, nil
	}
	switch c := r.c; {
	case c.tls != nil:
		return c.tls.Read(p)
	case c.noWait:
		return c.t.readNow(p)
	default:
		return c.t.Read(p)
	}
}

func (w connWriter) Write(p []byte) (int, error) { return w.c.stream().Write(p) }

// Reader returns a buffer for reading, of 16 KiB or more, which is the connection's for as
// long as something is in it: a later call of the handler finds that again.
func (c *Conn) Reader() *bufio.Reader {
	if c.r == nil {
		c.r = c.readers().Get().(*bufio.Reader)
		c.r.Reset(connReader{c})
	}
	return c.r
}

// Writer returns a buffer for writing, of 4,096 bytes. It is flushed when Reader has to read
// on, and when the handler returns.
func (c *Conn) Writer() *bufio.Writer {
	if c.w == nil {
		c.w = writers.Get().(*bufio.Writer)
		c.w.Reset(connWriter{c})
	}
	return c.w
}

// Buffered returns how many bytes have been read ahead and can be had without waiting.
func (c *Conn) Buffered() int {
	n := 0
	if c.r != nil {
		n = c.r.Buffered()
	}
	if c.part != nil {
		n += len(c.part.b)
	}
	return n
}

// takeAhead takes what has been read ahead out of the Reader.
func (c *Conn) takeAhead() []byte {
	b := make([]byte, c.Buffered())
	n := 0
	if c.r != nil {
		n, _ = c.r.Read(b[:c.r.Buffered()])
	}
	if c.part != nil {
		copy(b[n:], c.part.b)
		c.part.b = nil
	}
	return b
}

// flush sends what is in the Writer, and lets it go.
func (c *Conn) flush() error {
	if c.w == nil {
		return nil
	}
	err := c.w.Flush()
	c.w.Reset(nil)
	writers.Put(c.w)
	c.w = nil
	return err
}

// release lets the Reader go if nothing is in it.
func (c *Conn) release() {
	if c.Buffered() == 0 {
		c.drop()
	}
}

func (c *Conn) drop() {
	if c.r != nil {
		c.r.Reset(nil)
		c.readers().Put(c.r)
		c.r = nil
	}
}

func (c *Conn) readers() *sync.Pool {
	if c.big {
		return &loopReaders
	}
	return &readers
}

// reset makes the Conn as new.
func (c *Conn) reset() {
	c.State, c.srv, c.t, c.tls, c.r, c.w = nil, nil, nil, nil, nil, nil
	c.gone, c.over, c.part = false, false, nil
	c.readBy, c.writeBy = 0, 0
}

// Close ends the connection at once. A handler rather returns [Close], before which all
// that was written is sent.
func (c *Conn) Close() error {
	if c.tls != nil {
		return c.tls.Close()
	}
	return c.t.Close()
}

// CloseWrite ends the output, so that the peer reads the end of the stream.
func (c *Conn) CloseWrite() error {
	if err := c.flush(); err != nil {
		return err
	}
	if c.tls != nil {
		return c.tls.CloseWrite()
	}
	return c.t.CloseWrite()
}

// LocalAddr returns the server's address, as net.Conn has it.
func (c *Conn) LocalAddr() net.Addr { return c.t.LocalAddr() }

// RemoteAddr returns the client's address: Python's `client_address`. An IPv4 address is
// plain, on a dual-stack socket too.
func (c *Conn) RemoteAddr() net.Addr { return c.t.RemoteAddr() }

// SetDeadline is SetReadDeadline and SetWriteDeadline.
func (c *Conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// SetReadDeadline bounds reading by an absolute time, in place of [Server.ReadTimeout],
// until the handler returns.
func (c *Conn) SetReadDeadline(t time.Time) error {
	c.readBy = momentOf(t)
	return c.t.SetReadDeadline(t)
}

// SetWriteDeadline bounds writing by an absolute time, in place of
// [Server.WriteTimeout], until the handler returns.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.writeBy = momentOf(t)
	return c.t.SetWriteDeadline(t)
}

// SyscallConn gives access to the descriptor. What has come of a request may have been read
// already and be in Reader, but not on a Unix socket in a model other than [EventLoop]: there
// the handler can receive descriptors with it.
func (c *Conn) SyscallConn() (syscall.RawConn, error) { return c.t.SyscallConn() }

// TLS returns the state of the connection's TLS, and whether there is any.
func (c *Conn) TLS() (tls.ConnectionState, bool) {
	if c.tls == nil {
		return tls.ConnectionState{}, false
	}
	return c.tls.ConnectionState(), true
}

// Detach takes the connection out of the server, which forgets it and its limits, and
// returns it as one that stands alone, read-ahead included. It has CloseWrite, and with TLS
// ConnectionState, as a *tls.Conn does. Its deadlines stay as they were: they are the new
// owner's to set. The handler must return [Detached].
func (c *Conn) Detach() (net.Conn, error) {
	if err := c.flush(); err != nil {
		return nil, err
	}
	d, err := c.t.detach()
	if err != nil {
		return nil, err
	}
	c.gone = true
	c.srv.mu.Lock()
	delete(c.srv.conns, c) // Close must not reach it any more
	c.srv.mu.Unlock()
	d.SetReadDeadline(c.readBy.time())
	d.SetWriteDeadline(c.writeBy.time())
	out := net.Conn(d)
	if c.tls != nil {
		out = c.tls.moveTo(d)
	}
	ahead := c.takeAhead()
	c.drop()
	if len(ahead) == 0 {
		return out, nil
	}
	a := aheadConn{Conn: out, ahead: ahead}
	if c.tls != nil {
		return &aheadTLS{a}, nil
	}
	return &a, nil
}

// A part is what was read of a request, as far as it is not in the Reader, and until when
// all of it must have been; the zero moment is no limit.
type part struct {
	b  []byte
	by moment
}

// An aheadConn gives first what had been read ahead.
type aheadConn struct {
	net.Conn
	ahead []byte
}

// Read reads what had been read ahead, then from the connection.
func (a *aheadConn) Read(p []byte) (int, error) {
	if len(a.ahead) > 0 {
		n := copy(p, a.ahead)
		a.ahead = a.ahead[n:]
		return n, nil
	}
	return a.Conn.Read(p)
}

// CloseWrite ends the output.
func (a *aheadConn) CloseWrite() error {
	return a.Conn.(interface{ CloseWrite() error }).CloseWrite()
}

// An aheadTLS is an aheadConn through TLS.
type aheadTLS struct{ aheadConn }

// ConnectionState returns what crypto/tls knows of the connection.
func (a *aheadTLS) ConnectionState() tls.ConnectionState {
	return a.Conn.(interface{ ConnectionState() tls.ConnectionState }).ConnectionState()
}
