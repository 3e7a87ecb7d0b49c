//go:build unix

package socketserver

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// The kinds of messages between a server and a worker.
const (
	msgConn     = 'C' // a connection's descriptor comes with it
	msgSocket   = 'S' // the descriptor of the datagram socket, for answers
	msgDatagram = 'D' // a datagram: see appendDatagram
	msgDone     = 'd' // the worker is free again
)

func (m Forking) newRunner(s *Server) (runner, error) {
	if s.worker() {
		return &workerRunner{s}, nil
	}
	f := &forkRunner{s: s, m: m, free: make(chan struct{}, 1)}
	if f.max = m.MaxChildren; f.max <= 0 {
		f.max = defaultMaxChildren
	}
	f.min = min(max(m.Prestart, 1), f.max)
	f.goRunner = newGoRunner(s, func(_ context.Context, work func()) { work() })
	f.conn, f.datagram = f.sendConn, f.sendDatagram
	return f, nil
}

// A forkRunner accepts, and gives what it accepts to workers.
type forkRunner struct {
	*goRunner
	s        *Server
	m        Forking
	min, max int

	mu       sync.Mutex // guards what follows
	children []*child
	idle     []*child
	starting int           // children that are not among them yet
	resting  int           // pauses under way, in which none is started
	free     chan struct{} // told when a child is idle, or one may be started
	stopping bool
	pause    pause // for children that die young
}

// A child is a worker, as the server sees it.
type child struct {
	cmd     *exec.Cmd
	ctl     *socket.Socket
	started time.Time
	served  int
	busy    bool
	done    func(err error) // of the request at hand
}

func (f *forkRunner) serve(ctx context.Context) error {
	if err := f.prestart(); err != nil {
		f.retire()
		return err
	}
	return f.goRunner.serve(ctx)
}

func (f *forkRunner) one(ctx context.Context, u until) error {
	if err := f.prestart(); err != nil {
		return err
	}
	return f.goRunner.one(ctx, u)
}

// prestart starts the children that there are at least.
func (f *forkRunner) prestart() error {
	for {
		f.mu.Lock()
		more := f.mayStart(f.min) && !f.stopping
		f.mu.Unlock()
		if !more {
			return nil
		}
		if err := f.spawn(); err != nil {
			return err
		}
	}
}

// mayStart reports whether there are fewer children than limit, and if so has the caller
// start one. The mutex must be held.
func (f *forkRunner) mayStart(limit int) bool {
	if len(f.children)+f.starting >= limit {
		return false
	}
	f.starting++
	return true
}

// spawn starts a child, which is idle. mayStart has allowed it.
func (f *forkRunner) spawn() error {
	defer func() {
		f.mu.Lock()
		f.starting--
		f.mu.Unlock()
		f.tell()
	}()
	ours, theirs, err := socket.SocketPair(socket.AFUnix, socket.SockSeqpacket, 0)
	if err != nil {
		return err
	}
	defer theirs.Close()
	file, err := theirs.File()
	if err != nil {
		ours.Close()
		return err
	}
	defer file.Close()
	c := &child{cmd: f.command(), ctl: ours, started: time.Now()}
	if c.cmd.Env == nil {
		c.cmd.Env = os.Environ()
	}
	c.cmd.Env = append(c.cmd.Env, workerEnv+"=w"+f.m.Name)
	c.cmd.ExtraFiles = []*os.File{file}
	if c.cmd.SysProcAttr == nil { // an interrupt from the terminal is the server's to handle
		c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	}
	if err := c.cmd.Start(); err != nil {
		ours.Close()
		return err
	}
	if f.s.DatagramHandler != nil {
		err = c.send([]byte{msgSocket}, f.s.sock)
	}
	begun := err == nil && f.s.begin()
	f.mu.Lock()
	defer f.mu.Unlock()
	if !begun || f.stopping {
		if begun {
			f.s.calls.Done()
		}
		ours.Close()
		c.cmd.Process.Kill()
		go c.cmd.Wait()
		if err == nil {
			err = ErrServerClosed
		}
		return err
	}
	f.children = append(f.children, c)
	f.release(c)
	go f.attend(c)
	return nil
}

