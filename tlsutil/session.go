package tlsutil

import (
	"container/list"
	"crypto/sha256"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// A Session is what a client keeps of a connection to resume it later. It holds secrets.
// Python: ssl.SSLSession.
type Session struct {
	key    string // crypto/tls's key for it: the name or address of the server
	ticket []byte
	state  *tls.SessionState
	client *tls.ClientSessionState // of ticket and state; it does not change
	time   time.Time
}

// ErrSession is a stored session that cannot be read.
var ErrSession = errors.New("tlsutil: malformed session")

// ID returns 32 bytes that identify the session, the SHA-256 of its ticket. Python:
// SSLSession.id.
func (s *Session) ID() []byte {
	sum := sha256.Sum256(s.ticket)
	return sum[:]
}

// Time returns when the session was received. Python: SSLSession.time.
func (s *Session) Time() time.Time { return s.time }

// Timeout returns how long the session may be resumed at most: seven days (RFC 8446 section
// 4.6.1). Python: SSLSession.timeout.
func (s *Session) Timeout() time.Duration { return 7 * 24 * time.Hour }

// TicketLifetimeHint is [errors.ErrUnsupported]: crypto/tls keeps it to itself. It does not
// offer sessions that are past it. Python: SSLSession.ticket_lifetime_hint.
func (s *Session) TicketLifetimeHint() (time.Duration, error) {
	return 0, unsupported("ticket_lifetime_hint", "the lifetime of a ticket")
}

// HasTicket is true: crypto/tls resumes by tickets alone. Python: SSLSession.has_ticket.
func (s *Session) HasTicket() bool { return len(s.ticket) > 0 }

const sessionMagic = "pynet tls session 1\n"

// MarshalBinary returns the session for storing; it holds secrets. Another version of Go
// may refuse it.
func (s *Session) MarshalBinary() ([]byte, error) {
	if s.state == nil {
		return nil, ErrSession
	}
	state, err := s.state.Bytes()
	if err != nil {
		return nil, err
	}
	b := []byte(sessionMagic)
	b = binary.BigEndian.AppendUint64(b, uint64(s.time.Unix()))
	for _, part := range [][]byte{[]byte(s.key), s.ticket, state} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary made. An error is [ErrSession].
func (s *Session) UnmarshalBinary(b []byte) error {
	if len(b) < len(sessionMagic)+8 || string(b[:len(sessionMagic)]) != sessionMagic {
		return ErrSession
	}
	b = b[len(sessionMagic):]
	at := time.Unix(int64(binary.BigEndian.Uint64(b)), 0)
	b = b[8:]
	var parts [3][]byte
	for i := range parts {
		if len(b) < 4 || uint64(binary.BigEndian.Uint32(b)) > uint64(len(b)-4) {
			return ErrSession
		}
		n := binary.BigEndian.Uint32(b)
		parts[i], b = append([]byte(nil), b[4:4+n]...), b[4+n:]
	}
	state, err := tls.ParseSessionState(parts[2])
	if err != nil || len(b) > 0 || len(parts[1]) == 0 {
		return ErrSession
	}
	client, err := tls.NewResumptionState(parts[1], state)
	if err != nil {
		return ErrSession
	}
	*s = Session{string(parts[0]), parts[1], state, client, at}
	return nil
}

func newSession(key string, cs *tls.ClientSessionState) *Session {
	if cs == nil {
		return nil
	}
	ticket, state, err := cs.ResumptionState()
	if err != nil || state == nil {
		return nil
	}
	return &Session{key, ticket, state, cs, time.Now()}
}

// A SessionCache keeps the sessions of clients, the latest for each server, to resume them;
// it is a [tls.ClientSessionCache] and safe for concurrent use. Give contexts of the same
// trust one cache. The zero value keeps 64 sessions.
type SessionCache struct {
	// Capacity is how many sessions are kept; beyond it the one longest unused is dropped.
	// Zero means 64. It must not be changed after first use.
	Capacity int

	mu    sync.Mutex
	byKey map[string]*list.Element // of *Session
	order list.List                // the latest used first
}

// Get implements [tls.ClientSessionCache].
func (c *SessionCache) Get(key string) (*tls.ClientSessionState, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*Session).client, true
}

// Put implements [tls.ClientSessionCache].
func (c *SessionCache) Put(key string, cs *tls.ClientSessionState) {
	c.put(key, newSession(key, cs))
}

func (c *SessionCache) put(key string, s *Session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.order.Remove(e)
		delete(c.byKey, key)
	}
	if s == nil {
		return
	}
	if c.byKey == nil {
		c.byKey = map[string]*list.Element{}
	}
	c.byKey[key] = c.order.PushFront(s)
	limit := c.Capacity
	if limit <= 0 {
		limit = 64
	}
	for c.order.Len() > limit {
		old := c.order.Remove(c.order.Back()).(*Session)
		delete(c.byKey, old.key)
	}
}

