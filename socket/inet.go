package socket

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// ErrAddress is the cause for a text or bytes that are no address.
var ErrAddress = errors.New("not an address of the family")

// bigEndian tells that the machine's order of bytes is the network's.
var bigEndian = binary.NativeEndian.Uint16([]byte{0, 1}) == 1

// HtoNS turns a 16-bit number from the machine's order of bytes to the network's:
// `socket.htons`. Addresses of this package need no such turning.
func HtoNS(v uint16) uint16 {
	if bigEndian {
		return v
	}
	return bits.ReverseBytes16(v)
}

// NtoHS turns a 16-bit number from the network's order of bytes to the machine's:
// `socket.ntohs`.
func NtoHS(v uint16) uint16 { return HtoNS(v) }

// HtoNL turns a 32-bit number from the machine's order of bytes to the network's:
// `socket.htonl`.
func HtoNL(v uint32) uint32 {
	if bigEndian {
		return v
	}
	return bits.ReverseBytes32(v)
}

// NtoHL turns a 32-bit number from the network's order of bytes to the machine's:
// `socket.ntohl`.
func NtoHL(v uint32) uint32 { return HtoNL(v) }

// InetAton reads an IPv4 address in any of the forms that C libraries know: one to four
// numbers, decimal, octal after a 0 or hexadecimal after 0x, the last of which fills
// the remaining bytes; what follows a space is not looked at: `socket.inet_aton`. A
// filter must not use it: "010.0.0.1" is 8.0.0.1 here. The cause of an error is
// ErrAddress.
func InetAton(s string) ([4]byte, error) {
	fail := opError("inet_aton", nil, ErrAddress)
	if i := strings.IndexAny(s, " \t\n\v\f\r"); i >= 0 {
		s = s[:i]
	}
	parts := strings.Split(s, ".")
	if len(parts) > 4 {
		return [4]byte{}, fail
	}
	var v uint32
	for i, p := range parts {
		n, ok := atonNumber(p)
		last := i == len(parts)-1
		if !ok || !last && n > 0xff || last && uint64(n) > 1<<(8*(5-len(parts)))-1 {
			return [4]byte{}, fail
		}
		if last {
			v |= n
		} else {
			v |= n << (24 - 8*i)
		}
	}
	return [4]byte(binary.BigEndian.AppendUint32(nil, v)), nil
}

// atonNumber reads a number as C's strtoul does with base 0, without a sign.
func atonNumber(p string) (uint32, bool) {
	base := 10
	switch {
	case len(p) > 2 && (p[:2] == "0x" || p[:2] == "0X"):
		p, base = p[2:], 16
	case len(p) > 1 && p[0] == '0':
		p, base = p[1:], 8
	}
	if p == "" || p[0] == '+' || p[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(p, base, 32)
	return uint32(n), err == nil
}

// InetNtoa writes four bytes as an IPv4 address: `socket.inet_ntoa`. The cause of an
// error, for any other number of bytes, is ErrAddress.
func InetNtoa(packed []byte) (string, error) {
	if len(packed) != 4 {
		return "", opError("inet_ntoa", nil, ErrAddress)
	}
	return netip.AddrFrom4([4]byte(packed)).String(), nil
}

// InetPton reads an address of AFInet or AFInet6 into its bytes: `socket.inet_pton`. The
// cause of an error is ErrAddress, or syscall.EAFNOSUPPORT for another family.
func InetPton(f Family, s string) ([]byte, error) {
	if f != AFInet && f != AFInet6 {
		return nil, opError("inet_pton", nil, errNoFamily)
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.Is4() != (f == AFInet) || a.Zone() != "" || strings.ContainsRune(s, '%') {
		return nil, opError("inet_pton", nil, ErrAddress)
	}
	return a.AsSlice(), nil
}

// InetNtop writes the bytes of an address of AFInet or AFInet6: `socket.inet_ntop`. The
// cause of an error is ErrAddress for another number of bytes, or
// syscall.EAFNOSUPPORT for another family. An IPv4-compatible address is written with
// dots, as C libraries do.
func InetNtop(f Family, packed []byte) (string, error) {
	switch {
	case f == AFInet && len(packed) == 4:
		return netip.AddrFrom4([4]byte(packed)).String(), nil
	case f == AFInet6 && len(packed) == 16:
		a := [16]byte(packed)
		if [12]byte(a[:12]) == [12]byte{} && (a[12] != 0 || a[13] != 0) {
			return fmt.Sprintf("::%d.%d.%d.%d", a[12], a[13], a[14], a[15]), nil
		}
		return netip.AddrFrom16(a).String(), nil
	case f == AFInet, f == AFInet6:
		return "", opError("inet_ntop", nil, ErrAddress)
	}
	return "", opError("inet_ntop", nil, errNoFamily)
}

// maxIfName is how many bytes the name of an interface may have: IFNAMSIZ less one.
const maxIfName = 15

// An Interface is the number and the name of a network interface.
type Interface struct {
	// Index is above 0.
	Index int
	Name  string
}

// IfNameIndex lists the network interfaces: `socket.if_nameindex`.
func IfNameIndex() ([]Interface, error) {
	list, err := net.Interfaces()
	if err != nil {
		return nil, opError("if_nameindex", nil, err)
	}
	out := make([]Interface, 0, len(list))
	for _, i := range list {
		out = append(out, Interface{i.Index, i.Name})
	}
	return out, nil
}

// IfNameToIndex returns the number of an interface: `socket.if_nametoindex`. It fails
// for a name that no interface has, that is longer than 15 bytes on Unix, or that
// holds control characters.
func IfNameToIndex(name string) (int, error) {
	if name == "" || len(name) > maxIfName || badText(name) {
		return 0, opError("if_nametoindex", nil, errNoDevice)
	}
	i, err := net.InterfaceByName(name)
	if err != nil {
		return 0, opError("if_nametoindex", nil, errNoDevice)
	}
	return i.Index, nil
}

// IfIndexToName returns the name of an interface: `socket.if_indextoname`. The cause of
// an error is ErrOverflow for a number outside 1 to 2^32-1.
func IfIndexToName(index int) (string, error) {
	if index < 0 || int64(index) > 1<<32-1 {
		return "", opError("if_indextoname", nil, ErrOverflow)
	}
	i, err := net.InterfaceByIndex(index)
	if err != nil {
		return "", opError("if_indextoname", nil, errNoDevice)
	}
	return i.Name, nil
}
