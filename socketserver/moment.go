package socketserver

import (
	"sync/atomic"
	"time"
)

// A moment is a time.Time in a third of the memory, kept for each connection: nanoseconds
// of the monotonic clock since the program's start, 0 for the zero time.
type moment int64

var start = time.Now()

func momentOf(t time.Time) moment {
	if t.IsZero() {
		return 0
	}
	if d := t.Sub(start); d != 0 {
		return moment(d)
	}
	return 1
}

func (m moment) time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return start.Add(time.Duration(m))
}

// A deadline is a moment that another goroutine may set.
type deadline struct{ m atomic.Int64 }

func (d *deadline) set(t time.Time) { d.m.Store(int64(momentOf(t))) }
func (d *deadline) time() time.Time { return moment(d.m.Load()).time() }

// over reports whether the deadline has passed.
func (d *deadline) over() bool {
	m := d.m.Load()
	return m != 0 && int64(time.Since(start)) >= m
}
