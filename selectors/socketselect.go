package selectors

import (
	"sync"
	"syscall"
	"time"
)

// A socketSet is an fd_set as Windows has it: the number of sockets, and the sockets. It
// may have any length.
type socketSet []uintptr

func (s *socketSet) reset()            { *s = append((*s)[:0], 0) }
func (s *socketSet) put(fd int)        { *s = append(*s, uintptr(fd)); (*s)[0]++ }
func (s socketSet) sockets() []uintptr { return s[1 : 1+s[0]] }

// What select is asked of a socket, by the set: to read, to write, exceptional. On Windows
// a connect that has failed is exceptional; so whoever waits to write waits for that too, as
// in CPython.
var socketSets = [3]Event{Read, Write, Write | Priority}

// A winsock is the part of Windows that the backend needs.
type winsock interface {
	// check fails with EBADF for what is no socket.
	check(fd int) error
	// wait leaves in the sets what is ready, or fails with EBADF if one is no socket.
	wait(sets *[3]socketSet, d time.Duration) error
}

// A socketWaiter is the backend over Windows's select. A wait works on sets of its own.
type socketWaiter struct {
	sys winsock

	mu   sync.Mutex // guards keys
	keys map[int]socketKey

	sets  [3]socketSet
	gens  map[int]uint32 // those in sets, and
	asked map[int]Event
	found map[int]Event
	order []int
	from  int // where to look first, so that all have their turn
}

type socketKey struct {
	ev  Event
	gen uint32
}

func newSocketWaiter(sys winsock, wake int) *socketWaiter {
	return &socketWaiter{sys: sys, keys: map[int]socketKey{wake: {Read, wakeGen}},
		gens: map[int]uint32{}, asked: map[int]Event{}, found: map[int]Event{}}
}

func (w *socketWaiter) kind() Backend   { return BackendSelect }
func (w *socketWaiter) supports() Event { return Read | Write | Priority | OneShot }
func (w *socketWaiter) fileno() int     { return -1 }
func (w *socketWaiter) close() error    { return nil }
func (w *socketWaiter) traits() traits  { return traits{interrupts: true} }

func (w *socketWaiter) add(fd int, ev Event, gen uint32) error {
	if err := w.sys.check(fd); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.keys[fd] = socketKey{ev, gen}
	return nil
}

func (w *socketWaiter) modify(fd int, _, ev Event, gen uint32) error {
	if ev&ready == 0 {
		return w.remove(fd, ev)
	}
	return w.add(fd, ev, gen)
}

func (w *socketWaiter) remove(fd int, _ Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.keys[fd]; !ok {
		return syscall.ENOENT
	}
	delete(w.keys, fd)
	return nil
}

// ask fills the sets.
func (w *socketWaiter) ask() {
	clear(w.gens)
	clear(w.asked)
	for i := range w.sets {
		w.sets[i].reset()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for fd, key := range w.keys {
		w.gens[fd], w.asked[fd] = key.gen, key.ev
		for i, bits := range socketSets {
			if key.ev&bits != 0 {
				w.sets[i].put(fd)
			}
		}
	}
}

func (w *socketWaiter) collect(dst []event, limit int, d time.Duration) ([]event, error) {
	for {
		w.ask()
		err := w.sys.wait(&w.sets, d)
		if err == nil {
			break
		}
		if err != syscall.EBADF {
			return dst, err
		}
		w.dropClosed()
	}
	clear(w.found)
	w.order = w.order[:0]
	for i, bits := range socketSets {
		for _, s := range w.sets[i].sockets() {
			fd := int(s)
			if w.found[fd] == 0 {
				w.order = append(w.order, fd)
			}
			w.found[fd] |= bits & w.asked[fd]
		}
	}
	n := min(limit, len(w.order))
	for k := range n {
		fd := w.order[(w.from+k)%len(w.order)]
		dst = append(dst, event{int32(fd), w.gens[fd], w.found[fd]})
	}
	w.from += n
	return dst, nil
}

// dropClosed takes out what is no socket any more, for which select would fail.
func (w *socketWaiter) dropClosed() {
	for fd, gen := range w.gens {
		if w.sys.check(fd) != syscall.EBADF {
			continue
		}
		w.mu.Lock()
		if w.keys[fd].gen == gen {
			delete(w.keys, fd)
		}
		w.mu.Unlock()
	}
}

// selectSockets is Select by the system's one.
func selectSockets[T any](sys winsock, read, write, except []T, timeout time.Duration) (r, w, x []T, err error) {
	lists := [3][]T{read, write, except}
	var fds [3][]int
	for i, list := range lists {
		for _, obj := range list {
			fd, _, err := resolve(obj)
			if err != nil {
				return nil, nil, nil, opError("select", fd, err)
			}
			fds[i] = append(fds[i], fd)
		}
	}
	var sets [3]socketSet
	err = untilTimeout(timeout, func(d time.Duration) error {
		for i := range sets {
			sets[i].reset()
			for _, fd := range fds[i] {
				sets[i].put(fd)
			}
		}
		return sys.wait(&sets, d)
	})
	if err != nil {
		return nil, nil, nil, opError("select", -1, err)
	}
	var out [3][]T
	for i, list := range lists {
		is := map[int]bool{}
		for _, s := range sets[i].sockets() {
			is[int(s)] = true
		}
		for j, fd := range fds[i] {
			if is[fd] {
				out[i] = append(out[i], list[j])
			}
		}
	}
	return out[0], out[1], out[2], nil
}
