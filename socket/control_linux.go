package socket

import (
	"encoding/binary"
	"net/netip"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// SendCredentials makes the control message that sends credentials: SCM_CREDENTIALS.
// The kernel refuses any but the process's own (syscall.EPERM), unless it is
// privileged.
func SendCredentials(c Credentials) ControlMessage {
	b := binary.NativeEndian.AppendUint32(nil, uint32(c.PID))
	b = binary.NativeEndian.AppendUint32(b, c.UID)
	b = binary.NativeEndian.AppendUint32(b, c.GID)
	return ControlMessage{Level: SolSocket, Type: SCMCredentials, Data: b}
}

// Credentials returns the sender's credentials from an SCM_CREDENTIALS message, which
// comes with each message once SOPassCred is set; ok is false for any other.
func (c ControlMessage) Credentials() (cred Credentials, ok bool) {
	if c.Level != SolSocket || c.Type != SCMCredentials || len(c.Data) < unix.SizeofUcred {
		return cred, false
	}
	return Credentials{
		PID: int32(binary.NativeEndian.Uint32(c.Data)),
		UID: binary.NativeEndian.Uint32(c.Data[4:]),
		GID: binary.NativeEndian.Uint32(c.Data[8:]),
	}, true
}

// PeerCredentials returns the credentials of the process that connected a Unix stream
// or made the pair, as they were then: SO_PEERCRED.
func (s *Socket) PeerCredentials() (Credentials, error) {
	u, err := OptionStruct[unix.Ucred](s, SolSocket, SOPeerCred)
	return Credentials{UID: u.Uid, GID: u.Gid, PID: u.Pid}, err
}

// PacketInfo tells on which interface and to which address a datagram came, or says
// from where it shall go: IP_PKTINFO, IPV6_PKTINFO.
type PacketInfo struct {
	// Interface is the index of the interface, 0 for any.
	Interface int
	// Local is the own address: on receiving that of the interface, on sending the
	// source. An invalid one is any.
	Local netip.Addr
	// Destination is the address in the datagram's header, on receiving IPv4 alone; for
	// IPv6 it is Local.
	Destination netip.Addr
}

// PacketInfo decodes an IP_PKTINFO or IPV6_PKTINFO message; ok is false for any other.
func (c ControlMessage) PacketInfo() (p PacketInfo, ok bool) {
	switch {
	case c.Level == SolIP && c.Type == unix.IP_PKTINFO && len(c.Data) >= unix.SizeofInet4Pktinfo:
		return PacketInfo{
			Interface:   int(int32(binary.NativeEndian.Uint32(c.Data))),
			Local:       netip.AddrFrom4([4]byte(c.Data[4:8])),
			Destination: netip.AddrFrom4([4]byte(c.Data[8:12])),
		}, true
	case c.Level == Level(unix.IPPROTO_IPV6) && c.Type == unix.IPV6_PKTINFO && len(c.Data) >= unix.SizeofInet6Pktinfo:
		a := netip.AddrFrom16([16]byte(c.Data[:16]))
		return PacketInfo{Interface: int(binary.NativeEndian.Uint32(c.Data[16:])), Local: a, Destination: a}, true
	}
	return p, false
}

// SendPacketInfo makes the control message that chooses a datagram's interface and
// source address, IP_PKTINFO for an IPv4 Local, else IPV6_PKTINFO.
func SendPacketInfo(p PacketInfo) ControlMessage {
	if p.Local.Is4() {
		b := binary.NativeEndian.AppendUint32(nil, uint32(p.Interface))
		a := p.Local.As4()
		b = append(append(b, a[:]...), make([]byte, 4)...)
		return ControlMessage{Level: SolIP, Type: unix.IP_PKTINFO, Data: b}
	}
	var a [16]byte
	if p.Local.IsValid() {
		a = p.Local.As16()
	}
	return ControlMessage{Level: Level(unix.IPPROTO_IPV6), Type: unix.IPV6_PKTINFO,
		Data: binary.NativeEndian.AppendUint32(a[:], uint32(p.Interface))}
}

// Timestamp returns when a packet came, from an SO_TIMESTAMP, SO_TIMESTAMPNS or
// SO_TIMESTAMPING message (of that the first time that is set); ok is false for any
// other.
func (c ControlMessage) Timestamp() (t time.Time, ok bool) {
	if c.Level != SolSocket {
		return t, false
	}
	switch c.Type {
	case unix.SO_TIMESTAMP:
		return timevalOf(c.Data)
	case unix.SO_TIMESTAMPNS:
		return timespecOf(c.Data)
	case unix.SO_TIMESTAMPING:
		size := len(c.Data) / 3
		for i := range 3 {
			if t, ok = timespecOf(c.Data[i*size:]); ok && t.UnixNano() != 0 {
				return t, true
			}
		}
		return t, ok
	}
	return t, false
}

// A QueuedError is an entry of a socket's error queue, read with MsgErrQueue once
// IPRecvErr or IPV6RecvErr is set.
type QueuedError struct {
	// Errno is the error, such as syscall.ECONNREFUSED.
	Errno syscall.Errno
	// Origin says where it comes from: 1 the own host, 2 ICMP, 3 ICMPv6, 4 a time
	// stamp, 5 zero-copy.
	Origin uint8
	// Type and Code are those of the ICMP message.
	Type, Code uint8
	// Info is more, such as the path MTU, Data the rest (with zero-copy the range of
	// sends).
	Info, Data uint32
	// Offender is the host that reported it, nil if unknown.
	Offender Addr
}

// QueuedError decodes an IP_RECVERR or IPV6_RECVERR message; ok is false for any
// other.
func (c ControlMessage) QueuedError() (e QueuedError, ok bool) {
	is := c.Level == SolIP && c.Type == unix.IP_RECVERR || c.Level == Level(unix.IPPROTO_IPV6) && c.Type == unix.IPV6_RECVERR
	const size = 16 // struct sock_extended_err
	if !is || len(c.Data) < size {
		return e, false
	}
	e = QueuedError{
		Errno:  syscall.Errno(binary.NativeEndian.Uint32(c.Data)),
		Origin: c.Data[4], Type: c.Data[5], Code: c.Data[6],
		Info: binary.NativeEndian.Uint32(c.Data[8:]),
		Data: binary.NativeEndian.Uint32(c.Data[12:]),
	}
	var from rawAddr
	from.len = uint32(copy(from.buf[:], c.Data[size:]))
	if f := from.family(); f == AFInet || f == AFInet6 {
		e.Offender = from.decode(0)
	}
	return e, true
}
