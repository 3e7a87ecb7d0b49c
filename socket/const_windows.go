package socket

// Address families.
const (
	AFAppleTalk Family = 16 // `AF_APPLETALK`
	AFBluetooth Family = 32 // `AF_BLUETOOTH`
	AFDECnet    Family = 12 // `AF_DECnet`
	AFHyperV    Family = 34 // `AF_HYPERV`
	AFInet      Family = 2  // `AF_INET`
	AFInet6     Family = 23 // `AF_INET6`
	AFIPX       Family = 6  // `AF_IPX`
	AFIrDA      Family = 26 // `AF_IRDA`
	AFLink      Family = 33 // `AF_LINK`
	AFSNA       Family = 11 // `AF_SNA`
	AFUnix      Family = 1  // `AF_UNIX`
	AFUnspec    Family = 0  // `AF_UNSPEC`
)

// Types of sockets.
const (
	SockDgram     Type = 2 // `SOCK_DGRAM`
	SockRaw       Type = 3 // `SOCK_RAW`
	SockRDM       Type = 4 // `SOCK_RDM`
	SockSeqpacket Type = 5 // `SOCK_SEQPACKET`
	SockStream    Type = 1 // `SOCK_STREAM`
)

// Levels of options.
const (
	SolIP     Level = 0      // `SOL_IP`
	SolSocket Level = 0xffff // `SOL_SOCKET`
	SolTCP    Level = 6      // `SOL_TCP`
	SolUDP    Level = 17     // `SOL_UDP`
)

// Options of every socket, at SolSocket.
const (
	SOAcceptConn       Option = 2      // `SO_ACCEPTCONN`
	SOBroadcast        Option = 0x20   // `SO_BROADCAST`
	SODebug            Option = 1      // `SO_DEBUG`
	SODontRoute        Option = 0x10   // `SO_DONTROUTE`
	SOError            Option = 0x1007 // `SO_ERROR`
	SOExclusiveAddrUse Option = -5     // `SO_EXCLUSIVEADDRUSE`
	SOKeepAlive        Option = 8      // `SO_KEEPALIVE`
	SOLinger           Option = 0x80   // `SO_LINGER`
	SOOOBInline        Option = 0x100  // `SO_OOBINLINE`
	SORcvBuf           Option = 0x1002 // `SO_RCVBUF`
	SORcvLowat         Option = 0x1004 // `SO_RCVLOWAT`
	SORcvTimeo         Option = 0x1006 // `SO_RCVTIMEO`
	SOReuseAddr        Option = 4      // `SO_REUSEADDR`
	SOSndBuf           Option = 0x1001 // `SO_SNDBUF`
	SOSndLowat         Option = 0x1003 // `SO_SNDLOWAT`
	SOSndTimeo         Option = 0x1005 // `SO_SNDTIMEO`
	SOType             Option = 0x1008 // `SO_TYPE`
)

// Protocols of AFInet and AFInet6.
const (
	ProtoAH       Proto = 51  // `IPPROTO_AH`
	ProtoDstOpts  Proto = 60  // `IPPROTO_DSTOPTS`
	ProtoEGP      Proto = 8   // `IPPROTO_EGP`
	ProtoESP      Proto = 50  // `IPPROTO_ESP`
	ProtoFragment Proto = 44  // `IPPROTO_FRAGMENT`
	ProtoHopOpts  Proto = 0   // `IPPROTO_HOPOPTS`
	ProtoICMP     Proto = 1   // `IPPROTO_ICMP`
	ProtoICMPv6   Proto = 58  // `IPPROTO_ICMPV6`
	ProtoIDP      Proto = 22  // `IPPROTO_IDP`
	ProtoIGMP     Proto = 2   // `IPPROTO_IGMP`
	ProtoIP       Proto = 0   // `IPPROTO_IP`
	ProtoIPv6     Proto = 41  // `IPPROTO_IPV6`
	ProtoNone     Proto = 59  // `IPPROTO_NONE`
	ProtoPIM      Proto = 103 // `IPPROTO_PIM`
	ProtoPUP      Proto = 12  // `IPPROTO_PUP`
	ProtoRaw      Proto = 255 // `IPPROTO_RAW`
	ProtoRouting  Proto = 43  // `IPPROTO_ROUTING`
	ProtoSCTP     Proto = 132 // `IPPROTO_SCTP`
	ProtoTCP      Proto = 6   // `IPPROTO_TCP`
	ProtoUDP      Proto = 17  // `IPPROTO_UDP`
)

// Options of IPv4, at level ProtoIP.
const (
	IPAddMembership        Option = 12 // `IP_ADD_MEMBERSHIP`
	IPAddSourceMembership  Option = 15 // `IP_ADD_SOURCE_MEMBERSHIP`
	IPBlockSource          Option = 17 // `IP_BLOCK_SOURCE`
	IPDropMembership       Option = 13 // `IP_DROP_MEMBERSHIP`
	IPDropSourceMembership Option = 16 // `IP_DROP_SOURCE_MEMBERSHIP`
	IPHdrIncl              Option = 2  // `IP_HDRINCL`
	IPMulticastIf          Option = 9  // `IP_MULTICAST_IF`
	IPMulticastLoop        Option = 11 // `IP_MULTICAST_LOOP`
	IPMulticastTTL         Option = 10 // `IP_MULTICAST_TTL`
	IPOptions              Option = 1  // `IP_OPTIONS`
	IPPktInfo              Option = 19 // `IP_PKTINFO`
	IPRecvTOS              Option = 40 // `IP_RECVTOS`
	IPRecvTTL              Option = 21 // `IP_RECVTTL`
	IPTOS                  Option = 3  // `IP_TOS`
	IPTTL                  Option = 4  // `IP_TTL`
	IPUnblockSource        Option = 18 // `IP_UNBLOCK_SOURCE`
)

