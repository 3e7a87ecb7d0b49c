package selectors

import (
	"syscall"
	"time"
)

// A Kevent is an event of a kqueue, or a change to what it watches: `select.kevent`. The
// kqueue of macOS and the BSDs takes and gives them.
type Kevent struct {
	// Ident is what it is about, a descriptor for most filters: `ident`.
	Ident uint64
	// Filter is the kind of event: `filter`.
	Filter int32
	// Flags say what to do with it: `flags`.
	Flags uint32
	// Fflags are the filter's flags: `fflags`.
	Fflags uint32
	// Data is the filter's: how many bytes can be read, an errno, …: `data`.
	Data int64
	// Udata is the caller's number, which comes back with the event: `udata`.
	Udata uint64
}

// Actions that have the same number on every system with a kqueue.
const (
	evAdd    = 0x1
	evDelete = 0x2
	evClear  = 0x20
	evError  = 0x4000
)

// A keventer is a kqueue: its one call changes what is watched, waits up to d, and fills
// events. A change that fails is an event with evError in its place, if there is room.
type keventer interface {
	kevent(changes, events []Kevent, d time.Duration) (int, error)
	fileno() int
	close() error
}

// filters are the numbers of a system's filters.
type filters struct{ read, write int32 }

// A kqueueWaiter is the backend over a kqueue, which watches each direction of a
// descriptor on its own. The generation of a registration is in the events' data.
type kqueueWaiter struct {
	kq     keventer
	filter filters
	events []Kevent
}

func newKqueueWaiter(kq keventer, f filters, wake int) (*kqueueWaiter, error) {
	w := &kqueueWaiter{kq: kq, filter: f}
	if err := w.add(wake, Read, wakeGen); err != nil {
		kq.close()
		return nil, err
	}
	return w, nil
}

func (w *kqueueWaiter) kind() Backend   { return BackendKqueue }
func (w *kqueueWaiter) supports() Event { return Read | Write | Edge | OneShot }
func (w *kqueueWaiter) fileno() int     { return w.kq.fileno() }
func (w *kqueueWaiter) close() error    { return w.kq.close() }
func (w *kqueueWaiter) traits() traits  { return traits{parks: true} }

// change adds or deletes the filter of one direction.
func (w *kqueueWaiter) change(fd int, direction Event, flags uint32, gen uint32) error {
	filter := w.filter.read
	if direction == Write {
		filter = w.filter.write
	}
	c := [1]Kevent{{Ident: uint64(fd), Filter: filter, Flags: flags, Udata: uint64(gen)}}
	_, err := w.kq.kevent(c[:], nil, 0)
	return err
}

func (w *kqueueWaiter) add(fd int, ev Event, gen uint32) error {
	return w.modify(fd, 0, ev, gen)
}

// modify adds what ev has and takes out what old has beyond it. If an addition fails what
// was done is taken back.
func (w *kqueueWaiter) modify(fd int, old, ev Event, gen uint32) error {
	flags := uint32(evAdd)
	if ev&Edge != 0 {
		flags |= evClear
	}
	gone := Event(0)
	if (old^ev)&Edge != 0 { // to add a filter again does not change whether it is evClear
		w.remove(fd, old)
		old, gone = 0, old
	}
	var added Event
	for _, direction := range [...]Event{Read, Write} {
		if ev&direction == 0 {
			continue
		}
		if err := w.change(fd, direction, flags, gen); err != nil {
			w.remove(fd, added&^old)
			if gone != 0 {
				w.modify(fd, 0, gone, gen)
			}
			return err
		}
		added |= direction
	}
	return w.remove(fd, old&^ev)
}

// remove takes the filters out that are there; a closed descriptor has none.
func (w *kqueueWaiter) remove(fd int, old Event) error {
	var first error
	for _, direction := range [...]Event{Read, Write} {
		if old&direction == 0 {
			continue
		}
		if err := w.change(fd, direction, evDelete, 0); err != nil && err != syscall.ENOENT && first == nil {
			first = err
		}
	}
	return first
}

// collect has room for two events of each key (gh-110038). The selector makes those of
// one descriptor one answer.
func (w *kqueueWaiter) collect(dst []event, limit int, d time.Duration) ([]event, error) {
	if size := 2 * max(limit, 1); len(w.events) < size {
		w.events = make([]Kevent, size)
	}
	n, err := w.kq.kevent(nil, w.events[:2*max(limit, 1)], d)
	if err != nil {
		return dst, err
	}
	for i := range w.events[:n] {
		ev := &w.events[i]
		e := event{fd: int32(ev.Ident), gen: uint32(ev.Udata)}
		switch ev.Filter {
		case w.filter.read:
			e.is = Read
		case w.filter.write:
			e.is = Write
		}
		if ev.Flags&evError != 0 {
			e.is = Read | Write
		}
		dst = append(dst, e)
	}
	return dst, nil
}
