package socketserver

import (
	"context"
	"net/netip"
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// forking is a server whose workers are this program with serverEnv.
func forking() *socketserver.Server {
	return &socketserver.Server{
		Addr: socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})},
		Model: socketserver.Forking{Prestart: 4, MaxChildren: 4, Command: func() *exec.Cmd {
			cmd := exec.Command(must(os.Executable()))
			cmd.Env = append(os.Environ(), serverEnv+"=forking")
			cmd.Stderr = os.Stderr
			return cmd
		}},
		Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
			line, err := s.ReadLine()
			if err == nil {
				_, err = s.Write(line)
			}
			return err
		})),
	}
}

func serveForking() (int, func()) {
	s := forking()
	if socketserver.IsWorker() {
		s.ServeForever(context.Background())
		os.Exit(0)
	}
	check(s.Activate())
	go s.ServeForever(context.Background())
	return int(s.LocalAddr().(socket.Inet).Port), func() { s.Close() }
}

// requests makes b.N requests, each on a connection of its own, and reports how many a
// second.
func requests(serve func() (int, func())) func(*testing.B) {
	return func(b *testing.B) {
		port, stop := serve()
		defer stop()
		buf := make([]byte, 64)
		one := func() {
			fd := dial(port)
			defer closeAtOnce(fd)
			must(unix.Write(fd, []byte("hello\n")))
			if k, err := unix.Read(fd, buf); k != 6 {
				panic(err)
			}
		}
		for range 20 {
			one() // all workers are there
		}
		for b.Loop() {
			one()
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	}
}
