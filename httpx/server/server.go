package server

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/internal/http1"
	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// A Handler answers requests. It is called from many goroutines at once, but for one
// connection from one at a time.
type Handler interface {
	// ServeRequest answers r, which is valid until it returns.
	ServeRequest(r *Request)
}

// A HandlerFunc is a function as a [Handler].
type HandlerFunc func(r *Request)

// ServeRequest calls the function.
func (f HandlerFunc) ServeRequest(r *Request) { f(r) }

// Methods answers each method by a function of its own, as the do_GET, do_POST and so on
// of Python's handlers do. One that is not there is answered by 501.
type Methods map[string]func(r *Request)

// ServeRequest calls the function of the method.
func (m Methods) ServeRequest(r *Request) {
	if f := m[r.Method]; f != nil {
		f(r)
		return
	}
	r.notImplemented()
}

// Lenient is what a server takes beyond the strict reading of RFC 9112, a set of
// flags. Each opens what two readers could see differently: set it only where no other
// server or proxy stands in front, for clients that are broken.
type Lenient uint8

// The flags.
const (
	// LenientLF takes a line feed alone for the end of a line.
	LenientLF = Lenient(http1.BareLF)
	// LenientFold joins folded fields.
	LenientFold = Lenient(http1.Fold)
	// LenientHost takes a request of HTTP/1.1 without a Host.
	LenientHost = Lenient(http1.NoHost)
	// LenientHTTP09 answers "GET /path" as HTTP/0.9 did, with the body alone.
	LenientHTTP09 = Lenient(http1.HTTP09)
	// LenientPython reads requests as Python's http.server does, for services that are
	// ported from it; [Server.Bare] has them answered so. It implies the others.
	LenientPython = Lenient(http1.Python)
)

// A Server answers HTTP requests: Python's HTTPServer, ThreadingHTTPServer, HTTPSServer
// and ThreadingHTTPSServer, by its Model and TLS. The zero value with Addr and Handler
// is ready; the fields are not to be changed after the first method is called. Methods
// may be called concurrently.
type Server struct {
	// Addr is "host:port", ":port", or "unix:" and a path. Port 0 is one that the
	// system chooses, which Server.LocalAddr tells. An empty host is all addresses.
	Addr string
	// Handler answers the requests. [HTTP] makes one of an http.Handler.
	Handler Handler
	// Model says how connections are served at once. nil is socketserver.Threading.
	Model socketserver.Model
	// TLS, if not nil, is spoken with every client, and needs a certificate.
	TLS *tls.Config
	// Protocol is the version of the answers, "HTTP/1.1" or "HTTP/1.0"; only the first
	// keeps connections alive. Empty means "HTTP/1.1"; Python's protocol_version is
	// "HTTP/1.0" unless it is set.
	Protocol string
	// DefaultVersion is that of a request without one, where LenientHTTP09 lets it be. Empty
	// means "HTTP/0.9". Python's default_request_version.
	DefaultVersion string
	// Version is the header Server of [Request.SendResponse]. Empty means "pynet", "-"
	// that there is none. Python's server_version and sys_version.
	Version string
	// ErrorFormat is the page of an error, with %(code)d, %(message)s and %(explain)s, the
	// last two escaped for HTML. Empty means a plain page. Python's error_message_format.
	ErrorFormat string
	// ErrorContentType is its type. Empty means "text/html;charset=utf-8". Python's
	// error_content_type.
	ErrorContentType string

	// HeaderTimeout bounds the reading of a request's header, from its first byte on.
	// Zero means 30 seconds, negative none.
	HeaderTimeout time.Duration
	// ReadTimeout and WriteTimeout bound the reading and the writing of one request in
	// all. Zero means none.
	ReadTimeout, WriteTimeout time.Duration
	// IdleTimeout is how long a connection may rest before its next request, the first
	// included. Zero means 2 minutes, negative none. Python's timeout.
	IdleTimeout time.Duration
	// MaxLine is the longest line of a request's header, in bytes. Zero means 65,536.
	MaxLine int
	// MaxHeaders is how many header lines a request may have. Zero means 100.
	MaxHeaders int
	// MaxHeaderBytes is how many bytes a header may have. Zero means 1 MiB.
	MaxHeaderBytes int
	// MaxBody is how long a request's body may be. Zero means that the handler sees to
	// that. A longer length that is announced is answered by 413 at once.
	MaxBody int64
	// MaxConns is how many connections may be open at once. Zero means no bound.
	MaxConns int
	// AllowedHosts are the values of Host that are answered, without the port and in lower
	// case; others get 421, against pages that drive a local server through a name of
	// their own (DNS rebinding). Empty means any.
	AllowedHosts []string
	// Lenient is what is taken beyond the strict reading.
	Lenient Lenient
	// Bare sends the header fields that the handler sends and no others, as Python does:
	// no length is filled in, no chunks are made. An answer that does not say where it
	// ends then ends with the connection (RFC 9112 section 6.3), which Python leaves open
	// for the client to wait on.
	Bare bool

	// OnExpect is called for a request with Expect: 100-continue before its handler, and
	// returns whether to go on; it may answer instead. nil sends 100 when the body is
	// first read. Python's handle_expect_100.
	OnExpect func(r *Request) bool
	// AccessLog gets a line for each answer, in the common log form. nil means none.
	AccessLog io.Writer
	// Logger gets each answer, too, and the errors. nil means slog.Default for errors.
	Logger *slog.Logger
	// OnLog, if set, gets the lines that [Request.LogRequest] and the others make, in
	// place of AccessLog. Python's log_message.
	OnLog func(r *Request, line string)
	// Now is the clock for the header Date and the log. nil means time.Now.
	Now func() time.Time

	once    sync.Once
	minor   int
	version string
	limits  http1.Limits
	dates   dateCache
	logMu   sync.Mutex

	stopping atomic.Bool // Shutdown or Close has been called

	mu    sync.Mutex // guards what follows
	tcp   *socketserver.Server
	lists map[net.Listener]struct{}
	conns map[net.Conn]*plainConn
	done  bool
	calls sync.WaitGroup
}

