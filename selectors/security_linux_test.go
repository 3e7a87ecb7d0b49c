package selectors_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// TestSecSEL01FDSetSize: a descriptor of 1,024 or more would be written outside the set.
func TestSecSEL01FDSetSize(t *testing.T) {
	a, _ := pair(t)
	fd, err := unix.FcntlInt(uintptr(a.Fileno()), unix.F_DUPFD_CLOEXEC, 1500)
	require.NoError(t, err)
	defer unix.Close(fd)
	s, err := selectors.Config{Backend: selectors.BackendSelect}.New()
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Register(fd, selectors.Read, nil)
	require.ErrorIs(t, err, selectors.ErrDescriptor)
	require.Zero(t, s.Len())
	for _, list := range [][3][]int{{{fd}}, {nil, {fd}}, {nil, nil, {fd}}} {
		_, _, _, err = selectors.Select(list[0], list[1], list[2], 0)
		require.ErrorIs(t, err, selectors.ErrDescriptor)
	}
	for _, b := range backends[:3] { // the others have no such limit
		s, err := b.make()
		require.NoError(t, err)
		defer s.Close()
		register(t, s, fd, selectors.Write, nil)
		require.Len(t, ready(t, s), 1)
	}
}

// reuse closes a and has another descriptor take its number.
func reuse(t *testing.T, a *socket.Socket, with *socket.Socket) int {
	t.Helper()
	fd := a.Fileno()
	require.NoError(t, a.Close())
	require.NoError(t, unix.Dup3(with.Fileno(), fd, unix.O_CLOEXEC))
	t.Cleanup(func() { unix.Close(fd) })
	return fd
}

// TestSecSEL02Reuse: a registered descriptor is closed and another gets its number; the
// other's events must not come with the first one's data.
func TestSecSEL02Reuse(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, _ := pair(t)
		b, peer := pair(t)
		register(t, s, a, selectors.Read|selectors.Write, "a's")
		fd := reuse(t, a, b)
		send(t, peer, "x")
		finds(t, s, nil)
		_, err := s.Register(fd, selectors.Read, "b's")
		require.NoError(t, err, "the closed one makes room")
		got, err := s.Select(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, "b's", got[0].Data)
		_, err = s.Unregister(a)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		require.Equal(t, 1, s.Len())
	})
}

// A numbered is an object with a descriptor.
type numbered int

func (n numbered) Fileno() int { return int(n) }

// TestSecSEL02ReuseObject: the object that got the number is not the one that was
// registered, for any method.
func TestSecSEL02ReuseObject(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, _ := pair(t)
		b, _ := pair(t)
		register(t, s, a, selectors.Read, "a's")
		f := numbered(reuse(t, a, b))
		_, err := s.Key(f)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		_, err = s.Modify(f, selectors.Write, nil)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		_, err = s.Unregister(f)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		key, err := s.Unregister(a)
		require.NoError(t, err)
		require.Equal(t, "a's", key.Data)
	})
}

// TestSecSEL02ReuseNumber is the same for bare numbers.
func TestSecSEL02ReuseNumber(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, _ := pair(t)
		b, peer := pair(t)
		register(t, s, a.Fileno(), selectors.Read|selectors.Write, "a's")
		fd := reuse(t, a, b)
		send(t, peer, "x")
		finds(t, s, nil)
		register(t, s, fd, selectors.Read, "b's")
		_, err := s.Register(fd, selectors.Read, "twice")
		require.ErrorIs(t, err, selectors.ErrRegistered)
		got, err := s.Select(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, "b's", got[0].Data)
	})
}

// TestSecSEL02Duplicate: what was closed lives on in a duplicate, so the system goes on
// telling about it: no event with its data, and no loop that spins.
func TestSecSEL02Duplicate(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, aPeer := pair(t)
		b, bPeer := pair(t)
		register(t, s, a, selectors.Read, "a's")
		dup, err := a.Dup()
		require.NoError(t, err)
		defer dup.Close()
		fd := reuse(t, a, b)
		send(t, aPeer, "x")
		got, err := s.Select(t.Context(), short)
		require.NoError(t, err)
		require.Empty(t, got)
		register(t, s, fd, selectors.Read, "b's")
		for range 3 {
			got, err = s.Select(t.Context(), short)
			require.NoError(t, err)
			require.Empty(t, got)
		}
		send(t, bPeer, "x")
		got, err = s.Select(t.Context(), long)
		require.NoError(t, err)
		require.Equal(t, "b's", got[0].Data)
		if s.Backend() == selectors.BackendEpoll {
			// The number is b's, and what the system still had of a is gone.
			var used unix.Rusage
			require.NoError(t, unix.Getrusage(unix.RUSAGE_SELF, &used))
			before := used.Utime.Nano() + used.Stime.Nano()
			_, err := unix.Read(fd, make([]byte, 8))
			require.NoError(t, err)
			_, err = s.Select(t.Context(), 10*short)
			require.NoError(t, err)
			require.NoError(t, unix.Getrusage(unix.RUSAGE_SELF, &used))
			require.Less(t, used.Utime.Nano()+used.Stime.Nano()-before, int64(5*short))
		}
	})
}

