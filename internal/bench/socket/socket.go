// Package socket has the benchmarks of package socket beside package net, over the loopback
// interface.
package socket

import (
	"io"
	"net"
	"net/netip"
	"os"
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/socket"
)

// Cases are what compare runs.
var Cases = []bench.Case{
	{
		Name: "socket/tcp-ping-pong-64B", Target: 1.0, Ours: pingPong(ourPair), Python: &bench.Python{Program: pyPingPong},
		Peers: []bench.Peer{{Name: "net", Run: pingPong(netPair)}, {Name: "mdlayher/socket", Run: pingPong(mdlayherPair)}},
	},
	{
		Name: "socket/tcp-bulk-1MiB", Target: 1.0, Ours: bulk(ourPair), Python: &bench.Python{Program: pyBulk + "send = lambda: c.sendall(data)\n" + pyTime},
		Peers: []bench.Peer{{Name: "net", Run: bulk(netPair)}, {Name: "mdlayher/socket", Run: bulk(mdlayherPair)}},
	},
	{
		Name: "socket/udp-send-recv", Target: 1.0, Ours: ourUDP, Python: &bench.Python{Program: pyUDP},
		Peers: []bench.Peer{{Name: "net AddrPort", Run: netUDP}, {Name: "mdlayher/socket", Run: mdlayherUDP}},
	},
	{
		Name: "socket/connect-accept-close", Target: 0.9, Ours: ourConnect, Python: &bench.Python{Program: pyConnect},
		Peers: []bench.Peer{{Name: "net", Run: netConnect}, {Name: "mdlayher/socket", Run: mdlayherConnect}},
	},
	{
		Name: "socket/sendfile-1MiB", Target: 1.0, Ours: sendFile(ourPair), Python: &bench.Python{Program: pyBulk + pySendFile + pyTime},
		Peers: []bench.Peer{{Name: "net ReadFrom", Run: sendFile(netPair)}},
	},
	{
		Name: "socket/udp-batch-64", Target: 0.4, Ours: batch, Python: &bench.Python{Program: pySingles},
		Peers: []bench.Peer{{Name: "single calls", Run: single}},
	},
}

const pyPingPong = `
import socket, threading, time
l = socket.create_server(("127.0.0.1", 0))
def serve():
    c, _ = l.accept()
    while d := c.recv(64): c.sendall(d)
threading.Thread(target=serve, daemon=True).start()
c = socket.create_connection(l.getsockname())
n, b = 20000, b"x" * 64
t = time.perf_counter()
for _ in range(n):
    c.sendall(b); c.recv(64)
print((time.perf_counter() - t) / n * 1e9)
`

const pyUDP = `
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0))
a, n, b = s.getsockname(), 50000, b"x" * 64
t = time.perf_counter()
for _ in range(n):
    s.sendto(b, a); s.recvfrom(64)
print((time.perf_counter() - t) / n * 1e9)
`

const pySingles = `
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0))
a, n, b = s.getsockname(), 1000, b"x" * 64
t = time.perf_counter()
for _ in range(n):
    for _ in range(64): s.sendto(b, a)
    for _ in range(64): s.recvfrom(64)
print((time.perf_counter() - t) / n * 1e9)
`

const pyConnect = `
import socket, struct, time
l = socket.create_server(("127.0.0.1", 0))
a, n = l.getsockname(), 5000
t = time.perf_counter()
for _ in range(n):
    c = socket.socket(); c.connect(a); s, _ = l.accept()
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    c.close(); s.close()
print((time.perf_counter() - t) / n * 1e9)
`

// pyBulk is the reader, pyTime times what send does.
const (
	pyBulk = `
import socket, threading, time, tempfile
data = b"x" * (1 << 20)
l = socket.create_server(("127.0.0.1", 0))
def serve():
    c, _ = l.accept()
    n, buf = 0, bytearray(64 << 10)
    while k := c.recv_into(buf):
        n += k
        if n >= 1 << 20:
            n -= 1 << 20; c.sendall(b"x")
threading.Thread(target=serve, daemon=True).start()
c = socket.create_connection(l.getsockname())
`
	pySendFile = `
f = tempfile.TemporaryFile(); f.write(data); f.flush()
send = lambda: c.sendfile(f, 0)
`
	pyTime = `
n = 500
t = time.perf_counter()
for _ in range(n):
    send(); c.recv(1)
print((time.perf_counter() - t) / n * 1e9)
`
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var loopback = socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})}

func ourPair() (io.ReadWriteCloser, io.ReadWriteCloser) {
	l := must(socket.CreateServer(loopback, nil))
	defer l.Close()
	c := must(socket.New(socket.AFInet, socket.SockStream, 0))
	if err := c.Connect(must(l.SockName())); err != nil {
		panic(err)
	}
	s, _, err := l.Accept()
	for _, x := range []*socket.Socket{c, must(s, err)} {
		if err := x.SetOption(socket.Level(socket.ProtoTCP), socket.TCPNoDelay, 1); err != nil { // as net does
			panic(err)
		}
	}
	return c, s
}

func netPair() (io.ReadWriteCloser, io.ReadWriteCloser) {
	l := must(net.Listen("tcp4", "127.0.0.1:0"))
	defer l.Close()
	c := must(net.Dial("tcp4", l.Addr().String()))
	return c, must(l.Accept())
}