func (f *forkRunner) command() *exec.Cmd {
	if f.m.Command != nil {
		return f.m.Command()
	}
	path, err := os.Executable()
	if err != nil {
		path = os.Args[0]
	}
	cmd := exec.Command(path, os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd
}

// release makes a child idle. The mutex must be held.
func (f *forkRunner) release(c *child) {
	c.busy = false
	f.idle = append(f.idle, c)
	f.tell()
}

func (f *forkRunner) tell() {
	select {
	case f.free <- struct{}{}:
	default:
	}
}

// attend hears from a child until it dies, and buries it.
func (f *forkRunner) attend(c *child) {
	defer f.s.calls.Done()
	var b [1]byte
	for {
		n, err := c.ctl.Read(b[:])
		if err != nil || n == 0 {
			break
		}
		if !f.finished(c) { // nobody has asked it: what it is up to is unknown
			c.cmd.Process.Kill()
			break
		}
	}
	c.ctl.Close()
	err := c.cmd.Wait()
	f.buried(c, err)
}

// finished ends a request well. It reports false if the child had none.
func (f *forkRunner) finished(c *child) bool {
	f.mu.Lock()
	done := c.done
	if done == nil {
		f.mu.Unlock()
		return false
	}
	c.done = nil
	c.served++
	f.pause = 0
	f.keep(c)
	f.mu.Unlock()
	done(nil)
	return true
}

// keep makes a child idle, or has it end. The mutex must be held.
func (f *forkRunner) keep(c *child) {
	if f.stopping || f.m.MaxRequests > 0 && c.served >= f.m.MaxRequests {
		c.busy = false
		c.ctl.CloseWrite() // it ends when it reads that
	} else {
		f.release(c)
	}
}

// buried takes out a child that has died, and has it replaced.
func (f *forkRunner) buried(c *child, err error) {
	f.mu.Lock()
	drop := func(list []*child) []*child {
		return slices.DeleteFunc(list, func(o *child) bool { return o == c })
	}
	f.children, f.idle = drop(f.children), drop(f.idle)
	done := c.done
	c.done = nil
	wait := time.Duration(0)
	if c.served == 0 && time.Since(c.started) < time.Second {
		wait = f.pause.next()
	} else {
		f.pause = 0
	}
	f.resting++
	f.mu.Unlock()
	if done != nil {
		state := "exit status 0"
		if err != nil {
			state = err.Error()
		}
		done(&WorkerError{PID: c.cmd.Process.Pid, State: state})
	}
	for p := pause(wait); f.s.rest(time.Duration(p)) && !f.s.stopped.Load(); p.next() {
		err := f.prestart()
		if err == nil {
			break
		}
		if !f.s.stopped.Load() {
			f.s.report(f.s.ctx, nil, err)
		}
	}
	f.mu.Lock()
	f.resting--
	f.mu.Unlock()
	f.tell()
}

// take returns a child that has nothing to do, started if need be; nil when the server
// stops.
func (f *forkRunner) take() *child {
	var p pause
	for {
		f.mu.Lock()
		if n := len(f.idle); n > 0 {
			c := f.idle[n-1]
			f.idle = f.idle[:n-1]
			c.busy = true
			if n > 1 {
				f.tell()
			}
			f.mu.Unlock()
			return c
		}
		more := f.resting == 0 && f.mayStart(f.max)
		f.mu.Unlock()
		if more {
			if err := f.spawn(); err != nil {
				f.s.report(f.s.ctx, nil, err)
				if !f.s.rest(p.next()) {
					return nil
				}
			}
			continue
		}
		select {
		case <-f.free:
		case <-f.s.stopping:
			return nil
		}
	}
}

// give sends a request to a child, to another if that one has died meanwhile. done is
// called when the request has ended.
func (f *forkRunner) give(msg []byte, with descriptor, done func(error)) {
	for {
		c := f.take()
		if c == nil {
			done(ErrServerClosed)
			return
		}
		f.mu.Lock()
		err := c.send(msg, with)                     // to a child that waits, so it does not block
		tooLarge := errors.Is(err, syscall.EMSGSIZE) // it is so for every child
		switch {
		case err == nil:
			c.done = done
		case tooLarge:
			f.keep(c)
		}
		f.mu.Unlock()
		if tooLarge {
			done(err)
		}
		if err == nil || tooLarge {
			return
		}
		c.ctl.Shutdown(socket.ShutRDWR) // attend will bury it
	}
}

// A descriptor is what goes over to a worker.
type descriptor interface {
	SyscallConn() (syscall.RawConn, error)
}

// send sends a message, with a descriptor if that is not nil.
func (c *child) send(msg []byte, with descriptor) error {
	if with == nil {
		_, err := c.ctl.Send(msg, 0)
		return err
	}
	rc, err := with.SyscallConn()
	if err != nil {
		return err
	}
	cerr := rc.Control(func(fd uintptr) {
		_, err = socket.SendFDs(c.ctl, [][]byte{msg}, []int{int(fd)}, 0, nil)
	})
	if cerr != nil {
		return cerr
	}
	return err
}

// sendConn gives a connection to a child.
func (f *forkRunner) sendConn(ctx context.Context, c *Conn) {
	from := clientOf(c)
	f.give([]byte{msgConn}, c.t, func(err error) {
		if err != nil && err != ErrServerClosed {
			f.s.report(ctx, from, err)
		}
		c.t.Close()
		f.s.forget(c)
		f.s.calls.Done()
	})
	c.t.Close() // the child has its own; if there is none it was closed by done
}

// sendDatagram gives a datagram to a child.
func (f *forkRunner) sendDatagram(ctx context.Context, d *Datagram) {
	from := d.From
	f.give(appendDatagram(nil, d), nil, func(err error) {
		if err != nil && err != ErrServerClosed {
			f.s.report(ctx, from, err)
		}
		f.s.calls.Done()
	})
	d.free()
}

// retire ends the children that have nothing to do; the others end after their request.
func (f *forkRunner) retire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopping = true
	for _, c := range f.children {
		if !c.busy {
			c.ctl.CloseWrite()
		}
	}
}

// kill ends all children at once.
func (f *forkRunner) kill() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopping = true
	for _, c := range f.children {
		c.cmd.Process.Kill()
	}
}
