package selectors

import "time"

// A Backend is a way of waiting that the system has.
type Backend uint8

// The backends.
const (
	// Best is the best one that the system has, as of [New]: `DefaultSelector`.
	Best Backend = iota
	// BackendEpoll is Linux's: `EpollSelector`.
	BackendEpoll
	// BackendKqueue is that of macOS and the BSDs: `KqueueSelector`.
	BackendKqueue
	// BackendPoll is POSIX's, of which a wait costs time for each key: `PollSelector`. Not
	// on Windows.
	BackendPoll
	// BackendSelect is POSIX's older one, for descriptors below 1,024 only, and the one of
	// Windows, for any number of sockets: `SelectSelector`.
	BackendSelect
)

var backendNames = [...]string{"best", "epoll", "kqueue", "poll", "select"}

// String returns the name, as "epoll".
func (b Backend) String() string {
	if int(b) < len(backendNames) {
		return backendNames[b]
	}
	return "invalid"
}

// An event is one answer of a backend, about the registration gen of fd.
type event struct {
	fd  int32
	gen uint32
	is  Event
}

// wakeGen is the generation of the descriptor that wakes a wait.
const wakeGen = ^uint32(0)

// A waiter is a backend at work. add, modify and remove may be called while another
// goroutine is in collect; else there is one call at a time. An errno comes back bare.
type waiter interface {
	kind() Backend
	// supports returns the flags that the backend knows.
	supports() Event
	// add fails with syscall.EEXIST for a descriptor that is there, if replaces is true.
	add(fd int, ev Event, gen uint32) error
	modify(fd int, old, ev Event, gen uint32) error
	remove(fd int, old Event) error
	// traits says how the selector has to deal with the backend.
	traits() traits
	// collect appends what is ready to dst, at most limit keys, and waits for it up to d.
	collect(dst []event, limit int, d time.Duration) ([]event, error)
	fileno() int
	close() error
}

type traits struct {
	tellsReuse bool // add fails with EEXIST for what is registered, and only then
	tellsOnce  bool // OneShot and the rest are the system's work
	interrupts bool // a change must interrupt a wait to be seen
	parks      bool // fileno can be polled by the runtime
}
