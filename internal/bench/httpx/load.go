package httpx

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/socketserver"
)

// hello compares the processor time of a server for one request, under the load of wrk over
// so many connections. The machine's other work does not change it much.
func hello(name string, conns int, ours starter, target float64, peer starter) bench.Case {
	return bench.Case{Name: name, Unit: "cpu-ns/req", Target: target, Ours: loaded(ours, conns, "/"), Peers: []bench.Peer{{Name: peerName(name), Run: loaded(peer, conns, "/")}}}
}

func peerName(name string) string {
	if strings.HasSuffix(name, "fasthttp") {
		return "fasthttp"
	}
	return "net/http"
}

var (
	requests = regexp.MustCompile(`([0-9]+) requests in`)
	rate     = regexp.MustCompile(`Requests/sec: +([0-9.]+)`)
)

// loaded has wrk ask for a path for a second.
func loaded(start starter, conns int, path string) func(b *testing.B) {
	return func(b *testing.B) {
		wrk, err := exec.LookPath("wrk")
		if err != nil {
			b.Skip("wrk is not installed")
		}
		addr, stop, err := start()
		if err != nil {
			b.Fatal(err)
		}
		defer stop()
		before := processorTime()
		out, err := exec.Command(wrk, "-t1", "-c"+strconv.Itoa(conns), "-d1s", addr+path).CombinedOutput()
		used := processorTime() - before
		n, r := requests.FindSubmatch(out), rate.FindSubmatch(out)
		if err != nil || n == nil || r == nil {
			b.Fatalf("wrk: %v\n%s", err, out)
		}
		count, _ := strconv.ParseFloat(string(n[1]), 64)
		perSecond, _ := strconv.ParseFloat(string(r[1]), 64)
		b.ReportMetric(float64(used.Nanoseconds())/count, "cpu-ns/req")
		b.ReportMetric(perSecond, "req/s")
	}
}

// processorTime is what the process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// file compares serving a file.
func file(name string, size int64, m socketserver.Model) bench.Case {
	path := filepath.Join(os.TempDir(), "pynet-bench-"+strconv.FormatInt(size, 10))
	prepare := func() error {
		f, err := os.Create(filepath.Join(path, "file"))
		if os.IsNotExist(err) {
			if err = os.Mkdir(path, 0o755); err == nil {
				f, err = os.Create(filepath.Join(path, "file"))
			}
		}
		if err != nil {
			return err
		}
		defer f.Close()
		return f.Truncate(size)
	}
	us := func() (string, func(), error) {
		if err := prepare(); err != nil {
			return "", nil, err
		}
		f, err := server.NewFiles(path)
		if err != nil {
			return "", nil, err
		}
		return ours(f, m)()
	}
	them := func() (string, func(), error) {
		if err := prepare(); err != nil {
			return "", nil, err
		}
		return serveNetHTTP(http.FileServer(http.Dir(path)), nil)
	}
	return bench.Case{Name: name, Unit: "cpu-ns/req", Target: 1, Ours: loaded(us, 16, "/file"), Peers: []bench.Peer{{Name: "net/http", Run: loaded(them, 16, "/file")}}}
}

// idleConns is how many connections rest.
const idleConns = 10000

// idle measures the memory of connections that have had a request and rest.
func idle(start starter) func(b *testing.B) {
	return func(b *testing.B) {
		addr, stop, err := start()
		if err != nil {
			b.Fatal(err)
		}
		defer stop()
		before := inUse()
		cmd := child(b, "hold", addr)
		after := inUse()
		b.ReportMetric(float64(after-before)/idleConns, "B/conn")
		cmd()
	}
}

// inUse is the memory of heap and stacks in use.
func inUse() int64 {
	for range 3 {
		runtime.GC()
		time.Sleep(50 * time.Millisecond)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// role is the variable that makes a copy of the program the other side.
const role = "PYNET_BENCH_ROLE"

// child starts a copy of the program in a role, waits until it is ready, and returns
// what ends it.
func child(b *testing.B, what, arg string) (end func()) {
	_, end = childOutput(b, what, arg)
	return end
}

func childOutput(b *testing.B, what, arg string) (line string, end func()) {
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), role+"="+what+" "+arg)
	cmd.Stderr = os.Stderr
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal("the other side: ", err)
	}
	return strings.TrimSpace(line), func() { in.Close(); cmd.Wait() }
}

// init plays the role that the variable gives, and ends with its standard input.
func init() {
	what, arg, ok := strings.Cut(os.Getenv(role), " ")
	if !ok {
		return
	}
	os.Unsetenv(role)
	var err error
	switch what {
	case "origin":
		var addr string
		if addr, _, err = fastHTTP(); err == nil {
			fmt.Println(strings.TrimPrefix(addr, scheme(false)))
		}
	case "hold":
		err = hold(arg)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// hold opens connections, has a request answered on each, and keeps them.
func hold(addr string) error {
	conns := make([]net.Conn, 0, idleConns)
	b := make([]byte, 4096)
	for range idleConns {
		c, err := dial(addr)
		if err != nil {
			return err
		}
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
		if _, err := c.Read(b); err != nil {
			return err
		}
		conns = append(conns, c)
	}
	fmt.Println("ready", len(conns))
	kept = conns
	return nil
}

var kept []net.Conn

func dial(url string) (net.Conn, error) {
	scheme, addr, _ := strings.Cut(url, "://")
	if scheme == "https" {
		return tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true}) // the certificate is the other process's
	}
	return net.Dial("tcp", addr)
}

// serverTLS has a certificate that was made now. HTTP/1.1 is all it offers.
func serverTLS() *tls.Config {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(24 * time.Hour), DNSNames: []string{"localhost"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, NextProtos: []string{"http/1.1"}}
}
