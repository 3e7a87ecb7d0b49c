package server

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// A requestContext ends when the client has gone, the server is closed, or the handler
// has returned. Nothing is done for it until somebody asks for Done.
type requestContext struct {
	parent context.Context
	c      *conn

	mu     sync.Mutex // guards what follows
	inner  context.Context
	cancel context.CancelFunc
	over   bool
	eof    bool          // the body has been read
	look   chan struct{} // closed when the look-out has ended
}

// Deadline implements context.Context.
func (x *requestContext) Deadline() (time.Time, bool) { return x.parent.Deadline() }

// Done implements context.Context. The first call sets the look-out up.
func (x *requestContext) Done() <-chan struct{} {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.make()
	return x.inner.Done()
}

func (x *requestContext) make() {
	if x.inner != nil {
		return
	}
	x.inner, x.cancel = context.WithCancel(x.parent)
	if x.over {
		x.cancel()
		return
	}
	x.watch()
}

// Err implements context.Context.
func (x *requestContext) Err() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.inner != nil:
		return x.inner.Err()
	case x.over:
		return context.Canceled
	}
	return x.parent.Err()
}

// Value implements context.Context.
func (x *requestContext) Value(key any) any {
	switch key {
	case http.LocalAddrContextKey:
		x.mu.Lock()
		defer x.mu.Unlock()
		if x.c != nil && x.c.nc != nil {
			return x.c.nc.LocalAddr()
		}
		return nil
	}
	x.mu.Lock()
	inner := x.inner
	x.mu.Unlock()
	if inner != nil {
		return inner.Value(key)
	}
	return x.parent.Value(key)
}

// watch looks out for the client's end, once the body has been read: then what comes is
// either the next request, which is kept, or the end.
func (x *requestContext) watch() {
	if x.look != nil || !x.eof && !x.c.body.Done() || x.c.rd.Len() > 0 {
		return
	}
	look := make(chan struct{})
	x.look = look
	c, cancel := x.c, x.cancel
	go func() {
		defer close(look)
		if err := c.rd.Fill(); err != nil && !isTimeout(err) {
			cancel()
		}
	}()
}

// bodyDone is told when the handler has read the whole body.
func (x *requestContext) bodyDone() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.eof = true
	if x.inner != nil && !x.over {
		x.watch()
	}
}

// stop ends the look-out.
func (x *requestContext) stop() {
	x.mu.Lock()
	look := x.look
	x.mu.Unlock()
	if look == nil {
		return
	}
	x.c.nc.SetReadDeadline(time.Unix(1, 0))
	<-look
	x.c.disarm()
	x.mu.Lock()
	x.look = nil
	x.mu.Unlock()
}

// finish ends the context when the handler has returned.
func (x *requestContext) finish() {
	x.stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.over = true
	if x.cancel != nil {
		x.cancel()
	}
	x.c = nil
}
