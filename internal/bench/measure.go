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
	// Also are the case's other figures.
	Also []Also
	// Python is CPython's figure, 0 where there is none.
	Python float64
}

// An Also is one of a case's other figures: the median of ours, and of the ratios to each
// peer's, which below 1 are better whatever the unit of the case.
type Also struct {
	Unit   string
	Ours   float64
	Ratios []float64
}

// Measure runs the case rounds times, ours and each peer in turn, so that what
// slows the machine down slows all of them. python is the interpreter's path,
// empty for none.
func Measure(c Case, rounds int, python string) (Row, error) {
	row := Row{Case: c}
	units := append([]string{c.Unit}, c.Also...)
	ours := make([][]float64, len(units))
	peers := make([][][]float64, len(c.Peers))
	for i := range peers {
		peers[i] = make([][]float64, len(units))
	}
	for round := range rounds {
		for i := range len(c.Peers) + 1 {
			if round%2 == 1 { // who comes first is not always the same
				i = len(c.Peers) - i
			}
			if i > 0 {
				p := c.Peers[i-1]
				if _, err := figures(units, p.Run, peers[i-1]); err != nil {
					return row, fmt.Errorf("%s, %s: %w", c.Name, p.Name, err)
				}
				continue
			}
			res, err := figures(units, c.Ours, ours)
			if err != nil {
				return row, fmt.Errorf("%s: %w", c.Name, err)
			}
			row.Allocs = res.AllocsPerOp()
		}
	}
	row.compare(ours, peers)
	if c.Python != nil && python != "" {
		var err error
		if row.Python, err = c.Python.measure(python); err != nil {
			return row, fmt.Errorf("%s, CPython: %w", c.Name, err)
		}
	}
	return row, nil
}

// compare fills the row from the figures, by unit and round, and those of each peer.
func (row *Row) compare(ours [][]float64, peers [][][]float64) {
	c := row.Case
	row.Ours = median(ours[0])
	for i, p := range c.Peers {
		if p.Floor {
			continue
		}
		m := median(peers[i][0])
		if row.BestPeer == "" || (m < row.Best) != c.MoreIsBetter {
			row.BestPeer, row.Best = p.Name, m
			row.Ratio = ratio(ours[0], peers[i][0], c.MoreIsBetter)
		}
	}
	for k, unit := range c.Also {
		a := Also{Unit: unit, Ours: median(ours[k+1])}
		for i := range peers {
			a.Ratios = append(a.Ratios, ratio(ours[k+1], peers[i][k+1], false))
		}
		row.Also = append(row.Also, a)
	}
}

// figures runs a benchmark and appends the figure of each unit to those of the rounds before.
func figures(units []string, run func(*testing.B), all [][]float64) (testing.BenchmarkResult, error) {
	res := testing.Benchmark(run)
	if res.N == 0 {
		return res, fmt.Errorf("the benchmark failed")
	}
	for i, unit := range units {
		f, err := figure(unit, res)
		if err != nil {
			return res, err
		}
		all[i] = append(all[i], f)
	}
	return res, nil
}

func figure(unit string, res testing.BenchmarkResult) (float64, error) {
	switch unit {
	case "", "ns/op":
		return float64(res.T.Nanoseconds()) / float64(res.N), nil
	case "allocs/op":
		return float64(res.AllocsPerOp()), nil
	case "B/op":
		return float64(res.AllocedBytesPerOp()), nil
	}
	f, ok := res.Extra[unit]
	if !ok {
		return 0, fmt.Errorf("the benchmark reports no %s", unit)
	}
	return f, nil
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
