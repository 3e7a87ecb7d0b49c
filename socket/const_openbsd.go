package socket

import "golang.org/x/sys/unix"

// Address families.
const (
	AFAppleTalk Family = unix.AF_APPLETALK // `AF_APPLETALK`
	AFBluetooth Family = unix.AF_BLUETOOTH // `AF_BLUETOOTH`
	AFDECnet    Family = unix.AF_DECnet    // `AF_DECnet`
	AFInet      Family = unix.AF_INET      // `AF_INET`
	AFInet6     Family = unix.AF_INET6     // `AF_INET6`
	AFIPX       Family = unix.AF_IPX       // `AF_IPX`
	AFKey       Family = unix.AF_KEY       // `AF_KEY`
	AFLink      Family = unix.AF_LINK      // `AF_LINK`
	AFRoute     Family = unix.AF_ROUTE     // `AF_ROUTE`
	AFSNA       Family = unix.AF_SNA       // `AF_SNA`
	AFUnix      Family = unix.AF_UNIX      // `AF_UNIX`
	AFUnspec    Family = unix.AF_UNSPEC    // `AF_UNSPEC`
)

// Types of sockets.
const (
	SockCloexec   Type = unix.SOCK_CLOEXEC   // `SOCK_CLOEXEC`
	SockDgram     Type = unix.SOCK_DGRAM     // `SOCK_DGRAM`
	SockNonblock  Type = unix.SOCK_NONBLOCK  // `SOCK_NONBLOCK`
	SockRaw       Type = unix.SOCK_RAW       // `SOCK_RAW`
	SockRDM       Type = unix.SOCK_RDM       // `SOCK_RDM`
	SockSeqpacket Type = unix.SOCK_SEQPACKET // `SOCK_SEQPACKET`
	SockStream    Type = unix.SOCK_STREAM    // `SOCK_STREAM`
)

// Levels of options.
const (
	SolSocket Level = unix.SOL_SOCKET // `SOL_SOCKET`
)

// Options of every socket, at SolSocket.
const (
	SOAcceptConn Option = unix.SO_ACCEPTCONN // `SO_ACCEPTCONN`
	SOBroadcast  Option = unix.SO_BROADCAST  // `SO_BROADCAST`
	SODebug      Option = unix.SO_DEBUG      // `SO_DEBUG`
	SODomain     Option = unix.SO_DOMAIN     // `SO_DOMAIN`
	SODontRoute  Option = unix.SO_DONTROUTE  // `SO_DONTROUTE`
	SOError      Option = unix.SO_ERROR      // `SO_ERROR`
	SOKeepAlive  Option = unix.SO_KEEPALIVE  // `SO_KEEPALIVE`
	SOLinger     Option = unix.SO_LINGER     // `SO_LINGER`
	SOOOBInline  Option = unix.SO_OOBINLINE  // `SO_OOBINLINE`
	SOPeerCred   Option = unix.SO_PEERCRED   // `SO_PEERCRED`
	SOProtocol   Option = unix.SO_PROTOCOL   // `SO_PROTOCOL`
	SORcvBuf     Option = unix.SO_RCVBUF     // `SO_RCVBUF`
	SORcvLowat   Option = unix.SO_RCVLOWAT   // `SO_RCVLOWAT`
	SORcvTimeo   Option = unix.SO_RCVTIMEO   // `SO_RCVTIMEO`
	SOReuseAddr  Option = unix.SO_REUSEADDR  // `SO_REUSEADDR`
	SOReusePort  Option = unix.SO_REUSEPORT  // `SO_REUSEPORT`
	SORTable     Option = 0x1021             // `SO_RTABLE`
	SOSndBuf     Option = unix.SO_SNDBUF     // `SO_SNDBUF`
	SOSndLowat   Option = unix.SO_SNDLOWAT   // `SO_SNDLOWAT`
	SOSndTimeo   Option = unix.SO_SNDTIMEO   // `SO_SNDTIMEO`
	SOType       Option = unix.SO_TYPE       // `SO_TYPE`
)

