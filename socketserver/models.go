package socketserver

import (
	"context"
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

// Process is a model of the caller's: it is called with the function that serves one
// connection or datagram, and has it run when and where it likes, but once:
// `process_request`.
type Process func(ctx context.Context, serve func())

func (Sequential) newRunner(s *Server) (runner, error) {
	return &goRunner{s: s, start: func(_ context.Context, f func()) { f() }}, nil
}

func (m Threading) newRunner(s *Server) (runner, error) {
	r := &goRunner{s: s, start: func(_ context.Context, f func()) { go f() }}
	if m.MaxHandlers > 0 {
		r.slots = make(chan struct{}, m.MaxHandlers)
	}
	return r, nil
}

func (m Process) newRunner(s *Server) (runner, error) { return &goRunner{s: s, start: m}, nil }

// A goRunner serves in goroutines, or in its own.
type goRunner struct {
	s     *Server
	start func(ctx context.Context, f func())
	slots chan struct{} // nil: any number
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
		err := r.one(ctx, by)
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
func (r *goRunner) one(ctx context.Context, by time.Time) error {
	if !r.take() {
		return ErrServerClosed
	}
	if !by.IsZero() {
		r.s.sock.SetReadDeadline(by)
	}
	work, err := r.next(ctx)
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
func (r *goRunner) next(ctx context.Context) (func(), error) {
	if r.s.DatagramHandler != nil {
		d, err := r.s.receive(ctx)
		return func() { r.s.serveDatagram(ctx, d) }, err
	}
	c, err := r.s.accept(ctx)
	return func() { r.s.serveConn(ctx, c) }, err
}

func (r *goRunner) take() bool {
	if r.slots == nil {
		return true
	}
	select {
	case r.slots <- struct{}{}:
		return true
	case <-r.s.stopping:
		return false
	}
}

func (r *goRunner) give() {
	if r.slots != nil {
		<-r.slots
	}
}
