package socket

import "net/netip"

// A Datagram is one of a batch, of an AFInet or AFInet6 socket. The caller keeps a
// slice of them and their buffers from call to call.
type Datagram struct {
	// Buf is what to send, or where to receive.
	Buf []byte
	// N is how many bytes were sent or received.
	N int
	// Addr is where to send to, or who sent it. The zero AddrPort sends to the peer.
	Addr netip.AddrPort
	// Flags hold MsgTrunc if the datagram received was longer than Buf.
	Flags MsgFlag
	// Segment, if not 0, cuts what is sent into datagrams of so many bytes, all in one
	// pass through the system (UDP GSO); on receiving, after SetUDPGRO, it is the
	// length of those that Buf holds, one behind the other. Linux only.
	Segment int
}