// TestSecSEL03Exec: a program that is started does not get the selector.
func TestSecSEL03Exec(t *testing.T) {
	s, err := selectors.New()
	require.NoError(t, err)
	defer s.Close()
	ep, err := selectors.NewEpoll(0)
	require.NoError(t, err)
	defer ep.Close()
	for _, fd := range []int{s.Fileno(), ep.Fileno()} {
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		require.NoError(t, err)
		require.NotZero(t, flags&unix.FD_CLOEXEC)
	}
	entries, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	for _, e := range entries { // also the descriptors that are not shown
		to, _ := os.Readlink("/proc/self/fd/" + e.Name())
		if strings.Contains(to, "eventpoll") || strings.Contains(to, "eventfd") {
			info, err := os.ReadFile("/proc/self/fdinfo/" + e.Name())
			require.NoError(t, err)
			require.Contains(t, string(info), "02", "O_CLOEXEC")
		}
	}
	out, err := exec.Command("/bin/sh", "-c", "ls -l /proc/self/fd").CombinedOutput()
	require.NoError(t, err, string(out))
	require.NotContains(t, string(out), "eventpoll")
	require.NotContains(t, string(out), "eventfd")
}

// TestSecSEL04Kqueue: with room for as many events as descriptors, one that is ready to
// read and to write would be told for one of them (gh-110038).
func TestSecSEL04Kqueue(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read|selectors.Write, nil)
		send(t, b, "x")
		finds(t, s, map[any]selectors.Event{a: selectors.Read | selectors.Write})
	})
}

// TestSecSEL05Signals: signals come all the time; each would begin the timeout anew.
func TestSecSEL05Signals(t *testing.T) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGALRM)
	defer signal.Stop(c)
	every := unix.Timeval{Usec: 5000}
	_, err := unix.Setitimer(unix.ITIMER_REAL, unix.Itimerval{Interval: every, Value: every})
	require.NoError(t, err)
	defer unix.Setitimer(unix.ITIMER_REAL, unix.Itimerval{})
	const timeout = 100 * time.Millisecond
	in := func(what string, wait func() error) {
		start := time.Now()
		require.NoError(t, wait(), what)
		require.GreaterOrEqual(t, time.Since(start), timeout, what)
		require.Less(t, time.Since(start), 20*timeout, what)
	}
	each(t, func(t *testing.T, s *selectors.Selector) {
		in("selector", func() error {
			_, err := s.Select(t.Context(), timeout)
			return err
		})
	})
	ep, err := selectors.NewEpoll(0)
	require.NoError(t, err)
	defer ep.Close()
	in("epoll", func() error {
		_, err := ep.Poll(timeout, 0)
		return err
	})
	in("poll", func() error {
		_, err := new(selectors.Poll).Poll(timeout)
		return err
	})
	in("select", func() error {
		_, _, _, err := selectors.Select[int](nil, nil, nil, timeout)
		return err
	})
}

// TestSecSEL06RuntimePoller: a connection of package net is in the runtime's poller and in
// a selector at once; neither must take the other's wake-ups.
func TestSecSEL06RuntimePoller(t *testing.T) {
	rounds := 10_000
	if testing.Short() {
		rounds = 500
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	d, err := l.Accept()
	require.NoError(t, err)
	defer d.Close()
	s, err := selectors.New()
	require.NoError(t, err)
	defer s.Close()
	register(t, s, d, selectors.Read, nil)

	got := make(chan error, 1)
	go func() {
		for range rounds {
			if _, err := io.ReadFull(d, make([]byte, 1)); err != nil {
				got <- err
				return
			}
			got <- nil
		}
	}()
	selected := make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		var dst []selectors.Ready
		for {
			var err error
			if dst, err = s.AppendSelect(ctx, dst[:0], selectors.Forever); err != nil {
				selected <- err
				return
			}
		}
	}()
	require.NoError(t, c.SetDeadline(time.Now().Add(long)))
	require.NoError(t, d.SetDeadline(time.Now().Add(long)))
	for range rounds {
		send(t, c, "x")
		require.NoError(t, <-got)
	}
	cancel()
	require.ErrorIs(t, <-selected, context.Canceled)
}

// TestSecSEL06Close: closed while it is waited for by both.
func TestSecSEL06Close(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, _ := pair(t)
		register(t, s, a, selectors.Read, nil)
		read := make(chan error, 1)
		go func() {
			_, err := a.Read(make([]byte, 1))
			read <- err
		}()
		done := waiting(t.Context(), s, selectors.Forever)
		require.NoError(t, a.Close())
		require.ErrorIs(t, <-read, net.ErrClosed)
		s.Wake()
		require.NoError(t, <-done)
		_, err := s.Unregister(a)
		require.NoError(t, err)
	})
}

// TestSecSEL07Idle: a connection that is waited for to write while there is nothing to be
// written is always ready: the loop spins. With Modify it need not.
func TestSecSEL07Idle(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, _ := pair(t)
		register(t, s, a, selectors.Read|selectors.Write, nil)
		got, err := s.Select(t.Context(), long)
		require.NoError(t, err)
		require.Equal(t, selectors.Write, got[0].Is)
		_, err = s.Modify(a, selectors.Read, nil) // all is written
		require.NoError(t, err)
		got, err = s.Select(t.Context(), short)
		require.NoError(t, err)
		require.Empty(t, got)
	})
}

// TestSecX04Text: an error's text has nothing of a peer.
func TestSecX04Text(t *testing.T) {
	s, err := selectors.New()
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Register("\x1b[2J", selectors.Read, nil)
	require.EqualError(t, err, "selectors: register: no descriptor")
	_, err = s.Register(998, selectors.Read, nil)
	require.EqualError(t, err, "selectors: register 998: register: bad file descriptor")
	require.True(t, errors.Is(err, syscall.EBADF))
}