func (s *Server) init() {
	s.once.Do(func() {
		if s.minor = 1; s.Protocol == "HTTP/1.0" {
			s.minor = 0
		}
		switch s.version = s.Version; s.version {
		case "":
			s.version = "pynet"
		case "-":
			s.version = ""
		}
		s.limits = http1.Limits{Line: s.MaxLine, Fields: s.MaxHeaders, Head: s.MaxHeaderBytes}
	})
}

func (s *Server) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

func orDefault(d, def time.Duration) time.Duration {
	switch {
	case d == 0:
		return def
	case d < 0:
		return 0
	}
	return d
}

// Socket returns the server of sockets below, made from the fields: for what it can do
// besides. Its fields may be changed before it is bound.
func (s *Server) Socket() (*socketserver.Server, error) {
	s.init()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tcp != nil {
		return s.tcp, nil
	}
	addr, dual, err := listenAddr(s.Addr)
	if err != nil {
		return nil, err
	}
	model := s.Model
	if model == nil {
		model = socketserver.Threading{}
	}
	s.tcp = &socketserver.Server{
		Addr: addr, DualStack: dual, Handler: s, Model: model, TLS: s.tlsConfig(), MaxConns: s.MaxConns,
		IdleTimeout: orDefault(s.IdleTimeout, 2*time.Minute),
		ReadTimeout: s.ReadTimeout, WriteTimeout: s.WriteTimeout,
		DisableNagle: true, Logger: s.Logger,
	}
	return s.tcp, nil
}

// tlsConfig offers HTTP/1.1 unless the configuration has its own offer.
func (s *Server) tlsConfig() *tls.Config {
	if s.TLS == nil || len(s.TLS.NextProtos) > 0 {
		return s.TLS
	}
	c := s.TLS.Clone()
	c.NextProtos = []string{"http/1.1"}
	return c
}

