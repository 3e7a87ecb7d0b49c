package socket_test

import (
	"bytes"
	"net/netip"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// inNamespace marks the process in which the tests of a namespace run.
const inNamespace = "PYNET_TEST_NAMESPACE"

// namespace runs the test again in a network namespace of its own, where it may do as it
// likes; it returns true there. Where the system grants no namespace the test is skipped.
func namespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(inNamespace) != "" {
		loopbackUp(t)
		return true
	}
	cmd := exec.Command("/proc/self/exe", "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), inNamespace+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Skip("no namespace:", err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("in the namespace: %v\n%s", err, out.Bytes())
	}
	return false
}

// loopbackUp brings the loopback interface up, with multicast.
func loopbackUp(t *testing.T) {
	t.Helper()
	s, err := socket.New(socket.AFInet, socket.SockDgram, 0)
	require.NoError(t, err)
	defer s.Close()
	ifr, err := unix.NewIfreq("lo")
	require.NoError(t, err)
	ifr.SetUint16(unix.IFF_UP | unix.IFF_RUNNING | unix.IFF_MULTICAST | unix.IFF_LOOPBACK)
	require.NoError(t, unix.IoctlIfreq(s.Fileno(), unix.SIOCSIFFLAGS, ifr))
}

func TestMulticast(t *testing.T) {
	if !namespace(t) {
		return
	}
	for _, tt := range []struct{ name, group, any, source string }{
		{"IPv4", "239.1.2.3", "0.0.0.0", "127.0.0.1"},
		{"IPv6", "ff05::1234", "::", "::1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			group := netip.MustParseAddr(tt.group)
			r, at := datagrams(t, socket.FromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(tt.any), 0)))
			var port uint16
			switch a := at.(type) {
			case socket.Inet:
				port = a.Port
			case socket.Inet6:
				port = a.Port
			}
			s, _ := datagrams(t, socket.FromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(tt.source), 0)))
			require.NoError(t, s.SetMulticastInterface(1))
			require.NoError(t, s.SetMulticastTTL(1))
			require.NoError(t, s.SetMulticastLoop(true))
			to := socket.FromAddrPort(netip.AddrPortFrom(group, port))
			require.NoError(t, r.SetTimeout(50*time.Millisecond))
			// heard sends to the group and reports whether it arrived.
			heard := func() bool {
				t.Helper()
				_, err := s.SendTo([]byte("news"), 0, to)
				require.NoError(t, err)
				n, from, err := r.RecvFrom(make([]byte, 16), 0)
				if err != nil {
					require.ErrorIs(t, err, os.ErrDeadlineExceeded)
					return false
				}
				require.Equal(t, 4, n)
				require.Equal(t, s.LocalAddr().String(), from.String())
				return true
			}
			m := socket.Membership{Group: group, Interface: 1}
			own, other := m, m
			own.Source, other.Source = netip.MustParseAddr(tt.source), netip.MustParseAddr(map[string]string{"IPv4": "127.0.0.99", "IPv6": "2001:db8::99"}[tt.name])

			// The loopback interface carries no multicast of IPv6: there the kernel's word counts.
			expect := func(want bool, why string) {
				t.Helper()
				if group.Is4() {
					require.Equal(t, want, heard(), why)
				}
			}
			require.NoError(t, r.JoinGroup(m))
			expect(true, "joined")
			require.NoError(t, r.BlockSource(own))
			expect(false, "the source is blocked")
			require.Error(t, r.BlockSource(own), "it is blocked already")
			require.NoError(t, r.UnblockSource(own))
			expect(true, "unblocked")
			require.ErrorIs(t, r.JoinGroup(m), syscall.EADDRINUSE)
			require.NoError(t, r.LeaveGroup(m))
			require.Error(t, r.LeaveGroup(m), "it has been left")

			require.NoError(t, r.JoinGroup(other))
			expect(false, "another source")
			require.NoError(t, r.JoinGroup(own))
			expect(true, "this source")
			require.NoError(t, r.LeaveGroup(own))
			require.NoError(t, r.LeaveGroup(other))
		})
	}
}

func TestMembershipRefused(t *testing.T) {
	s, err := socket.New(socket.AFInet, socket.SockDgram, 0)
	require.NoError(t, err)
	defer s.Close()
	group := netip.MustParseAddr("239.1.2.3")
	for _, m := range []socket.Membership{
		{}, {Group: netip.MustParseAddr("192.0.2.1")}, {Group: netip.MustParseAddr("ff05::1")}, {Group: group, Source: netip.MustParseAddr("2001:db8::1")}, {Group: group, Interface: -1},
	} {
		require.Error(t, s.JoinGroup(m), "%+v", m)
	}
	require.ErrorIs(t, s.BlockSource(socket.Membership{Group: group}), socket.ErrNotMulticast)
	require.ErrorIs(t, s.SetMulticastTTL(256), socket.ErrOverflow)
	require.ErrorIs(t, s.SetMulticastTTL(-1), socket.ErrOverflow)
}
