package socketserver

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWheel lives a random life with the plainest timers that can be right beside it: a map.
func TestWheel(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		var w wheel
		timers := make([]timer, 50)
		due := map[*timer]int64{}
		for i := range timers {
			timers[i].at = -1
		}
		now := int64(0)
		for range 2000 {
			x := &timers[r.IntN(len(timers))]
			switch r.IntN(4) {
			case 0, 1:
				at := now + 1 + r.Int64N([]int64{5, 500, 5000}[r.IntN(3)])
				w.set(x, at)
				due[x] = at
			case 2:
				w.remove(x)
				delete(due, x)
			case 3:
				if n := w.wait(); n >= 0 && r.IntN(2) == 0 {
					now += n
				} else {
					now += r.Int64N(300)
				}
				expired := map[*timer]bool{}
				w.turn(now, func(x *timer) { expired[x] = true })
				for x, at := range due {
					require.Equal(t, at <= now, expired[x], "seed %d: due %d at %d", seed, at, now)
					if at <= now {
						delete(due, x)
					}
				}
				if len(due) > 0 {
					require.Positive(t, w.wait())
				}
			}
		}
	}
}
