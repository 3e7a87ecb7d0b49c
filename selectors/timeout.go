package selectors

import (
	"math"
	"syscall"
	"time"
)

// milliseconds is d for the system: rounded up, as in CPython, so that a wait is not too
// short; -1 for Forever.
func milliseconds(d time.Duration) int {
	switch {
	case d == Forever:
		return -1
	case d <= 0:
		return 0
	}
	return int(min((d-1)/time.Millisecond+1, math.MaxInt32))
}

// untilTimeout calls wait again with what is left of the time for as long as signals
// interrupt it.
func untilTimeout(d time.Duration, wait func(time.Duration) error) error {
	var deadline time.Time
	if d > 0 && d != Forever {
		deadline = time.Now().Add(d)
	}
	for {
		err := wait(d)
		if err != syscall.EINTR {
			return err
		}
		if !deadline.IsZero() {
			d = max(0, time.Until(deadline))
		}
	}
}
