package socket_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

func TestSendMsg(t *testing.T) {
	a, b := pair(t, socket.SockDgram)
	n, err := a.SendMsg([][]byte{[]byte("hel"), nil, []byte("lo")}, nil, 0, nil)
	require.NoError(t, err)
	require.Equal(t, 5, n)
	x, y := make([]byte, 2), make([]byte, 2)
	m, err := b.RecvMsg([][]byte{x, nil, y}, 0, 0)
	require.NoError(t, err)
	require.Equal(t, "hell", string(x)+string(y))
	require.Equal(t, 4, m.N)
	require.Equal(t, socket.MsgTrunc, m.Flags, "the datagram was longer")

	_, err = b.RecvMsg([][]byte{x}, -1, 0)
	require.Error(t, err)
}

// TestPassDescriptors sends a file's descriptor and reads the file through it.
func TestPassDescriptors(t *testing.T) {
	a, b := pair(t, socket.SockStream)
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	_, err = f.WriteString("content")
	require.NoError(t, err)
	n, err := socket.SendFDs(a, [][]byte{[]byte("file")}, []int{int(f.Fd())}, 0, nil)
	require.NoError(t, err)
	require.Equal(t, 4, n)
	buf := make([]byte, 16)
	n, fds, flags, _, err := socket.RecvFDs(b, buf, 4, 0)
	require.NoError(t, err)
	require.Equal(t, "file", string(buf[:n]))
	require.Zero(t, flags&socket.MsgCtrunc)
	require.Len(t, fds, 1)
	g := os.NewFile(uintptr(fds[0]), "received")
	defer g.Close()
	got, err := io.ReadAll(io.NewSectionReader(g, 0, 100))
	require.NoError(t, err)
	require.Equal(t, "content", string(got))
}

func TestCredentials(t *testing.T) {
	a, b := pair(t, socket.SockStream)
	peer, err := a.PeerCredentials()
	require.NoError(t, err)
	self := socket.Credentials{UID: uint32(os.Getuid()), GID: uint32(os.Getgid()), PID: int32(os.Getpid())}
	require.Equal(t, self, peer)

	require.NoError(t, b.SetOption(socket.SolSocket, socket.SOPassCred, 1))
	_, err = a.SendMsg([][]byte{{1}}, []socket.ControlMessage{socket.SendCredentials(self)}, 0, nil)
	require.NoError(t, err)
	m, err := b.RecvMsg([][]byte{make([]byte, 1)}, 256, 0)
	require.NoError(t, err)
	require.Len(t, m.Control, 1)
	cred, ok := m.Control[0].Credentials()
	require.True(t, ok)
	require.Equal(t, self, cred)
	_, ok = m.Control[0].FDs()
	require.False(t, ok)
}

// TestReceivedWith reads what the system tells beside a datagram: where it came in, its
// time to live and type of service, and when.
func TestReceivedWith(t *testing.T) {
	s, at := datagrams(t, loopback)
	for _, o := range []socket.Option{socket.IPPktInfo, socket.IPRecvTTL, socket.IPRecvTOS} {
		require.NoError(t, s.SetOption(socket.Level(socket.ProtoIP), o, 1))
	}
	require.NoError(t, s.SetOption(socket.SolSocket, unix.SO_TIMESTAMPNS, 1))
	c, _ := datagrams(t, loopback)
	before := time.Now()
	_, err := c.SendMsg([][]byte{[]byte("x")}, []socket.ControlMessage{
		socket.IntMessage(socket.SolIP, int(socket.IPTTL), 33),
		socket.IntMessage(socket.SolIP, int(socket.IPTOS), 0x10),
		socket.SendPacketInfo(socket.PacketInfo{Local: netip.MustParseAddr("127.0.0.1")}),
	}, 0, at)
	require.NoError(t, err)
	m, err := s.RecvMsg([][]byte{make([]byte, 4)}, 512, 0)
	require.NoError(t, err)
	var seen []string
	for _, c := range m.Control {
		if p, ok := c.PacketInfo(); ok {
			seen = append(seen, "pktinfo")
			require.Equal(t, netip.MustParseAddr("127.0.0.1"), p.Destination)
			require.Equal(t, 1, p.Interface)
		}
		if ts, ok := c.Timestamp(); ok {
			seen = append(seen, "time")
			require.WithinDuration(t, before, ts, time.Minute)
		}
		if v, ok := c.Int(); ok && c.Level == socket.SolIP {
			switch c.Type {
			case int(socket.IPTTL):
				seen = append(seen, "ttl")
				require.Equal(t, 33, v)
			case int(socket.IPTOS):
				seen = append(seen, "tos")
				require.Equal(t, 0x10, v)
			}
		}
	}
	require.ElementsMatch(t, []string{"pktinfo", "time", "ttl", "tos"}, seen)
	require.Equal(t, c.LocalAddr().String(), m.From.String())
}

