package socket

// otherFamilies are the names of the families that not every system has.
var otherFamilies = map[Family]string{
	AFAlg:       "AF_ALG",
	AFBluetooth: "AF_BLUETOOTH",
	AFCAN:       "AF_CAN",
	AFNetlink:   "AF_NETLINK",
	AFPacket:    "AF_PACKET",
	AFQIPCRTR:   "AF_QIPCRTR",
	AFTIPC:      "AF_TIPC",
	AFVsock:     "AF_VSOCK",
}
