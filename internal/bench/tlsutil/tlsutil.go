// Package tlsutil measures pynet's package tlsutil beside crypto/tls itself.
package tlsutil

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/tlsutil"
)

// Cases are the measurements of tlsutil. Both sides of a connection are of the same kind;
// one operation of bulk is 1 MiB from one to the other.
var Cases = []bench.Case{
	loopCase,
	{
		Name: "tlsutil/handshake-conn", Target: 1.03,
		Ours:  handshakeConn,
		Peers: []bench.Peer{{Name: "crypto/tls", Run: handshakeStd}},
	},
	{
		Name: "tlsutil/bulk-conn", Target: 1.03,
		Ours:  bulkConn,
		Peers: []bench.Peer{{Name: "crypto/tls", Run: bulkStd}},
	},
	{
		Name: "tlsutil/handshake-object", Target: 1.15,
		Ours:  handshakeObject,
		Peers: []bench.Peer{{Name: "crypto/tls over net.Pipe", Run: handshakePipe}},
	},
	{
		Name: "tlsutil/bulk-object", Target: 1.15,
		Ours:   bulkObject,
		Peers:  []bench.Peer{{Name: "crypto/tls over a buffer", Run: bulkBuffer}},
		Python: &bench.Python{Program: pythonBulk},
	},
	{
		Name: "tlsutil/idle-object", Unit: "B/conn",
		Ours:   idleObject,
		Peers:  []bench.Peer{{Name: "crypto/tls and its goroutine", Run: idleStd}},
		Python: &bench.Python{Program: pythonIdle},
	},
}

var client, server = contexts()

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func contexts() (c, s *tlsutil.Context) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	tpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bench"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der := must(x509.CreateCertificate(rand.Reader, tpl, tpl, key.Public(), key))
	c, s = must(tlsutil.NewContext(tlsutil.ProtocolTLSClient)), must(tlsutil.NewContext(tlsutil.ProtocolTLSServer))
	check(c.LoadVerifyLocations("", "", der))
	check(s.AddCertificate(tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}))
	return c, s
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func configs() (c, s *tls.Config) {
	return must(client.ClientConfig("localhost")), must(server.ServerConfig())
}

// tcpPair returns two ends of a connection over loopback.
func tcpPair() (a, b net.Conn) {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	defer l.Close()
	done := make(chan net.Conn)
	go func() { done <- must(l.Accept()) }()
	a = must(net.Dial("tcp", l.Addr().String()))
	return a, <-done
}

func handshakeConn(b *testing.B) {
	for b.Loop() {
		x, y := tcpPair()
		done := make(chan *tlsutil.Conn)
		go func() { done <- must(server.Server(context.Background(), y)) }()
		c := must(client.Client(context.Background(), x, "localhost"))
		s := <-done
		c.Close()
		s.Close()
	}
}

func handshakeStd(b *testing.B) {
	cc, sc := configs()
	for b.Loop() {
		x, y := tcpPair()
		done := make(chan *tls.Conn)
		go func() {
			s := tls.Server(y, sc)
			check(s.Handshake())
			done <- s
		}()
		c := tls.Client(x, cc)
		check(c.Handshake())
		s := <-done
		c.Close()
		s.Close()
	}
}

const mib = 1 << 20

var data = make([]byte, mib)

// bulk sends the data as often as the loop asks and reads it at the other end.
func bulk(b *testing.B, from io.Writer, to io.Reader) {
	b.SetBytes(mib)
	total := make(chan int64)
	go func() {
		buf := make([]byte, 64<<10)
		var sum int64
		for {
			n, err := to.Read(buf)
			sum += int64(n)
			if err != nil {
				total <- sum
				return
			}
		}
	}()
	n := int64(0)
	for b.Loop() {
		must(from.Write(data))
		n += mib
	}
	check(from.(interface{ CloseWrite() error }).CloseWrite())
	if got := <-total; got != n {
		b.Fatalf("%d of %d bytes", got, n)
	}
}

