package httpx

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/socketserver"
)

// file compares the processor time of sending a MiB of a file.
func file(name string, size int64, m socketserver.Model, target float64, peer func(dir string) starter) bench.Case {
	conns, dir := 16, filepath.Join(os.TempDir(), "pynet-bench-"+strconv.FormatInt(size, 10))
	if size > 64<<20 {
		conns = 1 // one that is finished in the time
	}
	measure := func(start starter) func(*testing.B) {
		return func(b *testing.B) {
			if err := warmFile(dir, size); err != nil {
				b.Fatal(err)
			}
			loaded(start, conns, "/file")(b)
		}
	}
	us := func() (*running, error) {
		f, err := server.NewFiles(dir)
		if err != nil {
			return nil, err
		}
		return ours(f, m)()
	}
	c := bench.Case{Name: name, Unit: "cpu-ns/MiB", Target: target, Ours: measure(us)}
	if them := peer(dir); them != nil {
		c.Peers = []bench.Peer{{Name: peerName(name), Run: measure(them)}}
	} else {
		c.Ours = func(b *testing.B) {
			fmt.Fprintln(os.Stderr, name+": the peer is not installed, there is our figure alone")
			measure(us)(b)
		}
	}
	return c
}

// warmFile makes the file, which is a hole and takes no room on the disk, unless it is there,
// and reads it into the system's cache.
func warmFile(dir string, size int64) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, "file"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, struct{ io.Reader }{f})
	return err
}

func netHTTPFiles(dir string) starter {
	return func() (*running, error) { return serveNetHTTP(http.FileServer(http.Dir(dir)), nil) }
}

// nginx serves the folder in one process, with sendfile.
func nginx(dir string) starter {
	program, err := exec.LookPath("nginx")
	if err != nil {
		return nil
	}
	return func() (*running, error) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		addr := l.Addr().String()
		l.Close()
		conf := filepath.Join(dir, "nginx.conf")
		text := fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
client_body_temp_path %[1]s/t1; proxy_temp_path %[1]s/t2; fastcgi_temp_path %[1]s/t3; uwsgi_temp_path %[1]s/t4; scgi_temp_path %[1]s/t5;
server { listen %[2]s; root %[1]s; } }`, dir, addr)
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			return nil, err
		}
		cmd := exec.Command(program, "-c", conf, "-e", "stderr")
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		r := &running{
			addr: addr, stop: func() { cmd.Process.Kill(); cmd.Wait() },
			used: func() time.Duration { return processTime(cmd.Process.Pid) },
		}
		for range 100 {
			if c, err := net.Dial("tcp", addr); err == nil {
				c.Close()
				return r, nil
			}
			time.Sleep(20 * time.Millisecond)
		}
		r.stop()
		return nil, errors.New("nginx does not answer")
	}
}

// processTime is what another process has used.
func processTime(pid int) time.Duration {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/schedstat")
	var ns int64
	if err == nil {
		_, err = fmt.Sscan(string(b), &ns)
	}
	if err != nil {
		return 0
	}
	return time.Duration(ns)
}
