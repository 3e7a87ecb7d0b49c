package socket_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// open opens a socket or skips the test where the kernel has no such ones.
func open(t *testing.T, family socket.Family, typ socket.Type, proto socket.Proto) *socket.Socket {
	t.Helper()
	s, err := socket.New(family, typ, proto)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { s.Close() })
	require.NoError(t, s.SetTimeout(10*time.Second))
	return s
}

// TestMPTCP carries a stream over Multipath TCP.
func TestMPTCP(t *testing.T) {
	l, c := open(t, socket.AFInet, socket.SockStream, socket.ProtoMPTCP), open(t, socket.AFInet, socket.SockStream, socket.ProtoMPTCP)
	require.NoError(t, l.Bind(loopback))
	require.NoError(t, l.Listen(1))
	at, err := l.SockName()
	require.NoError(t, err)
	require.NoError(t, c.Connect(at))
	p, _, err := l.Accept()
	require.NoError(t, err)
	defer p.Close()
	require.NoError(t, c.SendAll([]byte("many paths"), 0))
	buf := make([]byte, 16)
	n, err := p.Recv(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "many paths", string(buf[:n]))
}

// TestUDPLite sends a datagram of which only the first bytes are checked.
func TestUDPLite(t *testing.T) {
	r, s := open(t, socket.AFInet, socket.SockDgram, socket.ProtoUDPLite), open(t, socket.AFInet, socket.SockDgram, socket.ProtoUDPLite)
	require.NoError(t, r.Bind(loopback))
	level := socket.Level(socket.ProtoUDPLite)
	require.NoError(t, s.SetOption(level, socket.UDPLiteSendCscov, 12))
	v, err := s.Option(level, socket.UDPLiteSendCscov)
	require.NoError(t, err)
	require.Equal(t, 12, v)
	at, err := r.SockName()
	require.NoError(t, err)
	_, err = s.SendTo([]byte("voice"), 0, at)
	require.NoError(t, err)
	buf := make([]byte, 16)
	n, _, err := r.RecvFrom(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "voice", string(buf[:n]))
	// A batch of it is not put together.
	to := at.(socket.Inet).AddrPort()
	_, err = s.SendBatch([]socket.Datagram{{Buf: []byte("ab"), Addr: to}, {Buf: []byte("cd"), Addr: to}}, 0)
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("ab"), []byte("cd")}, receive(t, r, 2))
}

// TestPacket hears a UDP datagram of the loopback interface as a frame, and sends one.
func TestPacket(t *testing.T) {
	if !namespace(t) {
		return
	}
	const ethPIP = 0x0800
	s := open(t, socket.AFPacket, socket.SockDgram, socket.Proto(socket.HtoNS(ethPIP)))
	require.NoError(t, s.Bind(socket.Packet{Protocol: ethPIP, Interface: 1}))
	_, at := datagrams(t, loopback)
	c, _ := datagrams(t, loopback)
	_, err := c.SendTo([]byte("seen by others"), 0, at)
	require.NoError(t, err)
	buf := make([]byte, 1500)
	n, from, err := s.RecvFrom(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "seen by others", string(buf[28:n]), "behind the headers of IP and UDP")
	p := from.(socket.Packet)
	require.Equal(t, 1, p.Interface)
	require.Equal(t, uint16(ethPIP), p.Protocol)
	require.Equal(t, uint16(unix.ARPHRD_LOOPBACK), p.Hardware)

	// The same packet once more, with another port of origin: all who listen see it.
	q := open(t, socket.AFPacket, socket.SockDgram, socket.Proto(socket.HtoNS(ethPIP)))
	require.NoError(t, q.Bind(socket.Packet{Protocol: ethPIP, Interface: 1}))
	packet := append([]byte(nil), buf[:n]...)
	binary.BigEndian.PutUint16(packet[20:], 4242)
	_, err = s.SendTo(packet, 0, socket.Packet{Protocol: ethPIP, Interface: 1, Address: "00:00:00:00:00:00"})
	require.NoError(t, err)
	n, _, err = q.RecvFrom(buf, 0)
	require.NoError(t, err)
	require.Equal(t, packet, buf[:n])
}

// TestVsock listens for virtual machines; none is connected to.
func TestVsock(t *testing.T) {
	s := open(t, socket.AFVsock, socket.SockStream, 0)
	require.NoError(t, s.Bind(socket.VM{CID: socket.VMAddrCIDAny, Port: 7007}))
	require.NoError(t, s.Listen(1))
	at, err := s.SockName()
	require.NoError(t, err)
	require.Equal(t, uint32(7007), at.(socket.VM).Port)
}

// TestUnixNames: the longest, abstract ones of any bytes, one that the kernel chooses, none.
func TestUnixNames(t *testing.T) {
	long := make([]byte, 107)
	for i := range long {
		long[i] = byte(i * 7)
	}
	long[0] = 0
	for _, name := range []string{string(long), "\x00with\x00zeroes", ""} {
		s := open(t, socket.AFUnix, socket.SockDgram, 0)
		require.NoError(t, s.Bind(socket.Unix{Name: name}))
		at, err := s.SockName()
		require.NoError(t, err)
		got := at.(socket.Unix)
		require.True(t, got.Abstract())
		if name != "" {
			require.Equal(t, name, got.Name)
		} else {
			require.Len(t, got.Name, 6, "a NUL byte and five digits that the kernel chose")
		}
	}
	s := open(t, socket.AFUnix, socket.SockDgram, 0)
	at, err := s.SockName()
	require.NoError(t, err)
	require.Equal(t, socket.Unix{}, at)
}
