package tlsutil

import (
	"errors"
	"runtime"
)

// A handshake runs one function, a handshake of crypto/tls, in a goroutine that stands
// still whenever the incoming BIO is empty. It and its Object's caller never run at the
// same time. Nothing in it refers to the Object, so that a dropped Object is collected and
// its cleanup can end the goroutine.
type handshake struct {
	resume chan struct{}
	report chan event
	quit   chan struct{}
	// running is true while the goroutine runs and its Object's caller waits for it: a
	// call that finds it so comes from a callback, and must not wait.
	running bool
	cleanup runtime.Cleanup // for an Object that is dropped
	offered []uint16        // cipher suites of the client
	policy  *policy         // of another context that has taken over
}

// An event is why the goroutine stands still or has ended.
type event struct {
	done     bool
	n        int
	err      error
	panicked any
}

// errGoexit is what a callback of the handshake leaves that ends its goroutine.
var errGoexit = errors.New("tlsutil: a callback ended the goroutine of the handshake")

// start runs f until it waits or ends.
func (h *handshake) start(f func() (int, error)) event {
	h.resume = make(chan struct{})
	h.report = make(chan event, 1)
	h.quit = make(chan struct{})
	h.running = true
	go func() {
		ev := event{done: true, err: errGoexit}
		defer func() {
			if r := recover(); r != nil {
				ev = event{done: true, panicked: r}
			}
			h.report <- ev
		}()
		ev.n, ev.err = f()
	}()
	return h.event()
}

func (h *handshake) event() event {
	ev := <-h.report
	h.running = false
	return ev
}

// goOn continues f until it waits again or ends.
func (h *handshake) goOn() event {
	h.running = true
	h.resume <- struct{}{}
	return h.event()
}

// wait is called by the goroutine: it stands still until goOn, and returns false if it is
// to end.
func (h *handshake) wait() bool {
	h.report <- event{}
	select {
	case <-h.resume:
		return true
	case <-h.quit:
		return false
	}
}

// abandon ends a goroutine that stands still. It does not wait for it.
func (h *handshake) abandon() { close(h.quit) }