// Options of IPv6, at level ProtoIPv6.
const (
	IPV6Checksum      Option = 26 // `IPV6_CHECKSUM`
	IPV6DontFrag      Option = 14 // `IPV6_DONTFRAG`
	IPV6HdrIncl       Option = 2  // `IPV6_HDRINCL`
	IPV6HopLimit      Option = 21 // `IPV6_HOPLIMIT`
	IPV6HopOpts       Option = 1  // `IPV6_HOPOPTS`
	IPV6JoinGroup     Option = 12 // `IPV6_JOIN_GROUP`
	IPV6LeaveGroup    Option = 13 // `IPV6_LEAVE_GROUP`
	IPV6MulticastHops Option = 10 // `IPV6_MULTICAST_HOPS`
	IPV6MulticastIf   Option = 9  // `IPV6_MULTICAST_IF`
	IPV6MulticastLoop Option = 11 // `IPV6_MULTICAST_LOOP`
	IPV6PktInfo       Option = 19 // `IPV6_PKTINFO`
	IPV6RecvRTHdr     Option = 38 // `IPV6_RECVRTHDR`
	IPV6RecvTClass    Option = 40 // `IPV6_RECVTCLASS`
	IPV6RTHdr         Option = 32 // `IPV6_RTHDR`
	IPV6TClass        Option = 39 // `IPV6_TCLASS`
	IPV6UnicastHops   Option = 4  // `IPV6_UNICAST_HOPS`
	IPV6V6Only        Option = 27 // `IPV6_V6ONLY`
)

// Options of TCP, at level ProtoTCP.
const (
	TCPFastOpen  Option = 15 // `TCP_FASTOPEN`
	TCPKeepCnt   Option = 16 // `TCP_KEEPCNT`
	TCPKeepIdle  Option = 3  // `TCP_KEEPIDLE`
	TCPKeepIntvl Option = 17 // `TCP_KEEPINTVL`
	TCPMaxSeg    Option = 4  // `TCP_MAXSEG`
	TCPNoDelay   Option = 1  // `TCP_NODELAY`
)

// Flags of sending and receiving.
const (
	MsgCtrunc    MsgFlag = 0x200  // `MSG_CTRUNC`
	MsgDontRoute MsgFlag = 4      // `MSG_DONTROUTE`
	MsgErrQueue  MsgFlag = 0x1000 // `MSG_ERRQUEUE`
	MsgOOB       MsgFlag = 1      // `MSG_OOB`
	MsgPeek      MsgFlag = 2      // `MSG_PEEK`
	MsgTrunc     MsgFlag = 0x100  // `MSG_TRUNC`
	MsgWaitAll   MsgFlag = 8      // `MSG_WAITALL`
)

// The greatest backlog.
const (
	SOMaxConn = 0x7fffffff // `SOMAXCONN`
)

// Protocols of AFBluetooth.
const (
	BTProtoRFCOMM Proto = 3 // `BTPROTO_RFCOMM`
)

// Hyper-V sockets.
const (
	HVGUIDBroadcast       = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF" // `HV_GUID_BROADCAST`
	HVGUIDChildren        = "90DB8B89-0D35-4F79-8CE9-49EA0AC8B7CD" // `HV_GUID_CHILDREN`
	HVGUIDLoopback        = "E0E16197-DD56-4A10-9195-5EE7A155A838" // `HV_GUID_LOOPBACK`
	HVGUIDParent          = "A42E7CDA-D03F-480C-9CC2-A4DE20ABB878" // `HV_GUID_PARENT`
	HVGUIDWildcard        = "00000000-0000-0000-0000-000000000000" // `HV_GUID_WILDCARD`
	HVGUIDZero            = "00000000-0000-0000-0000-000000000000" // `HV_GUID_ZERO`
	HVProtocolRaw   Proto = 1                                      // `HV_PROTOCOL_RAW`
)

// Hyper-V sockets: options.
const (
	HVSocketAddressFlagPassthru        = 1      // `HVSOCKET_ADDRESS_FLAG_PASSTHRU`
	HVSocketConnectedSuspend    Option = 4      // `HVSOCKET_CONNECTED_SUSPEND`
	HVSocketConnectTimeout      Option = 1      // `HVSOCKET_CONNECT_TIMEOUT`
	HVSocketConnectTimeoutMax          = 300000 // `HVSOCKET_CONNECT_TIMEOUT_MAX`
)

// Values of SIORcvAll.
const (
	RcvAllOff             = 0 // `RCVALL_OFF`
	RcvAllOn              = 1 // `RCVALL_ON`
	RcvAllSocketLevelOnly = 2 // `RCVALL_SOCKETLEVELONLY`
)

// Requests of Ioctl.
const (
	SIOKeepAliveVals    = 0x98000004 // `SIO_KEEPALIVE_VALS`
	SIOLoopbackFastPath = 0x98000010 // `SIO_LOOPBACK_FAST_PATH`
	SIORcvAll           = 0x98000001 // `SIO_RCVALL`
)
