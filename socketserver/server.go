package socketserver

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// Limits and times where a Server's field is zero.
const (
	defaultMaxPacketSize    = 8192
	defaultHandshakeTimeout = 10 * time.Second
	defaultPollInterval     = 500 * time.Millisecond
	defaultQueueSize        = 4096
)

// A Server listens at an address and gives what comes to a handler: `BaseServer` with
// `TCPServer`, `UDPServer`, `UnixStreamServer` and `UnixDatagramServer`, by the kind of its
// handler and address. The zero value with Addr and one of the handlers is ready.
//
// The fields are not to be changed after the first method is called. Methods may be called
// concurrently, but for HandleRequest. A server serves once: after Shutdown or Close it is of
// no more use.
type Server struct {
	// Addr is where to listen, such as socket.Inet{Port: 8080}: `server_address`. Its
	// family is the socket's: `address_family`. Port 0 is one that the system chooses,
	// which LocalAddr tells.
	Addr socket.Addr
	// Handler serves stream connections: `RequestHandlerClass` of a stream server.
	Handler ConnHandler
	// DatagramHandler serves datagrams: `RequestHandlerClass` of a datagram server.
	DatagramHandler DatagramHandler
	// Model says how requests are handled at once. Nil is Sequential, as in Python.
	Model Model

	// TLS, if not nil, is spoken with every client, and needs a certificate. A callback of it
	// that ends the server calls Shutdown with the context of its ClientHelloInfo.
	TLS *tls.Config
	// HandshakeTimeout is the time for the handshake of TLS. Zero means 10 s, below zero
	// there is no limit.
	HandshakeTimeout time.Duration
	// IdleTimeout is how long a connection may rest before its next request, the first
	// included. Zero means that there is no limit.
	IdleTimeout time.Duration
	// ReadTimeout is how long one call of the handler may read, in all, however often
	// something comes. Zero means that there is no limit.
	ReadTimeout time.Duration
	// WriteTimeout is how long one call of the handler may write, in all, and how long the
	// answer to a datagram may wait for room. Zero means that there is no limit.
	WriteTimeout time.Duration
	// Timeout is how long HandleRequest waits: `timeout`. Zero means that there is no limit.
	Timeout time.Duration

	// MaxConns is how many connections may be open at once. Those beyond wait in the
	// system's queue. Zero means that there is no limit but the system's.
	MaxConns int
	// RequestQueueSize is the length of that queue: `request_queue_size`. Zero means as
	// much as the system allows (SOMAXCONN), not Python's 5.
	RequestQueueSize int
	// MaxPacketSize is the largest datagram: `max_packet_size`. Of a larger one the rest is
	// lost, which Datagram.Truncated tells. Zero means 8,192.
	MaxPacketSize int
	// AllowReuseAddress sets SO_REUSEADDR for datagrams, which lets others take a part of
	// them: `allow_reuse_address`. Stream sockets have it always, where it is safe.
	AllowReuseAddress bool
	// AllowReusePort sets SO_REUSEPORT: several sockets share an address: `allow_reuse_port`.
	AllowReusePort bool
	// DualStack lets a server of an IPv6 address serve IPv4 too. Of another address it is
	// socket.ErrDualStack.
	DualStack bool
	// Mode is the permission of a Unix stream socket's file. Zero means 0600.
	Mode fs.FileMode
	// DisableNagle sets TCP_NODELAY on connections: `disable_nagle_algorithm`.
	DisableNagle bool

	// VerifyRequest reports whether a client is served, before anything of it is read:
	// `verify_request`. An IPv4 address is plain, on a dual-stack socket too. It is called
	// from the loop that accepts, and must not wait long. What has to look at the connection
	// itself, for the credentials of a Unix client say, is done by an [Opener], which can
	// refuse it with an error.
	VerifyRequest func(ctx context.Context, client socket.Addr) bool
	// HandleError is told of a handler's error or panic (*PanicError), of a failed
	// handshake (*HandshakeError) and of the accept call's errors: `handle_error`. Nil logs.
	// A panic of it is logged.
	HandleError func(ctx context.Context, client socket.Addr, err error)
	// HandleTimeout is called when HandleRequest waited in vain: `handle_timeout`.
	HandleTimeout func()
	// ServiceActions is called in each round of the loop, at least each PollInterval:
	// `service_actions`.
	ServiceActions func()
	// PollInterval is the time between the rounds if there is a ServiceActions. Zero
	// means 0.5 s, as `serve_forever` has it.
	PollInterval time.Duration
	// ServerBind, if not nil, binds the new socket in place of the server: `server_bind`.
	ServerBind func(s *socket.Socket) error
	// ServerActivate, if not nil, is called after Bind in place of Listen, and for datagrams
	// too: `server_activate`.
	ServerActivate func(s *socket.Socket) error
	// GetRequest, if not nil, accepts stream connections in place of the server: `get_request`.
	// In an EventLoop the socket does not wait.
	GetRequest func(l *socket.Socket) (*socket.Socket, socket.Addr, error)
	// Logger is for errors. Nil means slog.Default.
	Logger *slog.Logger

	mu                 sync.Mutex // guards what follows
	sock               *socket.Socket
	local              socket.Addr
	extra              []*socket.Socket // of an EventLoop that shares the port
	run                runner
	serving, activated bool
	file               fs.FileInfo // of a Unix datagram socket, to be removed
	conns              map[*Conn]struct{}
	ctx                context.Context // of the handlers
	cancel             context.CancelFunc
	stopping           chan struct{} // closed by Shutdown and Close; made by init
	closed             bool

	stopped atomic.Bool    // stopping is closed
	calls   sync.WaitGroup // handlers at work, and what serves them
	active  atomic.Int64   // how many
	open    atomic.Int64   // connections
	freeMu  sync.Mutex     // guards free, which is closed when a connection has ended
	free    chan struct{}
}

