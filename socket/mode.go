package socket

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// background is the context of the operations that are given none.
var background = context.Background()

var defaultTimeout = func() *atomic.Int64 {
	var t atomic.Int64
	t.Store(noTimeout)
	return &t
}()

// ErrTimeoutValue is the cause for a timeout below zero. Python's ValueError.
var ErrTimeoutValue = errors.New("timeout below zero")

// DefaultTimeout returns the timeout that new sockets have, and whether they have
// one: `socket.getdefaulttimeout`. They have none unless SetDefaultTimeout said so.
func DefaultTimeout() (d time.Duration, ok bool) { return timeoutValue(defaultTimeout.Load()) }

// SetDefaultTimeout sets the timeout of the sockets that the whole program makes
// from then on, 0 for non-blocking ones: `socket.setdefaulttimeout`. A library
// should rather call [Socket.SetTimeout]. It fails with ErrTimeoutValue for a time
// below zero.
func SetDefaultTimeout(d time.Duration) error {
	if d < 0 {
		return opError("setdefaulttimeout", nil, ErrTimeoutValue)
	}
	defaultTimeout.Store(int64(d))
	return nil
}

// ClearDefaultTimeout makes new sockets block again: `socket.setdefaulttimeout(None)`.
func ClearDefaultTimeout() { defaultTimeout.Store(noTimeout) }

func timeoutValue(ns int64) (time.Duration, bool) {
	if ns < 0 {
		return 0, false
	}
	return time.Duration(ns), true
}

// SetTimeout bounds each operation by a time, after which it fails with
// os.ErrDeadlineExceeded: `socket.socket.settimeout`. Zero makes the socket
// non-blocking; SetBlocking(true) takes the bound away. It fails with
// ErrTimeoutValue for a time below zero.
func (s *Socket) SetTimeout(d time.Duration) error {
	if d < 0 {
		return opError("settimeout", nil, ErrTimeoutValue)
	}
	s.timeout.Store(int64(d))
	return nil
}

// Timeout returns the time that bounds each operation, and whether there is one:
// `socket.socket.gettimeout`. Zero is a non-blocking socket.
func (s *Socket) Timeout() (d time.Duration, ok bool) { return timeoutValue(s.timeout.Load()) }

// SetBlocking makes the socket blocking without a timeout, or non-blocking:
// `socket.socket.setblocking`.
func (s *Socket) SetBlocking(yes bool) {
	if yes {
		s.timeout.Store(noTimeout)
	} else {
		s.timeout.Store(0)
	}
}

// Blocking reports whether the socket blocks, with a timeout or without:
// `socket.socket.getblocking`.
func (s *Socket) Blocking() bool { return s.timeout.Load() != 0 }