// Protocols of AFInet and AFInet6.
const (
	ProtoAH       Proto = unix.IPPROTO_AH       // `IPPROTO_AH`
	ProtoDstOpts  Proto = unix.IPPROTO_DSTOPTS  // `IPPROTO_DSTOPTS`
	ProtoEGP      Proto = unix.IPPROTO_EGP      // `IPPROTO_EGP`
	ProtoESP      Proto = unix.IPPROTO_ESP      // `IPPROTO_ESP`
	ProtoFragment Proto = unix.IPPROTO_FRAGMENT // `IPPROTO_FRAGMENT`
	ProtoGRE      Proto = unix.IPPROTO_GRE      // `IPPROTO_GRE`
	ProtoHopOpts  Proto = unix.IPPROTO_HOPOPTS  // `IPPROTO_HOPOPTS`
	ProtoICMP     Proto = unix.IPPROTO_ICMP     // `IPPROTO_ICMP`
	ProtoICMPv6   Proto = unix.IPPROTO_ICMPV6   // `IPPROTO_ICMPV6`
	ProtoIDP      Proto = unix.IPPROTO_IDP      // `IPPROTO_IDP`
	ProtoIGMP     Proto = unix.IPPROTO_IGMP     // `IPPROTO_IGMP`
	ProtoIP       Proto = unix.IPPROTO_IP       // `IPPROTO_IP`
	ProtoIPIP     Proto = unix.IPPROTO_IPIP     // `IPPROTO_IPIP`
	ProtoIPv6     Proto = unix.IPPROTO_IPV6     // `IPPROTO_IPV6`
	ProtoNone     Proto = unix.IPPROTO_NONE     // `IPPROTO_NONE`
	ProtoPIM      Proto = unix.IPPROTO_PIM      // `IPPROTO_PIM`
	ProtoPUP      Proto = unix.IPPROTO_PUP      // `IPPROTO_PUP`
	ProtoRaw      Proto = unix.IPPROTO_RAW      // `IPPROTO_RAW`
	ProtoRouting  Proto = unix.IPPROTO_ROUTING  // `IPPROTO_ROUTING`
	ProtoRSVP     Proto = unix.IPPROTO_RSVP     // `IPPROTO_RSVP`
	ProtoSCTP     Proto = unix.IPPROTO_SCTP     // `IPPROTO_SCTP`
	ProtoTCP      Proto = unix.IPPROTO_TCP      // `IPPROTO_TCP`
	ProtoTP       Proto = unix.IPPROTO_TP       // `IPPROTO_TP`
	ProtoUDP      Proto = unix.IPPROTO_UDP      // `IPPROTO_UDP`
	ProtoUDPLite  Proto = unix.IPPROTO_UDPLITE  // `IPPROTO_UDPLITE`
)

// Options of IPv4, at level ProtoIP.
const (
	IPAddMembership        Option = unix.IP_ADD_MEMBERSHIP         // `IP_ADD_MEMBERSHIP`
	IPDefaultMulticastLoop        = unix.IP_DEFAULT_MULTICAST_LOOP // `IP_DEFAULT_MULTICAST_LOOP`
	IPDefaultMulticastTTL         = unix.IP_DEFAULT_MULTICAST_TTL  // `IP_DEFAULT_MULTICAST_TTL`
	IPDropMembership       Option = unix.IP_DROP_MEMBERSHIP        // `IP_DROP_MEMBERSHIP`
	IPHdrIncl              Option = unix.IP_HDRINCL                // `IP_HDRINCL`
	IPMaxMemberships              = unix.IP_MAX_MEMBERSHIPS        // `IP_MAX_MEMBERSHIPS`
	IPMulticastIf          Option = unix.IP_MULTICAST_IF           // `IP_MULTICAST_IF`
	IPMulticastLoop        Option = unix.IP_MULTICAST_LOOP         // `IP_MULTICAST_LOOP`
	IPMulticastTTL         Option = unix.IP_MULTICAST_TTL          // `IP_MULTICAST_TTL`
	IPOptions              Option = unix.IP_OPTIONS                // `IP_OPTIONS`
	IPRecvOpts             Option = unix.IP_RECVOPTS               // `IP_RECVOPTS`
	IPRecvRetOpts          Option = unix.IP_RECVRETOPTS            // `IP_RECVRETOPTS`
	IPRecvTTL              Option = unix.IP_RECVTTL                // `IP_RECVTTL`
	IPRetOpts              Option = unix.IP_RETOPTS                // `IP_RETOPTS`
	IPTOS                  Option = unix.IP_TOS                    // `IP_TOS`
	IPTTL                  Option = unix.IP_TTL                    // `IP_TTL`
)

