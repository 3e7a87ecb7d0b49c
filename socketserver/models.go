package socketserver

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Sequential handles one request after the other: what Python's servers do by themselves.
// While a connection is served the others wait.
type Sequential struct{}

// Threading handles each connection, and each datagram, in a goroutine of its own:
// `ThreadingMixIn`. A connection that rests between requests keeps its goroutine but no
// buffer.
type Threading struct {
	// MaxHandlers is how many goroutines there may be at once. What comes beyond waits
	// in the system's queue. Zero means that there is no limit.
	MaxHandlers int
	// Daemon has Close not wait for the handlers: `daemon_threads`, and `block_on_close`
	// turned round.
	Daemon bool
}

// Forking handles each connection, and each datagram, in one of a pool of processes, which
// are started from the same program and get the connected descriptor: `ForkingMixIn`. A
// handler that crashes its process costs its own request; the process is replaced.
//
// Go cannot fork a running program. A worker is the program started anew, which runs from
// the beginning of main to the same ServeForever and serves there what it is given instead
// of listening, until the server ends it; then ServeForever returns ErrServerClosed. What
// comes before in main happens in each worker too: [IsWorker] tells. The handlers' state is
// each process's own.
//
// On Windows it is errors.ErrUnsupported.
type Forking struct {
	// MaxChildren is how many processes there may be, each with one request at a time:
	// `max_children`. Zero means 40, as in Python.
	MaxChildren int
	// Prestart is how many processes there are at least, started before there are
	// requests. Zero means 1; it is MaxChildren at most.
	Prestart int
	// MaxRequests is after how many requests a process is replaced. Zero means never.
	MaxRequests int
	// Name tells the servers of one program apart that fork. The program must give it
	// anew in the worker.
	Name string
	// Command makes the command that starts a worker; the server adds to its environment
	// and its ExtraFiles. Nil means the same program with the same arguments, and this
	// one's standard output and error.
	Command func() *exec.Cmd
}

const defaultMaxChildren = 40

// workerEnv is the variable of the environment that makes a process a worker; its value is
// the server's name behind a letter.
const workerEnv = "PYNET_SOCKETSERVER_WORKER"

var workerName, isWorker = takeWorkerEnv()

// takeWorkerEnv reads the variable and hides it from this process's own children.
func takeWorkerEnv() (string, bool) {
	name, ok := os.LookupEnv(workerEnv)
	os.Unsetenv(workerEnv)
	return strings.TrimPrefix(name, "w"), ok
}

// IsWorker reports whether the process is a worker of a [Forking] server: what is to happen
// once only, in the server's process, is then left out.
func IsWorker() bool { return isWorker }

// worker reports whether the server is to be a worker here.
func (s *Server) worker() bool {
	m, ok := s.Model.(Forking)
	return ok && isWorker && m.Name == workerName
}

// A WorkerError tells [Server.HandleError] that a worker has died with a request.
type WorkerError struct {
	// PID is the worker's number.
	PID int
	// State is how it ended, as "signal: killed".
	State string
}

// Error gives both.
func (e *WorkerError) Error() string {
	return fmt.Sprintf("socketserver: worker %d died with a request: %s", e.PID, e.State)
}

// Process is a model of the caller's: it is called with the function that serves one
// connection or datagram, and has it run when and where it likes, but once:
// `process_request`.
type Process func(ctx context.Context, serve func())

func (Sequential) newRunner(s *Server) (runner, error) {
	return newGoRunner(s, func(_ context.Context, f func()) { f() }), nil
}

func (m Threading) newRunner(s *Server) (runner, error) {
	r := newGoRunner(s, func(_ context.Context, f func()) { go f() })
	r.spawn = true
	if m.MaxHandlers > 0 {
		r.slots = make(chan struct{}, m.MaxHandlers)
	}
	return r, nil
}

func (m Process) newRunner(s *Server) (runner, error) { return newGoRunner(s, m), nil }

// A goRunner serves in goroutines, or in its own.
type goRunner struct {
	s        *Server
	start    func(ctx context.Context, f func())
	slots    chan struct{} // those taken; nil: any number
	spawn    bool          // start is go
	conn     func(context.Context, *Conn)
	datagram func(context.Context, *Datagram)
}

func newGoRunner(s *Server, start func(ctx context.Context, f func())) *goRunner {
	return &goRunner{s: s, start: start, conn: s.serveConn, datagram: s.serveDatagram}
}

func (r *goRunner) retire() {}
func (r *goRunner) kill()   {}

func (r *goRunner) serve(ctx context.Context) error {
	interval := time.Duration(0)
	if r.s.ServiceActions != nil {
		if interval = r.s.PollInterval; interval <= 0 {
			interval = defaultPollInterval
		}
	}
	for {
		var by time.Time
		if interval > 0 {
			by = time.Now().Add(interval)
		}
		err := r.one(ctx, until{by: by})
		if r.s.stopped.Load() {
			return ErrServerClosed
		}
		if err != nil && !isTimeout(err) {
			return err
		}
		if r.s.ServiceActions != nil {
			r.s.ServiceActions()
		}
	}
}

// one takes a slot, waits for a request, and starts its handling.
func (r *goRunner) one(ctx context.Context, u until) error {
	if err := r.take(u); err != nil {
		return err
	}
	if !u.by.IsZero() {
		r.s.sock.SetReadDeadline(u.by)
	}
	err := u.ended() // what its end has set may have been overwritten
	if r.s.stopped.Load() {
		err = ErrServerClosed
	}
	if err != nil {
		r.give()
		return err
	}
	if r.spawn && r.s.Handler != nil { // without the closures: a connection keeps them
		c, err := r.s.accept(ctx, u)
		if err != nil {
			r.give()
			return err
		}
		go r.s.serveAndGive(ctx, c, r.slots)
		return nil
	}
	work, err := r.next(ctx, u)
	if err != nil {
		r.give()
		return err
	}
	r.start(ctx, func() {
		defer r.give()
		work()
	})
	return nil
}

// next waits for a request, and returns what serves it.
func (r *goRunner) next(ctx context.Context, u until) (func(), error) {
	if r.s.DatagramHandler != nil {
		d, err := r.s.receive(ctx)
		return func() { r.datagram(ctx, d) }, err
	}
	c, err := r.s.accept(ctx, u)
	return func() { r.conn(ctx, c) }, err
}

func (r *goRunner) take(u until) error {
	if r.slots == nil {
		return nil
	}
	return u.await(r.s, nil, r.slots)
}

func (r *goRunner) give() {
	if r.slots != nil {
		<-r.slots
	}
}
