package telnettest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"sync"
)

// A Step is one thing that a [Host] does.
type Step struct {
	await, say []byte
	hangUp     bool
}

// Await reads until the client has sent text, whatever else came before it.
func Await(text string) Step { return Step{await: []byte(text)} }

// Say sends text, as it is.
func Say(text string) Step { return Step{say: []byte(text)} }

// HangUp ends what the host sends.
func HangUp() Step { return Step{hangUp: true} }

// A Host plays a script on a connection in memory, in a goroutine that ends with the client's
// Close. After the script it reads what else comes and says nothing. It is for one client.
type Host struct {
	client net.Conn
	done   chan struct{}

	mu   sync.Mutex
	got  []byte
	left error // the step that was not reached
}

// Start returns a host that plays the steps.
func Start(steps ...Step) *Host {
	client, host := Pipe()
	h := &Host{client: client, done: make(chan struct{})}
	go h.play(host.(*end), steps)
	return h
}

// Conn returns the client's end.
func (h *Host) Conn() net.Conn { return h.client }

// Dial returns the client's end, whatever the address: it is for telnet.Config.Dial.
func (h *Host) Dial(context.Context, string, string) (net.Conn, error) { return h.client, nil }

// Wait waits until the client has closed the connection, and tells what the host was waiting
// for in vain; nil if it came to the end of the script.
func (h *Host) Wait() error {
	<-h.done
	return h.left
}

// Got returns what the client has sent so far.
func (h *Host) Got() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	return bytes.Clone(h.got)
}

func (h *Host) play(c *end, steps []Step) {
	defer close(h.done)
	defer c.Close()
	from := 0
	for _, s := range steps {
		for len(s.await) > 0 {
			h.mu.Lock()
			i := bytes.Index(h.got[from:], s.await)
			h.mu.Unlock()
			if i >= 0 {
				from += i + len(s.await)
				break
			}
			if !h.read(c) {
				h.left = fmt.Errorf("telnettest: the client never sent %q", s.await)
				return
			}
		}
		c.Write(s.say)
		if s.hangUp {
			c.CloseWrite()
		}
	}
	for h.read(c) {
	}
}

func (h *Host) read(c net.Conn) bool {
	b := make([]byte, 4096)
	n, err := c.Read(b)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.got = append(h.got, b[:n]...)
	return err == nil
}
