package socketserver

import (
	"fmt"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/socketserver"
)

// Cases are what compare runs.
var Cases = append(echoes(),
	bench.Case{Name: "socketserver/eventloop-idle", Unit: "B/conn", Ours: idle("eventloop"),
		Peers: []bench.Peer{{Name: "net goroutines", Run: idle("net")}, {Name: "netpoll", Run: idle("netpoll")}}, Python: &bench.Python{Program: pyIdle("selectors")}},
	bench.Case{Name: "socketserver/threading-idle", Unit: "B/conn", Ours: idle("threading"),
		Peers: []bench.Peer{{Name: "net goroutines", Run: idle("net")}, {Name: "netpoll", Run: idle("netpoll")}}, Python: &bench.Python{Program: pyIdle("asyncio")}},
	bench.Case{Name: "socketserver/forking-requests", Unit: "requests/s", MoreIsBetter: true, Ours: requests(serveForking), Python: &bench.Python{Program: pyRequests("forking")}},
)

func echoes() (out []bench.Case) {
	for _, c := range []struct {
		name, python string
		m            socketserver.Model
		conns, size  int
		target       float64
	}{
		{"eventloop", "selectors", socketserver.EventLoop{}, 64, 64, 0.85},
		{"eventloop", "asyncio", socketserver.EventLoop{}, 1000, 64, 0.85},
		{"eventloop", "asyncio", socketserver.EventLoop{}, 64, 16 << 10, 0.8},
		{"threading", "threading", socketserver.Threading{}, 64, 64, 1.0},
		{"threading", "threading", socketserver.Threading{}, 1000, 64, 1.0},
		{"threading", "threading", socketserver.Threading{}, 64, 16 << 10, 0.8},
	} {
		out = append(out, bench.Case{
			Name: fmt.Sprintf("socketserver/%s-echo-%dB-%d", c.name, c.size, c.conns), Target: c.target,
			Ours: loaded(serveOurs(c.m), c.conns, c.size),
			Peers: []bench.Peer{
				{Name: "net goroutines", Run: loaded(serveNet, c.conns, c.size)},
				{Name: "netpoll", Run: loaded(serveNetpoll, c.conns, c.size)},
			},
			Python: &bench.Python{Program: pyEcho(c.python, c.conns, c.size)},
		})
	}
	return out
}
