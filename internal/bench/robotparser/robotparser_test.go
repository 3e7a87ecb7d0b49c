package robotparser

import (
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
)

func BenchmarkAll(b *testing.B) { bench.Run(b, Cases) }

// TestSameWork checks that the peer says the same.
func TestSameWork(t *testing.T) {
	p, r := parse(), parseTheirs()
	for i, path := range paths {
		for _, agent := range []string{"bot5", "other"} {
			if a, b := p.CanFetch(agent, pages[i]), r.TestAgent(path, agent); a != b {
				t.Errorf("%s may fetch %s: %v, and to the peer %v", agent, path, a, b)
			}
		}
	}
}
