package selectors

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Forever is the timeout of a wait that has none: Python's None.
const Forever time.Duration = math.MaxInt64

// A Config says how a selector is made. The zero value is usual.
type Config struct {
	// Backend is the way of waiting. Zero is the best one.
	Backend Backend
	// LockThread makes a wait a system call that holds an OS thread until it ends, instead
	// of parking the goroutine. It wakes up a little sooner and is for a program whose one
	// job is the wait. The poll and select backends can wait in no other way, nor can
	// kqueue where the runtime does not poll it.
	LockThread bool
	// MaxEvents is how many keys one wait returns at most; the others come with the next.
	// Zero means all that are ready, as in Python.
	MaxEvents int
}

// A Selector waits for many descriptors at once: `BaseSelector` and its subclasses. [New]
// makes one; the zero value is of no use.
//
// All methods may be called concurrently. Keys can be registered, modified and taken out
// while a Select waits, which then waits for them too. Selects follow each other.
type Selector struct {
	cfg  Config
	b    waiter
	kind traits
	wk   *waker

	mu     sync.Mutex // guards what follows
	table  table
	gen    uint32
	closed bool

	wait       sync.Mutex // held by Select; guards what follows
	park       *parker    // nil before the first wait
	parkable   bool
	events     []event
	buf        []event
	stamp      uint32
	suspects   []event // that are in no row, of this Select and of the one before
	suspected  []event
	done       <-chan struct{} // of the context that interrupt is called for
	stopWatch  func() bool
	err        error
	collecting atomic.Bool
	woken      atomic.Bool
}

// New returns a selector with the best backend: `DefaultSelector`. The error is an *Error
// with the errno, such as syscall.EMFILE.
func New() (*Selector, error) { return Config{}.New() }

// New returns a selector of the configuration. A backend that the system does not have is
// errors.ErrUnsupported.
func (cfg Config) New() (*Selector, error) {
	s := &Selector{cfg: cfg}
	var err error
	if s.wk, err = newWaker(); err != nil {
		return nil, opError("new", -1, err)
	}
	if s.b, err = newWaiter(cfg.Backend, s.wk.fd()); err != nil {
		s.wk.close()
		return nil, opError("new", -1, err)
	}
	s.kind = s.b.traits()
	s.parkable = s.kind.parks && !cfg.LockThread
	return s, nil
}

// Backend returns the way of waiting.
func (s *Selector) Backend() Backend { return s.b.kind() }

// Fileno returns the descriptor of the epoll or kqueue object, which is readable when a
// key is ready, and -1 for the other backends or after Close: `fileno`.
func (s *Selector) Fileno() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return -1
	}
	return s.b.fileno()
}

