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
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pynet-go/pynet/internal/bench"
)

// hello compares the processor time of a server for one request, under the load of wrk over
// so many connections. The machine's other work does not change it much.
func hello(name string, conns int, ours starter, target float64, peer starter) bench.Case {
	return bench.Case{
		Name: name, Unit: "cpu-ns/req", Target: target, Ours: loaded(ours, conns, "/"), Python: serverPython(conns, "used / count * 1e9"),
		Peers: []bench.Peer{{Name: peerName(name), Run: loaded(peer, conns, "/")}},
	}
}

// perSecond compares how many requests a server answers in a second, under the same load:
// wrk, in a process of its own, asks on each connection as soon as it has the answer.
func perSecond(name string, conns int, ours starter, target float64, peer starter) bench.Case {
	c := hello(name, conns, ours, target, peer)
	c.Unit, c.MoreIsBetter, c.Python = "req/s", true, serverPython(conns, "rate")
	return c
}

func peerName(name string) string {
	_, peer, _ := strings.Cut(strings.TrimPrefix(name, "httpx/"), "-")
	for _, p := range []string{"fasthttp", "nginx"} {
		if strings.HasSuffix(peer, p) {
			return p
		}
	}
	return "net/http"
}

// serverPython is CPython's http.server under the load of wrk. It sends a header and a body
// apart; so that the client's delayed acknowledgement does not count, Nagle's algorithm is
// off.
func serverPython(conns int, figure string) *bench.Python {
	if conns > 64 {
		return nil // a thread each is too many for it
	}
	return &bench.Python{Program: `
import http.server, re, resource, subprocess, threading
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "13")
        self.end_headers()
        self.wfile.write(b"Hello, World!")
    def log_message(self, *a): pass
class S(http.server.ThreadingHTTPServer):
    request_queue_size = 128
s = S(("127.0.0.1", 0), H)
threading.Thread(target=s.serve_forever, daemon=True).start()
def time():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime
before = time()
out = subprocess.run(["wrk", "-t1", "-c` + strconv.Itoa(conns) + `", "-d1s", "http://127.0.0.1:%d/" % s.server_port], capture_output=True, text=True, check=True).stdout
used = time() - before
count = int(re.search(r"(\d+) requests in", out)[1])
rate = float(re.search(r"Requests/sec: +([\d.]+)", out)[1])
print(` + figure + `)
`}
}

var (
	requests = regexp.MustCompile(`([0-9]+) requests in [^,]*, ([0-9.]+)(B|KB|MB|GB) read`)
	rate     = regexp.MustCompile(`Requests/sec: +([0-9.]+)`)
	units    = map[string]float64{"B": 1.0 / (1 << 20), "KB": 1.0 / (1 << 10), "MB": 1, "GB": 1 << 10}
)

// loaded has wrk ask for a path for a second.
func loaded(start starter, conns int, path string) func(b *testing.B) {
	return func(b *testing.B) {
		wrk, err := exec.LookPath("wrk")
		if err != nil {
			b.Skip("wrk is not installed")
		}
		s, err := start()
		if err != nil {
			b.Fatal(err)
		}
		defer s.stop()
		processor := processorTime
		if s.used != nil {
			processor = s.used
		}
		before := processor()
		out, err := exec.Command(wrk, "-t1", "-c"+strconv.Itoa(conns), "-d1s", s.url()+path).CombinedOutput()
		used := float64((processor() - before).Nanoseconds())
		n, r := requests.FindStringSubmatch(string(out)), rate.FindSubmatch(out)
		if err != nil || n == nil || r == nil {
			b.Fatalf("wrk: %v\n%s", err, out)
		}
		count, _ := strconv.ParseFloat(n[1], 64)
		read, _ := strconv.ParseFloat(n[2], 64)
		perSecond, _ := strconv.ParseFloat(string(r[1]), 64)
		b.ReportMetric(used/count, "cpu-ns/req")
		b.ReportMetric(used/(read*units[n[3]]), "cpu-ns/MiB")
		b.ReportMetric(perSecond, "req/s")
	}
}

// processorTime is what the process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// idleConns is how many connections rest.
const idleConns = 10000

// idle measures the memory of connections that have had a request and rest.
func idle(start starter) func(b *testing.B) {
	return func(b *testing.B) {
		s, err := start()
		if err != nil {
			b.Fatal(err)
		}
		defer s.stop()
		before := inUse()
		cmd := child(b, "hold", s.url())
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
		var s *running
		if s, err = fastHTTP(); err == nil {
			fmt.Println(s.addr)
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
func hold(url string) error {
	conns := make([]net.Conn, 0, idleConns)
	b := make([]byte, 4096)
	for range idleConns {
		c, err := dial(url)
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

func (r *running) url() string {
	if r.secure {
		return "https://" + r.addr
	}
	return "http://" + r.addr
}

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
