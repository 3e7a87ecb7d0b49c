package socket_test

import (
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// recorded are the addresses of which testdata/sockaddr.c printed the kernel's bytes.
var recorded = map[string]struct {
	addr  socket.Addr
	proto socket.Proto
	text  string
}{
	"inet":         {socket.Inet{Addr: netip.MustParseAddr("192.0.2.1"), Port: 8080}, 0, "192.0.2.1:8080"},
	"inet6":        {socket.Inet6{Addr: netip.MustParseAddr("fe80::1"), Port: 443, FlowInfo: 0x12345, ScopeID: 7}, 0, "[fe80::1%7]:443"},
	"unix":         {socket.Unix{Name: "/run/x"}, 0, "/run/x"},
	"abstract":     {socket.Unix{Name: "\x00abc"}, 0, "@abc"},
	"unnamed":      {socket.Unix{}, 0, ""},
	"netlink":      {socket.Netlink{PID: 4711, Groups: 0x11}, 0, "netlink:4711,groups=0x11"},
	"packet":       {socket.Packet{Protocol: socket.EtherTypeIPv6, Interface: 3, Hardware: 1, Type: socket.PacketOutgoing, Address: "00:11:22:33:44:55"}, 0, "packet:3,0x86dd,00:11:22:33:44:55"},
	"can":          {socket.CAN{Interface: 2}, socket.CANRaw, "can:2"},
	"isotp":        {socket.CANIsoTPAddr{Interface: 2, Rx: 0x123, Tx: 0x456 | socket.CANEFFFlag}, socket.CANIsoTP, "can:2,rx=0x123,tx=0x80000456"},
	"j1939":        {socket.CANJ1939Addr{Interface: 2, Name: 0x1122334455667788, PGN: 0x12300, Addr: 0x42}, socket.CANJ1939, "can:2,name=0x1122334455667788,pgn=0x12300,addr=0x42"},
	"vsock":        {socket.VM{CID: socket.VMAddrCIDHost, Port: 1024}, 0, "vm(2):1024"},
	"alg":          {socket.Alg{Type: "skcipher", Name: "cbc(aes)", Feat: 1, Mask: 2}, 0, "alg:skcipher,cbc(aes)"},
	"tipc-nameseq": {socket.TIPC{Kind: socket.TIPCAddrNameSeq, Scope: socket.TIPCClusterScope, V1: 18888, V2: 1, V3: 9}, 0, "tipc:1{18888,1,9}"},
	"tipc-name":    {socket.TIPC{Kind: socket.TIPCAddrName, Scope: socket.TIPCNodeScope, V1: 18888, V2: 17}, 0, "tipc:2{18888,17,0}"},
	"tipc-id":      {socket.TIPC{Kind: socket.TIPCAddrID, V1: 6, V2: 5}, 0, "tipc:3{6,5,0}"},
	"qipcrtr":      {socket.QIPCRTR{Node: 1, Port: 16384}, 0, "qrtr(1):16384"},
	"l2cap":        {socket.L2CAP{BDAddr: bd, PSM: 0x1001, CID: 0x40, Kind: socket.BDAddrLERandom}, socket.BTProtoL2CAP, "00:11:22:33:44:55,psm=4097,cid=64"},
	"rfcomm":       {socket.RFCOMM{BDAddr: bd, Channel: 30}, socket.BTProtoRFCOMM, "00:11:22:33:44:55,channel=30"},
	"hci":          {socket.HCI{Dev: 1, Channel: socket.HCIChannelMonitor}, socket.BTProtoHCI, "hci1,channel=2"},
	"sco":          {socket.SCO{BDAddr: bd}, socket.BTProtoSCO, "00:11:22:33:44:55"},
}

var bd = socket.BDAddr{0x00, 0x11, 0x22, 0x33, 0x44, 0x55}

// TestSecSOCK17RecordedAddresses compares each address, written and read, with the bytes that the C
// structs have. SOCK-17: padding is zero, whatever stood there before.
func TestSecSOCK17RecordedAddresses(t *testing.T) {
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the bytes were recorded on a little-endian machine")
	}
	text, err := os.ReadFile("testdata/sockaddr.txt")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	require.Len(t, lines, len(recorded))
	for _, line := range lines {
		name, digits, _ := strings.Cut(line, " ")
		want, err := hex.DecodeString(digits)
		require.NoError(t, err)
		r, ok := recorded[name]
		require.True(t, ok, name)
		got, err := socket.EncodeAddr(r.addr)
		require.NoError(t, err, name)
		require.Equal(t, hex.EncodeToString(want), hex.EncodeToString(got), name)
		require.Equal(t, r.addr, socket.DecodeAddr(want, r.proto), name)
		require.Equal(t, r.text, r.addr.String(), name)
		require.NotEmpty(t, r.addr.Network())
		for cut := range want { // a short one is read without going beyond its end
			socket.DecodeAddr(want[:cut], r.proto)
		}
	}
}

