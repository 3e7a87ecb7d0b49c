package selectors_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// short is a timeout that is waited for, long one that must not pass.
const (
	short = 20 * time.Millisecond
	long  = time.Minute
)

// backends are all that Linux has, in all ways of waiting, and kqueue's over an imitation.
var backends = []struct {
	name string
	make func() (*selectors.Selector, error)
}{
	{"epoll", selectors.New},
	{"epoll-thread", selectors.Config{LockThread: true}.New},
	{"poll", selectors.Config{Backend: selectors.BackendPoll}.New},
	{"select", selectors.Config{Backend: selectors.BackendSelect}.New},
	{"kqueue", func() (*selectors.Selector, error) {
		s, _, err := selectors.NewFakeKqueue()
		return s, err
	}},
}

// each runs a test of the suite with every backend.
func each(t *testing.T, run func(t *testing.T, s *selectors.Selector)) {
	for _, b := range backends {
		t.Run(b.name, func(t *testing.T) {
			s, err := b.make()
			require.NoError(t, err)
			defer s.Close()
			run(t, s)
		})
	}
}

// pair is two connected sockets, closed at the end.
func pair(t testing.TB) (a, b *socket.Socket) {
	t.Helper()
	a, b, err := socket.SocketPair(socket.AFUnix, socket.SockStream, 0)
	require.NoError(t, err)
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

// ready lists what Select finds without waiting.
func ready(t testing.TB, s *selectors.Selector) map[any]selectors.Event {
	t.Helper()
	got, err := s.Select(t.Context(), 0)
	require.NoError(t, err)
	out := map[any]selectors.Event{}
	for _, r := range got {
		_, twice := out[r.Obj]
		require.False(t, twice, "a key twice")
		out[r.Obj] = r.Is
	}
	return out
}

// finds checks what Select finds.
func finds(t testing.TB, s *selectors.Selector, want map[any]selectors.Event) {
	t.Helper()
	if got := ready(t, s); !maps.Equal(got, want) {
		t.Fatalf("Select() = %v, want %v", fds(got), fds(want))
	}
}

// fds is the answer by descriptors, to be shown.
func fds(m map[any]selectors.Event) map[string]selectors.Event {
	out := map[string]selectors.Event{}
	for obj, is := range m {
		name := fmt.Sprintf("%T", obj)
		if f, ok := obj.(interface{ Fileno() int }); ok {
			name += fmt.Sprint(f.Fileno())
		}
		out[name] = is
	}
	return out
}

func register(t testing.TB, s *selectors.Selector, obj any, ev selectors.Event, data any) {
	t.Helper()
	_, err := s.Register(obj, ev, data)
	require.NoError(t, err)
}

func send(t testing.TB, w io.Writer, text string) {
	t.Helper()
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
}

func TestRegister(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		key, err := s.Register(a, selectors.Read, "data")
		require.NoError(t, err)
		require.Equal(t, selectors.Key{FD: a.Fileno(), Obj: a, Events: selectors.Read, Data: "data"}, key)
		got, err := s.Key(a)
		require.NoError(t, err)
		require.Equal(t, key, got)
		got, err = s.Key(a.Fileno())
		require.NoError(t, err)
		require.Equal(t, key, got)
		require.Equal(t, 1, s.Len())

		for _, c := range []struct {
			what string
			obj  any
			ev   selectors.Event
			want error
		}{
			{"no events", b, 0, selectors.ErrEvents},
			{"flags only", b, selectors.OneShot, selectors.ErrEvents},
			{"unknown events", b, 1 << 30, selectors.ErrEvents},
			{"a negative number", -1, selectors.Read, selectors.ErrDescriptor},
			{"a large number", uintptr(1) << 31, selectors.Read, selectors.ErrDescriptor},
			{"a closed number", 999, selectors.Read, syscall.EBADF},
			{"no object", nil, selectors.Read, selectors.ErrObject},
			{"an object of another kind", "abc", selectors.Read, selectors.ErrObject},
			{"twice", a, selectors.Read, selectors.ErrRegistered},
			{"twice by number", a.Fileno(), selectors.Write, selectors.ErrRegistered},
		} {
			_, err := s.Register(c.obj, c.ev, nil)
			require.ErrorIs(t, err, c.want, c.what)
			var e *selectors.Error
			require.ErrorAs(t, err, &e, c.what)
			require.Equal(t, "register", e.Op)
		}
		require.Equal(t, 1, s.Len())
	})
}