func bulkConn(b *testing.B) {
	x, y := tcpPair()
	defer x.Close()
	defer y.Close()
	done := make(chan *tlsutil.Conn)
	go func() { done <- must(server.Server(context.Background(), y)) }()
	c := must(client.Client(context.Background(), x, "localhost"))
	bulk(b, c, <-done)
}

func bulkStd(b *testing.B) {
	cc, sc := configs()
	x, y := tcpPair()
	defer x.Close()
	defer y.Close()
	s, c := tls.Server(y, sc), tls.Client(x, cc)
	go s.Handshake()
	check(c.Handshake())
	bulk(b, c, s)
}

// A side is an Object and its BIOs.
type side struct {
	*tlsutil.Object
	in, out *tlsutil.MemoryBIO
}

func newSide(cfg *tls.Config, server bool) *side {
	in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
	return &side{tlsutil.NewObject(cfg, in, out, server), in, out}
}

func objects(cc, sc *tls.Config) (c, s *side) {
	c, s = newSide(cc, false), newSide(sc, true)
	for {
		ec := c.DoHandshake()
		must(c.out.WriteTo(s.in))
		es := s.DoHandshake()
		must(s.out.WriteTo(c.in))
		if ec == nil && es == nil {
			return c, s
		}
	}
}

func handshakeObject(b *testing.B) {
	cc, sc := configs()
	for b.Loop() {
		c, s := objects(cc, sc)
		c.Close()
		s.Close()
	}
}

func handshakePipe(b *testing.B) {
	cc, sc := configs()
	for b.Loop() {
		x, y := net.Pipe()
		s, c := tls.Server(y, sc), tls.Client(x, cc)
		go func() {
			check(s.Handshake())
			s.CloseWrite()
		}()
		check(c.Handshake())
		must(c.Read(make([]byte, 0)))
		io.Copy(io.Discard, c)
	}
}

// bulkObject moves records as an event loop does: from the outgoing BIO into a socket's
// buffer, from there into the incoming BIO; the buffer stands for the socket.
func bulkObject(b *testing.B) {
	cc, sc := configs()
	c, s := objects(cc, sc)
	var wire bytes.Buffer
	buf := make([]byte, 64<<10)
	b.SetBytes(mib)
	for b.Loop() {
		for rest := data; len(rest) > 0; {
			n, err := c.Write(rest[:min(len(rest), 64<<10)])
			check(err)
			rest = rest[n:]
			must(c.out.WriteTo(&wire))
			for wire.Len() > 0 {
				must(s.in.FillFrom(&wire))
				drain(s, buf)
			}
		}
	}
}

func drain(s *side, buf []byte) {
	for {
		if _, err := s.Read(buf); err != nil {
			return
		}
	}
}

// A buffered is a net.Conn over buffers, for one goroutine.
type buffered struct {
	net.Conn
	in, out *bytes.Buffer
}

func (c buffered) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if err == io.EOF {
		err = dry{}
	}
	return n, err
}
func (c buffered) Write(p []byte) (int, error) { return c.out.Write(p) }

type dry struct{}

func (dry) Error() string   { return "dry" }
func (dry) Timeout() bool   { return false }
func (dry) Temporary() bool { return true }

// A switched changes from one net.Conn to another after the handshake.
type switched struct{ net.Conn }

func bulkBuffer(b *testing.B) {
	cc, sc := configs()
	x, y := net.Pipe()
	var wire, back bytes.Buffer
	cs, ss := &switched{x}, &switched{y}
	c, s := tls.Client(cs, cc), tls.Server(ss, sc)
	done := make(chan struct{})
	go func() {
		check(s.Handshake())
		close(done)
	}()
	check(c.Handshake())
	go c.Read(make([]byte, 1)) // the ticket
	<-done
	x.Close()
	cs.Conn, ss.Conn = buffered{x, &back, &wire}, buffered{y, &wire, &back}
	buf := make([]byte, 64<<10)
	b.SetBytes(mib)
	for b.Loop() {
		for rest := data; len(rest) > 0; {
			n := must(c.Write(rest[:min(len(rest), 64<<10)]))
			rest = rest[n:]
			for {
				if _, err := s.Read(buf); err != nil {
					break
				}
			}
		}
	}
}

