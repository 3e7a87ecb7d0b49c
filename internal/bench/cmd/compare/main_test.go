package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
)

var sink int

func work(n int) func(*testing.B) {
	return func(b *testing.B) {
		for b.Loop() {
			for i := range n {
				sink += i
			}
		}
		b.ReportMetric(float64(n), "things")
	}
}

// TestRun shows that a faster peer is seen as faster, that a missed target is
// marked, and that a case which cannot be measured fails the run.
func TestRun(t *testing.T) {
	peer := func(n int) []bench.Peer {
		return []bench.Peer{{Name: "slow", Run: work(100_000)}, {Name: "other", Run: work(n)}}
	}
	tests := []struct {
		name string
		c    bench.Case
		code int
		want []string
	}{
		{"slower than the best peer", bench.Case{Name: "toy/a", Target: 0.5, Ours: work(10_000), Peers: peer(100)}, 0, []string{"toy/a", "other", "!"}},
		{"by another figure", bench.Case{Name: "toy/b", Unit: "things", Target: 1, Ours: work(10), Peers: peer(20)}, 0, []string{"10.00 things", "20.00 things", "0.50"}},
		{"where more is better", bench.Case{Name: "toy/c", Unit: "things", MoreIsBetter: true, Target: 1, Ours: work(10), Peers: peer(20)}, 0, []string{"100000 things", "10000.00!"}},
		{"other figures too", bench.Case{Name: "toy/g", Also: []string{"things"}, Ours: work(10), Peers: []bench.Peer{{Name: "half", Run: work(20)}, {Name: "least", Run: work(5), Floor: true}}}, 0, []string{"half   ", "    10.00 things  half 0.50  least 2.00\n"}},
		{"no such figure", bench.Case{Name: "toy/d", Unit: "miles", Ours: work(1)}, 1, nil},
		{"a benchmark that fails", bench.Case{Name: "toy/e", Ours: func(b *testing.B) { b.FailNow() }}, 1, nil},
		{"left out by -run", bench.Case{Name: "other/f", Ours: func(b *testing.B) { b.FailNow() }}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			code := run([]string{"-rounds", "1", "-time", "5ms", "-python", "", "-run", "^toy/"}, []bench.Case{tt.c}, &out, &errs)
			if code != tt.code {
				t.Fatalf("exit code %d, want %d: %s", code, tt.code, errs.String())
			}
			for _, w := range tt.want {
				if !strings.Contains(out.String(), w) {
					t.Errorf("no %q in\n%s", w, out.String())
				}
			}
		})
	}
	if code := run([]string{"-rounds", "0"}, nil, &bytes.Buffer{}, &bytes.Buffer{}); code != 2 {
		t.Errorf("-rounds 0: exit code %d", code)
	}
}
