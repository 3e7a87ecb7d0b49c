package selectors_test

import (
	"context"
	"errors"
	"net"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// TestMany: each of many ready keys is told at once, or MaxEvents at a time.
func TestMany(t *testing.T) {
	const n = 200
	each(t, func(t *testing.T, s *selectors.Selector) {
		want := map[any]selectors.Event{}
		for range n {
			a, b := pair(t)
			register(t, s, a, selectors.Read|selectors.Write, nil)
			send(t, b, "x")
			want[a] = selectors.Read | selectors.Write
		}
		finds(t, s, want)
	})
	for _, b := range []selectors.Backend{selectors.BackendEpoll, selectors.BackendPoll, selectors.BackendSelect} {
		s, err := selectors.Config{Backend: b, MaxEvents: 3}.New()
		require.NoError(t, err)
		defer s.Close()
		for range 10 {
			a, _ := pair(t)
			register(t, s, a, selectors.Write, nil)
		}
		require.Len(t, ready(t, s), 3)
	}
}

// TestConcurrent: registrations come and go while a Select waits.
func TestConcurrent(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			for {
				got, err := s.Select(ctx, selectors.Forever)
				if err != nil {
					done <- err
					return
				}
				for _, r := range got {
					r.Data.(chan struct{}) <- struct{}{}
				}
			}
		}()
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				a, b, err := socket.SocketPair(socket.AFUnix, socket.SockStream, 0)
				if err != nil {
					t.Error(err)
					return
				}
				defer a.Close()
				defer b.Close()
				told := make(chan struct{}, 1)
				for range 50 {
					_, err1 := s.Register(a, selectors.Read|selectors.OneShot, told)
					_, err2 := b.Write([]byte{1})
					<-told
					_, err3 := s.Unregister(a)
					_, err4 := a.Read(make([]byte, 1))
					if err := errors.Join(err1, err2, err3, err4); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
		require.Zero(t, s.Len())
	})
}

// TestParks: a wait holds no thread by default.
func TestParks(t *testing.T) {
	s, err := selectors.New()
	require.NoError(t, err)
	defer s.Close()
	require.True(t, s.Parks())
	th, err := selectors.Config{LockThread: true}.New()
	require.NoError(t, err)
	defer th.Close()
	require.False(t, th.Parks())
}

// TestNested: the selector's own descriptor is readable when a key is ready.
func TestNested(t *testing.T) {
	inner, err := selectors.New()
	require.NoError(t, err)
	defer inner.Close()
	a, b := pair(t)
	register(t, inner, a, selectors.Read, nil)
	each(t, func(t *testing.T, s *selectors.Selector) {
		register(t, s, inner, selectors.Read, nil)
		require.Empty(t, ready(t, s))
		send(t, b, "x")
		require.Equal(t, selectors.Read, ready(t, s)[inner])
		_, err := a.Read(make([]byte, 1))
		require.NoError(t, err)
		require.Empty(t, ready(t, s))
	})
}

func TestNoAllocs(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates")
	}
	for _, b := range backends[:3] {
		s, err := b.make()
		require.NoError(t, err)
		defer s.Close()
		a, other := pair(t)
		register(t, s, a, selectors.Read, nil)
		send(t, other, "x")
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var dst []selectors.Ready
		wait := func(ctx context.Context, d time.Duration) {
			if dst, err = s.AppendSelect(ctx, dst[:0], d); err != nil || len(dst) != 1 {
				t.Fatal(dst, err)
			}
		}
		require.Zero(t, testing.AllocsPerRun(100, func() { wait(context.Background(), selectors.Forever) }), b.name)
		require.Zero(t, testing.AllocsPerRun(100, func() { wait(ctx, long) }), b.name)
		_, err = a.Read(make([]byte, 1))
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if dst, err = s.AppendSelect(ctx, dst[:0], time.Microsecond); err != nil || len(dst) != 0 {
				t.Fatal(dst, err)
			}
		}), b.name)
		_, err = s.Unregister(a)
		require.NoError(t, err)
		if fd := any(a.Fileno()); b.name != "poll" {
			require.Zero(t, testing.AllocsPerRun(100, func() {
				_, err1 := s.Register(fd, selectors.Read, nil)
				_, err2 := s.Modify(fd, selectors.Write, nil)
				_, err3 := s.Unregister(fd)
				if err := errors.Join(err1, err2, err3); err != nil {
					t.Fatal(err)
				}
			}))
		}
	}
}

// What package net or os has opened does not cost an allocation either.
func TestNoAllocsObjects(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates")
	}
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	defer w.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	for _, b := range backends[:3] {
		s, err := b.make()
		require.NoError(t, err)
		defer s.Close()
		register(t, s, w, selectors.Write, nil)
		register(t, s, c, selectors.Write, nil)
		register(t, s, l, selectors.Read, nil)
		var dst []selectors.Ready
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if dst, err = s.AppendSelect(context.Background(), dst[:0], selectors.Forever); err != nil || len(dst) != 3 {
				t.Fatal(dst, err)
			}
		}), b.name)
	}
}

func TestBackends(t *testing.T) {
	for _, b := range []selectors.Backend{selectors.BackendKqueue, 99} {
		_, err := selectors.Config{Backend: b}.New()
		require.ErrorIs(t, err, errors.ErrUnsupported)
	}
	s, err := selectors.New()
	require.NoError(t, err)
	defer s.Close()
	require.Equal(t, selectors.BackendEpoll, s.Backend())
	require.Equal(t, []string{"best", "epoll", "kqueue", "poll", "select", "invalid"},
		slices.Collect(func(yield func(string) bool) {
			for b := range selectors.Backend(6) {
				if !yield(b.String()) {
					return
				}
			}
		}))
	require.Equal(t, "Read|Write", (selectors.Read | selectors.Write).String())
	require.Equal(t, "none", selectors.Event(0).String())
	require.Equal(t, "Read|invalid", (selectors.Read | 1<<20).String())
}
