package socket_test

import (
	"bytes"
	"encoding/binary"
	"net"
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
	up(t, "lo", unix.IFF_UP|unix.IFF_RUNNING|unix.IFF_MULTICAST|unix.IFF_LOOPBACK)
}

func up(t *testing.T, name string, flags uint16) {
	t.Helper()
	s, err := socket.New(socket.AFInet, socket.SockDgram, 0)
	require.NoError(t, err)
	defer s.Close()
	ifr, err := unix.NewIfreq(name)
	require.NoError(t, err)
	ifr.SetUint16(flags)
	require.NoError(t, unix.IoctlIfreq(s.Fileno(), unix.SIOCSIFFLAGS, ifr))
}

// attribute is a netlink attribute with what it holds.
func attribute(typ uint16, value ...[]byte) []byte {
	v := bytes.Join(value, nil)
	b := binary.NativeEndian.AppendUint16(nil, uint16(4+len(v)))
	b = append(binary.NativeEndian.AppendUint16(b, typ), v...)
	return append(b, make([]byte, -len(b)&3)...)
}

// cable makes two Ethernet interfaces that are connected with each other and have
// link-local addresses. It returns the first.
func cable(t *testing.T) (index int, addr netip.Addr) {
	t.Helper()
	s, err := socket.New(socket.AFNetlink, socket.SockRaw, socket.Proto(unix.NETLINK_ROUTE))
	require.NoError(t, err)
	defer s.Close()
	info := make([]byte, unix.SizeofIfInfomsg)
	body := bytes.Join([][]byte{info, attribute(unix.IFLA_IFNAME, []byte("one\x00")),
		attribute(unix.IFLA_LINKINFO,
			attribute(unix.IFLA_INFO_KIND, []byte("veth")),
			attribute(unix.IFLA_INFO_DATA, attribute(1 /* VETH_INFO_PEER */, info, attribute(unix.IFLA_IFNAME, []byte("two\x00")))))}, nil)
	header := binary.NativeEndian.AppendUint32(nil, uint32(unix.SizeofNlMsghdr+len(body)))
	header = binary.NativeEndian.AppendUint16(header, unix.RTM_NEWLINK)
	header = binary.NativeEndian.AppendUint16(header, unix.NLM_F_REQUEST|unix.NLM_F_ACK|unix.NLM_F_CREATE|unix.NLM_F_EXCL)
	header = append(header, make([]byte, 8)...)
	_, err = s.SendTo(append(header, body...), 0, socket.Netlink{})
	require.NoError(t, err)
	answer := make([]byte, 4096)
	n, err := s.Recv(answer, 0)
	require.NoError(t, err)
	require.GreaterOrEqual(t, n, 20)
	if errno := -int32(binary.NativeEndian.Uint32(answer[16:])); errno != 0 {
		t.Skip("no pair of interfaces:", syscall.Errno(errno))
	}
	for _, name := range []string{"one", "two"} { // an address is usable at once
		require.NoError(t, os.WriteFile("/proc/sys/net/ipv6/conf/"+name+"/accept_dad", []byte("0"), 0))
		up(t, name, unix.IFF_UP|unix.IFF_MULTICAST|unix.IFF_BROADCAST)
	}
	i, err := net.InterfaceByName("one")
	require.NoError(t, err)
	require.Eventually(t, func() bool { // the kernel tells itself later that the cable is in
		addrs, err := i.Addrs()
		require.NoError(t, err)
		if len(addrs) > 0 {
			addr, _ = netip.AddrFromSlice(addrs[0].(*net.IPNet).IP)
		}
		return addr.IsValid()
	}, 10*time.Second, time.Millisecond)
	return i.Index, addr
}

func TestMulticast(t *testing.T) {
	if !namespace(t) {
		return
	}
	wire, local := cable(t)
	for _, tt := range []struct {
		name                      string
		group, any, source, other netip.Addr
		index                     int
	}{
		{"IPv4", netip.MustParseAddr("239.1.2.3"), netip.IPv4Unspecified(), netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("127.0.0.99"), 1},
		{"IPv6", netip.MustParseAddr("ff05::1234"), netip.IPv6Unspecified(), local, netip.MustParseAddr("2001:db8::99"), wire},
	} {
		t.Run(tt.name, func(t *testing.T) {
			group := tt.group
			r, at := datagrams(t, socket.FromAddrPort(netip.AddrPortFrom(tt.any, 0)))
			var port uint16
			switch a := at.(type) {
			case socket.Inet:
				port = a.Port
			case socket.Inet6:
				port = a.Port
			}
			source := socket.FromAddrPort(netip.AddrPortFrom(tt.source, 0))
			if a, ok := source.(socket.Inet6); ok {
				a.ScopeID = uint32(wire)
				source = a
			}
			s, _ := datagrams(t, source)
			require.NoError(t, s.SetMulticastInterface(tt.index))
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
			m := socket.Membership{Group: group, Interface: tt.index}
			own, other := m, m
			own.Source, other.Source = tt.source, tt.other
			expect := func(want bool, why string) {
				t.Helper()
				require.Equal(t, want, heard(), why)
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