// Register waits for events of obj: `register`. The object is an int or uintptr, which is
// a descriptor; something with a method Fileno() int, such as a *socket.Socket; or a
// syscall.Conn: an *os.File, a connection or listener of package net.
//
// An object that was closed is told no more, whoever has its number then, and makes room
// for the next one with that number. Of a bare number the package knows less: see the
// package comment.
//
// The error is an *Error: ErrEvents, ErrObject, ErrDescriptor, ErrRegistered,
// net.ErrClosed, errors.ErrUnsupported for events that the backend does not know, or the
// system's errno, such as EPERM for a regular file in epoll.
func (s *Selector) Register(obj any, events Event, data any) (Key, error) {
	fd, file, err := resolve(obj)
	if err == nil {
		err = s.valid(events)
	}
	if err != nil {
		return Key{}, opError("register", fd, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return Key{}, opError("register", fd, net.ErrClosed)
	}
	old := s.table.at(fd)
	if old != nil && !s.replaceable(old) {
		return Key{}, opError("register", fd, ErrRegistered)
	}
	key := Key{FD: fd, Obj: obj, Events: events, Data: data}
	if err := s.add(key, file, old); err != nil {
		return Key{}, opError("register", fd, err)
	}
	return key, nil
}

// add registers the key with the backend and in the table, in the place of old.
func (s *Selector) add(key Key, file filer, old *entry) error {
	gen := s.nextGen()
	err := s.b.add(key.FD, key.Events, gen)
	if err == syscall.EEXIST {
		if old == nil || old.file != nil {
			// Left over from an object that was closed while a duplicate was not.
			err = s.b.modify(key.FD, key.Events, key.Events, gen)
		} else {
			err = ErrRegistered
		}
	}
	if err != nil {
		return err
	}
	if file != nil && file.Fileno() != key.FD { // closed meanwhile: the number may be another's
		s.b.remove(key.FD, key.Events)
		return net.ErrClosed
	}
	e := s.table.row(key.FD)
	if old == nil {
		s.table.n++
	}
	*e = entry{key: key, file: file, gen: gen, live: true}
	if file == nil && !s.kind.tellsReuse {
		e.id = identify(key.FD)
	}
	s.changed()
	return nil
}

// replaceable reports whether the row's object is gone, so that another may have its
// number.
func (s *Selector) replaceable(e *entry) bool {
	switch {
	case e.file == nil && s.kind.tellsReuse:
		return true // add will tell
	case !s.open(e):
		if !s.kind.tellsReuse {
			s.b.remove(e.key.FD, e.key.Events)
		}
		return true
	}
	return false
}

// open reports whether the row's object still has its descriptor.
func (s *Selector) open(e *entry) bool {
	switch {
	case e.file != nil:
		return e.file.Fileno() == e.key.FD
	case !s.kind.tellsReuse:
		return identify(e.key.FD) == e.id
	}
	return true
}

func (s *Selector) nextGen() uint32 {
	if s.gen++; s.gen == wakeGen {
		s.gen = 1
	}
	return s.gen
}

// changed makes a wait under way see a change.
func (s *Selector) changed() {
	if s.kind.interrupts && s.collecting.Load() {
		s.wk.wake()
	}
}

// valid checks the events of a registration.
func (s *Selector) valid(events Event) error {
	switch {
	case events&(Read|Write|Priority) == 0 || events&^allFlags != 0:
		return fmt.Errorf("%w: %v", ErrEvents, events)
	case events&^s.b.supports() != 0:
		return fmt.Errorf("%w: %v by %v", errors.ErrUnsupported, events&^s.b.supports(), s.b.kind())
	}
	return nil
}

// find returns the row that obj is registered in. A closed object has no descriptor any
// more: it is looked for in all rows.
func (s *Selector) find(op string, obj any) (*entry, error) {
	fd, file, err := resolve(obj)
	switch {
	case s.closed:
		return nil, opError(op, fd, net.ErrClosed)
	case err == nil:
		// An object that got the number of one that was closed is not that one.
		if e := s.table.at(fd); e != nil && (file == nil || e.file == nil || s.open(e)) {
			return e, nil
		}
	case errors.Is(err, net.ErrClosed):
		for e := s.table.next(0); e != nil; e = s.table.next(e.key.FD + 1) {
			if same(e.key.Obj, obj) {
				return e, nil
			}
		}
	default:
		return nil, opError(op, fd, err)
	}
	return nil, opError(op, fd, ErrNotRegistered)
}

// Unregister waits for obj no more, and returns what its key was: `unregister`. It may
// be closed already. What was not registered is ErrNotRegistered.
func (s *Selector) Unregister(obj any) (Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, err := s.find("unregister", obj)
	if err != nil {
		return Key{}, err
	}
	key := e.key
	if s.kind.tellsReuse || s.open(e) {
		s.b.remove(key.FD, key.Events) // fails for what is closed: then it is out already
	} else {
		s.b.remove(key.FD, 0)
	}
	s.table.remove(e)
	s.changed()
	return key, nil
}

// Modify changes what obj is waited for and its data: `modify`. With the same events it
// only sets the data and, for OneShot, arms the key again. On an error the key is
// as it was.
func (s *Selector) Modify(obj any, events Event, data any) (Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, err := s.find("modify", obj)
	if err != nil {
		return Key{}, err
	}
	if err := s.valid(events); err != nil {
		return Key{}, opError("modify", e.key.FD, err)
	}
	if events != e.key.Events || events&OneShot != 0 {
		old := e.key.Events
		if e.spent && !s.kind.tellsOnce {
			old &^= ready
		}
		if err := s.b.modify(e.key.FD, old, events, e.gen); err != nil {
			return Key{}, opError("modify", e.key.FD, err)
		}
		e.spent = false
		s.changed()
	}
	e.key.Events, e.key.Data = events, data
	return e.key, nil
}

// Key returns the key of an object or descriptor: `get_key`. What was not registered is
// ErrNotRegistered.
func (s *Selector) Key(obj any) (Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, err := s.find("key", obj)
	if err != nil {
		return Key{}, err
	}
	return e.key, nil
}

// Map yields the keys by their descriptors, in ascending order: `get_map`. Keys may be
// registered and taken out meanwhile; it can be ranged over again and again, and is empty
// after Close.
func (s *Selector) Map() iter.Seq2[int, Key] {
	return func(yield func(int, Key) bool) {
		for fd := 0; ; fd++ {
			s.mu.Lock()
			e := s.table.next(fd)
			if e == nil {
				s.mu.Unlock()
				return
			}
			key := e.key
			s.mu.Unlock()
			if fd = key.FD; !yield(fd, key) {
				return
			}
		}
	}
}

// Len returns how many keys there are: the len of `get_map`.
func (s *Selector) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.table.n
}

// Close ends a waiting Select with net.ErrClosed and frees the selector: `close`. The
// registered objects stay open. A second Close does nothing.
func (s *Selector) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.table = table{}
	s.wk.wake()
	s.mu.Unlock()

	s.wait.Lock()
	defer s.wait.Unlock()
	s.watch(context.Background())
	s.events, s.buf = nil, nil
	if s.park != nil {
		s.park.close()
	}
	return opError("close", -1, errors.Join(s.b.close(), s.wk.close()))
}
