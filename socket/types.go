package socket

// A Family is an address family: Python's AddressFamily, the AF_ constants.
type Family int

// A Type is a type of socket: Python's SocketKind, the SOCK_ constants.
type Type int

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
