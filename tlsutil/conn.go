package tlsutil

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A Conn is a connection with TLS over another one; it is a [net.Conn]. [Context.Wrap],
// [Context.Client] and [Context.Server] make it. Reading and writing may go on at the same
// time, each by one goroutine at a time. Python: ssl.SSLSocket.
type Conn struct {
	info
	tls  *tls.Conn
	raw  *recordConn
	ends bool // a cut stream is a proper end

	shook   atomic.Bool // the handshake was seen to be complete
	reading sync.Mutex  // guards left and maybe
	left    []byte      // decrypted bytes not yet read
	maybe   bool        // crypto/tls may hold decrypted bytes

	// The deadlines that the caller has set, to be put back where others were in force.
	deadlines         sync.Mutex
	readEnd, writeEnd time.Time
}

// WrapOptions say how a connection is wrapped.
type WrapOptions struct {
	// Server tells that this is the server. Python: server_side.
	Server bool
	// ServerName is the server's name, for a client. Python: server_hostname.
	ServerName string
	// Session is one to resume, for a client. Python: session.
	Session *Session
	// IgnoreUnexpectedEOF takes a cut stream for one that ends properly; it is safe only
	// where the protocol within tells its ends. Python, where it is the default:
	// suppress_ragged_eofs.
	IgnoreUnexpectedEOF bool
	// Later leaves the handshake to the first reading or writing, or to
	// [Conn.Handshake]. Python: do_handshake_on_connect=False.
	Later bool
	// Reader is the reader through which plain text was read before, if there was one, as
	// by STARTTLS. If it holds bytes that were not read, somebody has slipped them in
	// before TLS: Wrap fails with [ErrPlaintext].
	Reader *bufio.Reader
}

// ErrPlaintext means that plain text was waiting to be read when TLS was to begin.
var ErrPlaintext = errors.New("tlsutil: plain text before the start of TLS")

