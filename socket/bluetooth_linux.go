package socket

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// A BDAddr is a Bluetooth device's address, first byte first as it is written:
// "00:11:22:33:44:55".
type BDAddr [6]byte

// ParseBDAddr reads an address of six pairs of hexadecimal digits with colons. The
// cause of an error is ErrAddress.
func ParseBDAddr(s string) (BDAddr, error) {
	var a BDAddr
	parts := strings.Split(s, ":")
	if len(parts) != len(a) {
		return a, opError("address", nil, ErrAddress)
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 16, 8)
		if err != nil || len(p) > 2 {
			return a, opError("address", nil, ErrAddress)
		}
		a[i] = byte(n)
	}
	return a, nil
}

// String writes the address in capital digits with colons.
func (a BDAddr) String() string {
	return fmt.Sprintf("%02X:%02X:%02X:%02X:%02X:%02X", a[0], a[1], a[2], a[3], a[4], a[5])
}

// put writes the address as the kernel has it, last byte first.
func (a BDAddr) put(b []byte) {
	for i, c := range a {
		b[5-i] = c
	}
}

func bdAddrOf(b []byte) (a BDAddr) {
	for i := range a {
		a[i] = b[5-i]
	}
	return a
}

// An L2CAP is an address of AFBluetooth with BTProtoL2CAP: Python's (bdaddr, psm [, cid
// [, bdaddr_type]]).
type L2CAP struct {
	BDAddr BDAddr
	PSM    uint16
	CID    uint16
	// Kind is BDAddrBREDR, BDAddrLEPublic or BDAddrLERandom.
	Kind uint8
}

// An RFCOMM is an address of AFBluetooth with BTProtoRFCOMM: Python's (bdaddr, channel).
type RFCOMM struct {
	BDAddr  BDAddr
	Channel uint8
}

// An HCI is an address of AFBluetooth with BTProtoHCI: Python's (device_id [, channel]).
type HCI struct {
	// Dev is the adapter's number, or HCIDevNone.
	Dev uint16
	// Channel is HCIChannelRaw and so on.
	Channel uint16
}

// An SCO is an address of AFBluetooth with BTProtoSCO: Python's bdaddr.
type SCO struct{ BDAddr BDAddr }

// Family returns AFBluetooth.
func (L2CAP) Family() Family { return AFBluetooth }

// Family returns AFBluetooth.
func (RFCOMM) Family() Family { return AFBluetooth }

// Family returns AFBluetooth.
func (HCI) Family() Family { return AFBluetooth }

// Family returns AFBluetooth.
func (SCO) Family() Family { return AFBluetooth }

// Network returns "l2cap".
func (L2CAP) Network() string { return "l2cap" }

// Network returns "rfcomm".
func (RFCOMM) Network() string { return "rfcomm" }

// Network returns "hci".
func (HCI) Network() string { return "hci" }

// Network returns "sco".
func (SCO) Network() string { return "sco" }

// String gives the device and the PSM.
func (a L2CAP) String() string { return fmt.Sprintf("%v,psm=%d,cid=%d", a.BDAddr, a.PSM, a.CID) }

// String gives the device and the channel.
func (a RFCOMM) String() string { return fmt.Sprintf("%v,channel=%d", a.BDAddr, a.Channel) }

// String gives the adapter and the channel.
func (a HCI) String() string { return fmt.Sprintf("hci%d,channel=%d", a.Dev, a.Channel) }

// String gives the device.
func (a SCO) String() string { return a.BDAddr.String() }

// Sizes of the kernel's structs.
const (
	sizeofL2CAP  = 14
	sizeofRFCOMM = 10
	sizeofHCI    = 6
	sizeofSCO    = 8
)

func (a L2CAP) encode(r *rawAddr) error {
	b := r.begin(AFBluetooth, sizeofL2CAP)
	binary.LittleEndian.PutUint16(b[2:], a.PSM)
	a.BDAddr.put(b[4:])
	binary.LittleEndian.PutUint16(b[10:], a.CID)
	b[12] = a.Kind
	return nil
}

func (a RFCOMM) encode(r *rawAddr) error {
	b := r.begin(AFBluetooth, sizeofRFCOMM)
	a.BDAddr.put(b[2:])
	b[8] = a.Channel
	return nil
}

func (a HCI) encode(r *rawAddr) error {
	b := r.begin(AFBluetooth, sizeofHCI)
	binary.NativeEndian.PutUint16(b[2:], a.Dev)
	binary.NativeEndian.PutUint16(b[4:], a.Channel)
	return nil
}

func (a SCO) encode(r *rawAddr) error {
	a.BDAddr.put(r.begin(AFBluetooth, sizeofSCO)[2:])
	return nil
}

func decodeBluetooth(proto Proto, b []byte) Addr {
	switch {
	case proto == BTProtoL2CAP && len(b) >= 12:
		a := L2CAP{PSM: binary.LittleEndian.Uint16(b[2:]), BDAddr: bdAddrOf(b[4:10]), CID: binary.LittleEndian.Uint16(b[10:])}
		if len(b) > 12 {
			a.Kind = b[12]
		}
		return a
	case proto == BTProtoRFCOMM && len(b) >= 9:
		return RFCOMM{BDAddr: bdAddrOf(b[2:8]), Channel: b[8]}
	case proto == BTProtoHCI && len(b) >= 6:
		return HCI{Dev: binary.NativeEndian.Uint16(b[2:]), Channel: binary.NativeEndian.Uint16(b[4:])}
	case proto == BTProtoSCO && len(b) >= 8:
		return SCO{bdAddrOf(b[2:8])}
	}
	return Unknown{AF: AFBluetooth, Data: string(b[2:])}
}
