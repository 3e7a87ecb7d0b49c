package socketserver

import (
	"fmt"

	"github.com/pynet-go/pynet/internal/bench"
)

// Cases are what compare runs.
var Cases = append(echoes(),
	bench.Case{Name: "socketserver/eventloop-idle", Unit: "B/conn", Ours: idle("eventloop"),
		Peers: []bench.Peer{{Name: "net goroutines", Run: idle("net")}, {Name: "netpoll", Run: idle("netpoll")}, {Name: "gnet", Run: idle("gnet")}}, Python: &bench.Python{Program: pyIdle("selectors")}},
	bench.Case{Name: "socketserver/threading-idle", Unit: "B/conn", Ours: idle("threading"),
		Peers: []bench.Peer{{Name: "net goroutines", Run: idle("net")}, {Name: "netpoll", Run: idle("netpoll")}, {Name: "gnet", Run: idle("gnet")}}, Python: &bench.Python{Program: pyIdle("asyncio")}},
	bench.Case{Name: "socketserver/forking-requests", Unit: "requests/s", MoreIsBetter: true, Ours: requests(serveForking), Python: &bench.Python{Program: pyRequests("forking")}},
)

func echoes() (out []bench.Case) {
	for _, c := range []struct {
		name, python string
		conns, size  int
		target       float64
	}{
		{"eventloop", "selectors", 64, 64, 0.85},
		{"eventloop", "asyncio", 1000, 64, 0.85},
		{"eventloop", "asyncio", 64, 16 << 10, 0.8},
		{"threading", "threading", 64, 64, 1.0},
		{"threading", "threading", 1000, 64, 1.0},
		{"threading", "threading", 64, 16 << 10, 0.8},
	} {
		out = append(out, bench.Case{
			Name: fmt.Sprintf("socketserver/%s-echo-%dB-%d", c.name, c.size, c.conns), Target: c.target, Also: []string{"ns/op", "cpu-ns/op", "p99-µs", "load-%"},
			Ours: loaded(c.name, c.conns, c.size),
			Peers: []bench.Peer{
				{Name: "net goroutines", Run: loaded("net", c.conns, c.size)},
				{Name: "netpoll", Run: loaded("netpoll", c.conns, c.size)},
				{Name: "gnet", Run: loaded("gnet", c.conns, c.size)},
				{Name: "bare", Run: loaded("bare", c.conns, c.size), Floor: true},
			},
			Python: &bench.Python{Program: pyEcho(c.python, c.conns, c.size)},
		})
	}
	return out
}
