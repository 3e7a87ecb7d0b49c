package selectors_test

import (
	"context"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
)

// TestCPython has the cases of CPython's Lib/test/test_selectors.py, under their names.
// Where the answer differs on purpose the case says so.
func TestCPython(t *testing.T) {
	const rw = selectors.Read | selectors.Write
	cases := map[string]func(t *testing.T, s *selectors.Selector){
		"register": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			key, err := s.Register(rd, selectors.Read, "data")
			require.NoError(t, err)
			require.Equal(t, "data", key.Data)
			_, err = s.Register(999999, selectors.Read, nil)
			require.Error(t, err)
			_, err = s.Register(rd, selectors.Read, nil)
			require.ErrorIs(t, err, selectors.ErrRegistered)
		},
		"unregister": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			register(t, s, rd, selectors.Read, nil)
			_, err := s.Unregister(rd)
			require.NoError(t, err)
			_, err = s.Unregister(999999)
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
			_, err = s.Unregister(rd)
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
		},
		"unregister_after_fd_close": func(t *testing.T, s *selectors.Selector) {
			rd, wr := pair(t)
			r, w := rd.Fileno(), wr.Fileno()
			register(t, s, r, selectors.Read, nil)
			register(t, s, w, selectors.Write, nil)
			rd.Close()
			wr.Close()
			for _, fd := range []int{r, w} {
				_, err := s.Unregister(fd)
				require.NoError(t, err)
			}
		},
		"unregister_after_fd_close_and_reuse": func(t *testing.T, s *selectors.Selector) {
			rd, wr := pair(t)
			r, w := rd.Fileno(), wr.Fileno()
			register(t, s, r, selectors.Read, nil)
			register(t, s, w, selectors.Write, nil)
			rd2, wr2 := pair(t)
			reuse(t, rd, rd2)
			reuse(t, wr, wr2)
			for _, fd := range []int{r, w} {
				_, err := s.Unregister(fd)
				require.NoError(t, err)
			}
		},
		"unregister_after_socket_close": func(t *testing.T, s *selectors.Selector) {
			rd, wr := pair(t)
			register(t, s, rd, selectors.Read, nil)
			register(t, s, wr, selectors.Write, nil)
			rd.Close()
			wr.Close()
			for _, obj := range []any{rd, wr} {
				_, err := s.Unregister(obj)
				require.NoError(t, err)
			}
		},
		"modify": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			register(t, s, rd, selectors.Read, nil)
			key, err := s.Modify(rd, selectors.Write, nil)
			require.NoError(t, err)
			require.Equal(t, selectors.Write, key.Events)
			key, err = s.Modify(rd, selectors.Write, 7)
			require.NoError(t, err)
			require.Equal(t, 7, key.Data)
			_, err = s.Modify(999999, selectors.Read, nil)
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
		},
		// There a failed modify takes the key out. Here it stays as it was.
		"modify_unregister": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			register(t, s, rd, selectors.Read, nil)
			_, err := s.Modify(rd, 0, nil)
			require.ErrorIs(t, err, selectors.ErrEvents)
			require.Equal(t, 1, s.Len())
		},
		"close": func(t *testing.T, s *selectors.Selector) {
			rd, wr := pair(t)
			register(t, s, rd, selectors.Read, nil)
			register(t, s, wr, selectors.Write, nil)
			require.NoError(t, s.Close())
			_, err := s.Key(rd)
			require.ErrorIs(t, err, net.ErrClosed)
			require.Zero(t, s.Len())
		},
		"get_key": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			key, err := s.Register(rd, selectors.Read, "data")
			require.NoError(t, err)
			got, err := s.Key(rd)
			require.NoError(t, err)
			require.Equal(t, key, got)
			_, err = s.Key(999999)
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
		},
		"get_map": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			require.Zero(t, s.Len())
			register(t, s, rd, selectors.Read, "data")
			require.Equal(t, 1, s.Len())
			for fd, key := range s.Map() {
				require.Equal(t, rd.Fileno(), fd)
				require.Equal(t, "data", key.Data)
			}
		},
		"select": func(t *testing.T, s *selectors.Selector) {
			rd, wr := pair(t)
			register(t, s, rd, selectors.Read, nil)
			register(t, s, wr, selectors.Write, nil)
			got, err := s.Select(t.Context(), selectors.Forever)
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Same(t, wr, got[0].Obj)
		},
		"select_read_write": func(t *testing.T, s *selectors.Selector) {
			a, b := pair(t)
			register(t, s, a, rw, nil)
			send(t, b, "msg")
			finds(t, s, map[any]selectors.Event{a: rw})
		},
		"context_manager": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			func() {
				defer s.Close()
				register(t, s, rd, selectors.Read, nil)
			}()
			_, err := s.Key(rd)
			require.Error(t, err)
		},
		"fileno": func(t *testing.T, s *selectors.Selector) {
			require.Equal(t, s.Backend() == selectors.BackendEpoll, s.Fileno() >= 0)
		},
		// Two selects one after the other, messages through a crowd of sockets.
		"selector": func(t *testing.T, s *selectors.Selector) {
			const n = 12
			readers := map[any]net.Conn{}
			for range n {
				rd, wr := pair(t)
				register(t, s, rd, selectors.Read, nil)
				register(t, s, wr, selectors.Write, nil)
				readers[wr] = rd
			}
			for s.Len() > 0 {
				for obj, is := range ready(t, s) {
					require.Equal(t, selectors.Write, is)
					send(t, obj.(net.Conn), " This is a test.")
					rd := readers[obj]
					require.Equal(t, selectors.Read, ready(t, s)[rd])
					for _, o := range []any{obj, rd} {
						_, err := s.Unregister(o)
						require.NoError(t, err)
					}
					break
				}
			}
		},
		"timeout": func(t *testing.T, s *selectors.Selector) {
			rd, wr := pair(t)
			register(t, s, wr, selectors.Write, nil)
			for _, d := range []time.Duration{0, -1} {
				got, err := s.Select(t.Context(), d)
				require.NoError(t, err)
				require.Len(t, got, 1)
			}
			_, err := s.Unregister(wr)
			require.NoError(t, err)
			register(t, s, rd, selectors.Read, nil)
			start := time.Now()
			got, err := s.Select(t.Context(), short)
			require.NoError(t, err)
			require.Empty(t, got)
			require.GreaterOrEqual(t, time.Since(start), short)
		},
		// There a signal's handler that raises ends the wait, which a Go program does by a
		// context.
		"select_interrupt_exc": func(t *testing.T, s *selectors.Selector) {
			rd, _ := pair(t)
			register(t, s, rd, selectors.Read, nil)
			ctx, cancel := context.WithTimeout(t.Context(), short)
			defer cancel()
			_, err := s.Select(ctx, selectors.Forever)
			require.ErrorIs(t, err, context.DeadlineExceeded)
		},
		// select_interrupt_noraise is TestSecSEL05Signals.

		// With more descriptors than the process may have at first; select stops at 1,024.
		"above_fd_setsize": func(t *testing.T, s *selectors.Selector) {
			if s.Backend() == selectors.BackendSelect {
				return // TestSecSEL01FDSetSize
			}
			for range 600 {
				rd, wr := pair(t)
				register(t, s, rd, selectors.Read, nil)
				register(t, s, wr, selectors.Write, nil)
			}
			require.Len(t, ready(t, s), 600)
		},
		"empty_select_timeout": func(t *testing.T, s *selectors.Selector) {
			finds(t, s, nil)
			start := time.Now()
			got, err := s.Select(t.Context(), short)
			require.NoError(t, err)
			require.Empty(t, got)
			require.GreaterOrEqual(t, time.Since(start), short)
		},
		"register_bad_fd": func(t *testing.T, s *selectors.Selector) {
			const bad = 999 // below FD_SETSIZE
			_, err := s.Register(bad, selectors.Read, nil)
			require.ErrorIs(t, err, syscall.EBADF)
			_, err = s.Key(bad)
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
		},
		// A regular file: epoll refuses it (test_register_file); poll and select take it.
		"register_file": func(t *testing.T, s *selectors.Selector) {
			f, err := os.CreateTemp(t.TempDir(), "")
			require.NoError(t, err)
			defer f.Close()
			_, err = s.Register(f, selectors.Read, nil)
			if s.Backend() != selectors.BackendEpoll {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, syscall.EPERM)
			_, err = s.Key(f)
			require.ErrorIs(t, err, selectors.ErrNotRegistered)
		},
		// A timeout that is no whole number of milliseconds is rounded up.
		"timeout_rounding": func(t *testing.T, s *selectors.Selector) {
			start := time.Now()
			_, err := s.Select(t.Context(), time.Millisecond+1)
			require.NoError(t, err)
			require.Greater(t, time.Since(start), time.Millisecond)
		},
	}
	for name, run := range cases {
		t.Run(name, func(t *testing.T) { each(t, run) })
	}
}