// TestErrorQueue sends to a port where nobody listens and reads why it was refused.
func TestErrorQueue(t *testing.T) {
	s, _ := datagrams(t, loopback)
	gone, at := datagrams(t, loopback)
	gone.Close()
	require.NoError(t, s.SetOption(socket.Level(socket.ProtoIP), socket.IPRecvErr, 1))
	_, err := s.SendTo([]byte("lost"), 0, at)
	require.NoError(t, err)
	require.NoError(t, s.SetTimeout(5*time.Second))
	_, _, err = s.RecvFrom(make([]byte, 16), 0) // waits for the ICMP message
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	buf := make([]byte, 16)
	m, err := s.RecvMsg([][]byte{buf}, 512, socket.MsgErrQueue)
	require.NoError(t, err)
	require.Equal(t, "lost", string(buf[:m.N]))
	require.Equal(t, at, m.From)
	require.Len(t, m.Control, 1)
	e, ok := m.Control[0].QueuedError()
	require.True(t, ok)
	require.Equal(t, syscall.ECONNREFUSED, e.Errno)
	require.Equal(t, uint8(2), e.Origin, "ICMP")
	require.Equal(t, uint8(3), e.Type, "unreachable")
	require.Equal(t, uint8(3), e.Code, "port")
	require.Equal(t, "127.0.0.1:0", e.Offender.String())
}

func TestBatch(t *testing.T) {
	s, at := datagrams(t, loopback)
	c, cAt := datagrams(t, loopback)
	to := at.(socket.Inet).AddrPort()
	var out []socket.Datagram
	for i := range 40 {
		out = append(out, socket.Datagram{Buf: bytes.Repeat([]byte{byte(i)}, i), Addr: to})
	}
	n, err := c.SendBatch(out, 0)
	require.NoError(t, err)
	require.Equal(t, 40, n)
	require.Equal(t, 39, out[39].N)
	in := make([]socket.Datagram, 64)
	for i := range in {
		in[i].Buf = make([]byte, 30)
	}
	got := 0
	for got < 40 {
		n, err := s.RecvBatch(in[got:], 0)
		require.NoError(t, err)
		got += n
	}
	for i, d := range in[:40] {
		require.Equal(t, min(i, 30), d.N)
		require.Equal(t, i > 30, d.Flags&socket.MsgTrunc != 0)
		require.Equal(t, cAt.(socket.Inet).AddrPort(), d.Addr)
		require.Equal(t, bytes.Repeat([]byte{byte(i)}, d.N), d.Buf[:d.N])
	}
	n, err = s.RecvBatch(nil, 0)
	require.NoError(t, err)
	require.Zero(t, n)
	s.SetBlocking(false)
	_, err = s.RecvBatch(in, 0)
	require.ErrorIs(t, err, socket.ErrWouldBlock)
}

// TestSegments sends one buffer as many datagrams, and receives them as one.
func TestSegments(t *testing.T) {
	s, at := datagrams(t, loopback)
	c, _ := datagrams(t, loopback)
	if err := s.SetUDPGRO(true); err != nil {
		t.Skip("no GRO:", err)
	}
	_, err := c.SendBatch([]socket.Datagram{{Buf: bytes.Repeat([]byte("0123456789"), 10), Addr: at.(socket.Inet).AddrPort(), Segment: 30}}, 0)
	require.NoError(t, err)
	in := []socket.Datagram{{Buf: make([]byte, 1000)}, {Buf: make([]byte, 1000)}, {Buf: make([]byte, 1000)}, {Buf: make([]byte, 1000)}}
	total := 0
	for total < 100 {
		n, err := s.RecvBatch(in, 0)
		require.NoError(t, err)
		for _, d := range in[:n] {
			if d.N > 30 {
				require.Equal(t, 30, d.Segment)
			}
			total += d.N
		}
	}
	require.Equal(t, 100, total)
}

