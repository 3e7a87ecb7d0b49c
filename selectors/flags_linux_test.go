package selectors_test

import (
	"errors"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// TestFlags: what a backend cannot do it refuses.
func TestFlags(t *testing.T) {
	supported := map[selectors.Backend]selectors.Event{
		selectors.BackendEpoll:  selectors.Priority | selectors.ReadHangup | selectors.Edge | selectors.OneShot | selectors.Exclusive,
		selectors.BackendPoll:   selectors.Priority | selectors.ReadHangup | selectors.OneShot,
		selectors.BackendSelect: selectors.Priority | selectors.OneShot,
		selectors.BackendKqueue: selectors.Edge | selectors.OneShot,
	}
	each(t, func(t *testing.T, s *selectors.Selector) {
		for _, ev := range []selectors.Event{selectors.Priority, selectors.ReadHangup, selectors.Edge, selectors.OneShot, selectors.Exclusive} {
			a, _ := pair(t)
			_, err := s.Register(a, selectors.Read|ev, nil)
			if supported[s.Backend()]&ev != 0 {
				require.NoError(t, err, ev)
			} else {
				require.ErrorIs(t, err, errors.ErrUnsupported, ev)
			}
		}
	})
}

func TestUrgent(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		if s.Backend() == selectors.BackendKqueue {
			return // refused, as TestFlags shows
		}
		l, err := socket.CreateServer(socket.Inet{Addr: loopback}, nil)
		require.NoError(t, err)
		defer l.Close()
		at, err := l.SockName()
		require.NoError(t, err)
		c, err := socket.New(socket.AFInet, socket.SockStream, 0)
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.Connect(at))
		d, _, err := l.Accept()
		require.NoError(t, err)
		defer d.Close()
		register(t, s, d, selectors.Priority, nil)
		require.Empty(t, ready(t, s))
		_, err = c.Send([]byte("!"), unix.MSG_OOB)
		require.NoError(t, err)
		got, err := s.Select(t.Context(), long)
		require.NoError(t, err)
		require.Equal(t, selectors.Priority, got[0].Is)
	})
}

func TestReadHangup(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		if _, err := s.Register(a, selectors.Write|selectors.ReadHangup, nil); errors.Is(err, errors.ErrUnsupported) {
			return
		}
		require.Equal(t, selectors.Write, ready(t, s)[a])
		require.NoError(t, b.CloseWrite())
		require.Equal(t, selectors.Write|selectors.ReadHangup, ready(t, s)[a])
	})
}

func TestEdge(t *testing.T) {
	s, err := selectors.New()
	require.NoError(t, err)
	defer s.Close()
	a, b := pair(t)
	register(t, s, a, selectors.Read|selectors.Edge, nil)
	send(t, b, "x")
	require.Equal(t, selectors.Read, ready(t, s)[a])
	require.Empty(t, ready(t, s), "no change")
	send(t, b, "y")
	require.Equal(t, selectors.Read, ready(t, s)[a])
}

// TestExclusive: several selectors over one listener. One connection wakes at least one
// of them; a registration can be changed like others.
func TestExclusive(t *testing.T) {
	a, b := pair(t)
	for range 3 {
		s, err := selectors.New()
		require.NoError(t, err)
		defer s.Close()
		register(t, s, a, selectors.Read|selectors.Exclusive, nil)
		key, err := s.Modify(a, selectors.Read|selectors.Exclusive|selectors.Edge, 5)
		require.NoError(t, err)
		require.Equal(t, 5, key.Data)
		_, err = s.Modify(a, selectors.Read|selectors.Exclusive|selectors.OneShot, 6)
		require.ErrorIs(t, err, syscall.EINVAL)
		key, err = s.Key(a)
		require.NoError(t, err)
		require.Equal(t, 5, key.Data)
	}
	send(t, b, "x")
}

// TestOneShotRenewed: what the selector does about a duplicate of a closed object does not
// arm what has been told.
func TestOneShotRenewed(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		once, oncePeer := pair(t)
		register(t, s, once, selectors.Read|selectors.OneShot, nil)
		send(t, oncePeer, "x")
		finds(t, s, map[any]selectors.Event{once: selectors.Read})
		a, aPeer := pair(t)
		register(t, s, a, selectors.Read, nil)
		dup, err := a.Dup()
		require.NoError(t, err)
		defer dup.Close()
		require.NoError(t, a.Close())
		send(t, aPeer, "x")
		for range 4 {
			finds(t, s, nil)
		}
		_, err = s.Modify(once, selectors.Read|selectors.OneShot, nil)
		require.NoError(t, err)
		finds(t, s, map[any]selectors.Event{once: selectors.Read})
	})
}

// TestMaxEventsTurns: those that did not fit come with the next wait, also if the others
// stay ready.
func TestMaxEventsTurns(t *testing.T) {
	for _, b := range []selectors.Backend{selectors.BackendEpoll, selectors.BackendPoll, selectors.BackendSelect} {
		t.Run(b.String(), func(t *testing.T) {
			s, err := selectors.Config{Backend: b, MaxEvents: 2}.New()
			require.NoError(t, err)
			defer s.Close()
			for range 3 {
				x, y := pair(t)
				register(t, s, x, selectors.Write, nil)
				register(t, s, y, selectors.Write, nil)
			}
			seen := map[int]bool{}
			for range 3 {
				got, err := s.Select(t.Context(), 0)
				require.NoError(t, err)
				require.Len(t, got, 2)
				for _, r := range got {
					seen[r.FD] = true
				}
			}
			require.Len(t, seen, 6)
		})
	}
}
