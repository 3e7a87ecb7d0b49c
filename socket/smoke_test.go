//go:build unix

package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"golang.org/x/net/nettest"
)

func pair(t testing.TB) (*Socket, *Socket) {
	l, err := New(AFInet, SockStream, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Bind(Inet{Addr: netip.MustParseAddr("127.0.0.1")}); err != nil {
		t.Fatal(err)
	}
	if err := l.Listen(DefaultBacklog); err != nil {
		t.Fatal(err)
	}
	a, err := l.SockName()
	if err != nil {
		t.Fatal(err)
	}
	c, _ := New(AFInet, SockStream, 0)
	if err := c.Connect(a); err != nil {
		t.Fatal(err)
	}
	s, _, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

func TestConn(t *testing.T) {
	nettest.TestConn(t, func() (net.Conn, net.Conn, func(), error) {
		c, s := pair(t)
		return c, s, func() { c.Close(); s.Close() }, nil
	})
}

func TestModes(t *testing.T) {
	c, s := pair(t)
	buf := make([]byte, 10)
	c.SetTimeout(20 * time.Millisecond)
	if _, err := c.Recv(buf, 0); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	c.SetBlocking(false)
	if _, err := c.Recv(buf, 0); !errors.Is(err, ErrWouldBlock) {
		t.Fatal(err)
	}
	c.SetBlocking(true)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.RecvContext(ctx, buf, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	s.SendAll([]byte("hi"), 0)
	if n, err := c.Recv(buf, 0); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	go func() { time.Sleep(20 * time.Millisecond); c.Close() }()
	if _, err := c.Recv(buf, 0); !errors.Is(err, net.ErrClosed) {
		t.Fatal(err)
	}
}

func bench(b *testing.B, c, s net.Conn) {
	go func() {
		buf := make([]byte, 64)
		for {
			n, err := io.ReadFull(s, buf)
			if err != nil {
				return
			}
			s.Write(buf[:n])
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
	c.Close()
	s.Close()
}
func BenchmarkOurs(b *testing.B) {
	c, s := pair(b)
	c.SetOption(6, 1, 1)
	s.SetOption(6, 1, 1)
	bench(b, c, s)
}
func BenchmarkNet(b *testing.B) {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	c, _ := net.Dial("tcp", l.Addr().String())
	s, _ := l.Accept()
	bench(b, c, s)
}