func TestOptions(t *testing.T) {
	s, err := socket.New(socket.AFInet, socket.SockStream, 0)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.SetOption(socket.Level(socket.ProtoTCP), socket.TCPNoDelay, 1))
	v, err := s.Option(socket.Level(socket.ProtoTCP), socket.TCPNoDelay)
	require.NoError(t, err)
	require.Equal(t, 1, v)
	b, err := s.OptionBytes(socket.SolSocket, socket.SOLinger, 8)
	require.NoError(t, err)
	require.Equal(t, make([]byte, 8), b)
	require.NoError(t, s.SetLinger(1500*time.Millisecond))
	l, err := socket.OptionStruct[unix.Linger](s, socket.SolSocket, socket.SOLinger)
	require.NoError(t, err)
	require.Equal(t, unix.Linger{Onoff: 1, Linger: 2}, l)
	require.NoError(t, socket.SetOptionStruct(s, socket.SolSocket, socket.SOLinger, unix.Linger{}))
	require.NoError(t, s.SetOptionBytes(socket.Level(socket.ProtoTCP), socket.TCPCongestion, []byte("reno")))
	b, err = s.OptionBytes(socket.Level(socket.ProtoTCP), socket.TCPCongestion, 16)
	require.NoError(t, err)
	require.Equal(t, "reno", string(bytes.TrimRight(b, "\x00")))
	require.Error(t, s.SetOptionNil(socket.Level(socket.ProtoTCP), socket.TCPNoDelay, 4))

	_, err = socket.OptionStruct[struct{ P *int }](s, socket.SolSocket, socket.SOLinger)
	require.Error(t, err, "a pointer is no plain value")
	_, err = s.OptionBytes(socket.SolSocket, socket.SOLinger, 0)
	require.Error(t, err)
	_, err = s.OptionBytes(socket.SolSocket, socket.SOLinger, 1025)
	require.Error(t, err)
	_, err = s.Option(socket.SolSocket, 99999)
	require.ErrorIs(t, err, syscall.ENOPROTOOPT)
	var se *os.SyscallError
	require.True(t, errors.As(err, &se))

	_, at := server(t, loopback, nil)
	require.NoError(t, s.Connect(at))
	info, err := socket.OptionStruct[unix.TCPInfo](s, socket.Level(socket.ProtoTCP), socket.TCPInfo)
	require.NoError(t, err)
	require.Equal(t, uint8(1), info.State, "established")
	n, err := s.Ioctl(unix.SIOCINQ, 0)
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestSendFile(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	_, err = f.WriteString("0123456789")
	require.NoError(t, err)
	tests := []struct {
		offset, count int64
		want          string
	}{{0, -1, "0123456789"}, {3, -1, "3456789"}, {3, 4, "3456"}, {8, 100, "89"}, {10, -1, ""}, {20, 5, ""}, {0, 0, ""}}
	for _, tt := range tests {
		c, p := connected(t, loopback)
		n, err := c.SendFile(f, tt.offset, tt.count)
		require.NoError(t, err)
		require.Equal(t, int64(len(tt.want)), n)
		at, err := f.Seek(0, io.SeekCurrent)
		require.NoError(t, err)
		require.Equal(t, tt.offset+n, at)
		require.NoError(t, c.CloseWrite())
		got, err := io.ReadAll(p)
		require.NoError(t, err)
		require.Equal(t, tt.want, string(got))
	}

	// From a pipe the kernel cannot seek: the data is copied. A dead end is an error.
	c, p := connected(t, loopback)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	w.WriteString("piped")
	w.Close()
	n, err := io.Copy(c, r)
	require.NoError(t, err)
	require.Equal(t, int64(5), n)
	_, err = f.Seek(2, io.SeekStart)
	require.NoError(t, err)
	n, err = io.Copy(c, io.LimitReader(f, 3))
	require.NoError(t, err)
	require.Equal(t, int64(3), n)
	c.CloseWrite()
	got, err := io.ReadAll(p)
	require.NoError(t, err)
	require.Equal(t, "piped234", string(got))

	c.SetBlocking(false)
	_, err = c.SendFile(f, 0, -1)
	require.ErrorIs(t, err, socket.ErrNonblockingFile)
	u, _ := datagrams(t, loopback)
	_, err = u.SendFile(f, 0, -1)
	require.ErrorIs(t, err, syscall.EINVAL)
}

func TestWriteBuffers(t *testing.T) {
	c, p := pair(t, socket.SockStream)
	n, err := c.WriteBuffers(net.Buffers{[]byte("a"), nil, []byte("bc"), {}})
	require.NoError(t, err)
	require.Equal(t, int64(3), n)
	c.CloseWrite()
	got, err := io.ReadAll(p)
	require.NoError(t, err)
	require.Equal(t, "abc", string(got))
}

// TestNoAllocs: the operations on data do not allocate.
func TestNoAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	c, p := pair(t, socket.SockStream)
	buf := make([]byte, 64)
	require.Zero(t, testing.AllocsPerRun(200, func() {
		c.Send(buf, 0)
		p.Recv(buf, 0)
		c.Write(buf)
		p.Read(buf)
	}), "a stream")
	p.SetBlocking(false)
	require.Zero(t, testing.AllocsPerRun(200, func() { p.Recv(buf, 0) }), "an operation that would block")
	a, at := datagrams(t, loopback)
	to := at.(socket.Inet).AddrPort()
	require.Zero(t, testing.AllocsPerRun(200, func() {
		a.SendToAddrPort(buf, 0, to)
		a.RecvFromAddrPort(buf, 0)
	}), "datagrams")
	out, in := make([]socket.Datagram, 8), make([]socket.Datagram, 8)
	for i := range out {
		out[i] = socket.Datagram{Buf: buf, Addr: to}
		in[i].Buf = make([]byte, 64)
	}
	require.Zero(t, testing.AllocsPerRun(200, func() {
		a.SendBatch(out, 0)
		a.RecvBatch(in, 0)
	}), "batches")
}
