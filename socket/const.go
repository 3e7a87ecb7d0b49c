package socket

// Special IPv4 addresses, as numbers.
const (
	INAddrAllHostsGroup = 0xe0000001 // `INADDR_ALLHOSTS_GROUP`
	INAddrAny           = 0x0        // `INADDR_ANY`
	INAddrBroadcast     = 0xffffffff // `INADDR_BROADCAST`
	INAddrLoopback      = 0x7f000001 // `INADDR_LOOPBACK`
	INAddrMaxLocalGroup = 0xe00000ff // `INADDR_MAX_LOCAL_GROUP`
	INAddrNone          = 0xffffffff // `INADDR_NONE`
	INAddrUnspecGroup   = 0xe0000000 // `INADDR_UNSPEC_GROUP`
)

// Limits of ports.
const (
	IPPortReserved     = 1024 // `IPPORT_RESERVED`
	IPPortUserReserved = 5000 // `IPPORT_USERRESERVED`
)

// Types of Ethernet frames.
const (
	EtherTypeARP  = 0x806  // `ETHERTYPE_ARP`
	EtherTypeIP   = 0x800  // `ETHERTYPE_IP`
	EtherTypeIPv6 = 0x86dd // `ETHERTYPE_IPV6`
	EtherTypeVLAN = 0x8100 // `ETHERTYPE_VLAN`
)

// Bluetooth addresses and their types.
const (
	BDAddrAny   = "00:00:00:00:00:00" // `BDADDR_ANY`
	BDAddrLocal = "00:00:00:ff:ff:ff" // `BDADDR_LOCAL`
)
