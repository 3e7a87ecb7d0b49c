package bench

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A Row is what was measured of a case.
type Row struct {
	Case Case
	// Ours is the median of this library's figures, Best that of the best peer.
	Ours, Best float64
	// BestPeer is that peer's name, empty without peers.
	BestPeer string
	// Ratio is the median over the rounds of our figure through the best peer's;
	// below 1 is better than the peer. With MoreIsBetter it is turned over.
	Ratio float64
	// Allocs is the number of allocations of one operation of ours.
	Allocs int64
	// Python is CPython's figure, 0 where there is none.
	Python float64
}

// Measure runs the case rounds times, ours and each peer in turn, so that what
// slows the machine down slows all of them. python is the interpreter's path,
// empty for none.
func Measure(c Case, rounds int, python string) (Row, error) {
	row := Row{Case: c}
	ours := make([]float64, 0, rounds)
	peers := make([][]float64, len(c.Peers))
	for round := range rounds {
		err := inTurn(round, 1+len(c.Peers), func(i int) error {
			if i == 0 {
				f, res, err := figure(c, c.Ours)
				ours, row.Allocs = append(ours, f), res.AllocsPerOp()
				return err
			}
			p := c.Peers[i-1]
			f, _, err := figure(c, p.Run)
			peers[i-1] = append(peers[i-1], f)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			return nil
		})
		if err != nil {
			return row, fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	row.Ours = median(ours)
	for i, p := range c.Peers {
		m := median(peers[i])
		if row.BestPeer == "" || (m < row.Best) != c.MoreIsBetter {
			row.BestPeer, row.Best = p.Name, m
			row.Ratio = ratio(ours, peers[i], c.MoreIsBetter)
		}
	}
	if c.Python != nil && python != "" {
		var err error
		if row.Python, err = c.Python.measure(python); err != nil {
			return row, fmt.Errorf("%s, CPython: %w", c.Name, err)
		}
	}
	return row, nil
}

// inTurn calls f with the numbers below n, every second round from behind: who comes first
// is not always the same.
func inTurn(round, n int, f func(int) error) error {
	for i := range n {
		if round%2 == 1 {
			i = n - 1 - i
		}
		if err := f(i); err != nil {
			return err
		}
	}
	return nil
}

func figure(c Case, run func(*testing.B)) (float64, testing.BenchmarkResult, error) {
	res := testing.Benchmark(run)
	if res.N == 0 {
		return 0, res, fmt.Errorf("the benchmark failed")
	}
	switch c.Unit {
	case "", "ns/op":
		return float64(res.T.Nanoseconds()) / float64(res.N), res, nil
	case "allocs/op":
		return float64(res.AllocsPerOp()), res, nil
	case "B/op":
		return float64(res.AllocedBytesPerOp()), res, nil
	}
	f, ok := res.Extra[c.Unit]
	if !ok {
		return 0, res, fmt.Errorf("the benchmark reports no %s", c.Unit)
	}
	return f, res, nil
}

func ratio(ours, peer []float64, moreIsBetter bool) float64 {
	rs := make([]float64, len(ours))
	for i := range ours {
		rs[i] = ours[i] / peer[i]
		if moreIsBetter {
			rs[i] = peer[i] / ours[i]
		}
	}
	return median(rs)
}

func median(fs []float64) float64 {
	s := slices.Sorted(slices.Values(fs))
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}

// timer is the program that times a statement, which it reads behind the set-up and a NUL
// byte: the best of five repeats, in ns.
const timer = `
import sys, timeit
setup, stmt = sys.stdin.read().split("\0")
ns = {}
exec(setup, ns)
t = timeit.Timer(stmt, globals=ns)
n, _ = t.autorange()
print(min(t.repeat(5, max(1, n // 2))) / max(1, n // 2) * 1e9)
`

func (p *Python) measure(python string) (float64, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-c", timer)
	cmd.Stdin = strings.NewReader(p.Setup + "\x00" + p.Stmt)
	if p.Program != "" {
		cmd = exec.CommandContext(ctx, python, "-c", p.Program)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("%w: %s", err, strings.TrimSpace(stderr.String()))
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	return f / float64(max(1, p.Per)), err
}
