// Package selectors has the benchmarks of package selectors beside a bare epoll loop of
// golang.org/x/sys/unix.
package selectors

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/selectors"
)

// Cases are what compare runs.
var Cases = cases()

func cases() (out []bench.Case) {
	for _, n := range []int{10, 1_000, 15_000} {
		py := &bench.Python{Program: fmt.Sprintf(pySelect, n)}
		bare := []bench.Peer{{Name: "x/sys epoll", Run: bareSelect(n)}}
		out = append(out,
			bench.Case{Name: fmt.Sprintf("selectors/select-1-of-%d-thread", n), Target: 1.1, Ours: ourSelect(n, true), Peers: bare, Python: py},
			bench.Case{Name: fmt.Sprintf("selectors/select-1-of-%d-parked", n), Target: 1.6, Ours: ourSelect(n, false), Peers: bare})
	}
	return append(out,
		bench.Case{Name: "selectors/wake-up-thread", Target: 1.1, Ours: ourWake(true), Peers: []bench.Peer{{Name: "x/sys epoll", Run: bareWake}}},
		bench.Case{Name: "selectors/wake-up-parked", Target: 1.6, Ours: ourWake(false), Peers: []bench.Peer{{Name: "x/sys epoll", Run: bareWake}}},
		bench.Case{Name: "selectors/register-modify-unregister", Target: 1.3, Ours: ourRegister, Peers: []bench.Peer{{Name: "x/sys epoll", Run: bareRegister}}, Python: &bench.Python{Setup: pySetup, Stmt: "s.register(r, 1); s.modify(r, 2); s.unregister(r)"}})
}

const pySetup = `
import os, selectors
s = selectors.DefaultSelector()
r, w = os.pipe()
`

const pySelect = `
import os, resource, selectors, time
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],)*2)
s = selectors.DefaultSelector()
fds = [os.eventfd(0) for _ in range(%d)]
for fd in fds: s.register(fd, selectors.EVENT_READ)
os.eventfd_write(fds[-1], 1)
n, select = 50000, s.select
t = time.perf_counter()
for _ in range(n): select()
print((time.perf_counter() - t) / n * 1e9)
`

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// events makes n descriptors of which the last is ready.
func events(n int) (fds []int, stop func()) {
	for range n {
		fds = append(fds, must(unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)))
	}
	must(unix.Write(fds[n-1], []byte{1, 0, 0, 0, 0, 0, 0, 0}))
	return fds, func() {
		for _, fd := range fds {
			unix.Close(fd)
		}
	}
}

func ourSelect(n int, thread bool) func(*testing.B) {
	return func(b *testing.B) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		s := must(selectors.Config{LockThread: thread}.New())
		defer s.Close()
		fds, stop := events(n)
		defer stop()
		for _, fd := range fds {
			must(s.Register(fd, selectors.Read, nil))
		}
		ctx := context.Background()
		var ready []selectors.Ready
		b.ReportAllocs()
		for b.Loop() {
			var err error
			if ready, err = s.AppendSelect(ctx, ready[:0], selectors.Forever); err != nil || len(ready) != 1 || ready[0].FD != fds[n-1] {
				b.Fatal(ready, err)
			}
		}
	}
}

func bareSelect(n int) func(*testing.B) {
	return func(b *testing.B) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		ep := must(unix.EpollCreate1(unix.EPOLL_CLOEXEC))
		defer unix.Close(ep)
		fds, stop := events(n)
		defer stop()
		for _, fd := range fds {
			check(unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}))
		}
		evs := make([]unix.EpollEvent, 128)
		b.ReportAllocs()
		for b.Loop() {
			if k, err := unix.EpollWait(ep, evs, -1); err == unix.EINTR {
			} else if k != 1 || int(evs[0].Fd) != fds[n-1] {
				b.Fatal(k, err)
			}
		}
	}
}

// pingPong has another thread answer each byte of fd by one.
func pingPong() (fd int, stop func()) {
	p := must(unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0))
	go func() {
		runtime.LockOSThread()
		buf := make([]byte, 1)
		for {
			n, err := unix.Read(p[1], buf)
			if err == unix.EINTR {
				continue
			}
			if n != 1 {
				unix.Close(p[1])
				return
			}
			unix.Write(p[1], buf)
		}
	}()
	return p[0], func() { unix.Close(p[0]) }
}

func ourWake(thread bool) func(*testing.B) {
	return func(b *testing.B) {
		s := must(selectors.Config{LockThread: thread}.New())
		defer s.Close()
		fd, stop := pingPong()
		defer stop()
		must(s.Register(fd, selectors.Read, nil))
		ctx, buf := context.Background(), make([]byte, 1)
		var ready []selectors.Ready
		b.ReportAllocs()
		for b.Loop() {
			unix.Write(fd, buf)
			var err error
			if ready, err = s.AppendSelect(ctx, ready[:0], selectors.Forever); err != nil {
				b.Fatal(err)
			}
			unix.Read(fd, buf)
		}
	}
}

func bareWake(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ep := must(unix.EpollCreate1(unix.EPOLL_CLOEXEC))
	defer unix.Close(ep)
	fd, stop := pingPong()
	defer stop()
	check(unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}))
	evs, buf := make([]unix.EpollEvent, 16), make([]byte, 1)
	b.ReportAllocs()
	for b.Loop() {
		unix.Write(fd, buf)
		for {
			if k, _ := unix.EpollWait(ep, evs, -1); k == 1 {
				break
			}
		}
		unix.Read(fd, buf)
	}
}

func ourRegister(b *testing.B) {
	s := must(selectors.New())
	defer s.Close()
	fds, stop := events(1)
	defer stop()
	fd := any(fds[0])
	b.ReportAllocs()
	for b.Loop() {
		must(s.Register(fd, selectors.Read, nil))
		must(s.Modify(fd, selectors.Write, nil))
		must(s.Unregister(fd))
	}
}

func bareRegister(b *testing.B) {
	ep := must(unix.EpollCreate1(unix.EPOLL_CLOEXEC))
	defer unix.Close(ep)
	fds, stop := events(1)
	defer stop()
	ev := &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fds[0])}
	b.ReportAllocs()
	for b.Loop() {
		ev.Events = unix.EPOLLIN
		check(unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, fds[0], ev))
		ev.Events = unix.EPOLLOUT
		check(unix.EpollCtl(ep, unix.EPOLL_CTL_MOD, fds[0], ev))
		check(unix.EpollCtl(ep, unix.EPOLL_CTL_DEL, fds[0], ev))
	}
}
