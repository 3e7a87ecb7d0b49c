package socketserver

import (
	"context"
	"os"
	"time"
)

// An until bounds a wait for a request: by a time, of which the zero one is no limit, and
// by the end of a context, which may be nil.
type until struct {
	by  time.Time
	ctx context.Context
}

// await receives from one channel or sends to the other, of which one is nil. It fails with
// ErrServerClosed when the server stops, and at the bound, with os.ErrDeadlineExceeded or the
// context's error.
func (u until) await(s *Server, from <-chan struct{}, to chan<- struct{}) error {
	var timer <-chan time.Time
	if !u.by.IsZero() {
		t := time.NewTimer(time.Until(u.by))
		defer t.Stop()
		timer = t.C
	}
	var done <-chan struct{}
	if u.ctx != nil {
		done = u.ctx.Done()
	}
	select {
	case <-from:
		return nil
	case to <- struct{}{}:
		return nil
	case <-s.stopping:
		return ErrServerClosed
	case <-timer:
		return os.ErrDeadlineExceeded
	case <-done:
		return u.ctx.Err()
	}
}

// ended returns the error of a context that has ended.
func (u until) ended() error {
	if u.ctx == nil {
		return nil
	}
	return u.ctx.Err()
}