func TestUnregister(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read, 7)
		key, err := s.Unregister(a)
		require.NoError(t, err)
		require.Equal(t, 7, key.Data)
		_, err = s.Unregister(a)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		_, err = s.Key(a)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		_, err = s.Modify(b, selectors.Read, nil)
		require.ErrorIs(t, err, selectors.ErrNotRegistered)
		send(t, b, "x")
		require.Empty(t, ready(t, s))
		register(t, s, a, selectors.Read, 8)
		require.Len(t, ready(t, s), 1)
	})
}

// TestUnregisterClosed: an object can be taken out after it was closed.
func TestUnregisterClosed(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read, "a")
		register(t, s, b, selectors.Read, "b")
		a.Close()
		finds(t, s, map[any]selectors.Event{b: selectors.Read}) // the end of the stream
		key, err := s.Unregister(a)
		require.NoError(t, err)
		require.Equal(t, "a", key.Data)
		require.Equal(t, 1, s.Len())
		_, err = s.Register(a, selectors.Read, nil)
		require.ErrorIs(t, err, net.ErrClosed)
	})
}

func TestModify(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read, 1)
		require.Empty(t, ready(t, s))
		for _, ev := range []selectors.Event{selectors.Write, selectors.Read, selectors.Read | selectors.Write, selectors.Write} {
			key, err := s.Modify(a, ev, 2)
			require.NoError(t, err)
			require.Equal(t, selectors.Key{FD: a.Fileno(), Obj: a, Events: ev, Data: 2}, key)
			want := map[any]selectors.Event{}
			if ev&selectors.Write != 0 {
				want[a] = selectors.Write
			}
			finds(t, s, want)
		}
		_, err := s.Modify(a, 0, 3)
		require.ErrorIs(t, err, selectors.ErrEvents)
		key, err := s.Modify(a.Fileno(), selectors.Write, 4)
		require.NoError(t, err)
		require.Equal(t, a, key.Obj, "the object stays")
		got, err := s.Select(t.Context(), 0)
		require.NoError(t, err)
		require.Equal(t, 4, got[0].Data)
		send(t, b, "x")
		require.Equal(t, selectors.Write, ready(t, s)[a])
	})
}

func TestMap(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		require.Empty(t, maps.Collect(s.Map()))
		register(t, s, b, selectors.Write, "b")
		register(t, s, a, selectors.Read, "a")
		var fds []int
		for fd, key := range s.Map() {
			fds = append(fds, fd)
			require.Equal(t, fd, key.FD)
			_, err := s.Unregister(key.Obj) // allowed meanwhile
			require.NoError(t, err)
		}
		require.Equal(t, []int{a.Fileno(), b.Fileno()}, fds)
		register(t, s, a, selectors.Read, nil)
		register(t, s, b, selectors.Read, nil)
		for range s.Map() {
			break
		}
		require.Equal(t, 2, s.Len())
	})
}

func TestClose(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, _ := pair(t)
		register(t, s, a, selectors.Read, nil)
		require.NoError(t, s.Close())
		require.NoError(t, s.Close())
		_, err := s.Register(a, selectors.Read, nil)
		require.ErrorIs(t, err, net.ErrClosed)
		_, err = s.Key(a)
		require.ErrorIs(t, err, net.ErrClosed)
		_, err = s.Modify(a, selectors.Write, nil)
		require.ErrorIs(t, err, net.ErrClosed)
		_, err = s.Unregister(a)
		require.ErrorIs(t, err, net.ErrClosed)
		_, err = s.Select(t.Context(), 0)
		require.ErrorIs(t, err, net.ErrClosed)
		require.Equal(t, -1, s.Fileno())
		require.Empty(t, maps.Collect(s.Map()))
		s.Wake()
		require.NotEqual(t, -1, a.Fileno(), "what was registered stays open")
	})
}

func TestSelect(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read, "a")
		register(t, s, b, selectors.Write, "b")
		finds(t, s, map[any]selectors.Event{b: selectors.Write})
		send(t, b, "x")
		want := map[any]selectors.Event{a: selectors.Read, b: selectors.Write}
		finds(t, s, want)
		finds(t, s, want)
		_, err := s.Modify(a, selectors.Read|selectors.Write, "a")
		require.NoError(t, err)
		require.Equal(t, selectors.Read|selectors.Write, ready(t, s)[a])
		_, err = io.ReadFull(a, make([]byte, 1))
		require.NoError(t, err)
		require.Equal(t, selectors.Write, ready(t, s)[a])
		b.Close()
		finds(t, s, map[any]selectors.Event{a: selectors.Read | selectors.Write})
	})
}

