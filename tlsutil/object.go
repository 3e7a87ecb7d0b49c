package tlsutil

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"runtime"
)

// An Object is TLS without a socket: it takes records from one [MemoryBIO] and puts records
// into another, and never waits. When it lacks input its methods return [ErrWantRead]; the
// caller moves bytes and calls again. When the outgoing BIO is full they return
// [ErrWantWrite]. After each call, send what the outgoing BIO holds.
//
// An Object holds no goroutine, except that an unfinished handshake has one that stands
// still between calls. It ends with the handshake, with Close, or when the Object is
// dropped and collected. Within a testing/synctest bubble, Close an Object whose handshake
// is unfinished: the bubble waits for that goroutine.
//
// An Object is not safe for concurrent use. A callback of the handshake may Close it; its
// other calls fail there. Errors other than ErrWantRead, ErrWantWrite and
// ErrUnreadData are final. Python: ssl.SSLObject.
type Object struct {
	info
	e *engine
}

// engine is what the goroutine of a handshake may refer to: all of an Object but itself.
type engine struct {
	tls    *tls.Conn
	tr     memTransport
	failed error                // the handshake's final error
	left   []byte               // decrypted bytes not yet read
	state  *tls.ConnectionState // before a renegotiation

	done         bool // the handshake has succeeded
	closed       bool
	shutdown     bool // close-notify was sent
	ends         bool // a cut stream is a proper end
	renegotiates bool // Read may find a new handshake (TLS 1.2, client)
	maybe        bool // crypto/tls may hold decrypted bytes
}

// NewObject returns an Object that speaks TLS as cfg says, as a server or as a client, over
// the two BIOs. For a client, cfg has the name of the server, or says that it verifies
// otherwise: else the handshake fails before anything is sent. cfg must not be changed
// afterwards. See [Context.WrapBIO] for Python's form.
func NewObject(cfg *tls.Config, in, out *MemoryBIO, server bool) *Object {
	e := &engine{}
	e.tr.in, e.tr.out = in, out
	if server {
		e.tls = tls.Server(&e.tr, cfg)
	} else {
		e.tls = tls.Client(&e.tr, cfg)
		e.renegotiates = cfg != nil && cfg.Renegotiation != tls.RenegotiateNever
	}
	o := &Object{e: e}
	o.info = info{at: e, server: server}
	if cfg != nil && !server {
		o.info.name = cfg.ServerName
	}
	return o
}

// An Endpoints has the addresses of a connection, as a [net.Conn] does.
type Endpoints interface {
	LocalAddr() net.Addr
	RemoteAddr() net.Addr
}

// SetEndpoints says whose addresses callbacks find at [tls.ClientHelloInfo].Conn, which
// else has none of the network. It comes before the handshake.
func (o *Object) SetEndpoints(at Endpoints) { o.e.tr.at = at }

// DoHandshake goes on with the handshake and returns nil when it is complete,
// [ErrWantRead] while it needs records of the peer, and any other error, an [*Error], if it
// has failed. After a failure the outgoing BIO holds the alert for the peer. Python:
// SSLObject.do_handshake.
func (o *Object) DoHandshake() error { return o.DoHandshakeContext(context.Background()) }

// DoHandshakeContext is DoHandshake with a context: callbacks of a handshake that begins by
// it find its values by [tls.ClientHelloInfo.Context], and once it has ended the call
// fails with its error. That is not final: another call goes on.
func (o *Object) DoHandshakeContext(ctx context.Context) error {
	err := o.handshake(ctx)
	runtime.KeepAlive(o)
	return err
}

func (o *Object) handshake(ctx context.Context) error {
	e := o.e
	switch {
	case e.closed:
		return errClosed
	case e.busy():
		return errBusy
	case e.done:
		return nil
	case e.failed != nil:
		return e.failed
	case ctx.Err() != nil:
		return wrapError("handshake", ctx.Err())
	}
	hs := e.tr.hs
	var ev event
	switch {
	case hs == nil:
		hs = e.begin(o)
		ctx = context.WithoutCancel(ctx) // crypto/tls would watch it from a goroutine
		ev = hs.start(func() (int, error) { return 0, e.tls.HandshakeContext(ctx) })
	case !e.tr.ready():
		return ErrWantRead
	default:
		ev = hs.goOn()
	}
	if !ev.done {
		return ErrWantRead
	}
	e.settle()
	if ev.panicked != nil {
		e.failed = errGoexit
		panic(ev.panicked)
	}
	if e.closed { // by a callback
		return errClosed
	}
	if ev.err != nil {
		e.failed = wrapError("handshake", handshakeEnd(ev.err, e.tr.sawEOF))
		return e.failed
	}
	e.done = true
	o.offered = hs.offered
	if hs.policy != nil {
		o.info.policy = hs.policy
	}
	o.finished()
	if e.renegotiates {
		s := e.tls.ConnectionState()
		e.renegotiates, e.state = s.Version <= tls.VersionTLS12, &s
	}
	return nil
}

