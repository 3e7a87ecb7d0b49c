package socket

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"strings"

	"golang.org/x/sys/unix"
)

// A Netlink is an address of AFNetlink: Python's (pid, groups).
type Netlink struct {
	// PID is the port, 0 for the kernel or for one that the kernel chooses.
	PID uint32
	// Groups is the set of multicast groups, a bit each.
	Groups uint32
}

// Family returns AFNetlink.
func (Netlink) Family() Family { return AFNetlink }

// Network returns "netlink".
func (Netlink) Network() string { return "netlink" }

// String gives the port and the groups.
func (a Netlink) String() string { return fmt.Sprintf("netlink:%d,groups=%#x", a.PID, a.Groups) }

func (a Netlink) encode(r *rawAddr) error {
	b := r.begin(AFNetlink, unix.SizeofSockaddrNetlink)
	binary.NativeEndian.PutUint32(b[4:], a.PID)
	binary.NativeEndian.PutUint32(b[8:], a.Groups)
	return nil
}

// maxHardware is how many bytes a hardware address has room for.
const maxHardware = 8

// A Packet is an address of AFPacket: Python's (ifname, proto, pkttype, hatype, addr).
type Packet struct {
	// Protocol is the Ethernet type in the machine's order of bytes, such as EthPAll.
	Protocol uint16
	// Interface is the index of the interface, 0 for any; see [IfNameToIndex].
	Interface int
	// Type is PacketHost and so on, on receiving.
	Type uint8
	// Hardware is the kind of hardware (ARPHRD_…), on receiving.
	Hardware uint16
	// Address is the hardware address, at most 8 bytes, as text of pairs of hexadecimal
	// digits with colons ("" for none).
	Address string
}

// Family returns AFPacket.
func (Packet) Family() Family { return AFPacket }

// Network returns "packet".
func (Packet) Network() string { return "packet" }

// String gives the interface, the protocol and the hardware address.
func (a Packet) String() string {
	return fmt.Sprintf("packet:%d,%#04x,%s", a.Interface, a.Protocol, a.Address)
}

func (a Packet) encode(r *rawAddr) error {
	hw, err := parseHardware(a.Address)
	if err != nil {
		return err
	}
	if a.Interface < 0 || int64(a.Interface) > 1<<31-1 {
		return ErrOverflow
	}
	b := r.begin(AFPacket, unix.SizeofSockaddrLinklayer)
	binary.BigEndian.PutUint16(b[2:], a.Protocol)
	binary.NativeEndian.PutUint32(b[4:], uint32(a.Interface))
	binary.NativeEndian.PutUint16(b[8:], a.Hardware)
	b[10] = a.Type
	b[11] = byte(len(hw))
	copy(b[12:], hw)
	return nil
}

func parseHardware(s string) ([]byte, error) {
	b, err := hex.DecodeString(strings.ReplaceAll(s, ":", ""))
	if err != nil || len(b) > maxHardware || strings.Count(s, ":") != max(len(b)-1, 0) {
		return nil, ErrAddress
	}
	return b, nil
}

// A VM is an address of AFVsock: Python's (CID, port).
type VM struct {
	// CID is the machine's: VMAddrCIDAny, VMAddrCIDHost and so on, or a guest's.
	CID uint32
	// Port may be VMAddrPortAny.
	Port uint32
}

// Family returns AFVsock.
func (VM) Family() Family { return AFVsock }

// Network returns "vsock".
func (VM) Network() string { return "vsock" }

// String gives the CID and the port.
func (a VM) String() string { return fmt.Sprintf("vm(%d):%d", a.CID, a.Port) }

func (a VM) encode(r *rawAddr) error {
	b := r.begin(AFVsock, unix.SizeofSockaddrVM)
	binary.NativeEndian.PutUint32(b[4:], a.Port)
	binary.NativeEndian.PutUint32(b[8:], a.CID)
	return nil
}

// A QIPCRTR is an address of AFQIPCRTR: Python's (node, port).
type QIPCRTR struct{ Node, Port uint32 }

// Family returns AFQIPCRTR.
func (QIPCRTR) Family() Family { return AFQIPCRTR }

// Network returns "qipcrtr".
func (QIPCRTR) Network() string { return "qipcrtr" }