// A runner is a [Model] at work for one server.
type runner interface {
	// serve handles requests until the server stops.
	serve(ctx context.Context) error
	// one handles one request, for which it waits within the bound.
	one(ctx context.Context, u until) error
	// retire tells idle connections to go; kill tells all.
	retire()
	kill()
}

// A Model is a way to handle requests at once: [Sequential], [Threading], [Forking],
// [EventLoop] or [Process].
type Model interface {
	newRunner(s *Server) (runner, error)
}

// serverKey finds the server that a handler's context is of.
type serverKey struct{}

// init makes what the zero Server has not. The mutex must be held.
func (s *Server) init() {
	if s.stopping == nil {
		s.stopping = make(chan struct{})
		s.conns = map[*Conn]struct{}{}
		s.ctx, s.cancel = context.WithCancel(context.WithValue(context.Background(), serverKey{}, s))
	}
}

// ServeForever handles requests until Shutdown or Close, and then returns ErrServerClosed,
// or until ctx ends, which is as Close, and then returns its error: `serve_forever`. It
// binds and activates first if need be. The values of ctx do not reach the handlers.
func (s *Server) ServeForever(ctx context.Context) error {
	r, err := s.start()
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { s.Close() })
	defer stop()
	err = r.serve(s.ctx)
	if s.stopped.Load() {
		err = ErrServerClosed
	} else {
		s.Close()
	}
	if ctx.Err() != nil {
		s.Close() // the other may not have waited yet
		err = ctx.Err()
	}
	return err
}

