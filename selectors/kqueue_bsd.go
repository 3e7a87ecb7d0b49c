//go:build unix && !linux

package selectors

import (
	"math"
	"net"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// KqFilter is a kind of event of a kqueue: the KQ_FILTER constants.
type KqFilter int32

// The filters.
const (
	KqFilterRead   KqFilter = unix.EVFILT_READ   // data to read: `KQ_FILTER_READ`
	KqFilterWrite  KqFilter = unix.EVFILT_WRITE  // ready to write: `KQ_FILTER_WRITE`
	KqFilterAIO    KqFilter = unix.EVFILT_AIO    // asynchronous input and output: `KQ_FILTER_AIO`
	KqFilterVnode  KqFilter = unix.EVFILT_VNODE  // changes of a file: `KQ_FILTER_VNODE`
	KqFilterProc   KqFilter = unix.EVFILT_PROC   // events of a process: `KQ_FILTER_PROC`
	KqFilterSignal KqFilter = unix.EVFILT_SIGNAL // a signal: `KQ_FILTER_SIGNAL`
	KqFilterTimer  KqFilter = unix.EVFILT_TIMER  // a timer: `KQ_FILTER_TIMER`
)

// KqEv is a set of actions and states of an event: the KQ_EV constants.
type KqEv uint32

// The actions and states.
const (
	KqEvAdd      KqEv = unix.EV_ADD      // add or change: `KQ_EV_ADD`
	KqEvDelete   KqEv = unix.EV_DELETE   // take out: `KQ_EV_DELETE`
	KqEvEnable   KqEv = unix.EV_ENABLE   // report: `KQ_EV_ENABLE`
	KqEvDisable  KqEv = unix.EV_DISABLE  // do not report: `KQ_EV_DISABLE`
	KqEvOneShot  KqEv = unix.EV_ONESHOT  // report once: `KQ_EV_ONESHOT`
	KqEvClear    KqEv = unix.EV_CLEAR    // reset after it is reported: `KQ_EV_CLEAR`
	KqEvSysFlags KqEv = unix.EV_SYSFLAGS // the system's own: `KQ_EV_SYSFLAGS`
	KqEvFlag1    KqEv = unix.EV_FLAG1    // the filter's own: `KQ_EV_FLAG1`
	KqEvEOF      KqEv = unix.EV_EOF      // end of the stream: `KQ_EV_EOF`
	KqEvError    KqEv = unix.EV_ERROR    // an error, in Data: `KQ_EV_ERROR`
)

// KqNote is a set of flags of a filter: the KQ_NOTE constants.
type KqNote uint32

// The flags of the filters.
const (
	KqNoteLowat     KqNote = unix.NOTE_LOWAT                  // low water mark, of reading and writing: `KQ_NOTE_LOWAT`
	KqNoteDelete    KqNote = unix.NOTE_DELETE                 // file deleted: `KQ_NOTE_DELETE`
	KqNoteWrite     KqNote = unix.NOTE_WRITE                  // file written: `KQ_NOTE_WRITE`
	KqNoteExtend    KqNote = unix.NOTE_EXTEND                 // file grew: `KQ_NOTE_EXTEND`
	KqNoteAttrib    KqNote = unix.NOTE_ATTRIB                 // attributes changed: `KQ_NOTE_ATTRIB`
	KqNoteLink      KqNote = unix.NOTE_LINK                   // link count changed: `KQ_NOTE_LINK`
	KqNoteRename    KqNote = unix.NOTE_RENAME                 // file renamed: `KQ_NOTE_RENAME`
	KqNoteRevoke    KqNote = unix.NOTE_REVOKE                 // access revoked: `KQ_NOTE_REVOKE`
	KqNoteExit      KqNote = unix.NOTE_EXIT                   // process ended: `KQ_NOTE_EXIT`
	KqNoteFork      KqNote = unix.NOTE_FORK                   // process forked: `KQ_NOTE_FORK`
	KqNoteExec      KqNote = unix.NOTE_EXEC                   // process executed a program: `KQ_NOTE_EXEC`
	KqNotePCtrlMask KqNote = unix.NOTE_PCTRLMASK & 0xffffffff // what may be asked of a process: `KQ_NOTE_PCTRLMASK`
	KqNotePDataMask KqNote = unix.NOTE_PDATAMASK              // what is data about a process: `KQ_NOTE_PDATAMASK`
	KqNoteTrack     KqNote = unix.NOTE_TRACK                  // follow forks: `KQ_NOTE_TRACK`
	KqNoteChild     KqNote = unix.NOTE_CHILD                  // in a child that is followed: `KQ_NOTE_CHILD`
	KqNoteTrackErr  KqNote = unix.NOTE_TRACKERR               // cannot follow: `KQ_NOTE_TRACKERR`
)

// A Kqueue is a kernel queue: `select.kqueue`. A wait holds a thread. Its methods may be
// called concurrently but for Close. The zero value is a closed one.
type Kqueue struct {
	fd   int
	open bool
	mu   sync.Mutex // guards the buffers of a change; a wait has its own
	b    keventBuffers
	wm   sync.Mutex
	wb   keventBuffers
}

// NewKqueue opens a kqueue: `select.kqueue`.
func NewKqueue() (*Kqueue, error) {
	syscall.ForkLock.RLock()
	fd, err := unix.Kqueue()
	if err == nil {
		unix.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, opError("kqueue", -1, err)
	}
	return &Kqueue{fd: fd, open: true}, nil
}

// KqueueFromFD makes a Kqueue of a descriptor, which it owns from then on:
// `select.kqueue.fromfd`.
func KqueueFromFD(fd int) *Kqueue { return &Kqueue{fd: fd, open: true} }

// Close frees the queue: `close`. A second Close does nothing.
func (k *Kqueue) Close() error { return opError("close", -1, k.close()) }

func (k *Kqueue) close() error {
	if !k.open {
		return nil
	}
	err := unix.Close(k.fd)
	k.fd, k.open = -1, false
	return err
}

// Closed reports whether the queue is closed: `closed`.
func (k *Kqueue) Closed() bool { return !k.open }

// Fileno returns the descriptor, -1 after Close: `fileno`.
func (k *Kqueue) Fileno() int {
	if !k.open {
		return -1
	}
	return k.fd
}

func (k *Kqueue) fileno() int { return k.Fileno() }

// NewKevent is a change to what a queue watches of obj, which is as [Selector.Register]
// has it, or the number that the filter takes: `select.kevent`.
func NewKevent(obj any, filter KqFilter, flags KqEv) (Kevent, error) {
	ident, isNumber := obj.(uint64)
	if !isNumber {
		fd, _, err := resolve(obj)
		if err != nil {
			return Kevent{}, opError("kevent", fd, err)
		}
		ident = uint64(fd)
	}
	return Kevent{Ident: ident, Filter: int32(filter), Flags: uint32(flags)}, nil
}

// Control makes the changes, waits until something happens, at most for timeout, which may
// be Forever, and returns at most maxEvents events; with 0 it does not wait: `control`. A
// signal does not end the wait.
func (k *Kqueue) Control(changes []Kevent, maxEvents int, timeout time.Duration) ([]Kevent, error) {
	if !k.open {
		return nil, opError("control", -1, net.ErrClosed)
	}
	events := make([]Kevent, max(0, maxEvents))
	if len(events) == 0 {
		timeout = 0
	}
	var n int
	err := untilTimeout(timeout, func(d time.Duration) (err error) {
		n, err = k.kevent(changes, events, d)
		changes = nil // they are made also if a signal interrupts the wait
		return err
	})
	if err != nil {
		return nil, opError("control", -1, err)
	}
	return events[:n], nil
}

// keventBuffers hold events in the system's form, in memory without pointers: Udata is a
// number that the garbage collector must not take for one.
type keventBuffers struct{ in, out []uint64 }

const keventWords = int(unsafe.Sizeof(unix.Kevent_t{})+7) / 8

func keventSlice(buf *[]uint64, n int) []unix.Kevent_t {
	if n == 0 {
		return nil
	}
	if len(*buf) < n*keventWords {
		*buf = make([]uint64, n*keventWords)
	}
	return unsafe.Slice((*unix.Kevent_t)(unsafe.Pointer(&(*buf)[0])), n)
}

func setInt[T ~int16 | ~int32 | ~uint16 | ~uint32 | ~int64 | ~uint64, V int64 | uint64](p *T, v V) {
	*p = T(v)
}

func (k *Kqueue) kevent(changes, events []Kevent, d time.Duration) (int, error) {
	mu, b := &k.mu, &k.b
	if len(events) > 0 {
		mu, b = &k.wm, &k.wb
	}
	mu.Lock()
	defer mu.Unlock()
	in, out := keventSlice(&b.in, len(changes)), keventSlice(&b.out, len(events))
	for i, c := range changes {
		r := &in[i]
		setInt(&r.Ident, c.Ident)
		setInt(&r.Filter, int64(c.Filter))
		setInt(&r.Flags, uint64(c.Flags))
		r.Fflags = c.Fflags
		setInt(&r.Data, c.Data)
		*(*uintptr)(unsafe.Pointer(&r.Udata)) = uintptr(c.Udata)
	}
	var ts *unix.Timespec
	if d != Forever {
		t := unix.NsecToTimespec(int64(max(0, min(d, math.MaxInt64))))
		ts = &t
	}
	n, err := unix.Kevent(k.fd, in, out, ts)
	if err != nil {
		return 0, err
	}
	for i := range n {
		r := &out[i]
		events[i] = Kevent{
			Ident: uint64(r.Ident), Filter: int32(r.Filter), Flags: uint32(r.Flags), Fflags: r.Fflags,
			Data: int64(r.Data), Udata: uint64(*(*uintptr)(unsafe.Pointer(&r.Udata))),
		}
	}
	return n, nil
}