// handshakeEnd tells a stream that was cut from a peer that said it closes.
func handshakeEnd(err error, cut bool) error {
	switch {
	case err != io.EOF && err != io.ErrUnexpectedEOF:
		return err
	case cut:
		return &Error{Op: "handshake", Library: "SSL", Reason: "UNEXPECTED_EOF_WHILE_READING", Number: ErrorEOF, Err: io.ErrUnexpectedEOF}
	}
	return &Error{Op: "handshake", Library: "SSL", Reason: "ZERO_RETURN", Number: ErrorZeroReturn}
}

// errBusy is what a callback of a handshake gets that calls the Object which waits for it.
var errBusy error = &Error{Library: "SSL", Reason: "CALLED_FROM_CALLBACK", Number: ErrorSSL, Err: errors.New("the call comes from a callback of the handshake")}

func (e *engine) busy() bool { return e.tr.hs != nil && e.tr.hs.running }

// begin makes ready for a goroutine, which ends when o is dropped.
func (e *engine) begin(o *Object) *handshake {
	hs := &handshake{}
	e.tr.hs = hs
	hs.cleanup = runtime.AddCleanup(o, (*engine).abandon, e)
	return hs
}

// unfinished is why nothing else can be done while a handshake goes on.
func (e *engine) unfinished() error {
	if e.busy() {
		return errBusy
	}
	return ErrWantRead
}

// settle forgets a goroutine that has ended.
func (e *engine) settle() {
	e.tr.hs.cleanup.Stop()
	e.tr.hs, e.tr.armed = nil, false
}

// abandon ends the goroutine of an Object that is closed or gone.
func (e *engine) abandon() {
	e.tr.dead = true
	e.tr.hs.abandon()
}

// ready reports whether reading would give something.
func (t *memTransport) ready() bool { return t.in.Pending() > 0 || t.in.eof }

// Read reads decrypted data; it completes the handshake first if need be. It returns
// [ErrWantRead] if no record is there, [io.EOF] after the peer's close-notify, and an error
// that is [ErrEOF] and [io.ErrUnexpectedEOF] if the incoming BIO ended without one. Python:
// SSLObject.read.
func (o *Object) Read(p []byte) (int, error) {
	n, err := o.read(p)
	runtime.KeepAlive(o)
	return n, err
}

func (o *Object) read(p []byte) (int, error) {
	e := o.e
	if !e.done || e.closed {
		if err := o.handshake(context.Background()); err != nil {
			return 0, err
		}
	}
	if len(p) == 0 {
		return 0, nil
	}
	if e.busy() {
		return 0, errBusy
	}
	if len(e.left) > 0 {
		return e.takeLeft(p), nil
	}
	if e.tr.out.room() <= -largeBuf {
		return 0, ErrWantWrite
	}
	if e.renegotiates {
		return o.readRenegotiating(p)
	}
	n, err := e.tls.Read(p)
	e.maybe = n == len(p)
	if err == nil {
		return n, nil
	}
	return n, e.readError(err)
}

func (e *engine) takeLeft(p []byte) int {
	n := copy(p, e.left)
	if e.left = e.left[n:]; len(e.left) == 0 {
		e.left = nil
	}
	return n
}

// readError maps what crypto/tls returned from Read.
func (e *engine) readError(err error) error {
	if err == errDry {
		return ErrWantRead
	}
	err = endOf(err, e.tr.sawEOF)
	if e.ends && errors.Is(err, ErrEOF) {
		return io.EOF
	}
	return err
}

// endOf maps an error of reading; cut tells that the stream below has ended.
func endOf(err error, cut bool) error {
	if err == io.EOF && !cut {
		return io.EOF
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return &Error{Op: "read", Library: "SSL", Reason: "UNEXPECTED_EOF_WHILE_READING", Number: ErrorEOF, Err: io.ErrUnexpectedEOF}
	}
	return wrapError("read", err)
}

// readRenegotiating reads where the server may ask for a new handshake, during which the
// read must wait within crypto/tls.
func (o *Object) readRenegotiating(p []byte) (int, error) {
	e := o.e
	var ev event
	switch {
	case e.tr.hs == nil:
		buf := make([]byte, min(len(p), maxRecord))
		e.tr.armed, e.tr.renegotiating = true, false
		ev = e.begin(o).start(func() (int, error) {
			n, err := e.tls.Read(buf)
			e.left, e.maybe = buf[:n], n == len(buf)
			return n, err
		})
	case !e.tr.ready():
		return 0, ErrWantRead
	default:
		ev = e.tr.hs.goOn()
	}
	if !ev.done {
		return 0, ErrWantRead
	}
	e.settle()
	if ev.panicked != nil {
		e.tr.dead = true
		panic(ev.panicked)
	}
	if e.closed { // by a callback
		return 0, errClosed
	}
	n := e.takeLeft(p)
	if ev.err != nil {
		return n, e.readError(ev.err)
	}
	return n, nil
}

// Write encrypts p; it completes the handshake first if need be. If the outgoing BIO is or
// becomes full it returns how much of p was taken and [ErrWantWrite]. After Unwrap or Close
// it fails. Python: SSLObject.write.
func (o *Object) Write(p []byte) (int, error) {
	n, err := o.write(p)
	runtime.KeepAlive(o)
	return n, err
}

