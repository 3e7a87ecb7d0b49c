package socketserver_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/pynet-go/pynet/socketserver"
)

// TestMain is also the main of the workers that the tests of Forking start.
func TestMain(m *testing.M) {
	if socketserver.IsWorker() {
		for _, s := range forkingServers() {
			if err := s.ServeForever(context.Background()); err == socketserver.ErrServerClosed {
				os.Exit(0)
			}
		}
		os.Exit(3)
	}
	if spec := os.Getenv(crowdEnv); spec != "" {
		if err := crowd(spec); err != nil {
			fmt.Fprintln(os.Stderr, "crowd:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// forkingServers are the servers of the tests of Forking; each is told by its name.
func forkingServers() map[string]*socketserver.Server {
	servers := map[string]*socketserver.Server{}
	add := func(name string, s *socketserver.Server) {
		s.Model = socketserver.Forking{Name: name, MaxChildren: 3, Prestart: 2, Command: func() *exec.Cmd {
			cmd := exec.Command(os.Args[0])
			cmd.Stderr = os.Stderr
			return cmd
		}}
		servers[name] = s
	}
	add("commands", &socketserver.Server{Handler: socketserver.Stream(socketserver.StreamHandlerFunc(commands))})
	add("echo", &socketserver.Server{Handler: echo})
	add("tls", &socketserver.Server{Handler: lines, TLS: tlsWorker()})
	add("datagrams", &socketserver.Server{DatagramHandler: capitals, MaxPacketSize: 10})
	add("unix", &socketserver.Server{DatagramHandler: socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
		if string(d.Data) == "die" {
			os.Exit(1)
		}
		_, err := fmt.Fprintf(d, "%d %s", os.Getpid(), d.Data)
		return err
	})})
	return servers
}

// tlsWorker is the TLS of a worker, which makes a certificate of its own.
func tlsWorker() *tls.Config {
	return &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		cert, _ := certificate()
		return &cert, nil
	}}
}

// commands does what a client says, a line each.
func commands(ctx context.Context, s *socketserver.StreamConn) error {
	for line, err := range s.Lines() {
		if err != nil {
			return err
		}
		switch cmd := string(line); cmd {
		case "pid":
			fmt.Fprintln(s, os.Getpid())
		case "die":
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			<-ctx.Done()
		case "exit":
			os.Exit(1)
		case "goexit":
			runtime.Goexit()
		case "panic":
			panic("at the client's wish")
		case "hang":
			<-ctx.Done()
			select {}
		case "fds":
			entries, err := os.ReadDir("/proc/self/fd")
			if err != nil {
				return err
			}
			var names []string
			for _, e := range entries {
				to, _ := os.Readlink("/proc/self/fd/" + e.Name())
				names = append(names, to)
			}
			fmt.Fprintln(s, strings.Join(names, " "))
		default:
			io.WriteString(s, cmd+"\n")
		}
	}
	return nil
}