// Add puts sessions into the cache, such as ones that were stored; nil and empty ones are
// passed over.
func (c *SessionCache) Add(sessions ...*Session) {
	for _, s := range sessions {
		if s != nil && s.client != nil {
			c.put(s.key, s)
		}
	}
}

// Sessions returns all sessions, the latest used first.
func (c *SessionCache) Sessions() []*Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []*Session
	for e := c.order.Front(); e != nil; e = e.Next() {
		out = append(out, e.Value.(*Session))
	}
	return out
}

// Len returns the number of sessions.
func (c *SessionCache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

// SetSessionCache has all clients of the context keep and resume sessions in the cache; nil,
// the default, has them keep none but what [Conn.Session] gives.
func (c *Context) SetSessionCache(cache *SessionCache) {
	c.change(func() error { c.sessions = cache; return nil })
}

// NumTickets returns how many tickets a server sends: 1, or 0. Python, with 2 by default:
// num_tickets.
func (c *Context) NumTickets() int { return get(c, func() int { return c.tickets }) }

// SetNumTickets sets how many tickets a server sends: 0 switches resumption off, 1 is all
// that crypto/tls can do; more is [errors.ErrUnsupported], less [ErrValue].
func (c *Context) SetNumTickets(n int) error {
	switch {
	case n < 0:
		return valueError("%d tickets", n)
	case n > 1:
		return unsupported("num_tickets", "more than one ticket")
	}
	return c.change(func() error { c.tickets = n; return nil })
}

// SetTicketKeys sets the keys that tickets are encrypted with: the first for new ones, all
// for those that come back. Servers with the same keys resume each other's sessions; give
// them the same trust. Without keys crypto/tls makes its own and changes them daily.
func (c *Context) SetTicketKeys(keys ...[32]byte) {
	own := append([][32]byte(nil), keys...)
	c.change(func() error { c.ticketKeys = own; return nil })
}

// A sessionSlot is the session cache of a single connection: it offers one session and
// takes what the server sends, and passes both on to the context's cache.
type sessionSlot struct {
	shared tls.ClientSessionCache // or nil
	mu     sync.Mutex
	offer  *Session
	latest *Session
}

func (s *sessionSlot) Get(key string) (*tls.ClientSessionState, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.offer != nil && s.offer.client != nil && s.offer.key == key {
		return s.offer.client, true
	}
	if s.shared != nil {
		return s.shared.Get(key)
	}
	return nil, false
}

func (s *sessionSlot) Put(key string, cs *tls.ClientSessionState) {
	s.mu.Lock()
	if n := newSession(key, cs); n != nil {
		s.latest = n
	} else {
		s.offer = nil
	}
	s.mu.Unlock()
	if s.shared != nil {
		s.shared.Put(key, cs)
	}
}

func (s *sessionSlot) session() *Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.latest != nil {
		return s.latest
	}
	return s.offer
}

// counters of the connections made by a context.
type counters struct {
	connect, connectGood, accept, acceptGood, hits atomic.Int64
}

// SessionStats are numbers about the connections that a context has made. Those that
// crypto/tls does not tell are zero.
type SessionStats struct {
	Number             int   `json:"number"` // sessions in the cache
	Connect            int64 `json:"connect"`
	ConnectGood        int64 `json:"connect_good"`
	ConnectRenegotiate int64 `json:"connect_renegotiate"`
	Accept             int64 `json:"accept"`
	AcceptGood         int64 `json:"accept_good"`
	AcceptRenegotiate  int64 `json:"accept_renegotiate"`
	Hits               int64 `json:"hits"` // sessions resumed
	Misses             int64 `json:"misses"`
	Timeouts           int64 `json:"timeouts"`
	CacheFull          int64 `json:"cache_full"`
}

// SessionStats returns numbers about the connections made by [Context.Wrap] and
// [Context.WrapBIO]. Python: session_stats.
func (c *Context) SessionStats() SessionStats {
	s := SessionStats{
		Connect: c.stats.connect.Load(), ConnectGood: c.stats.connectGood.Load(),
		Accept: c.stats.accept.Load(), AcceptGood: c.stats.acceptGood.Load(), Hits: c.stats.hits.Load(),
	}
	if cache := get(c, func() *SessionCache { return c.sessions }); cache != nil {
		s.Number = cache.Len()
	}
	return s
}