// maxRecord is how much data a record carries at most.
const maxRecord = 16 << 10

func (o *Object) write(p []byte) (int, error) {
	e := o.e
	if !e.done || e.closed {
		if err := o.handshake(context.Background()); err != nil {
			return 0, err
		}
	}
	if e.tr.hs != nil { // a renegotiation
		return 0, e.unfinished()
	}
	sum := 0
	for len(p) > 0 {
		if e.tr.out.room() <= 0 {
			return sum, ErrWantWrite
		}
		n, err := e.tls.Write(p[:min(len(p), maxRecord)])
		sum, p = sum+n, p[n:]
		if err != nil {
			return sum, wrapError("write", err)
		}
	}
	return sum, nil
}

// Pending returns how many decrypted bytes can be read without another record. Python:
// SSLObject.pending.
func (o *Object) Pending() int {
	e := o.e
	if e.maybe && e.done && !e.closed && e.tr.hs == nil {
		e.maybe = false
		in := e.tr.in
		e.tr.in = &MemoryBIO{} // nothing new is read
		e.left = append(e.left, drain(e.tls)...)
		e.tr.in = in
	}
	return len(e.left)
}

// drain takes what c has decrypted; the connection below must answer errDry.
func drain(c *tls.Conn) []byte {
	var left []byte
	for {
		buf := make([]byte, maxRecord)
		n, err := c.Read(buf)
		left = append(left, buf[:n]...)
		if err != nil || n == 0 {
			return left
		}
	}
}

// Unwrap ends TLS: it puts close-notify into the outgoing BIO and returns nil once that of
// the peer has come, [ErrWantRead] before. What follows in the incoming BIO is no longer
// TLS, and is the caller's. If data of the peer come first, the error is [ErrUnreadData]:
// Read them to the end, then Unwrap again. Python: SSLObject.unwrap.
func (o *Object) Unwrap() error {
	e := o.e
	switch {
	case e.closed:
		return errClosed
	case !e.done:
		return &Error{Op: "unwrap", Library: "SSL", Reason: "UNINITIALIZED", Number: ErrorSSL, Err: errors.New("the handshake is not complete")}
	case e.tr.hs != nil:
		return e.unfinished()
	}
	if err := e.closeWrite(); err != nil {
		return wrapError("unwrap", err)
	}
	var one [1]byte
	n, err := o.read(one[:])
	runtime.KeepAlive(o)
	switch {
	case n > 0:
		e.left = append(one[:n:n], e.left...)
		return &Error{Op: "unwrap", Library: "SSL", Reason: "APPLICATION_DATA_AFTER_CLOSE_NOTIFY", Number: ErrorSSL, Err: ErrUnreadData}
	case err == io.EOF && e.tr.sawEOF:
		return &Error{Op: "unwrap", Library: "SSL", Reason: "UNEXPECTED_EOF_WHILE_READING", Number: ErrorEOF, Err: io.ErrUnexpectedEOF}
	case err == io.EOF:
		return nil
	}
	return err
}

// CloseWrite puts close-notify into the outgoing BIO: nothing can be written afterwards,
// but reading goes on. It fails before the handshake is complete.
func (o *Object) CloseWrite() error {
	if o.e.closed {
		return errClosed
	}
	if !o.e.done {
		return &Error{Op: "close", Library: "SSL", Reason: "UNINITIALIZED", Number: ErrorSSL, Err: errors.New("the handshake is not complete")}
	}
	if o.e.tr.hs != nil {
		return o.e.unfinished()
	}
	return wrapError("close", o.e.closeWrite())
}

func (e *engine) closeWrite() error {
	if e.shutdown {
		return nil
	}
	e.shutdown = true
	return e.tls.CloseWrite()
}

// Close puts close-notify into the outgoing BIO if the handshake is complete, ends the
// goroutine of one that is not, and makes all further calls fail with [net.ErrClosed]. The
// BIOs stay as they are. Closing again does nothing.
func (o *Object) Close() error {
	e := o.e
	if e.closed {
		return nil
	}
	e.closed, e.left = true, nil
	if e.busy() { // whoever waits for the handshake finds it ended
		e.tr.dead = true
		return nil
	}
	if hs := e.tr.hs; hs != nil {
		hs.cleanup.Stop()
		e.abandon()
		for ev := range hs.report {
			if ev.done {
				break
			}
		}
		e.tr.hs = nil
	}
	var err error
	if e.done && !e.tr.dead {
		if err = e.closeWrite(); errors.Is(err, net.ErrClosed) {
			err = nil
		}
	}
	e.tr.dead = true
	runtime.KeepAlive(o)
	return wrapError("close", err)
}

// HandshakeComplete reports whether the handshake has succeeded.
func (o *Object) HandshakeComplete() bool { return o.e.done }

// connectionState is the state of crypto/tls, which cannot be asked during a handshake.
func (e *engine) connectionState() tls.ConnectionState {
	switch {
	case e.tr.hs != nil && e.state != nil:
		return *e.state
	case e.tr.hs != nil, !e.done && e.failed == nil:
		return tls.ConnectionState{}
	}
	return e.tls.ConnectionState()
}