// start makes the runner. A server has one.
func (s *Server) start() (runner, error) {
	if err := s.Activate(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.serving && !s.stopped.Load() {
		return nil, ErrStarted
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	s.serving = true
	return s.run, nil
}

// prepare makes the runner. The mutex must be held.
func (s *Server) prepare() (err error) {
	if s.stopped.Load() {
		return ErrServerClosed
	}
	if s.run == nil {
		m := s.Model
		if m == nil {
			m = Sequential{}
		}
		s.run, err = m.newRunner(s)
	}
	return err
}

// HandleRequest waits for one request, for Timeout at most, and handles it:
// `handle_request`. In models that handle elsewhere it returns when that has begun. After
// Timeout it calls HandleTimeout and returns nil. [EventLoop] has no such call:
// errors.ErrUnsupported. It is not to be called by two goroutines at once, nor beside
// ServeForever: the socket has one deadline.
func (s *Server) HandleRequest(ctx context.Context) error {
	if _, ok := s.Model.(EventLoop); ok {
		return errors.ErrUnsupported
	}
	if err := s.Activate(); err != nil {
		return err
	}
	s.mu.Lock()
	err := s.prepare()
	r := s.run
	s.mu.Unlock()
	if err != nil {
		return err
	}
	var by time.Time
	if s.Timeout > 0 {
		by = time.Now().Add(s.Timeout)
	}
	if sock := s.Socket(); sock != nil { // a worker has none
		set := make(chan struct{})
		stop := context.AfterFunc(ctx, func() {
			sock.SetReadDeadline(longAgo)
			close(set)
		})
		defer func() {
			if !stop() {
				<-set
			}
			sock.SetReadDeadline(time.Time{})
		}()
	}
	err = r.one(s.ctx, until{by, ctx})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case s.stopped.Load():
		return ErrServerClosed
	case isTimeout(err):
		if s.HandleTimeout != nil {
			s.HandleTimeout()
		}
		return nil
	}
	return err
}

// longAgo is a deadline that ends a wait.
var longAgo = time.Unix(1, 0)

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// Shutdown stops accepting, ends idle connections, and waits until the handlers are done
// or ctx ends, which then cancels their context and closes their connections:
// `shutdown`, and what `server_close` does. It may be called before the server serves, more
// than once and concurrently. A handler or hook that calls it, with its context or without, is
// not waited for: it gets ErrRunning, and the server ends when it has returned.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stop()
	own := s.calledByHandler(ctx)
	if own {
		go func() {
			s.calls.Wait()
			s.Close()
		}()
		return ErrRunning
	}
	done := make(chan struct{})
	go func() {
		s.calls.Wait()
		close(done)
	}()
	select {
	case <-done:
		return s.Close()
	case <-ctx.Done():
		s.kill()
		return ctx.Err()
	}
}

// Close ends the server at once: it stops accepting, cancels the handlers' context, closes
// their connections, and waits until they have returned, unless a handler or hook calls it:
// `server_close`. A second Close only waits.
func (s *Server) Close() error {
	s.stop()
	err := s.kill()
	if !s.calledByHandler(context.Background()) {
		s.waitCalls()
	}
	return err
}

func (s *Server) waitCalls() {
	if m, ok := s.Model.(Threading); ok && m.Daemon {
		return
	}
	s.calls.Wait()
}

// stop closes the listening sockets and has idle connections end.
func (s *Server) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	if s.stopped.Swap(true) {
		return
	}
	close(s.stopping)
	for _, l := range append(s.extra, s.sock) {
		switch {
		case l == nil:
		case s.DatagramHandler != nil:
			l.SetReadDeadline(longAgo) // answers are still to be sent
		default:
			l.Close()
		}
	}
	if s.run != nil {
		s.run.retire()
	}
	for c := range s.conns {
		if c.rest.CompareAndSwap(idle, ended) {
			c.t.Close()
		}
	}
}

// kill ends what is at work.
func (s *Server) kill() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.cancel()
	for c := range s.conns {
		c.t.Close()
	}
	for _, l := range append(s.extra, s.sock) {
		if l != nil {
			l.Close()
		}
	}
	s.unlink()
	if s.run != nil {
		s.run.kill()
	}
	return nil
}
