// Package bench measures pynet's packages beside their peers in one run.
//
// It is a module of its own, so that the peers are no dependency of the
// library. Each package's cases are in the folder of its name; the command
// compare runs them and prints the ratios. The cases are ordinary benchmark
// functions: go test -bench . runs them as well.
package bench

import "testing"

// A Case measures one piece of work, done by this library and by its peers on
// the same input.
type Case struct {
	// Name is "package/work", such as "uuid/parse".
	Name string
	// Unit is the figure that is compared: "ns/op" if empty, "allocs/op", "B/op",
	// or a unit given to b.ReportMetric.
	Unit string
	// MoreIsBetter tells that a larger figure is the better one, as with
	// requests a second.
	MoreIsBetter bool
	// Also are other figures of the same runs, by their units, with the ratio to each
	// peer's in a line of their own. The case's own unit may be one of them.
	Also []string
	// Target is the ratio to the best peer that the project aims at, 0 for none.
	// It is shown, not enforced.
	Target float64
	// Ours is this library's benchmark.
	Ours func(b *testing.B)
	// Peers are the others'.
	Peers []Peer
	// Python is the same work in CPython, nil for none.
	Python *Python
}

// A Peer is another library's benchmark.
type Peer struct {
	Name string
	Run  func(b *testing.B)
	// Floor tells that this is no library but the least that the work takes here. It is
	// shown by Case.Also alone.
	Floor bool
}

// Python is work for CPython: a program that does the work n times and prints the
// figure, in the unit of the case, for one.
type Python struct {
	// Setup is run once, Stmt is timed, as by the module timeit.
	Setup, Stmt string
	// Per is how many pieces of work one Stmt does; 0 means 1.
	Per int
	// Program, if set, stands in place of Setup and Stmt: it prints the figure.
	Program string
}

// Run runs the cases as sub-benchmarks, for go test -bench.
func Run(b *testing.B, cases []Case) {
	for _, c := range cases {
		b.Run(c.Name+"/pynet", c.Ours)
		for _, p := range c.Peers {
			b.Run(c.Name+"/"+p.Name, p.Run)
		}
	}
}
