package socketserver

import (
	"fmt"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/socketserver"
)

// Cases are what compare runs.
var Cases = echoes()

func echoes() (out []bench.Case) {
	for _, c := range []struct {
		model       string
		m           socketserver.Model
		conns, size int
		target      float64
	}{
		{"eventloop", socketserver.EventLoop{}, 64, 64, 0.85},
		{"eventloop", socketserver.EventLoop{}, 1000, 64, 0.85},
		{"eventloop", socketserver.EventLoop{}, 64, 16 << 10, 0.8},
		{"threading", socketserver.Threading{}, 64, 64, 1.0},
		{"threading", socketserver.Threading{}, 1000, 64, 1.0},
		{"threading", socketserver.Threading{}, 64, 16 << 10, 0.8},
	} {
		out = append(out, bench.Case{
			Name: fmt.Sprintf("socketserver/%s-echo-%dB-%d", c.model, c.size, c.conns), Target: c.target,
			Ours: loaded(serveOurs(c.m), c.conns, c.size),
			Peers: []bench.Peer{
				{Name: "net goroutines", Run: loaded(serveNet, c.conns, c.size)},
				{Name: "netpoll", Run: loaded(serveNetpoll, c.conns, c.size)},
			},
		})
	}
	return out
}
