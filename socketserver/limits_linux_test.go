package socketserver

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReserve: a connection that is refused for want of room counts at no moment, so that
// who waits for room does not miss that there is some.
func TestReserve(t *testing.T) {
	s := &Server{MaxConns: 1}
	require.True(t, s.reserve())
	var refused atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 200_000 {
				if !s.reserve() {
					refused.Add(1)
				}
			}
		})
	}
	for refused.Load() < 400_000 && s.open.Load() == 1 {
	}
	require.EqualValues(t, 1, s.open.Load())
	wg.Wait()
}

// TestTakeOver: a leader that left its handler when the watch had just looked leads on.
func TestTakeOver(t *testing.T) {
	l := &loop{r: &loopRunner{}}
	l.r.loops = []*loop{l}
	const in = 7<<32 | 1
	l.lead.Store(7)
	l.beat.Store(in)
	require.True(t, l.beat.CompareAndSwap(in, in&^1), "the leader goes on")
	l.takeOver(7, in)
	require.EqualValues(t, 7, l.lead.Load())
}
