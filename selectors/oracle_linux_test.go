package selectors_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

var loopback = netip.MustParseAddr("127.0.0.1")

// A model is the plainest selector that can be right, over the ends of socket pairs of
// which it knows what was done to them.
type model struct {
	ends []*end
	keys map[*end]selectors.Event
	off  map[*end]bool // OneShot keys that were told
}

type end struct {
	s      *socket.Socket
	peer   *end
	queued int // bytes to read
	full   bool
	closed bool
}

func (m *model) readable(e *end) bool { return e.queued > 0 || e.peer.closed }
func (m *model) writable(e *end) bool { return !e.full || e.peer.closed }

// ready says what a Select answers.
func (m *model) ready() map[any]selectors.Event {
	out := map[any]selectors.Event{}
	for e, ev := range m.keys {
		if e.closed || m.off[e] {
			continue
		}
		var is selectors.Event
		if m.readable(e) {
			is |= selectors.Read
		}
		if m.writable(e) {
			is |= selectors.Write
		}
		if is &= ev; is != 0 {
			out[e.s] = is
			m.off[e] = ev&selectors.OneShot != 0
		}
	}
	return out
}

func newModel(t *testing.T, pairs int) *model {
	m := &model{keys: map[*end]selectors.Event{}, off: map[*end]bool{}}
	for range pairs {
		a, b := pair(t)
		for _, s := range []*socket.Socket{a, b} {
			s.SetBlocking(false)
		}
		x, y := &end{s: a}, &end{s: b}
		x.peer, y.peer = y, x
		m.ends = append(m.ends, x, y)
	}
	return m
}

// A chooser says what happens: a *rand.Rand or a script.
type chooser interface{ IntN(n int) int }

// A script is choices, a byte each. Behind its end it is all zeros.
type script []byte

func (s *script) IntN(n int) int {
	if len(*s) == 0 {
		return 0
	}
	b := (*s)[0]
	*s = (*s)[1:]
	return int(b) % n
}

// fewBytes is how much is queued in small pieces: with more of them Linux holds a socket to be
// full, of which each takes far more of its buffer than it has bytes.
const fewBytes = 2000

// step does one thing of r's choice, to both.
func (m *model) step(t *testing.T, r chooser, s *selectors.Selector) {
	e := m.ends[r.IntN(len(m.ends))]
	events := []selectors.Event{selectors.Read, selectors.Write, selectors.Read | selectors.Write}[r.IntN(3)]
	if r.IntN(4) == 0 {
		events |= selectors.OneShot
	}
	_, registered := m.keys[e]
	switch op := r.IntN(12); {
	case op < 3 && !e.closed:
		if _, err := s.Register(e.s, events, nil); registered {
			require.ErrorIs(t, err, selectors.ErrRegistered)
		} else {
			require.NoError(t, err)
			m.keys[e], m.off[e] = events, false
		}
	case op < 5 && !e.closed && registered:
		_, err := s.Modify(e.s, events, nil)
		require.NoError(t, err)
		if events != m.keys[e] || events&selectors.OneShot != 0 {
			m.off[e] = false
		}
		m.keys[e] = events
	case op < 6:
		if _, err := s.Unregister(e.s); registered {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
		}
		delete(m.keys, e)
	case op < 8 && !e.closed && !e.peer.closed && !e.full && e.peer.queued < fewBytes:
		n, err := e.s.Write(make([]byte, 100))
		require.NoError(t, err)
		e.peer.queued += n
	case op == 8 && !e.closed && !e.peer.closed && !e.full: // until it is full
		n, err := e.s.Write(make([]byte, 8<<20))
		require.ErrorIs(t, err, socket.ErrWouldBlock)
		e.peer.queued += n
		e.full = true
	case op < 11 && !e.closed && e.queued > 0: // all of it
		buf := make([]byte, 1<<20)
		for e.queued > 0 {
			n, err := e.s.Read(buf)
			require.NoError(t, err)
			e.queued -= n
		}
		e.peer.full = false
	case op == 11 && r.IntN(4) == 0 && !e.closed:
		require.NoError(t, e.s.Close())
		e.closed, e.queued = true, 0
	}
}

// TestOracle: a random life of many keys, with every answer compared to the model's.
func TestOracle(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		for seed := range uint64(20) {
			r := rand.New(rand.NewPCG(seed, 1))
			m := newModel(t, 4)
			for i := range 150 {
				m.step(t, r, s)
				if got, want := ready(t, s), m.ready(); !maps.Equal(got, want) {
					t.Fatalf("seed %d, step %d: Select() = %v, want %v", seed, i, fds(got), fds(want))
				}
			}
			m.leave(t, s)
		}
	})
}

// leave takes all keys out.
func (m *model) leave(t *testing.T, s *selectors.Selector) {
	for e := range m.keys {
		_, err := s.Unregister(e.s)
		require.NoError(t, err)
	}
	require.Zero(t, s.Len())
}

// FuzzSelector: a life by a script, four bytes a step, with every backend.
func FuzzSelector(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 1, 0, 1, 0, 1, 6, 0, 2, 1, 3, 0, 0, 1, 9})                             // told, changed, read
	f.Add([]byte{0, 2, 0, 0, 1, 0, 1, 8, 0, 0, 0, 3, 1, 0, 1, 9})                             // once, full, and read
	f.Add([]byte{2, 0, 1, 1, 3, 0, 1, 6, 2, 0, 1, 11, 0, 2, 0, 1, 5, 3, 0, 1, 11, 0})         // closed on both sides
	f.Add([]byte{0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 5, 0, 1, 1, 5, 7, 2, 0, 0, 6, 2, 0, 11, 0}) // twice in, twice out
	f.Add(bytes.Repeat([]byte{19}, 400))                                                      // many small pieces
	f.Fuzz(func(t *testing.T, life []byte) {
		for _, b := range backends {
			s, err := b.make()
			require.NoError(t, err)
			m := newModel(t, 4)
			r := script(life[:min(len(life), 400)])
			for i := 0; len(r) > 0; i++ {
				m.step(t, &r, s)
				if got, want := ready(t, s), m.ready(); !maps.Equal(got, want) {
					t.Fatalf("%s, step %d: Select() = %v, want %v", b.name, i, fds(got), fds(want))
				}
			}
			m.leave(t, s)
			require.NoError(t, s.Close())
			for _, e := range m.ends {
				e.s.Close()
			}
		}
	})
}