// listenAddr resolves Addr; an empty host is every address of both versions of IP.
func listenAddr(addr string) (a socket.Addr, dual bool, err error) {
	if path, ok := strings.CutPrefix(addr, "unix:"); ok {
		return socket.Unix{Name: path}, false, nil
	}
	if addr == "" {
		addr = ":0"
	}
	t, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, false, err
	}
	if t.IP == nil {
		t.IP, dual = net.IPv6unspecified, true
		if !hasIPv6() {
			t.IP, dual = net.IPv4zero, false
		}
	}
	a, err = socket.AddrFrom(t)
	return a, dual, err
}

// hasIPv6 reports whether the system can listen on IPv6.
var hasIPv6 = sync.OnceValue(func() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err == nil {
		l.Close()
	}
	return err == nil
})

// Listen binds the address without serving yet: connections wait.
func (s *Server) Listen() error {
	t, err := s.Socket()
	if err != nil {
		return err
	}
	return t.Activate()
}

// ServeForever listens at Addr and answers until Shutdown or Close, and then returns
// [ErrServerClosed], or until ctx ends, which is as Close: Python's serve_forever.
func (s *Server) ServeForever(ctx context.Context) error {
	t, err := s.Socket()
	if err != nil {
		return err
	}
	return t.ServeForever(ctx)
}

// ErrServerClosed is what serving returns after Shutdown and Close.
var ErrServerClosed = socketserver.ErrServerClosed

// LocalAddr returns the address listened at, nil before Listen: Python's server_address.
func (s *Server) LocalAddr() net.Addr {
	t, err := s.Socket()
	if err != nil {
		return nil
	}
	switch a := t.LocalAddr().(type) {
	case nil:
		return nil
	case socket.Inet:
		return net.TCPAddrFromAddrPort(a.AddrPort())
	case socket.Inet6:
		return net.TCPAddrFromAddrPort(a.AddrPort())
	case socket.Unix:
		return &net.UnixAddr{Name: a.Name, Net: "unix"}
	}
	return nil
}

// Name returns the fully qualified name of the host listened at: Python's server_name.
func (s *Server) Name(ctx context.Context) string {
	host := ""
	if t, ok := s.LocalAddr().(*net.TCPAddr); ok && !t.IP.IsUnspecified() {
		host = t.IP.String()
	}
	return socket.GetFQDN(ctx, host)
}

// Port returns the port listened at, 0 if there is none: Python's server_port.
func (s *Server) Port() int {
	if t, ok := s.LocalAddr().(*net.TCPAddr); ok {
		return t.Port
	}
	return 0
}

// Shutdown stops listening, ends idle connections, and waits until the handlers are
// done or ctx ends, which then closes their connections. The answers that begin from now
// on say Connection: close.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stopPlain()
	t, err := s.Socket()
	if err == nil {
		err = t.Shutdown(ctx)
	}
	done := make(chan struct{})
	go func() { s.calls.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		s.killPlain()
		return ctx.Err()
	}
	return err
}

// Close stops listening and closes all connections.
func (s *Server) Close() error {
	s.stopPlain()
	s.killPlain()
	t, err := s.Socket()
	if err != nil {
		return err
	}
	return t.Close()
}

// ServeConn implements socketserver.ConnHandler: a Server can be the handler of a
// server of sockets that was made otherwise.
func (s *Server) ServeConn(ctx context.Context, sc *socketserver.Conn) (socketserver.Next, error) {
	s.init()
	c := conns.Get().(*conn)
	c.begin(ctx, s, sc)
	c.sc = sc
	next := c.serve()
	if next != socketserver.Detached {
		c.end()
	}
	return next, nil
}

// HTTP makes a Handler of an http.Handler, which gets requests and ways to answer as
// from net/http's server: http.Flusher, http.Hijacker, io.ReaderFrom, trailers, interim
// responses, and deadlines by http.ResponseController. A nil handler is
// http.DefaultServeMux.
func HTTP(h http.Handler) Handler {
	if h == nil {
		h = http.DefaultServeMux
	}
	return httpHandler{h}
}

// errHijacked is what a second Hijack gives.
var errHijacked = errors.New("server: the connection has been taken over")
