package selectors_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
	{"winsock", selectors.NewFakeWinsock},
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