// TestObjects: what can be registered.
func TestObjects(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
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
		a, b := pair(t)
		register(t, s, r, selectors.Read, nil)
		register(t, s, l, selectors.Read, nil)
		register(t, s, c, selectors.Read, nil)
		register(t, s, uintptr(a.Fileno()), selectors.Read, nil)
		require.Eventually(t, func() bool { return len(ready(t, s)) == 1 }, long, time.Millisecond)
		send(t, w, "x")
		send(t, b, "x")
		d, err := l.Accept()
		require.NoError(t, err)
		defer d.Close()
		send(t, d, "x")
		want := map[any]selectors.Event{r: selectors.Read, c: selectors.Read, uintptr(a.Fileno()): selectors.Read}
		require.Eventually(t, func() bool { return maps.Equal(want, ready(t, s)) }, long, time.Millisecond)
		_, err = c.Read(make([]byte, 1)) // the runtime's poller still works on it
		require.NoError(t, err)
	})
}

func TestTimeout(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read, nil)
		for _, d := range []time.Duration{0, -1, -time.Hour} {
			start := time.Now()
			got, err := s.Select(t.Context(), d)
			require.NoError(t, err)
			require.Empty(t, got)
			require.Less(t, time.Since(start), long/2)
		}
		start := time.Now()
		got, err := s.Select(t.Context(), short)
		require.NoError(t, err)
		require.Empty(t, got)
		require.GreaterOrEqual(t, time.Since(start), short)
		send(t, b, "x")
		got, err = s.Select(t.Context(), selectors.Forever)
		require.NoError(t, err)
		require.Len(t, got, 1)
	})
}

// waiting starts a Select that nothing is ready for, and returns what it answers.
func waiting(ctx context.Context, s *selectors.Selector, d time.Duration) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := s.Select(ctx, d)
		done <- err
	}()
	return done
}

// TestInterrupt: a wait ends by Wake, by its context, by Close and for a key that is
// registered or modified meanwhile. Whether the wait has begun or not makes no difference.
func TestInterrupt(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read, nil)
		for range 50 {
			done := waiting(t.Context(), s, long)
			s.Wake()
			require.NoError(t, <-done)

			ctx, cancel := context.WithCancel(t.Context())
			done = waiting(ctx, s, selectors.Forever)
			cancel()
			require.ErrorIs(t, <-done, context.Canceled)

			done = waiting(t.Context(), s, selectors.Forever)
			register(t, s, b, selectors.Write, nil)
			require.NoError(t, <-done)
			_, err := s.Unregister(b)
			require.NoError(t, err)

			done = waiting(t.Context(), s, selectors.Forever)
			_, err = s.Modify(a, selectors.Read|selectors.Write, nil)
			require.NoError(t, err)
			require.NoError(t, <-done)
			_, err = s.Modify(a, selectors.Read, nil)
			require.NoError(t, err)
		}
		_, err := s.Select(canceled(), 0)
		require.ErrorIs(t, err, context.Canceled)
		s.Wake()
		s.Wake() // one and the same
		got, err := s.Select(t.Context(), long)
		require.NoError(t, err)
		require.Empty(t, got)
		got, err = s.Select(t.Context(), short)
		require.NoError(t, err)
		require.Empty(t, got)
		ctx, cancel := context.WithTimeout(t.Context(), short)
		defer cancel()
		_, err = s.Select(ctx, selectors.Forever)
		require.ErrorIs(t, err, context.DeadlineExceeded)

		done := waiting(t.Context(), s, selectors.Forever)
		require.NoError(t, s.Close())
		require.ErrorIs(t, <-done, net.ErrClosed)
	})
}

func canceled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func TestOneShot(t *testing.T) {
	each(t, func(t *testing.T, s *selectors.Selector) {
		a, b := pair(t)
		register(t, s, a, selectors.Read|selectors.Write|selectors.OneShot, nil)
		require.Equal(t, selectors.Write, ready(t, s)[a])
		send(t, b, "x")
		require.Empty(t, ready(t, s))
		b.Close() // silent for a hang-up too
		require.Empty(t, ready(t, s))
		_, err := s.Modify(a, selectors.Read|selectors.OneShot, nil)
		require.NoError(t, err)
		require.Equal(t, selectors.Read, ready(t, s)[a])
		require.Empty(t, ready(t, s))
		_, err = s.Unregister(a)
		require.NoError(t, err)
		register(t, s, a, selectors.Read|selectors.OneShot, nil)
		require.Equal(t, selectors.Read, ready(t, s)[a])
	})
}

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
