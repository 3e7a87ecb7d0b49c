package selectors

import "strings"

// An Event is a set of the things that a descriptor can be ready for, and of the ways in
// which that is told. A registration needs [Read], [Write] or [Priority]; the rest modifies.
type Event uint32

// What a descriptor can be ready for, and the ways of telling it.
const (
	// Read: there is data to read, a connection to accept, the end of the stream, or an
	// error: `EVENT_READ`.
	Read Event = 1 << iota
	// Write: data can be written, a connect has ended, or there is an error: `EVENT_WRITE`.
	Write
	// Priority: there is urgent data (out-of-band data of TCP, POLLPRI). Not for kqueue.
	Priority
	// ReadHangup asks to be told when the peer has closed its side of a stream; it is
	// reported beside Read. Linux, by epoll and poll.
	ReadHangup
	// Edge tells each change once instead of telling a state as long as it lasts: read and
	// write until ErrWouldBlock before waiting again. epoll and kqueue.
	Edge
	// OneShot tells once and then is silent until [Selector.Modify] arms the key again.
	OneShot
	// Exclusive wakes one only of several selectors that watch the same descriptor. epoll;
	// it goes with Read, Write and Edge alone.
	Exclusive

	ready    = Read | Write | Priority | ReadHangup
	allFlags = Exclusive<<1 - 1
)

var eventNames = [...]string{"Read", "Write", "Priority", "ReadHangup", "Edge", "OneShot", "Exclusive"}

// String lists the names, as "Read|Write"; 0 is "none".
func (e Event) String() string {
	var names []string
	for i, name := range eventNames {
		if e&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	switch {
	case e&^allFlags != 0:
		names = append(names, "invalid")
	case e == 0:
		return "none"
	}
	return strings.Join(names, "|")
}
