//go:build unix

package socketserver

import "time"

// watchInterval is how long a handler may hold its loop.
const watchInterval = time.Millisecond

// watchIdle is after how many quiet looks the watch goes home.
const watchIdle = 100

// watch has a goroutine look after the loops, unless one does.
func (r *loopRunner) watch() {
	if !r.watching.Load() && r.watching.CompareAndSwap(false, true) {
		go r.keepWatch()
	}
}

// keepWatch takes a loop away from a leader that was found twice in the same call of a
// handler.
func (r *loopRunner) keepWatch() {
	t := time.NewTicker(watchInterval)
	defer t.Stop()
	for quiet := 0; quiet < watchIdle; quiet++ {
		select {
		case <-t.C:
		case <-r.ended:
			return
		}
		if r.look() {
			quiet = 0
		}
	}
	r.watching.Store(false)
	if r.look() { // a handler began meanwhile, and found the watch on
		r.watch()
	}
}

// look reports whether any loop has done anything since the last look.
func (r *loopRunner) look() (busy bool) {
	for _, l := range r.loops {
		lead, beat := l.lead.Load(), l.beat.Load()
		if beat != l.seen.Load() {
			busy = true
		} else if beat&1 != 0 && beat>>32 == lead&0xffffffff {
			busy = true
			l.takeOver(lead, beat)
		}
		l.seen.Store(beat)
	}
	return busy
}
