// Package socketserver has the benchmarks of package socketserver beside package net and
// cloudwego/netpoll, over the loopback interface.
package socketserver

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A client is one connection of the load: it sends a message and waits for all of it to come
// back, over and over.
type client struct {
	fd    int
	left  int // bytes to come
	began time.Time
}

// load echoes messages of a size over connections to a server, in one thread that waits
// by epoll, and reports the 99th percentile of the time that one takes, the processor time of
// the server for one, and how busy the clients' thread was: near 100 % the time that passes
// tells of the clients, and the processor time alone of the server.
func load(b *testing.B, server *process, conns, size int) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ep := must(unix.EpollCreate1(unix.EPOLL_CLOEXEC))
	defer unix.Close(ep)
	clients := make([]client, conns)
	for i := range clients {
		fd := dial(server.port)
		defer closeAtOnce(fd)
		clients[i].fd = fd
		check(unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(i)}))
	}
	out, in := make([]byte, size), make([]byte, 64<<10)
	events := make([]unix.EpollEvent, 256)
	send := func(c *client) {
		c.left, c.began = size, time.Now()
		if k, err := unix.Write(c.fd, out); k != size {
			panic(err)
		}
	}
	// echo has every client send, and again after each answer while more says so.
	echo := func(more func(time.Duration) bool) {
		for i := range clients {
			send(&clients[i])
		}
		for waiting := len(clients); waiting > 0; {
			k, err := unix.EpollWait(ep, events, 10_000)
			if err == unix.EINTR {
				continue
			}
			if k == 0 || err != nil {
				panic("the server does not answer")
			}
			for _, e := range events[:k] {
				c := &clients[e.Fd]
				k, err := unix.Read(c.fd, in)
				if k <= 0 {
					panic(err)
				}
				if c.left -= k; c.left > 0 {
					continue
				}
				if more(time.Since(c.began)) {
					send(c)
				} else {
					waiting--
				}
			}
		}
	}
	warm := max(conns, 1000)
	echo(func(time.Duration) bool { warm--; return warm > 0 })
	times := make([]time.Duration, 0, 1<<20)
	over := false
	cpu, load := server.used(), used()
	echo(func(d time.Duration) bool {
		if over {
			return false
		}
		if times = append(times, d); b.Loop() {
			return true
		}
		over = true
		cpu, load = server.used()-cpu, used()-load
		return false
	})
	n := float64(len(times))
	b.ReportMetric(float64(load)/float64(b.Elapsed())*100, "load-%")
	b.ReportMetric(float64(cpu)/n, "cpu-ns/op")
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds())/1e3, "p99-µs")
}

// used is the processor time of this process.
func used() time.Duration {
	var u unix.Rusage
	check(unix.Getrusage(unix.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func dial(port int) int {
	fd := must(unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0))
	check(unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1))
	check(unix.Connect(fd, &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}))
	return fd
}

// closeAtOnce leaves no connection behind that waits, lest the ports be used up.
func closeAtOnce(fd int) {
	unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
	unix.Close(fd)
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
