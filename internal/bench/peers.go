// Package bench measures pynet's packages beside their peers in one run.
//
// It is a module of its own, so that the peers are no dependency of the
// library. Each package's benchmarks are in the folder of that name; the
// command compare runs them and prints the ratios.
package bench
