package socket_test

import (
	"encoding/binary"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// SOCK-07: a descriptor that is received is closed on exec, from the beginning.
func TestSecSOCK07CloseOnExec(t *testing.T) {
	a, b := pair(t, socket.SockStream)
	_, err := socket.SendFDs(a, [][]byte{{1}}, []int{int(os.Stdin.Fd())}, 0, nil)
	require.NoError(t, err)
	_, fds, _, _, err := socket.RecvFDs(b, make([]byte, 1), 1, 0)
	require.NoError(t, err)
	defer socket.CloseFD(fds[0])
	flags, err := unix.FcntlInt(uintptr(fds[0]), unix.F_GETFD, 0)
	require.NoError(t, err)
	require.NotZero(t, flags&unix.FD_CLOEXEC)
	l, at := server(t, loopback, nil)
	c, err := socket.CreateConnection(t.Context(), "127.0.0.1", at.String()[len("127.0.0.1:"):], nil)
	require.NoError(t, err)
	defer c.Close()
	p, _, err := l.Accept()
	require.NoError(t, err)
	defer p.Close()
	for _, s := range []*socket.Socket{a, l, c, p} {
		yes, err := s.Inheritable()
		require.NoError(t, err)
		require.False(t, yes)
	}
}

// SOCK-08: the kernel refuses forged credentials of a process without privilege, and that is
// told.
func TestSecSOCK08ForgedCredentials(t *testing.T) {
	a, _ := pair(t, socket.SockStream)
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
		var none [2]unix.CapUserData
		if err := unix.Capset(&header, &none[0]); err != nil {
			done <- err
			return
		}
		forged := socket.Credentials{UID: uint32(os.Getuid()) + 1, GID: uint32(os.Getgid()), PID: int32(os.Getpid())}
		_, err := a.SendMsg([][]byte{{1}}, []socket.ControlMessage{socket.SendCredentials(forged)}, 0, nil)
		done <- err
	}()
	require.ErrorIs(t, <-done, syscall.EPERM)
}

// SOCK-09: the file of a server has the permission 0600 even without a umask.
func TestSecSOCK09Permissions(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	dir := filepath.Dir(sockPath(t))
	for name, mode := range map[string]fs.FileMode{"default": 0, "group": 0o660} {
		path := filepath.Join(dir, name)
		server(t, socket.Unix{Name: path}, &socket.ServerConfig{Mode: mode})
		info, err := os.Lstat(path)
		require.NoError(t, err)
		if mode == 0 {
			mode = 0o600
		}
		require.Equal(t, mode, info.Mode().Perm())
	}
}

// SOCK-11: a pair over the loopback address is the caller's own, both ends.
func TestSecSOCK11LoopbackPair(t *testing.T) {
	a, b, err := socket.LoopbackPair(loopback)
	require.NoError(t, err)
	defer a.Close()
	defer b.Close()
	require.NoError(t, a.SendAll([]byte("x"), 0))
	n, err := b.Recv(make([]byte, 1), 0)
	require.NoError(t, err)
	require.Equal(t, 1, n)

	c, d, err := socket.LoopbackPair(loopback)
	require.NoError(t, err)
	defer c.Close()
	defer d.Close()
	require.ErrorIs(t, socket.SamePair(a, d), socket.ErrHijacked, "another one came first")
	require.ErrorIs(t, socket.SamePair(c, b), socket.ErrHijacked)
}

// FuzzControl: control messages of any form are taken apart without a panic, and what was
// found is within what was given; descriptors are no more than fit.
func FuzzControl(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 16))
	h := binary.NativeEndian.AppendUint64(nil, 20)
	h = binary.NativeEndian.AppendUint32(h, 1)
	h = binary.NativeEndian.AppendUint32(h, 1)
	f.Add(append(h, 5, 0, 0, 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		cs, err := socket.ParseControl(b)
		total := 0
		for _, c := range cs {
			total += len(c.Data)
			if fds, ok := c.FDs(); ok && len(fds)*4 > len(c.Data) {
				t.Errorf("%d descriptors in %d bytes", len(fds), len(c.Data))
			}
			c.Credentials()
			c.PacketInfo()
			c.Timestamp()
			c.QueuedError()
			c.Int()
		}
		if total > len(b) {
			t.Errorf("%d bytes of data in %d, err %v", total, len(b), err)
		}
	})
}

// FuzzAddr: bytes of any form are an address or nil without a panic, and an address that
// was read is written and read again as itself.
func FuzzAddr(f *testing.F) {
	for _, r := range recorded {
		b, err := socket.EncodeAddr(r.addr)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, int(r.proto))
	}
	f.Fuzz(func(t *testing.T, b []byte, proto int) {
		a := socket.DecodeAddr(b, socket.Proto(proto))
		if a == nil {
			return
		}
		_ = a.String()
		enc, err := socket.EncodeAddr(a)
		if err != nil {
			return // such as a Unix path with a NUL byte in it
		}
		if again := socket.DecodeAddr(enc, socket.Proto(proto)); again != a {
			t.Errorf("%#v is written %x and read %#v", a, enc, again)
		}
	})
}

// FuzzInet: what InetPton accepts, package netip reads the same way.
func FuzzInet(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "::1", "0x7f.1", "010.1.2.3", "fe80::1%1", "1.2.3.4 x", "::ffff:1.2.3.4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, fam := range []socket.Family{socket.AFInet, socket.AFInet6} {
			b, err := socket.InetPton(fam, s)
			if err != nil {
				continue
			}
			want, err := netip.ParseAddr(s)
			if got, _ := netip.AddrFromSlice(b); err != nil || got != want {
				t.Errorf("%q is %v, netip has %v, %v", s, got, want, err)
			}
			text, err := socket.InetNtop(fam, b)
			if again, err2 := socket.InetPton(fam, text); err != nil || err2 != nil || string(again) != string(b) {
				t.Errorf("%q is written %q", s, text)
			}
		}
		if b, err := socket.InetAton(s); err == nil {
			text, err := socket.InetNtoa(b[:])
			if again, err2 := socket.InetAton(text); err != nil || err2 != nil || again != b {
				t.Errorf("%q is written %q", s, text)
			}
		}
	})
}