// String gives the node and the port.
func (a QIPCRTR) String() string { return fmt.Sprintf("qrtr(%d):%d", a.Node, a.Port) }

func (a QIPCRTR) encode(r *rawAddr) error {
	b := r.begin(AFQIPCRTR, 12)
	binary.NativeEndian.PutUint32(b[4:], a.Node)
	binary.NativeEndian.PutUint32(b[8:], a.Port)
	return nil
}

// A TIPC is an address of AFTIPC: Python's (addr_type, v1, v2, v3 [, scope]).
type TIPC struct {
	// Kind says what V1 to V3 are: TIPCAddrNameSeq (type, lower, upper), TIPCAddrName
	// (type, instance, domain) or TIPCAddrID (node, reference, unused).
	Kind uint8
	// Scope is TIPCZoneScope, TIPCClusterScope or TIPCNodeScope.
	Scope      int8
	V1, V2, V3 uint32
}

// Family returns AFTIPC.
func (TIPC) Family() Family { return AFTIPC }

// Network returns "tipc".
func (TIPC) Network() string { return "tipc" }

// String gives the kind and the three numbers.
func (a TIPC) String() string { return fmt.Sprintf("tipc:%d{%d,%d,%d}", a.Kind, a.V1, a.V2, a.V3) }

func (a TIPC) encode(r *rawAddr) error {
	if a.Kind != TIPCAddrNameSeq && a.Kind != TIPCAddrName && a.Kind != TIPCAddrID {
		return ErrAddress
	}
	b := r.begin(AFTIPC, 16)
	b[2], b[3] = a.Kind, byte(a.Scope)
	binary.NativeEndian.PutUint32(b[4:], a.V1)
	binary.NativeEndian.PutUint32(b[8:], a.V2)
	if a.Kind != TIPCAddrID {
		binary.NativeEndian.PutUint32(b[12:], a.V3)
	}
	return nil
}

// decodeFamily decodes the addresses that Linux alone has; one of a family that is not
// known is [Unknown].
func decodeFamily(f Family, proto Proto, b []byte) Addr {
	u32 := func(at int) uint32 { return binary.NativeEndian.Uint32(b[at:]) }
	switch {
	case f == AFNetlink && len(b) >= unix.SizeofSockaddrNetlink:
		return Netlink{PID: u32(4), Groups: u32(8)}
	case f == AFPacket && len(b) >= 12:
		hw := b[12:min(len(b), 12+int(min(b[11], maxHardware)))]
		return Packet{Protocol: binary.BigEndian.Uint16(b[2:]), Interface: int(int32(u32(4))),
			Hardware: binary.NativeEndian.Uint16(b[8:]), Type: b[10], Address: net.HardwareAddr(bytes.Clone(hw)).String()}
	case f == AFVsock && len(b) >= 12:
		return VM{Port: u32(4), CID: u32(8)}
	case f == AFQIPCRTR && len(b) >= 12:
		return QIPCRTR{Node: u32(4), Port: u32(8)}
	case f == AFTIPC && len(b) >= 16:
		a := TIPC{Kind: b[2], Scope: int8(b[3]), V1: u32(4), V2: u32(8), V3: u32(12)}
		if a.Kind == TIPCAddrID {
			a.V3 = 0 // what stands there means nothing
		}
		return a
	case f == AFAlg && len(b) >= sizeofAlg:
		return decodeAlg(b)
	case f == AFCAN:
		return decodeCAN(proto, b)
	case f == AFBluetooth:
		return decodeBluetooth(proto, b)
	}
	return Unknown{AF: f, Data: string(b[2:])}
}

// An Unknown is an address of a family that this package does not know. Data is what
// follows the family, as the system has it.
type Unknown struct {
	AF   Family
	Data string
}

// Family returns AF.
func (a Unknown) Family() Family { return a.AF }

// Network returns "unknown".
func (Unknown) Network() string { return "unknown" }

// String gives the family's number and the bytes in hexadecimal.
func (a Unknown) String() string { return fmt.Sprintf("af%d:%x", int(a.AF), a.Data) }

func (a Unknown) encode(r *rawAddr) error {
	if 2+len(a.Data) > len(r.buf) {
		return errTooLong
	}
	copy(r.begin(a.AF, 2+len(a.Data))[2:], a.Data)
	return nil
}