// memory returns what make leaves allocated, for each of n.
func memory(b *testing.B, n int, make func(i int)) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&before)
		for i := range n {
			make(i)
		}
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&after)
		used := float64(after.HeapAlloc+after.StackInuse) - float64(before.HeapAlloc+before.StackInuse)
		b.ReportMetric(used/float64(n), "B/conn")
	}
}

const idle = 1000

func idleObject(b *testing.B) {
	cc, sc := configs()
	kept := make([]*side, idle)
	memory(b, idle, func(i int) {
		c, s := objects(cc, sc)
		exchange(c, s)
		kept[i] = s
	})
	runtime.KeepAlive(kept)
}

// exchange sends a request and its answer.
func exchange(c, s *side) {
	buf := make([]byte, 4096)
	must(c.Write(data[:300]))
	must(c.out.WriteTo(s.in))
	drain(s, buf)
	must(s.Write(data[:1000]))
	must(s.out.WriteTo(c.in))
	drain(c, buf)
}

// idleStd keeps what a server of crypto/tls keeps of an idle connection: the Conn, and a
// goroutine that waits in Read.
func idleStd(b *testing.B) {
	cc, sc := configs()
	var open []net.Conn
	memory(b, idle, func(int) {
		x, y := tcpPair()
		s, c := tls.Server(y, sc), tls.Client(x, cc)
		ready := make(chan struct{})
		go func() {
			buf := make([]byte, 4096)
			n := must(s.Read(buf))
			must(s.Write(data[:1000]))
			close(ready)
			s.Read(buf[:n])
		}()
		must(c.Write(data[:300]))
		must(c.Read(make([]byte, 4096)))
		<-ready
		open = append(open, x)
	})
	for _, x := range open {
		x.Close()
	}
}

const pythonSetup = `
import ssl, tempfile, subprocess, os, time
d = tempfile.mkdtemp()
subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", d + "/k", "-out", d + "/c",
  "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
cc = ssl.create_default_context(cafile=d + "/c")
sc = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); sc.load_cert_chain(d + "/c", d + "/k")
os.remove(d + "/k"); os.remove(d + "/c"); os.rmdir(d)
def pair():
    ci, co, si, so = ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO()
    c, s = cc.wrap_bio(ci, co, server_hostname="localhost"), sc.wrap_bio(si, so, server_side=True)
    done = 0
    while done < 2:
        done = 0
        for o in (c, s):
            try: o.do_handshake(); done += 1
            except ssl.SSLWantReadError: pass
            si.write(co.read()); ci.write(so.read())
    return c, s, ci, co, si, so
def drain(o):
    try:
        while True: o.read(65536)
    except ssl.SSLWantReadError: pass
`

const pythonBulk = pythonSetup + `
c, s, ci, co, si, so = pair()
data = bytes(65536)
def mib():
    for _ in range(16):
        c.write(data); si.write(co.read()); drain(s)
mib()
t = time.perf_counter(); n = 100
for _ in range(n): mib()
print((time.perf_counter() - t) / n * 1e9)
`

const pythonIdle = pythonSetup + `
import gc
def rss(): return int(open("/proc/self/statm").read().split()[1]) * 4096
def one():
    c, s, ci, co, si, so = pair()
    c.write(bytes(300)); si.write(co.read()); drain(s)
    s.write(bytes(1000)); ci.write(so.read()); drain(c)
    return s, si, so
kept = [one() for _ in range(100)]
gc.collect(); a = rss()
kept += [one() for _ in range(1000)]
gc.collect()
print((rss() - a) / 1000)
`
