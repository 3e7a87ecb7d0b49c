package selectors

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A modelWaiter is a backend of any number of keys, of which one is ready.
type modelWaiter struct {
	gens  map[int]uint32
	ready int
}

func (w *modelWaiter) kind() Backend                          { return BackendEpoll }
func (w *modelWaiter) supports() Event                        { return allFlags }
func (w *modelWaiter) traits() traits                         { return traits{tellsReuse: true, tellsOnce: true} }
func (w *modelWaiter) fileno() int                            { return -1 }
func (w *modelWaiter) close() error                           { return nil }
func (w *modelWaiter) modify(int, Event, Event, uint32) error { return nil }
func (w *modelWaiter) remove(fd int, _ Event) error           { delete(w.gens, fd); return nil }
func (w *modelWaiter) add(fd int, _ Event, gen uint32) error {
	if w.gens[fd] != 0 {
		return syscall.EEXIST
	}
	w.gens[fd] = gen
	return nil
}

func (w *modelWaiter) collect(dst []event, _ int, _ time.Duration) ([]event, error) {
	return append(dst, event{int32(w.ready), w.gens[w.ready], Read}), nil
}

func modelSelector(tb testing.TB, n int) *Selector {
	tb.Helper()
	wk, err := newWaker()
	require.NoError(tb, err)
	w := &modelWaiter{gens: make(map[int]uint32, n), ready: n - 1}
	s := &Selector{b: w, kind: w.traits(), wk: wk}
	tb.Cleanup(func() { s.Close() })
	for fd := range n {
		if _, err := s.Register(fd, Read, nil); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

// TestMillion: what a wait does is for the keys that are ready, not for the registered: with
// a million of them it looks at one row and allocates nothing.
func TestMillion(t *testing.T) {
	const n = 1_000_000
	s := modelSelector(t, n)
	require.Equal(t, n, s.Len())
	var dst []Ready
	allocs := testing.AllocsPerRun(1000, func() {
		var err error
		if dst, err = s.AppendSelect(context.Background(), dst[:0], Forever); err != nil || len(dst) != 1 || dst[0].FD != n-1 {
			t.Fatal(dst, err)
		}
	})
	require.Less(t, allocs, 1.0)
	for fd := range n {
		if e := s.table.at(fd); e.stamp != 0 && fd != n-1 {
			t.Fatalf("row %d was looked at", fd)
		}
	}
}

// BenchmarkModel shows the selector's own part of a wait, without the system's.
func BenchmarkModel(b *testing.B) {
	for _, n := range []int{10, 1_000, 15_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := modelSelector(b, n)
			var dst []Ready
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if dst, err = s.AppendSelect(context.Background(), dst[:0], Forever); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
