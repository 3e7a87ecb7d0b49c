//go:build unix

package socketserver

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// A loopRunner serves by loops.
type loopRunner struct {
	s         *Server
	loops     []*loop
	workers   int
	maxQueued int
	share     bool
	turn      int // of the loops, for the next connection; the accepting loop's
	watching  atomic.Bool
	idle      bool // every connection is idle until something comes from it
	local     bool // the connections are Unix ones
	conns     sync.Pool
	started   time.Time
	ended     chan struct{} // all loops have
	failed    chan error    // what accepting has failed with for good
}

func (m EventLoop) newRunner(s *Server) (runner, error) {
	r := &loopRunner{s: s, workers: m.Workers, maxQueued: m.MaxQueued, share: m.SharePort, started: time.Now(), ended: make(chan struct{}), failed: make(chan error, 1)}
	if r.workers <= 0 {
		r.workers = defaultWorkers
	}
	if r.maxQueued <= 0 {
		r.maxQueued = defaultMaxQueued
	}
	_, opens := s.Handler.(Opener)
	r.idle = !opens && s.TLS == nil
	r.conns.New = func() any { return new(loopConn) }
	n := m.Loops
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	for range n {
		l := &loop{r: r}
		var err error
		if l.sel, err = (selectors.Config{MaxEvents: maxEvents}).New(); err != nil {
			r.closeLoops()
			return nil, err
		}
		r.loops = append(r.loops, l)
	}
	return r, nil
}

// maxEvents is how many connections a loop looks at in one go.
const maxEvents = 256

func (r *loopRunner) closeLoops() {
	for _, l := range r.loops {
		l.sel.Close()
	}
}

// one is not there: a loop serves all at once.
func (r *loopRunner) one(context.Context, until) error { return errNoOne }

// serve runs the loops until the server stops.
func (r *loopRunner) serve(ctx context.Context) error {
	if err := r.listen(); err != nil {
		r.closeLoops()
		return err
	}
	var wg sync.WaitGroup
	for _, l := range r.loops {
		if !r.s.begin() {
			break
		}
		wg.Add(1)
		l.left = func() {
			wg.Done()
			r.s.calls.Done()
		}
		l.handOver(0)
	}
	go func() {
		wg.Wait()
		r.closeLoops()
		close(r.ended)
	}()
	return r.actions()
}

// fail ends the server with an error.
func (r *loopRunner) fail(err error) {
	select {
	case r.failed <- err:
	default: // it ends already
	}
}

// actions calls ServiceActions from time to time until the server stops or fails.
func (r *loopRunner) actions() error {
	var round <-chan time.Time
	if r.s.ServiceActions != nil {
		interval := r.s.PollInterval
		if interval <= 0 {
			interval = defaultPollInterval
		}
		t := time.NewTicker(interval)
		defer t.Stop()
		round = t.C
	}
	for {
		select {
		case <-round:
			r.s.ServiceActions()
		case err := <-r.failed:
			return err
		case <-r.s.stopping:
			return ErrServerClosed
		}
	}
}

// listen has the first loop accept, or each with a socket of its own.
func (r *loopRunner) listen() error {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if r.s.stopped.Load() {
		return ErrServerClosed
	}
	if f := r.s.sock.Family(); f != socket.AFInet && f != socket.AFInet6 {
		r.share = false
		r.local = true
	}
	for i, l := range r.loops {
		if i > 0 && !r.share {
			return nil
		}
		sock := r.s.sock
		if i > 0 {
			var err error
			if sock, err = r.s.shared(); err != nil {
				return err
			}
			r.s.extra = append(r.s.extra, sock)
		}
		sock.SetBlocking(false)
		l.listener = sock
		if _, err := l.sel.Register(sock, selectors.Read, nil); err != nil {
			return err
		}
	}
	return nil
}

func (r *loopRunner) retire() {
	for _, l := range r.loops {
		l.mu.Lock()
		l.stopping = true
		l.mu.Unlock()
		l.sel.Wake()
	}
}

func (r *loopRunner) kill() {
	for _, l := range r.loops {
		l.mu.Lock()
		l.killed = true
		l.mu.Unlock()
		l.sel.Wake()
	}
}
