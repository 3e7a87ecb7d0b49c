package socketserver

import (
	"context"
	"net"
	"net/netip"
	"runtime"
	"testing"

	"github.com/cloudwego/netpoll"
	"github.com/panjf2000/gnet/v2"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// echo sends back what is there. What was read for it is in the Reader.
var echo = socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	r := c.Reader()
	if _, err := r.Peek(1); err != nil {
		return socketserver.Close, nil
	}
	b, _ := r.Peek(r.Buffered())
	if _, err := c.Write(b); err != nil {
		return socketserver.Close, nil
	}
	r.Discard(len(b))
	return socketserver.Idle, nil
})

// serveOurs starts a server of the model.
func serveOurs(m socketserver.Model) func() (port int, stop func()) {
	return func() (int, func()) {
		s := &socketserver.Server{Addr: socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})}, Model: m, Handler: echo, DisableNagle: true}
		check(s.Activate())
		go s.ServeForever(context.Background())
		return int(s.LocalAddr().(socket.Inet).Port), func() { s.Close() }
	}
}

// serveNet is what one writes with package net: a goroutine and a buffer for each.
func serveNet() (int, func()) {
	l := must(net.Listen("tcp4", "127.0.0.1:0"))
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				buf := make([]byte, 4096)
				for {
					n, err := c.Read(buf)
					if err != nil {
						return
					}
					if _, err := c.Write(buf[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port, func() { l.Close() }
}

func serveNetpoll() (int, func()) {
	l := must(netpoll.CreateListener("tcp", "127.0.0.1:0"))
	loop := must(netpoll.NewEventLoop(func(_ context.Context, c netpoll.Connection) error {
		r, w := c.Reader(), c.Writer()
		b, err := r.Next(r.Len())
		if err != nil {
			return err
		}
		if _, err := w.WriteBinary(b); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
		return r.Release()
	}))
	go loop.Serve(l)
	return l.Addr().(*net.TCPAddr).Port, func() { loop.Shutdown(context.Background()) }
}

func loaded(name string, conns, size int) func(*testing.B) {
	return func(b *testing.B) {
		p := startServer(name)
		defer p.stop()
		load(b, p, conns, size)
	}
}

// gnetEcho echoes in the loops of gnet.
type gnetEcho struct {
	gnet.BuiltinEventEngine
	up chan gnet.Engine
}

func (h *gnetEcho) OnBoot(e gnet.Engine) gnet.Action {
	h.up <- e
	return gnet.None
}

func (h *gnetEcho) OnTraffic(c gnet.Conn) gnet.Action {
	b, err := c.Next(-1)
	if err == nil {
		_, err = c.Write(b)
	}
	if err != nil {
		return gnet.Close
	}
	return gnet.None
}

// silent is a log for gnet, which else writes to the standard output.
type silent struct{}

func (silent) Debugf(string, ...any) {}
func (silent) Infof(string, ...any)  {}
func (silent) Warnf(string, ...any)  {}
func (silent) Errorf(string, ...any) {}
func (silent) Fatalf(string, ...any) {}

func serveGnet() (int, func()) {
	h := &gnetEcho{up: make(chan gnet.Engine, 1)}
	go gnet.Run(h, "tcp4://127.0.0.1:0", gnet.WithMulticore(true), gnet.WithTCPNoDelay(gnet.TCPNoDelay), gnet.WithLogger(silent{}))
	e := <-h.up
	fd := must(e.Dup())
	defer unix.Close(fd)
	return must(unix.Getsockname(fd)).(*unix.SockaddrInet4).Port, func() { e.Stop(context.Background()) }
}

// serveBare is the least that an echo takes here: one thread with nothing but the system's
// calls.
func serveBare() (int, func()) {
	l := must(unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0))
	check(unix.Bind(l, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	check(unix.Listen(l, 4096))
	ep := must(unix.EpollCreate1(unix.EPOLL_CLOEXEC))
	check(unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, l, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(l)}))
	go func() {
		runtime.LockOSThread()
		buf := make([]byte, 64<<10)
		events := make([]unix.EpollEvent, 256)
		for {
			n, _ := unix.EpollWait(ep, events, -1)
			for _, e := range events[:max(0, n)] {
				fd := int(e.Fd)
				if fd == l {
					if c, _, err := unix.Accept4(l, unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK); err == nil {
						unix.SetsockoptInt(c, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
						unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, c, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(c)})
					}
					continue
				}
				k, err := unix.Read(fd, buf)
				if k > 0 {
					k, err = unix.Write(fd, buf[:k])
				}
				if k <= 0 && err != unix.EAGAIN {
					unix.Close(fd)
				}
			}
		}
	}()
	return must(unix.Getsockname(l)).(*unix.SockaddrInet4).Port, func() {}
}
