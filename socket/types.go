package socket

import "strconv"

// A Family is an address family: Python's AddressFamily, the AF_ constants.
type Family int

// String returns the name of the C headers, such as AF_INET; of a family that New knows
// nothing of the number.
func (f Family) String() string {
	switch f {
	case AFUnspec:
		return "AF_UNSPEC"
	case AFInet:
		return "AF_INET"
	case AFInet6:
		return "AF_INET6"
	case AFUnix:
		return "AF_UNIX"
	}
	if name, ok := otherFamilies[f]; ok {
		return name
	}
	return "Family(" + strconv.Itoa(int(f)) + ")"
}

// A Type is a type of socket: Python's SocketKind, the SOCK_ constants.
type Type int

// String returns the name of the C headers, such as SOCK_STREAM.
func (t Type) String() string {
	switch t {
	case SockStream:
		return "SOCK_STREAM"
	case SockDgram:
		return "SOCK_DGRAM"
	case SockRaw:
		return "SOCK_RAW"
	case SockRDM:
		return "SOCK_RDM"
	case SockSeqpacket:
		return "SOCK_SEQPACKET"
	}
	return "Type(" + strconv.Itoa(int(t)) + ")"
}

// A Proto is a protocol of a family, such as ProtoTCP: the IPPROTO_ constants and
// their like.
type Proto int

// A Level says whose option it is: the SOL_ constants.
type Level int

// An Option is an option of a level, such as SOReuseAddr of SolSocket.
type Option int

// A MsgFlag is a flag of sending or receiving: Python's MsgFlag, the MSG_ constants.
type MsgFlag int

// An AIFlag is a flag of [GetAddrInfo]: Python's AddressInfo, the AI_ constants.
type AIFlag int

// An NIFlag is a flag of [GetNameInfo]: the NI_ constants.
type NIFlag int

// A ShutdownHow says which direction [Socket.Shutdown] closes.
type ShutdownHow int

// The directions of a shutdown.
const (
	ShutRD   ShutdownHow = iota // receiving: `SHUT_RD`
	ShutWR                      // sending: `SHUT_WR`
	ShutRDWR                    // both: `SHUT_RDWR`
)

// The flags of [GetAddrInfo]. The numbers are this package's own.
const (
	AIPassive     AIFlag = 1 << iota // any address for no host, to bind to: `AI_PASSIVE`
	AICanonName                      // the host's name at last: `AI_CANONNAME`
	AINumericHost                    // the host is an address, ask nobody: `AI_NUMERICHOST`
	AIV4Mapped                       // mapped IPv4 addresses if there are none of IPv6: `AI_V4MAPPED`
	AIAll                            // with AIV4Mapped, both: `AI_ALL`
	AIAddrConfig                     // families that the machine has: `AI_ADDRCONFIG`; the resolver does it anyway
	AINumericServ                    // the service is a number: `AI_NUMERICSERV`
)

// The flags of [GetNameInfo]. The numbers are this package's own.
const (
	NINumericHost NIFlag = 1 << iota // the address in place of the name: `NI_NUMERICHOST`
	NINumericServ                    // the port in place of the service: `NI_NUMERICSERV`
	NINoFQDN                         // the host's name up to its first dot: `NI_NOFQDN`
	NINameReqd                       // an error if there is no name: `NI_NAMEREQD`
	NIDgram                          // the service is one of UDP: `NI_DGRAM`
	NIIDN                            // accepted, without effect: `NI_IDN`
)

// Lengths that C programs reserve for names; nothing here needs them.
const (
	NIMaxHost = 1025 // `NI_MAXHOST`
	NIMaxServ = 32   // `NI_MAXSERV`
)
