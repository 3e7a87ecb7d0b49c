package socket

import (
	"context"
	"io"
	"testing"

	mdlayher "github.com/mdlayher/socket"
	"golang.org/x/sys/unix"
)

var mdlayherLoopback = &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}

func mdlayherSocket(typ int) *mdlayher.Conn {
	return must(mdlayher.Socket(unix.AF_INET, typ, 0, "bench", nil))
}

// mdlayherBound is a bound socket and where it is to be reached.
func mdlayherBound(typ int) (*mdlayher.Conn, unix.Sockaddr) {
	c := mdlayherSocket(typ)
	if err := c.Bind(mdlayherLoopback); err != nil {
		panic(err)
	}
	return c, must(c.Getsockname())
}

func mdlayherListener() (*mdlayher.Conn, unix.Sockaddr) {
	l, at := mdlayherBound(unix.SOCK_STREAM)
	if err := l.Listen(128); err != nil {
		panic(err)
	}
	return l, at
}

func mdlayherPair() (io.ReadWriteCloser, io.ReadWriteCloser) {
	l, at := mdlayherListener()
	defer l.Close()
	c := mdlayherSocket(unix.SOCK_STREAM)
	must(c.Connect(context.Background(), at))
	s, _, err := l.Accept(context.Background(), 0)
	for _, x := range []*mdlayher.Conn{c, must(s, err)} {
		if err := x.SetsockoptInt(unix.IPPROTO_TCP, unix.TCP_NODELAY, 1); err != nil {
			panic(err)
		}
	}
	return c, s
}

func mdlayherUDP(b *testing.B) {
	s, to := mdlayherBound(unix.SOCK_DGRAM)
	defer s.Close()
	ctx, buf := context.Background(), make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Sendto(ctx, buf, 0, to); err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.Recvfrom(ctx, buf, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func mdlayherConnect(b *testing.B) {
	l, at := mdlayherListener()
	defer l.Close()
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		c := mdlayherSocket(unix.SOCK_STREAM)
		if _, err := c.Connect(ctx, at); err != nil {
			b.Fatal(err)
		}
		s, _, err := l.Accept(ctx, 0)
		if err != nil {
			b.Fatal(err)
		}
		reset(b, must(c.SyscallConn()).Control(func(fd uintptr) {
			err = unix.SetsockoptLinger(int(fd), unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
		}))
		reset(b, err)
		c.Close()
		s.Close()
	}
}
