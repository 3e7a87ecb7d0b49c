package socket_test

import (
	"io"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// ends are two connected sockets of each kind.
func ends(t *testing.T) map[string][2]*socket.Socket {
	m := map[string][2]*socket.Socket{}
	for name, typ := range map[string]socket.Type{"stream": socket.SockStream, "datagram": socket.SockDgram, "seqpacket": socket.SockSeqpacket} {
		a, b := pair(t, typ)
		m[name] = [2]*socket.Socket{a, b}
	}
	c, p := connected(t, loopback)
	m["TCP"] = [2]*socket.Socket{c, p}
	r, rAt := datagrams(t, loopback)
	s, sAt := datagrams(t, loopback)
	require.NoError(t, s.Connect(rAt))
	require.NoError(t, r.Connect(sAt))
	m["UDP"] = [2]*socket.Socket{s, r}
	return m
}

// TestRecvMsgShapes: peeking, cutting, scattering, waiting, on every kind of socket.
func TestRecvMsgShapes(t *testing.T) {
	for name, e := range ends(t) {
		t.Run(name, func(t *testing.T) {
			a, b := e[0], e[1]
			stream := a.Type() == socket.SockStream
			text := []byte("0123456789")
			_, err := a.SendMsg([][]byte{text[:4], text[4:]}, nil, 0, nil)
			require.NoError(t, err)

			buf := make([]byte, 32)
			m, err := b.RecvMsg([][]byte{buf}, 0, socket.MsgPeek)
			require.NoError(t, err)
			require.Equal(t, "0123456789", string(buf[:m.N]), "peeked")
			m, err = b.RecvMsg([][]byte{buf[:3], buf[10:13]}, 64, 0)
			require.NoError(t, err)
			require.Equal(t, "012345", string(buf[:3])+string(buf[10:13]))
			require.Equal(t, !stream, m.Flags&socket.MsgTrunc != 0, "the rest of a datagram is lost, that of a stream is not")
			if stream {
				n, err := b.Recv(buf, 0)
				require.NoError(t, err)
				require.Equal(t, "6789", string(buf[:n]))
			}

			_, err = b.RecvMsg([][]byte{buf}, 0, socket.MsgDontWait)
			require.ErrorIs(t, err, socket.ErrWouldBlock)
			_, err = b.Recv(buf, socket.MsgDontWait)
			require.ErrorIs(t, err, socket.ErrWouldBlock)
			require.True(t, b.Blocking(), "the flag acted on one call")
		})
	}
}

// TestMessagesEnd: the time that is over, the peer that is gone, the socket that is closed.
func TestMessagesEnd(t *testing.T) {
	for name, e := range ends(t) {
		t.Run(name, func(t *testing.T) {
			a, b := e[0], e[1]
			buf := [][]byte{make([]byte, 8)}
			require.NoError(t, b.SetTimeout(time.Millisecond))
			_, err := b.RecvMsg(buf, 64, 0)
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
			require.NoError(t, a.Close())
			_, err = a.SendMsg(buf, nil, 0, nil)
			require.ErrorIs(t, err, net.ErrClosed)
			_, err = a.RecvMsg(buf, 64, 0)
			require.ErrorIs(t, err, net.ErrClosed)
			if b.Type() != socket.SockDgram {
				require.NoError(t, b.SetTimeout(time.Second))
				_, err = b.RecvMsg(buf, 64, 0)
				require.ErrorIs(t, err, io.EOF)
			}
		})
	}
	// Where nobody is connected an address must be given.
	s, _ := datagrams(t, loopback)
	_, err := s.SendMsg([][]byte{[]byte("x")}, nil, 0, nil)
	require.ErrorIs(t, err, unix.EDESTADDRREQ)
}

// TestSeparateRights: several messages of descriptors are sent as one; room for fewer than
// came closes the surplus.
func TestSeparateRights(t *testing.T) {
	a, b := pair(t, socket.SockStream)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	defer w.Close()
	control := []socket.ControlMessage{socket.Rights(int(r.Fd())), socket.Rights(int(w.Fd()))}
	for _, tt := range []struct{ room, want int }{{1, 1}, {2, 2}, {10, 2}, {0, 0}} {
		_, err = a.SendMsg([][]byte{{1}}, control, 0, nil)
		require.NoError(t, err)
		n, fds, flags, _, err := socket.RecvFDs(b, make([]byte, 8), tt.room, 0)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Len(t, fds, tt.want)
		require.Equal(t, tt.want < 2, flags&socket.MsgCtrunc != 0)
		for _, fd := range fds {
			require.NoError(t, socket.CloseFD(fd))
		}
	}
	_, err = a.SendMsg([][]byte{{1}}, []socket.ControlMessage{socket.Rights(-1)}, 0, nil)
	require.ErrorIs(t, err, unix.EBADF)
	_, err = a.SendMsg([][]byte{{1}}, []socket.ControlMessage{socket.Rights()}, 0, nil)
	require.NoError(t, err, "none at all")
	_, fds, _, _, err := socket.RecvFDs(b, make([]byte, 8), 4, 0)
	require.NoError(t, err)
	require.Empty(t, fds)
}

// TestReceivedWithIPv6: the hop limit and traffic class of RFC 3542, asked for and given.
func TestReceivedWithIPv6(t *testing.T) {
	s, err := socket.New(socket.AFInet6, socket.SockDgram, 0)
	if err != nil {
		t.Skip("no IPv6:", err)
	}
	s.Close()
	s, at := datagrams(t, socket.Inet6{Addr: netip.IPv6Loopback()})
	v6 := socket.Level(socket.ProtoIPv6)
	for _, o := range []socket.Option{socket.IPV6RecvHopLimit, socket.IPV6RecvTClass, socket.IPV6RecvPktInfo} {
		require.NoError(t, s.SetOption(v6, o, 1))
	}
	c, _ := datagrams(t, socket.Inet6{Addr: netip.IPv6Loopback()})
	_, err = c.SendMsg([][]byte{[]byte("x")}, []socket.ControlMessage{
		socket.IntMessage(v6, int(socket.IPV6HopLimit), 7),
		socket.IntMessage(v6, int(socket.IPV6TClass), 9),
	}, 0, at)
	require.NoError(t, err)
	m, err := s.RecvMsg([][]byte{make([]byte, 4)}, 512, 0)
	require.NoError(t, err)
	got := map[int]int{}
	for _, c := range m.Control {
		if p, ok := c.PacketInfo(); ok {
			require.Equal(t, netip.IPv6Loopback(), p.Destination)
			continue
		}
		v, ok := c.Int()
		require.True(t, ok)
		got[c.Type] = v
	}
	require.Equal(t, map[int]int{int(socket.IPV6HopLimit): 7, int(socket.IPV6TClass): 9}, got)
	require.Equal(t, 1, m.N)

	// Too little room loses messages, never half of one.
	for room := range 64 {
		_, err = c.SendTo([]byte("x"), 0, at)
		require.NoError(t, err)
		m, err := s.RecvMsg([][]byte{make([]byte, 4)}, room, 0)
		require.NoError(t, err)
		require.NotZero(t, m.Flags&socket.MsgCtrunc, "room for %d", room)
	}
}