// Wrap puts TLS over a connected net.Conn, such as a socket.Socket in blocking mode, and
// shakes hands unless told otherwise. The context ends the handshake, not what comes
// after; if the handshake fails, conn is closed. The name of a server is wanted where it is
// checked. Python: wrap_socket.
//
// Settings that cannot be are [ErrValue]; failures of the handshake are [*Error]s, in which
// [errors.As] finds a [*CertVerificationError] or the errors of crypto/tls.
func (c *Context) Wrap(ctx context.Context, conn net.Conn, o WrapOptions) (*Conn, error) {
	if conn.RemoteAddr() == nil {
		return nil, valueError("the socket is not connected")
	}
	if o.Reader != nil && o.Reader.Buffered() > 0 {
		return nil, &Error{Op: "wrap", Library: "SSL", Reason: "PLAINTEXT", Number: ErrorSSL, Err: ErrPlaintext}
	}
	cfg, p, slot, err := c.configFor(o)
	if err != nil {
		return nil, err
	}
	n := &Conn{raw: &recordConn{Conn: conn}, ends: o.IgnoreUnexpectedEOF || c.Options()&OpIgnoreUnexpectedEOF != 0}
	if o.Server {
		n.raw.hello = func(suites []uint16) { n.offered = suites }
		n.raw.policy = func(p *policy) { n.policy = p }
		n.tls = tls.Server(n.raw, cfg)
		c.stats.accept.Add(1)
	} else {
		n.tls = tls.Client(n.raw, cfg)
		c.stats.connect.Add(1)
	}
	n.info = info{at: n, ctx: c, server: o.Server, name: cfg.ServerName, slot: slot, policy: p}
	if o.Server {
		n.info.name = ""
	}
	if o.Later {
		return n, nil
	}
	if err := n.Handshake(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return n, nil
}

// Client is Wrap for a client of the server with that name.
func (c *Context) Client(ctx context.Context, conn net.Conn, name string) (*Conn, error) {
	return c.Wrap(ctx, conn, WrapOptions{ServerName: name})
}

// Server is Wrap for a server.
func (c *Context) Server(ctx context.Context, conn net.Conn) (*Conn, error) {
	return c.Wrap(ctx, conn, WrapOptions{Server: true})
}

// configFor returns the configuration for one connection, and the policy of it.
func (c *Context) configFor(o WrapOptions) (*tls.Config, *policy, *sessionSlot, error) {
	if o.Server {
		if o.Session != nil {
			return nil, nil, nil, valueError("a server resumes no session of a client's")
		}
		cfg, p, err := c.serverConfig()
		return cfg, p, nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	slot := &sessionSlot{offer: o.Session}
	if c.sessions != nil {
		slot.shared = c.sessions
	}
	cfg, p, err := c.clientConfig(o.ServerName, slot)
	return cfg, p, slot, err
}

func (c *Conn) connectionState() tls.ConnectionState {
	if !c.shook.Load() { // crypto/tls would wait for a handshake that goes on
		return tls.ConnectionState{}
	}
	return c.tls.ConnectionState()
}

// Handshake shakes hands, if that was not done yet. The end of the context ends it, and the
// connection. Python: do_handshake.
func (c *Conn) Handshake(ctx context.Context) error {
	if c.shook.Load() {
		return nil
	}
	err := c.tls.HandshakeContext(ctx)
	if err == nil {
		if c.shook.CompareAndSwap(false, true) {
			c.finished()
		}
		return nil
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return &Error{Op: "handshake", Library: "SSL", Reason: "SYSCALL", Number: ErrorSyscall, Err: ctx.Err()}
	}
	return wrapError("handshake", handshakeEnd(err, c.raw.sawEOF))
}

// Read reads decrypted data. It returns [io.EOF] after the peer's close-notify; a stream
// that ends without one gives an error that is [ErrEOF] and [io.ErrUnexpectedEOF], unless
// that was to be ignored. Python: recv, recv_into, read.
func (c *Conn) Read(p []byte) (int, error) {
	if !c.shook.Load() {
		if err := c.Handshake(context.Background()); err != nil {
			return 0, err
		}
	}
	c.reading.Lock()
	defer c.reading.Unlock()
	return c.read(p)
}

func (c *Conn) read(p []byte) (int, error) {
	if len(c.left) > 0 {
		n := copy(p, c.left)
		if c.left = c.left[n:]; len(c.left) == 0 {
			c.left = nil
		}
		return n, nil
	}
	n, err := c.tls.Read(p)
	c.maybe = n == len(p)
	if err == nil {
		return n, nil
	}
	err = endOf(err, c.raw.sawEOF)
	if c.ends && errors.Is(err, ErrEOF) {
		err = io.EOF
	}
	return n, err
}

// Write encrypts and sends p, all of it unless an error comes. Python: send, sendall,
// write.
func (c *Conn) Write(p []byte) (int, error) {
	if !c.shook.Load() {
		if err := c.Handshake(context.Background()); err != nil {
			return 0, err
		}
	}
	n, err := c.tls.Write(p)
	return n, wrapError("write", err)
}

// SendFile sends count bytes of f from offset on, all up to the end if count is negative,
// and returns how many were sent. The position of f does not change. Python: sendfile.
func (c *Conn) SendFile(f io.ReaderAt, offset, count int64) (int64, error) {
	if offset < 0 {
		return 0, valueError("offset %d", offset)
	}
	if count < 0 {
		count = 1<<63 - 1 - offset
	}
	buf := largeFile.Get().(*[4 * maxRecord]byte)
	defer largeFile.Put(buf)
	var sum int64
	for sum < count {
		n, err := f.ReadAt(buf[:min(int64(len(buf)), count-sum)], offset+sum)
		if n > 0 {
			m, werr := c.Write(buf[:n])
			sum += int64(m)
			if werr != nil {
				return sum, werr
			}
		}
		if err == io.EOF {
			return sum, nil
		}
		if err == nil && n == 0 {
			err = io.ErrNoProgress
		}
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

var largeFile = sync.Pool{New: func() any { return new([4 * maxRecord]byte) }}

// Pending returns how many decrypted bytes can be read without another record; 0 while
// another goroutine reads. Python: pending.
func (c *Conn) Pending() int {
	if !c.shook.Load() || !c.reading.TryLock() {
		return 0
	}
	defer c.reading.Unlock()
	if c.maybe {
		c.maybe = false
		c.raw.dry = true
		c.left = append(c.left, drain(c.tls)...)
		c.raw.dry = false
	}
	return len(c.left)
}

// Unwrap ends TLS: it sends close-notify, waits for that of the peer, and returns the
// connection below, on which plain text goes on. Nothing behind the close-notify is lost:
// what was read of it comes first from what is returned. If data of the peer come first the
// error is [ErrUnreadData]: Read them to the end, then Unwrap again. The context ends the
// waiting, and reading that goes on. Of the deadlines of the connection below, those hold
// afterwards that were set here; a deadline of writing that was set there is lost. Python:
// unwrap.
func (c *Conn) Unwrap(ctx context.Context) (net.Conn, error) {
	if !c.shook.Load() {
		return nil, &Error{Op: "unwrap", Library: "SSL", Reason: "UNINITIALIZED", Number: ErrorSSL, Err: errors.New("the handshake is not complete")}
	}
	if err := c.CloseWrite(); err != nil {
		return nil, err
	}
	var one [1]byte
	var n int
	err := c.within(ctx, func() (err error) {
		c.reading.Lock()
		defer c.reading.Unlock()
		if n, err = c.read(one[:]); n > 0 {
			c.left = append(one[:n:n], c.left...)
		}
		return err
	})
	switch {
	case n > 0:
		return nil, &Error{Op: "unwrap", Library: "SSL", Reason: "APPLICATION_DATA_AFTER_CLOSE_NOTIFY", Number: ErrorSSL, Err: ErrUnreadData}
	case err != io.EOF:
		return nil, err
	case c.raw.sawEOF:
		return nil, &Error{Op: "unwrap", Library: "SSL", Reason: "UNEXPECTED_EOF_WHILE_READING", Number: ErrorEOF, Err: io.ErrUnexpectedEOF}
	}
	return c.raw.plain(), nil
}

// within runs f, which reads, until it returns or the context ends; others who read then
// are told that their deadline has passed.
func (c *Conn) within(ctx context.Context, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	set := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { c.raw.Conn.SetReadDeadline(time.Unix(1, 0)); close(set) })
	err := f()
	if !stop() { // a past deadline is in force, or about to be
		<-set
		c.deadlines.Lock()
		c.raw.Conn.SetReadDeadline(c.readEnd)
		c.deadlines.Unlock()
		if err != nil {
			var t interface{ Timeout() bool }
			if errors.As(err, &t) && t.Timeout() {
				err = ctx.Err()
			}
		}
	}
	return err
}

// CloseWrite sends close-notify: nothing can be written afterwards, but reading goes on.
// Python: shutdown(SHUT_WR).
func (c *Conn) CloseWrite() error {
	err := c.tls.CloseWrite()
	c.deadlines.Lock()
	defer c.deadlines.Unlock()
	c.raw.Conn.SetWriteDeadline(c.writeEnd) // crypto/tls leaves one in the past
	return wrapError("close", err)
}

// Close sends close-notify, without waiting for an answer, and closes the connection below.
// It ends reading and writing that go on. Python: close.
func (c *Conn) Close() error { return wrapError("close", c.tls.Close()) }

// NetConn returns the connection below. Reading or writing there breaks TLS.
func (c *Conn) NetConn() net.Conn { return c.raw.Conn }

// LocalAddr returns the address of this side.
func (c *Conn) LocalAddr() net.Addr { return c.raw.LocalAddr() }

// RemoteAddr returns the address of the peer.
func (c *Conn) RemoteAddr() net.Addr { return c.raw.RemoteAddr() }

// SetDeadline sets the deadlines of reading and writing. After a deadline reading can go
// on, writing cannot. Python: settimeout.
func (c *Conn) SetDeadline(t time.Time) error {
	c.deadlines.Lock()
	defer c.deadlines.Unlock()
	c.readEnd, c.writeEnd = t, t
	return c.tls.SetDeadline(t)
}

// SetReadDeadline sets the deadline of reading.
func (c *Conn) SetReadDeadline(t time.Time) error {
	c.deadlines.Lock()
	defer c.deadlines.Unlock()
	c.readEnd = t
	return c.tls.SetReadDeadline(t)
}

// SetWriteDeadline sets the deadline of writing.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.deadlines.Lock()
	defer c.deadlines.Unlock()
	c.writeEnd = t
	return c.tls.SetWriteDeadline(t)
}