func pingPong(pair func() (io.ReadWriteCloser, io.ReadWriteCloser)) func(*testing.B) {
	return func(b *testing.B) {
		c, s := pair()
		defer c.Close()
		defer s.Close()
		go func() {
			buf := make([]byte, 64)
			for {
				if _, err := io.ReadFull(s, buf); err != nil {
					return
				}
				s.Write(buf)
			}
		}()
		buf := make([]byte, 64)
		b.ReportAllocs()
		for b.Loop() {
			c.Write(buf)
			if _, err := io.ReadFull(c, buf); err != nil {
				b.Fatal(err)
			}
		}
	}
}

const size = 1 << 20

// reader reads what comes in pieces of 64 KiB and answers each MiB with a byte.
func reader(s io.ReadWriter) {
	buf := make([]byte, 64<<10)
	n := 0
	for {
		k, err := s.Read(buf)
		if err != nil {
			return
		}
		if n += k; n >= size {
			n -= size
			s.Write(buf[:1])
		}
	}
}

func bulk(pair func() (io.ReadWriteCloser, io.ReadWriteCloser)) func(*testing.B) {
	return func(b *testing.B) {
		c, s := pair()
		defer c.Close()
		defer s.Close()
		go reader(s)
		data, ack := make([]byte, size), make([]byte, 1)
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			c.Write(data)
			if _, err := c.Read(ack); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func sendFile(pair func() (io.ReadWriteCloser, io.ReadWriteCloser)) func(*testing.B) {
	return func(b *testing.B) {
		f := must(os.CreateTemp(b.TempDir(), ""))
		defer f.Close()
		must(f.Write(make([]byte, size)))
		c, s := pair()
		defer c.Close()
		defer s.Close()
		go reader(s)
		ack := make([]byte, 1)
		b.SetBytes(size)
		for b.Loop() {
			must(f.Seek(0, io.SeekStart))
			if n, err := c.(io.ReaderFrom).ReadFrom(f); n != size {
				b.Fatal(n, err)
			}
			if _, err := c.Read(ack); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func ourUDP(b *testing.B) {
	s := ourDatagrams()
	defer s.Close()
	to := must(s.SockName()).(socket.Inet).AddrPort()
	buf := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.SendToAddrPort(buf, 0, to); err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.RecvFromAddrPort(buf, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func ourDatagrams() *socket.Socket {
	s := must(socket.New(socket.AFInet, socket.SockDgram, 0))
	if err := s.Bind(loopback); err != nil {
		panic(err)
	}
	return s
}

func netUDP(b *testing.B) {
	s := must(net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}))
	defer s.Close()
	to := s.LocalAddr().(*net.UDPAddr).AddrPort()
	buf := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.WriteToUDPAddrPort(buf, to); err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.ReadFromUDPAddrPort(buf); err != nil {
			b.Fatal(err)
		}
	}
}

func ourConnect(b *testing.B) {
	l := must(socket.CreateServer(loopback, nil))
	defer l.Close()
	at := must(l.SockName())
	b.ReportAllocs()
	for b.Loop() {
		c := must(socket.New(socket.AFInet, socket.SockStream, 0))
		if err := c.Connect(at); err != nil {
			b.Fatal(err)
		}
		s, _, err := l.Accept()
		if err != nil {
			b.Fatal(err)
		}
		reset(b, c.SetLinger(0))
		c.Close()
		s.Close()
	}
}

// reset makes Close end a connection at once, so that a long run does not use up the ports.
func reset(b *testing.B, err error) {
	if err != nil {
		b.Fatal(err)
	}
}

func netConnect(b *testing.B) {
	l := must(net.Listen("tcp4", "127.0.0.1:0"))
	defer l.Close()
	at := l.Addr().(*net.TCPAddr)
	b.ReportAllocs()
	for b.Loop() {
		c, err := net.DialTCP("tcp4", nil, at)
		if err != nil {
			b.Fatal(err)
		}
		s, err := l.Accept()
		if err != nil {
			b.Fatal(err)
		}
		reset(b, c.SetLinger(0))
		c.Close()
		s.Close()
	}
}

// datagrams is how many a batch has.
const datagrams = 64

func batch(b *testing.B) {
	s, r := ourDatagrams(), ourDatagrams()
	defer s.Close()
	defer r.Close()
	to := must(r.SockName()).(socket.Inet).AddrPort()
	out, in := make([]socket.Datagram, datagrams), make([]socket.Datagram, datagrams)
	for i := range out {
		out[i] = socket.Datagram{Buf: make([]byte, 64), Addr: to}
		in[i].Buf = make([]byte, 64)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.SendBatch(out, 0); err != nil {
			b.Fatal(err)
		}
		for got := 0; got < datagrams; {
			n, err := r.RecvBatch(in[got:], 0)
			if err != nil {
				b.Fatal(err)
			}
			got += n
		}
	}
}

func single(b *testing.B) {
	s, r := ourDatagrams(), ourDatagrams()
	defer s.Close()
	defer r.Close()
	to := must(r.SockName()).(socket.Inet).AddrPort()
	buf := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		for range datagrams {
			if _, err := s.SendToAddrPort(buf, 0, to); err != nil {
				b.Fatal(err)
			}
		}
		for range datagrams {
			if _, _, err := r.RecvFromAddrPort(buf, 0); err != nil {
				b.Fatal(err)
			}
		}
	}
}