func TestAddressesRefused(t *testing.T) {
	for _, a := range []socket.Addr{
		socket.Inet{Addr: netip.MustParseAddr("2001:db8::1")},
		socket.Inet6{Addr: netip.MustParseAddr("fe80::1%no-such-if")},
		socket.Unix{Name: strings.Repeat("x", 108)}, socket.Unix{Name: "a\x00b"},
		socket.Packet{Address: "00:11:22:33:44:55:66:77:88"}, socket.Packet{Address: "zz"}, socket.Packet{Interface: -1},
		socket.CAN{Interface: -1}, socket.Alg{Type: strings.Repeat("x", 14)}, socket.Alg{Name: strings.Repeat("x", 64)}, socket.Alg{Type: "a\x00"},
		socket.TIPC{Kind: 9}, socket.Unknown{AF: 99, Data: strings.Repeat("x", 200)},
	} {
		_, err := socket.EncodeAddr(a)
		require.Error(t, err, "%#v", a)
	}
	for _, s := range []string{"", "00:11:22:33:44", "00:11:22:33:44:5g", "00:11:22:33:44:555", "00-11-22-33-44-55"} {
		_, err := socket.ParseBDAddr(s)
		require.ErrorIs(t, err, socket.ErrAddress)
	}
	a, err := socket.ParseBDAddr("00:11:22:33:44:55")
	require.NoError(t, err)
	require.Equal(t, bd, a)
}

// TestFamilies opens a socket of each family; where the kernel has it, its own address comes
// back, else it is the kernel's errno.
func TestFamilies(t *testing.T) {
	for _, tt := range []struct {
		family socket.Family
		typ    socket.Type
		proto  socket.Proto
	}{
		{socket.AFNetlink, socket.SockRaw, socket.NetlinkRoute}, {socket.AFVsock, socket.SockStream, 0}, {socket.AFAlg, socket.SockSeqpacket, 0},
		{socket.AFCAN, socket.SockRaw, socket.CANRaw}, {socket.AFTIPC, socket.SockStream, 0}, {socket.AFBluetooth, socket.SockStream, socket.BTProtoRFCOMM},
		{socket.AFQIPCRTR, socket.SockDgram, 0}, {socket.AFInet, socket.SockDgram, socket.ProtoUDPLite}, {socket.AFInet, socket.SockStream, socket.ProtoMPTCP},
		{socket.AFPacket, socket.SockRaw, 0},
	} {
		s, err := socket.New(tt.family, tt.typ, tt.proto)
		if err != nil {
			var errno syscall.Errno
			require.ErrorAs(t, err, &errno)
			t.Logf("family %d, type %d, protocol %d: %v", tt.family, tt.typ, tt.proto, err)
			continue
		}
		defer s.Close()
		a, err := s.SockName()
		require.NoError(t, err)
		require.Equal(t, tt.family, a.Family())
	}
}

// TestNetlink asks the kernel for the network interfaces: real work in a family of which
// package net shows nothing.
func TestNetlink(t *testing.T) {
	s, err := socket.New(socket.AFNetlink, socket.SockRaw, socket.NetlinkRoute)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.Bind(socket.Netlink{}))
	me, err := s.SockName()
	require.NoError(t, err)
	require.NotZero(t, me.(socket.Netlink).PID)
	const getLink, dump, request = 18, 0x300, 1
	msg := make([]byte, 32)
	binary.NativeEndian.PutUint32(msg, 32)
	binary.NativeEndian.PutUint16(msg[4:], getLink)
	binary.NativeEndian.PutUint16(msg[6:], dump|request)
	_, err = s.SendTo(msg, 0, socket.Netlink{})
	require.NoError(t, err)
	buf := make([]byte, 64<<10)
	n, from, err := s.RecvFrom(buf, 0)
	require.NoError(t, err)
	require.Equal(t, socket.Netlink{}, from, "the kernel")
	require.Contains(t, string(buf[:n]), "lo\x00")
}