// Options of IPv6, at level ProtoIPv6.
const (
	IPV6Checksum      Option = unix.IPV6_CHECKSUM       // `IPV6_CHECKSUM`
	IPV6DontFrag      Option = unix.IPV6_DONTFRAG       // `IPV6_DONTFRAG`
	IPV6DstOpts       Option = unix.IPV6_DSTOPTS        // `IPV6_DSTOPTS`
	IPV6HopLimit      Option = unix.IPV6_HOPLIMIT       // `IPV6_HOPLIMIT`
	IPV6HopOpts       Option = unix.IPV6_HOPOPTS        // `IPV6_HOPOPTS`
	IPV6JoinGroup     Option = unix.IPV6_JOIN_GROUP     // `IPV6_JOIN_GROUP`
	IPV6LeaveGroup    Option = unix.IPV6_LEAVE_GROUP    // `IPV6_LEAVE_GROUP`
	IPV6MulticastHops Option = unix.IPV6_MULTICAST_HOPS // `IPV6_MULTICAST_HOPS`
	IPV6MulticastIf   Option = unix.IPV6_MULTICAST_IF   // `IPV6_MULTICAST_IF`
	IPV6MulticastLoop Option = unix.IPV6_MULTICAST_LOOP // `IPV6_MULTICAST_LOOP`
	IPV6NextHop       Option = unix.IPV6_NEXTHOP        // `IPV6_NEXTHOP`
	IPV6PathMTU       Option = unix.IPV6_PATHMTU        // `IPV6_PATHMTU`
	IPV6PktInfo       Option = unix.IPV6_PKTINFO        // `IPV6_PKTINFO`
	IPV6RecvDstOpts   Option = unix.IPV6_RECVDSTOPTS    // `IPV6_RECVDSTOPTS`
	IPV6RecvHopLimit  Option = unix.IPV6_RECVHOPLIMIT   // `IPV6_RECVHOPLIMIT`
	IPV6RecvHopOpts   Option = unix.IPV6_RECVHOPOPTS    // `IPV6_RECVHOPOPTS`
	IPV6RecvPathMTU   Option = unix.IPV6_RECVPATHMTU    // `IPV6_RECVPATHMTU`
	IPV6RecvPktInfo   Option = unix.IPV6_RECVPKTINFO    // `IPV6_RECVPKTINFO`
	IPV6RecvRTHdr     Option = unix.IPV6_RECVRTHDR      // `IPV6_RECVRTHDR`
	IPV6RecvTClass    Option = unix.IPV6_RECVTCLASS     // `IPV6_RECVTCLASS`
	IPV6RTHdr         Option = unix.IPV6_RTHDR          // `IPV6_RTHDR`
	IPV6RTHdrDstOpts  Option = unix.IPV6_RTHDRDSTOPTS   // `IPV6_RTHDRDSTOPTS`
	IPV6RTHdrType0           = unix.IPV6_RTHDR_TYPE_0   // `IPV6_RTHDR_TYPE_0`
	IPV6TClass        Option = unix.IPV6_TCLASS         // `IPV6_TCLASS`
	IPV6UnicastHops   Option = unix.IPV6_UNICAST_HOPS   // `IPV6_UNICAST_HOPS`
	IPV6V6Only        Option = unix.IPV6_V6ONLY         // `IPV6_V6ONLY`
)

// Options of TCP, at level ProtoTCP.
const (
	TCPInfo    Option = unix.TCP_INFO    // `TCP_INFO`
	TCPMaxSeg  Option = unix.TCP_MAXSEG  // `TCP_MAXSEG`
	TCPMD5Sig  Option = unix.TCP_MD5SIG  // `TCP_MD5SIG`
	TCPNoDelay Option = unix.TCP_NODELAY // `TCP_NODELAY`
)

// Flags of sending and receiving.
const (
	MsgCmsgCloexec MsgFlag = unix.MSG_CMSG_CLOEXEC // `MSG_CMSG_CLOEXEC`
	MsgCtrunc      MsgFlag = unix.MSG_CTRUNC       // `MSG_CTRUNC`
	MsgDontRoute   MsgFlag = unix.MSG_DONTROUTE    // `MSG_DONTROUTE`
	MsgDontWait    MsgFlag = unix.MSG_DONTWAIT     // `MSG_DONTWAIT`
	MsgEOR         MsgFlag = unix.MSG_EOR          // `MSG_EOR`
	MsgNoSignal    MsgFlag = unix.MSG_NOSIGNAL     // `MSG_NOSIGNAL`
	MsgOOB         MsgFlag = unix.MSG_OOB          // `MSG_OOB`
	MsgPeek        MsgFlag = unix.MSG_PEEK         // `MSG_PEEK`
	MsgTrunc       MsgFlag = unix.MSG_TRUNC        // `MSG_TRUNC`
	MsgWaitAll     MsgFlag = unix.MSG_WAITALL      // `MSG_WAITALL`
)

// Types of control messages.
const (
	SCMRights = unix.SCM_RIGHTS // `SCM_RIGHTS`
)

// The greatest backlog.
const (
	SOMaxConn = unix.SOMAXCONN // `SOMAXCONN`
)
