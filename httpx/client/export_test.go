package client

import "net"

// Idle counts the idle connections.
func (p *Pool) Idle() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, h := range p.hosts {
		n += len(h.idle)
	}
	return n
}

// Waiting counts the requests that wait for room.
func (p *Pool) Waiting() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, h := range p.hosts {
		n += len(h.waiters)
	}
	return n
}

// Ended reports whether a context has ended what the connection does.
func (c *Conn) Ended() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.w != nil && c.w.ended.Load()
}

// Quiet reports whether nothing has come on a connection at rest.
func Quiet(nc net.Conn) bool { return new(probe).quiet(nc) }
