//go:build unix

package socketserver

import (
	"math/bits"
	"time"
)

// tick is the grain of the deadlines of idle connections.
const (
	tick       = 10 * time.Millisecond
	wheelSlots = 1024
)

// A timer is a row's place in a wheel. A deadline that is moved back costs nothing: the
// timer is looked at when its slot comes, and put further.
type timer struct {
	next, prev *timer
	row        *row
	due        int64 // in ticks; 0 is none
	at         int32 // slot, -1 for none
}

// A wheel holds timers by the tick at which they are due, those that are further than it is
// round in the slot that comes next to it.
type wheel struct {
	slots [wheelSlots]*timer
	used  [wheelSlots / 64]uint64
	now   int64 // the tick up to which it has been turned
	n     int
}

// set makes t due at a tick, which is not before now.
func (w *wheel) set(t *timer, due int64) {
	t.due = max(due, w.now+1)
	if t.at < 0 {
		w.put(t)
	} else if at := t.due; at-w.now < wheelSlots && int32(at%wheelSlots) != t.at && w.before(at, t.at) {
		w.remove(t)
		w.put(t)
	}
}

// before reports whether tick at comes before the slot does.
func (w *wheel) before(at int64, slot int32) bool {
	distance := (int64(slot) - w.now%wheelSlots + wheelSlots) % wheelSlots
	return at-w.now < distance
}

// put places t at its tick, or as far as the wheel goes.
func (w *wheel) put(t *timer) {
	at := int32(min(t.due, w.now+wheelSlots-1) % wheelSlots)
	t.at, t.prev, t.next = at, nil, w.slots[at]
	if t.next != nil {
		t.next.prev = t
	}
	w.slots[at] = t
	w.used[at/64] |= 1 << (at % 64)
	w.n++
}

// remove takes t out; one that is not in is left alone.
func (w *wheel) remove(t *timer) {
	if t.at < 0 {
		return
	}
	if t.next != nil {
		t.next.prev = t.prev
	}
	if t.prev != nil {
		t.prev.next = t.next
	} else if w.slots[t.at] = t.next; t.next == nil {
		w.used[t.at/64] &^= 1 << (t.at % 64)
	}
	t.next, t.prev, t.at = nil, nil, -1
	w.n--
}

// turn goes on to tick now and calls expired for each timer that is due, which is then no
// longer in the wheel. It must not change the wheel but for that timer.
func (w *wheel) turn(now int64, expired func(*timer)) {
	if w.n == 0 || now-w.now >= wheelSlots {
		w.now = max(w.now, now-wheelSlots) // every slot is looked at once at most
	}
	for w.now < now && w.n > 0 {
		w.now++
		at := int32(w.now % wheelSlots)
		for t := w.slots[at]; t != nil; {
			next := t.next
			w.remove(t)
			if t.due > w.now {
				if t.due != 0 {
					w.put(t)
				}
			} else if t.due != 0 {
				expired(t)
			}
			t = next
		}
	}
	w.now = max(w.now, now)
}

// wait is how long nothing can be due, Forever for an empty wheel.
func (w *wheel) wait() int64 {
	if w.n == 0 {
		return -1
	}
	first := (w.now + 1) % wheelSlots
	for i := range int64(wheelSlots/64 + 1) {
		word := (first/64 + i) % (wheelSlots / 64)
		set := w.used[word]
		if i == 0 {
			set &= ^uint64(0) << (first % 64)
		}
		if set != 0 {
			at := word*64 + int64(bits.TrailingZeros64(set))
			return (at-first+wheelSlots)%wheelSlots + 1
		}
	}
	return 1
}
