package socket

import "golang.org/x/sys/unix"

// Address families.
const (
	AFAlg       Family = unix.AF_ALG       // `AF_ALG`
	AFAppleTalk Family = unix.AF_APPLETALK // `AF_APPLETALK`
	AFAsh       Family = unix.AF_ASH       // `AF_ASH`
	AFATMPVC    Family = unix.AF_ATMPVC    // `AF_ATMPVC`
	AFATMSVC    Family = unix.AF_ATMSVC    // `AF_ATMSVC`
	AFAX25      Family = unix.AF_AX25      // `AF_AX25`
	AFBluetooth Family = unix.AF_BLUETOOTH // `AF_BLUETOOTH`
	AFBridge    Family = unix.AF_BRIDGE    // `AF_BRIDGE`
	AFCAN       Family = unix.AF_CAN       // `AF_CAN`
	AFDECnet    Family = unix.AF_DECnet    // `AF_DECnet`
	AFEconet    Family = unix.AF_ECONET    // `AF_ECONET`
	AFInet      Family = unix.AF_INET      // `AF_INET`
	AFInet6     Family = unix.AF_INET6     // `AF_INET6`
	AFIPX       Family = unix.AF_IPX       // `AF_IPX`
	AFIrDA      Family = unix.AF_IRDA      // `AF_IRDA`
	AFKey       Family = unix.AF_KEY       // `AF_KEY`
	AFLLC       Family = unix.AF_LLC       // `AF_LLC`
	AFNetBEUI   Family = unix.AF_NETBEUI   // `AF_NETBEUI`
	AFNetlink   Family = unix.AF_NETLINK   // `AF_NETLINK`
	AFNetRom    Family = unix.AF_NETROM    // `AF_NETROM`
	AFPacket    Family = unix.AF_PACKET    // `AF_PACKET`
	AFPPPoX     Family = unix.AF_PPPOX     // `AF_PPPOX`
	AFQIPCRTR   Family = unix.AF_QIPCRTR   // `AF_QIPCRTR`
	AFRDS       Family = unix.AF_RDS       // `AF_RDS`
	AFRose      Family = unix.AF_ROSE      // `AF_ROSE`
	AFRoute     Family = unix.AF_ROUTE     // `AF_ROUTE`
	AFSecurity  Family = unix.AF_SECURITY  // `AF_SECURITY`
	AFSNA       Family = unix.AF_SNA       // `AF_SNA`
	AFTIPC      Family = unix.AF_TIPC      // `AF_TIPC`
	AFUnix      Family = unix.AF_UNIX      // `AF_UNIX`
	AFUnspec    Family = unix.AF_UNSPEC    // `AF_UNSPEC`
	AFVsock     Family = unix.AF_VSOCK     // `AF_VSOCK`
	AFWanpipe   Family = unix.AF_WANPIPE   // `AF_WANPIPE`
	AFX25       Family = unix.AF_X25       // `AF_X25`
)

// Protocol families, which are the address families under other names.
const (
	PFCAN    Family = unix.PF_CAN    // `PF_CAN`
	PFPacket Family = unix.PF_PACKET // `PF_PACKET`
	PFRDS    Family = unix.PF_RDS    // `PF_RDS`
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
	SolAlg       Level = unix.SOL_ALG      // `SOL_ALG`
	SolBluetooth Level = 274               // `SOL_BLUETOOTH`
	SolCANBase   Level = unix.SOL_CAN_BASE // `SOL_CAN_BASE`
	SolCANIsoTP  Level = 106               // `SOL_CAN_ISOTP`
	SolCANRaw    Level = unix.SOL_CAN_RAW  // `SOL_CAN_RAW`
	SolHCI       Level = 0                 // `SOL_HCI`
	SolIP        Level = unix.SOL_IP       // `SOL_IP`
	SolL2CAP     Level = 6                 // `SOL_L2CAP`
	SolRDS       Level = unix.SOL_RDS      // `SOL_RDS`
	SolRFCOMM    Level = 18                // `SOL_RFCOMM`
	SolSCO       Level = 17                // `SOL_SCO`
	SolSocket    Level = unix.SOL_SOCKET   // `SOL_SOCKET`
	SolTCP       Level = unix.SOL_TCP      // `SOL_TCP`
	SolTIPC      Level = unix.SOL_TIPC     // `SOL_TIPC`
	SolUDP       Level = unix.SOL_UDP      // `SOL_UDP`
)

// Options of every socket, at SolSocket.
const (
	SOAcceptConn             Option = unix.SO_ACCEPTCONN                 // `SO_ACCEPTCONN`
	SOBindToDevice           Option = unix.SO_BINDTODEVICE               // `SO_BINDTODEVICE`
	SOBindToIfIndex          Option = unix.SO_BINDTOIFINDEX              // `SO_BINDTOIFINDEX`
	SOBroadcast              Option = unix.SO_BROADCAST                  // `SO_BROADCAST`
	SODebug                  Option = unix.SO_DEBUG                      // `SO_DEBUG`
	SODomain                 Option = unix.SO_DOMAIN                     // `SO_DOMAIN`
	SODontRoute              Option = unix.SO_DONTROUTE                  // `SO_DONTROUTE`
	SOError                  Option = unix.SO_ERROR                      // `SO_ERROR`
	SOIncomingCPU            Option = unix.SO_INCOMING_CPU               // `SO_INCOMING_CPU`
	SOJ1939ErrQueue          Option = 4                                  // `SO_J1939_ERRQUEUE`
	SOJ1939Filter            Option = 1                                  // `SO_J1939_FILTER`
	SOJ1939Promisc           Option = 2                                  // `SO_J1939_PROMISC`
	SOJ1939SendPrio          Option = 3                                  // `SO_J1939_SEND_PRIO`
	SOKeepAlive              Option = unix.SO_KEEPALIVE                  // `SO_KEEPALIVE`
	SOLinger                 Option = unix.SO_LINGER                     // `SO_LINGER`
	SOMark                   Option = unix.SO_MARK                       // `SO_MARK`
	SOOOBInline              Option = unix.SO_OOBINLINE                  // `SO_OOBINLINE`
	SOOriginalDst            Option = 80                                 // `SO_ORIGINAL_DST`
	SOPassCred               Option = unix.SO_PASSCRED                   // `SO_PASSCRED`
	SOPassRights             Option = unix.SO_PASSRIGHTS                 // `SO_PASSRIGHTS`
	SOPassSec                Option = unix.SO_PASSSEC                    // `SO_PASSSEC`
	SOPeerCred               Option = unix.SO_PEERCRED                   // `SO_PEERCRED`
	SOPeerSec                Option = unix.SO_PEERSEC                    // `SO_PEERSEC`
	SOPriority               Option = unix.SO_PRIORITY                   // `SO_PRIORITY`
	SOProtocol               Option = unix.SO_PROTOCOL                   // `SO_PROTOCOL`
	SORcvBuf                 Option = unix.SO_RCVBUF                     // `SO_RCVBUF`
	SORcvLowat               Option = unix.SO_RCVLOWAT                   // `SO_RCVLOWAT`
	SORcvTimeo               Option = unix.SO_RCVTIMEO                   // `SO_RCVTIMEO`
	SOReuseAddr              Option = unix.SO_REUSEADDR                  // `SO_REUSEADDR`
	SOReusePort              Option = unix.SO_REUSEPORT                  // `SO_REUSEPORT`
	SOSndBuf                 Option = unix.SO_SNDBUF                     // `SO_SNDBUF`
	SOSndLowat               Option = unix.SO_SNDLOWAT                   // `SO_SNDLOWAT`
	SOSndTimeo               Option = unix.SO_SNDTIMEO                   // `SO_SNDTIMEO`
	SOType                   Option = unix.SO_TYPE                       // `SO_TYPE`
	SOVMSocketsBufferMaxSize Option = unix.SO_VM_SOCKETS_BUFFER_MAX_SIZE // `SO_VM_SOCKETS_BUFFER_MAX_SIZE`
	SOVMSocketsBufferMinSize Option = unix.SO_VM_SOCKETS_BUFFER_MIN_SIZE // `SO_VM_SOCKETS_BUFFER_MIN_SIZE`
	SOVMSocketsBufferSize    Option = unix.SO_VM_SOCKETS_BUFFER_SIZE     // `SO_VM_SOCKETS_BUFFER_SIZE`
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
	ProtoMPTCP    Proto = unix.IPPROTO_MPTCP    // `IPPROTO_MPTCP`
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
	IPAddSourceMembership  Option = unix.IP_ADD_SOURCE_MEMBERSHIP  // `IP_ADD_SOURCE_MEMBERSHIP`
	IPBindAddressNoPort    Option = unix.IP_BIND_ADDRESS_NO_PORT   // `IP_BIND_ADDRESS_NO_PORT`
	IPBlockSource          Option = unix.IP_BLOCK_SOURCE           // `IP_BLOCK_SOURCE`
	IPDefaultMulticastLoop        = unix.IP_DEFAULT_MULTICAST_LOOP // `IP_DEFAULT_MULTICAST_LOOP`
	IPDefaultMulticastTTL         = unix.IP_DEFAULT_MULTICAST_TTL  // `IP_DEFAULT_MULTICAST_TTL`
	IPDropMembership       Option = unix.IP_DROP_MEMBERSHIP        // `IP_DROP_MEMBERSHIP`
	IPDropSourceMembership Option = unix.IP_DROP_SOURCE_MEMBERSHIP // `IP_DROP_SOURCE_MEMBERSHIP`
	IPFreeBind             Option = unix.IP_FREEBIND               // `IP_FREEBIND`
	IPHdrIncl              Option = unix.IP_HDRINCL                // `IP_HDRINCL`
	IPMaxMemberships              = unix.IP_MAX_MEMBERSHIPS        // `IP_MAX_MEMBERSHIPS`
	IPMulticastIf          Option = unix.IP_MULTICAST_IF           // `IP_MULTICAST_IF`
	IPMulticastLoop        Option = unix.IP_MULTICAST_LOOP         // `IP_MULTICAST_LOOP`
	IPMulticastTTL         Option = unix.IP_MULTICAST_TTL          // `IP_MULTICAST_TTL`
	IPOptions              Option = unix.IP_OPTIONS                // `IP_OPTIONS`
	IPPktInfo              Option = unix.IP_PKTINFO                // `IP_PKTINFO`
	IPRecvErr              Option = unix.IP_RECVERR                // `IP_RECVERR`
	IPRecvOpts             Option = unix.IP_RECVOPTS               // `IP_RECVOPTS`
	IPRecvOrigDstAddr      Option = unix.IP_RECVORIGDSTADDR        // `IP_RECVORIGDSTADDR`
	IPRecvRetOpts          Option = unix.IP_RECVRETOPTS            // `IP_RECVRETOPTS`
	IPRecvTOS              Option = unix.IP_RECVTOS                // `IP_RECVTOS`
	IPRecvTTL              Option = unix.IP_RECVTTL                // `IP_RECVTTL`
	IPRetOpts              Option = unix.IP_RETOPTS                // `IP_RETOPTS`
	IPTOS                  Option = unix.IP_TOS                    // `IP_TOS`
	IPTransparent          Option = unix.IP_TRANSPARENT            // `IP_TRANSPARENT`
	IPTTL                  Option = unix.IP_TTL                    // `IP_TTL`
	IPUnblockSource        Option = unix.IP_UNBLOCK_SOURCE         // `IP_UNBLOCK_SOURCE`
)

// Options of IPv6, at level ProtoIPv6.
const (
	IPV6Checksum      Option = unix.IPV6_CHECKSUM       // `IPV6_CHECKSUM`
	IPV6DontFrag      Option = unix.IPV6_DONTFRAG       // `IPV6_DONTFRAG`
	IPV6DstOpts       Option = unix.IPV6_DSTOPTS        // `IPV6_DSTOPTS`
	IPV6HdrIncl       Option = unix.IPV6_HDRINCL        // `IPV6_HDRINCL`
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
	IPV6RecvErr       Option = unix.IPV6_RECVERR        // `IPV6_RECVERR`
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
	TCPCCInfo             Option = unix.TCP_CC_INFO              // `TCP_CC_INFO`
	TCPCongestion         Option = unix.TCP_CONGESTION           // `TCP_CONGESTION`
	TCPCork               Option = unix.TCP_CORK                 // `TCP_CORK`
	TCPDeferAccept        Option = unix.TCP_DEFER_ACCEPT         // `TCP_DEFER_ACCEPT`
	TCPFastOpen           Option = unix.TCP_FASTOPEN             // `TCP_FASTOPEN`
	TCPFastOpenConnect    Option = unix.TCP_FASTOPEN_CONNECT     // `TCP_FASTOPEN_CONNECT`
	TCPFastOpenKey        Option = unix.TCP_FASTOPEN_KEY         // `TCP_FASTOPEN_KEY`
	TCPFastOpenNoCookie   Option = unix.TCP_FASTOPEN_NO_COOKIE   // `TCP_FASTOPEN_NO_COOKIE`
	TCPInfo               Option = unix.TCP_INFO                 // `TCP_INFO`
	TCPInq                Option = unix.TCP_INQ                  // `TCP_INQ`
	TCPKeepCnt            Option = unix.TCP_KEEPCNT              // `TCP_KEEPCNT`
	TCPKeepIdle           Option = unix.TCP_KEEPIDLE             // `TCP_KEEPIDLE`
	TCPKeepIntvl          Option = unix.TCP_KEEPINTVL            // `TCP_KEEPINTVL`
	TCPLinger2            Option = unix.TCP_LINGER2              // `TCP_LINGER2`
	TCPMaxSeg             Option = unix.TCP_MAXSEG               // `TCP_MAXSEG`
	TCPMD5Sig             Option = unix.TCP_MD5SIG               // `TCP_MD5SIG`
	TCPMD5SigExt          Option = unix.TCP_MD5SIG_EXT           // `TCP_MD5SIG_EXT`
	TCPNoDelay            Option = unix.TCP_NODELAY              // `TCP_NODELAY`
	TCPNotSentLowat       Option = unix.TCP_NOTSENT_LOWAT        // `TCP_NOTSENT_LOWAT`
	TCPQueueSeq           Option = unix.TCP_QUEUE_SEQ            // `TCP_QUEUE_SEQ`
	TCPQuickAck           Option = unix.TCP_QUICKACK             // `TCP_QUICKACK`
	TCPRepair             Option = unix.TCP_REPAIR               // `TCP_REPAIR`
	TCPRepairOptions      Option = unix.TCP_REPAIR_OPTIONS       // `TCP_REPAIR_OPTIONS`
	TCPRepairQueue        Option = unix.TCP_REPAIR_QUEUE         // `TCP_REPAIR_QUEUE`
	TCPRepairWindow       Option = unix.TCP_REPAIR_WINDOW        // `TCP_REPAIR_WINDOW`
	TCPSavedSyn           Option = unix.TCP_SAVED_SYN            // `TCP_SAVED_SYN`
	TCPSaveSyn            Option = unix.TCP_SAVE_SYN             // `TCP_SAVE_SYN`
	TCPSynCnt             Option = unix.TCP_SYNCNT               // `TCP_SYNCNT`
	TCPThinDupAck         Option = unix.TCP_THIN_DUPACK          // `TCP_THIN_DUPACK`
	TCPThinLinearTimeouts Option = unix.TCP_THIN_LINEAR_TIMEOUTS // `TCP_THIN_LINEAR_TIMEOUTS`
	TCPTimestamp          Option = unix.TCP_TIMESTAMP            // `TCP_TIMESTAMP`
	TCPTxDelay            Option = unix.TCP_TX_DELAY             // `TCP_TX_DELAY`
	TCPULP                Option = unix.TCP_ULP                  // `TCP_ULP`
	TCPUserTimeout        Option = unix.TCP_USER_TIMEOUT         // `TCP_USER_TIMEOUT`
	TCPWindowClamp        Option = unix.TCP_WINDOW_CLAMP         // `TCP_WINDOW_CLAMP`
	TCPZerocopyReceive    Option = unix.TCP_ZEROCOPY_RECEIVE     // `TCP_ZEROCOPY_RECEIVE`
)

// Options of UDP-Lite, at level ProtoUDPLite.
const (
	UDPLiteRecvCscov Option = 11 // `UDPLITE_RECV_CSCOV`
	UDPLiteSendCscov Option = 10 // `UDPLITE_SEND_CSCOV`
)

// Flags of sending and receiving.
const (
	MsgCmsgCloexec MsgFlag = unix.MSG_CMSG_CLOEXEC // `MSG_CMSG_CLOEXEC`
	MsgConfirm     MsgFlag = unix.MSG_CONFIRM      // `MSG_CONFIRM`
	MsgCtrunc      MsgFlag = unix.MSG_CTRUNC       // `MSG_CTRUNC`
	MsgDontRoute   MsgFlag = unix.MSG_DONTROUTE    // `MSG_DONTROUTE`
	MsgDontWait    MsgFlag = unix.MSG_DONTWAIT     // `MSG_DONTWAIT`
	MsgEOR         MsgFlag = unix.MSG_EOR          // `MSG_EOR`
	MsgErrQueue    MsgFlag = unix.MSG_ERRQUEUE     // `MSG_ERRQUEUE`
	MsgFastOpen    MsgFlag = unix.MSG_FASTOPEN     // `MSG_FASTOPEN`
	MsgMore        MsgFlag = unix.MSG_MORE         // `MSG_MORE`
	MsgNoSignal    MsgFlag = unix.MSG_NOSIGNAL     // `MSG_NOSIGNAL`
	MsgOOB         MsgFlag = unix.MSG_OOB          // `MSG_OOB`
	MsgPeek        MsgFlag = unix.MSG_PEEK         // `MSG_PEEK`
	MsgTrunc       MsgFlag = unix.MSG_TRUNC        // `MSG_TRUNC`
	MsgWaitAll     MsgFlag = unix.MSG_WAITALL      // `MSG_WAITALL`
)

// Types of control messages.
const (
	SCMCredentials   = unix.SCM_CREDENTIALS // `SCM_CREDENTIALS`
	SCMJ1939DestAddr = 1                    // `SCM_J1939_DEST_ADDR`
	SCMJ1939DestName = 2                    // `SCM_J1939_DEST_NAME`
	SCMJ1939ErrQueue = 4                    // `SCM_J1939_ERRQUEUE`
	SCMJ1939Prio     = 3                    // `SCM_J1939_PRIO`
	SCMRights        = unix.SCM_RIGHTS      // `SCM_RIGHTS`
)

// The greatest backlog.
const (
	SOMaxConn = unix.SOMAXCONN // `SOMAXCONN`
)

// Protocols of AFPacket.
const (
	EthPAll = unix.ETH_P_ALL // `ETH_P_ALL`
)

// Types of packets of AFPacket.
const (
	PacketBroadcast = unix.PACKET_BROADCAST // `PACKET_BROADCAST`
	PacketFastRoute = unix.PACKET_FASTROUTE // `PACKET_FASTROUTE`
	PacketHost      = unix.PACKET_HOST      // `PACKET_HOST`
	PacketLoopback  = unix.PACKET_LOOPBACK  // `PACKET_LOOPBACK`
	PacketMulticast = unix.PACKET_MULTICAST // `PACKET_MULTICAST`
	PacketOtherHost = unix.PACKET_OTHERHOST // `PACKET_OTHERHOST`
	PacketOutgoing  = unix.PACKET_OUTGOING  // `PACKET_OUTGOING`
)

// Protocols of AFNetlink.
const (
	NetlinkCrypto   Proto = unix.NETLINK_CRYPTO   // `NETLINK_CRYPTO`
	NetlinkDNRTMsg  Proto = unix.NETLINK_DNRTMSG  // `NETLINK_DNRTMSG`
	NetlinkFirewall Proto = unix.NETLINK_FIREWALL // `NETLINK_FIREWALL`
	NetlinkIP6FW    Proto = unix.NETLINK_IP6_FW   // `NETLINK_IP6_FW`
	NetlinkNFLog    Proto = unix.NETLINK_NFLOG    // `NETLINK_NFLOG`
	NetlinkRoute    Proto = unix.NETLINK_ROUTE    // `NETLINK_ROUTE`
	NetlinkUserSock Proto = unix.NETLINK_USERSOCK // `NETLINK_USERSOCK`
	NetlinkXFRM     Proto = unix.NETLINK_XFRM     // `NETLINK_XFRM`
)

// AFCAN: protocols, options, identifiers, the broadcast manager.
const (
	CANBCM                     Proto  = unix.CAN_BCM               // `CAN_BCM`
	CANBCMCANFDFrame                  = 0x800                      // `CAN_BCM_CAN_FD_FRAME`
	CANBCMRxAnnounceResume            = 0x100                      // `CAN_BCM_RX_ANNOUNCE_RESUME`
	CANBCMRxChanged                   = 12                         // `CAN_BCM_RX_CHANGED`
	CANBCMRxCheckDLC                  = 0x40                       // `CAN_BCM_RX_CHECK_DLC`
	CANBCMRxDelete                    = 6                          // `CAN_BCM_RX_DELETE`
	CANBCMRxFilterID                  = 0x20                       // `CAN_BCM_RX_FILTER_ID`
	CANBCMRxNoAutoTimer               = 0x80                       // `CAN_BCM_RX_NO_AUTOTIMER`
	CANBCMRxRead                      = 7                          // `CAN_BCM_RX_READ`
	CANBCMRxRTRFrame                  = 0x400                      // `CAN_BCM_RX_RTR_FRAME`
	CANBCMRxSetup                     = 5                          // `CAN_BCM_RX_SETUP`
	CANBCMRxStatus                    = 10                         // `CAN_BCM_RX_STATUS`
	CANBCMRxTimeout                   = 11                         // `CAN_BCM_RX_TIMEOUT`
	CANBCMSetTimer                    = 0x1                        // `CAN_BCM_SETTIMER`
	CANBCMStartTimer                  = 0x2                        // `CAN_BCM_STARTTIMER`
	CANBCMTxAnnounce                  = 0x8                        // `CAN_BCM_TX_ANNOUNCE`
	CANBCMTxCountEvt                  = 0x4                        // `CAN_BCM_TX_COUNTEVT`
	CANBCMTxCpCANID                   = 0x10                       // `CAN_BCM_TX_CP_CAN_ID`
	CANBCMTxDelete                    = 2                          // `CAN_BCM_TX_DELETE`
	CANBCMTxExpired                   = 9                          // `CAN_BCM_TX_EXPIRED`
	CANBCMTxRead                      = 3                          // `CAN_BCM_TX_READ`
	CANBCMTxResetMultiIdx             = 0x200                      // `CAN_BCM_TX_RESET_MULTI_IDX`
	CANBCMTxSend                      = 4                          // `CAN_BCM_TX_SEND`
	CANBCMTxSetup                     = 1                          // `CAN_BCM_TX_SETUP`
	CANBCMTxStatus                    = 8                          // `CAN_BCM_TX_STATUS`
	CANEFFFlag                        = unix.CAN_EFF_FLAG          // `CAN_EFF_FLAG`
	CANEFFMask                        = unix.CAN_EFF_MASK          // `CAN_EFF_MASK`
	CANErrFlag                        = unix.CAN_ERR_FLAG          // `CAN_ERR_FLAG`
	CANErrMask                        = unix.CAN_ERR_MASK          // `CAN_ERR_MASK`
	CANIsoTP                   Proto  = unix.CAN_ISOTP             // `CAN_ISOTP`
	CANIsoTPChkPadData                = 32                         // `CAN_ISOTP_CHK_PAD_DATA`
	CANIsoTPChkPadLen                 = 16                         // `CAN_ISOTP_CHK_PAD_LEN`
	CANIsoTPDefaultExtAddress         = 0                          // `CAN_ISOTP_DEFAULT_EXT_ADDRESS`
	CANIsoTPDefaultFlags              = 0                          // `CAN_ISOTP_DEFAULT_FLAGS`
	CANIsoTPDefaultFrameTxTime        = 50000                      // `CAN_ISOTP_DEFAULT_FRAME_TXTIME`
	CANIsoTPDefaultLLMTU              = 16                         // `CAN_ISOTP_DEFAULT_LL_MTU`
	CANIsoTPDefaultLLTxDL             = 8                          // `CAN_ISOTP_DEFAULT_LL_TX_DL`
	CANIsoTPDefaultLLTxFlags          = 0                          // `CAN_ISOTP_DEFAULT_LL_TX_FLAGS`
	CANIsoTPDefaultPadContent         = 204                        // `CAN_ISOTP_DEFAULT_PAD_CONTENT`
	CANIsoTPDefaultRecvBS             = 0                          // `CAN_ISOTP_DEFAULT_RECV_BS`
	CANIsoTPDefaultRecvStMin          = 0                          // `CAN_ISOTP_DEFAULT_RECV_STMIN`
	CANIsoTPDefaultRecvWFTMax         = 0                          // `CAN_ISOTP_DEFAULT_RECV_WFTMAX`
	CANIsoTPExtendAddr                = 2                          // `CAN_ISOTP_EXTEND_ADDR`
	CANIsoTPForceRxStMin              = 256                        // `CAN_ISOTP_FORCE_RXSTMIN`
	CANIsoTPForceTxStMin              = 128                        // `CAN_ISOTP_FORCE_TXSTMIN`
	CANIsoTPHalfDuplex                = 64                         // `CAN_ISOTP_HALF_DUPLEX`
	CANIsoTPListenMode                = 1                          // `CAN_ISOTP_LISTEN_MODE`
	CANIsoTPLLOpts             Option = 5                          // `CAN_ISOTP_LL_OPTS`
	CANIsoTPOpts               Option = 1                          // `CAN_ISOTP_OPTS`
	CANIsoTPRecvFC             Option = 2                          // `CAN_ISOTP_RECV_FC`
	CANIsoTPRxExtAddr                 = 512                        // `CAN_ISOTP_RX_EXT_ADDR`
	CANIsoTPRxPadding                 = 8                          // `CAN_ISOTP_RX_PADDING`
	CANIsoTPRxStMin            Option = 4                          // `CAN_ISOTP_RX_STMIN`
	CANIsoTPSFBroadcast               = 2048                       // `CAN_ISOTP_SF_BROADCAST`
	CANIsoTPTxPadding                 = 4                          // `CAN_ISOTP_TX_PADDING`
	CANIsoTPTxStMin            Option = 3                          // `CAN_ISOTP_TX_STMIN`
	CANIsoTPWaitTxDone                = 1024                       // `CAN_ISOTP_WAIT_TX_DONE`
	CANJ1939                   Proto  = unix.CAN_J1939             // `CAN_J1939`
	CANRaw                     Proto  = unix.CAN_RAW               // `CAN_RAW`
	CANRawErrFilter            Option = unix.CAN_RAW_ERR_FILTER    // `CAN_RAW_ERR_FILTER`
	CANRawFDFrames             Option = unix.CAN_RAW_FD_FRAMES     // `CAN_RAW_FD_FRAMES`
	CANRawFilter               Option = unix.CAN_RAW_FILTER        // `CAN_RAW_FILTER`
	CANRawJoinFilters          Option = unix.CAN_RAW_JOIN_FILTERS  // `CAN_RAW_JOIN_FILTERS`
	CANRawLoopback             Option = unix.CAN_RAW_LOOPBACK      // `CAN_RAW_LOOPBACK`
	CANRawRecvOwnMsgs          Option = unix.CAN_RAW_RECV_OWN_MSGS // `CAN_RAW_RECV_OWN_MSGS`
	CANRTRFlag                        = unix.CAN_RTR_FLAG          // `CAN_RTR_FLAG`
	CANSFFMask                        = unix.CAN_SFF_MASK          // `CAN_SFF_MASK`
)

// AFCAN with CANJ1939.
const (
	J1939EEInfoNone          = 0      // `J1939_EE_INFO_NONE`
	J1939EEInfoTxAbort       = 1      // `J1939_EE_INFO_TX_ABORT`
	J1939FilterMax           = 512    // `J1939_FILTER_MAX`
	J1939IdleAddr            = 254    // `J1939_IDLE_ADDR`
	J1939MaxUnicastAddr      = 253    // `J1939_MAX_UNICAST_ADDR`
	J1939NLABytesAcked       = 1      // `J1939_NLA_BYTES_ACKED`
	J1939NLAPad              = 0      // `J1939_NLA_PAD`
	J1939NoAddr              = 255    // `J1939_NO_ADDR`
	J1939NoName              = 0      // `J1939_NO_NAME`
	J1939NoPGN               = 262144 // `J1939_NO_PGN`
	J1939PGNAddressClaimed   = 60928  // `J1939_PGN_ADDRESS_CLAIMED`
	J1939PGNAddressCommanded = 65240  // `J1939_PGN_ADDRESS_COMMANDED`
	J1939PGNMax              = 262143 // `J1939_PGN_MAX`
	J1939PGNPDU1Max          = 261888 // `J1939_PGN_PDU1_MAX`
	J1939PGNRequest          = 59904  // `J1939_PGN_REQUEST`
)

// AFAlg: operations and options.
const (
	AlgOpDecrypt              = unix.ALG_OP_DECRYPT        // `ALG_OP_DECRYPT`
	AlgOpEncrypt              = unix.ALG_OP_ENCRYPT        // `ALG_OP_ENCRYPT`
	AlgOpSign                 = 2                          // `ALG_OP_SIGN`
	AlgOpVerify               = 3                          // `ALG_OP_VERIFY`
	AlgSetAEADAssocLen Option = unix.ALG_SET_AEAD_ASSOCLEN // `ALG_SET_AEAD_ASSOCLEN`
	AlgSetAEADAuthSize Option = unix.ALG_SET_AEAD_AUTHSIZE // `ALG_SET_AEAD_AUTHSIZE`
	AlgSetIV           Option = unix.ALG_SET_IV            // `ALG_SET_IV`
	AlgSetKey          Option = unix.ALG_SET_KEY           // `ALG_SET_KEY`
	AlgSetOp           Option = unix.ALG_SET_OP            // `ALG_SET_OP`
	AlgSetPubKey       Option = 6                          // `ALG_SET_PUBKEY`
)

// AFTIPC.
const (
	TIPCAddrID                    = unix.TIPC_ADDR_ID             // `TIPC_ADDR_ID`
	TIPCAddrName                  = unix.TIPC_ADDR_NAME           // `TIPC_ADDR_NAME`
	TIPCAddrNameSeq               = unix.TIPC_ADDR_NAMESEQ        // `TIPC_ADDR_NAMESEQ`
	TIPCCfgSrv                    = unix.TIPC_CFG_SRV             // `TIPC_CFG_SRV`
	TIPCClusterScope              = unix.TIPC_CLUSTER_SCOPE       // `TIPC_CLUSTER_SCOPE`
	TIPCConnTimeout        Option = unix.TIPC_CONN_TIMEOUT        // `TIPC_CONN_TIMEOUT`
	TIPCCriticalImportance        = unix.TIPC_CRITICAL_IMPORTANCE // `TIPC_CRITICAL_IMPORTANCE`
	TIPCDestDroppable      Option = unix.TIPC_DEST_DROPPABLE      // `TIPC_DEST_DROPPABLE`
	TIPCHighImportance            = unix.TIPC_HIGH_IMPORTANCE     // `TIPC_HIGH_IMPORTANCE`
	TIPCImportance         Option = unix.TIPC_IMPORTANCE          // `TIPC_IMPORTANCE`
	TIPCLowImportance             = unix.TIPC_LOW_IMPORTANCE      // `TIPC_LOW_IMPORTANCE`
	TIPCMediumImportance          = unix.TIPC_MEDIUM_IMPORTANCE   // `TIPC_MEDIUM_IMPORTANCE`
	TIPCNodeScope                 = unix.TIPC_NODE_SCOPE          // `TIPC_NODE_SCOPE`
	TIPCPublished                 = unix.TIPC_PUBLISHED           // `TIPC_PUBLISHED`
	TIPCSrcDroppable       Option = unix.TIPC_SRC_DROPPABLE       // `TIPC_SRC_DROPPABLE`
	TIPCSubscrTimeout             = unix.TIPC_SUBSCR_TIMEOUT      // `TIPC_SUBSCR_TIMEOUT`
	TIPCSubCancel                 = unix.TIPC_SUB_CANCEL          // `TIPC_SUB_CANCEL`
	TIPCSubPorts                  = unix.TIPC_SUB_PORTS           // `TIPC_SUB_PORTS`
	TIPCSubService                = unix.TIPC_SUB_SERVICE         // `TIPC_SUB_SERVICE`
	TIPCTopSrv                    = unix.TIPC_TOP_SRV             // `TIPC_TOP_SRV`
	TIPCWaitForever               = unix.TIPC_WAIT_FOREVER        // `TIPC_WAIT_FOREVER`
	TIPCWithdrawn                 = unix.TIPC_WITHDRAWN           // `TIPC_WITHDRAWN`
	TIPCZoneScope                 = unix.TIPC_ZONE_SCOPE          // `TIPC_ZONE_SCOPE`
)

// Addresses of AFVsock.
const (
	VMAddrCIDAny   = unix.VMADDR_CID_ANY   // `VMADDR_CID_ANY`
	VMAddrCIDHost  = unix.VMADDR_CID_HOST  // `VMADDR_CID_HOST`
	VMAddrCIDLocal = unix.VMADDR_CID_LOCAL // `VMADDR_CID_LOCAL`
	VMAddrPortAny  = unix.VMADDR_PORT_ANY  // `VMADDR_PORT_ANY`
)

// AFVsock.
const (
	VMSocketsInvalidVersion = unix.VM_SOCKETS_INVALID_VERSION // `VM_SOCKETS_INVALID_VERSION`
)

// Requests of Ioctl.
const (
	IoctlVMSocketsGetLocalCID = unix.IOCTL_VM_SOCKETS_GET_LOCAL_CID // `IOCTL_VM_SOCKETS_GET_LOCAL_CID`
)

// Protocols of AFBluetooth.
const (
	BTProtoHCI    Proto = 1 // `BTPROTO_HCI`
	BTProtoL2CAP  Proto = 0 // `BTPROTO_L2CAP`
	BTProtoRFCOMM Proto = 3 // `BTPROTO_RFCOMM`
	BTProtoSCO    Proto = 2 // `BTPROTO_SCO`
)

// Bluetooth addresses and their types.
const (
	BDAddrBREDR    = unix.BDADDR_BREDR     // `BDADDR_BREDR`
	BDAddrLEPublic = unix.BDADDR_LE_PUBLIC // `BDADDR_LE_PUBLIC`
	BDAddrLERandom = unix.BDADDR_LE_RANDOM // `BDADDR_LE_RANDOM`
)

// Options of AFBluetooth and their values.
const (
	BTChannelPolicy               Option = 10    // `BT_CHANNEL_POLICY`
	BTChannelPolicyBREDROnly             = 0     // `BT_CHANNEL_POLICY_BREDR_ONLY`
	BTChannelPolicyBREDRPreferred        = 1     // `BT_CHANNEL_POLICY_BREDR_PREFERRED`
	BTCodec                       Option = 19    // `BT_CODEC`
	BTDeferSetup                  Option = 7     // `BT_DEFER_SETUP`
	BTFlushable                   Option = 8     // `BT_FLUSHABLE`
	BTFlushableOff                       = 0     // `BT_FLUSHABLE_OFF`
	BTFlushableOn                        = 1     // `BT_FLUSHABLE_ON`
	BTISOQoS                      Option = 17    // `BT_ISO_QOS`
	BTMode                        Option = 15    // `BT_MODE`
	BTModeBasic                          = 0     // `BT_MODE_BASIC`
	BTModeERTM                           = 1     // `BT_MODE_ERTM`
	BTModeExtFlowCtl                     = 4     // `BT_MODE_EXT_FLOWCTL`
	BTModeLEFlowCtl                      = 3     // `BT_MODE_LE_FLOWCTL`
	BTModeStreaming                      = 2     // `BT_MODE_STREAMING`
	BTPHY                         Option = 14    // `BT_PHY`
	BTPHYBR1m1slot                       = 1     // `BT_PHY_BR_1M_1SLOT`
	BTPHYBR1m3slot                       = 2     // `BT_PHY_BR_1M_3SLOT`
	BTPHYBR1m5slot                       = 4     // `BT_PHY_BR_1M_5SLOT`
	BTPHYEDR2m1slot                      = 8     // `BT_PHY_EDR_2M_1SLOT`
	BTPHYEDR2m3slot                      = 16    // `BT_PHY_EDR_2M_3SLOT`
	BTPHYEDR2m5slot                      = 32    // `BT_PHY_EDR_2M_5SLOT`
	BTPHYEDR3m1slot                      = 64    // `BT_PHY_EDR_3M_1SLOT`
	BTPHYEDR3m3slot                      = 128   // `BT_PHY_EDR_3M_3SLOT`
	BTPHYEDR3m5slot                      = 256   // `BT_PHY_EDR_3M_5SLOT`
	BTPHYLE1mRx                          = 1024  // `BT_PHY_LE_1M_RX`
	BTPHYLE1mTx                          = 512   // `BT_PHY_LE_1M_TX`
	BTPHYLE2mRx                          = 4096  // `BT_PHY_LE_2M_RX`
	BTPHYLE2mTx                          = 2048  // `BT_PHY_LE_2M_TX`
	BTPHYLECodedRx                       = 16384 // `BT_PHY_LE_CODED_RX`
	BTPHYLECodedTx                       = 8192  // `BT_PHY_LE_CODED_TX`
	BTPktStatus                   Option = 16    // `BT_PKT_STATUS`
	BTPower                       Option = 9     // `BT_POWER`
	BTPowerForceActiveOff                = 0     // `BT_POWER_FORCE_ACTIVE_OFF`
	BTPowerForceActiveOn                 = 1     // `BT_POWER_FORCE_ACTIVE_ON`
	BTRcvMTU                      Option = 13    // `BT_RCVMTU`
	BTSecurity                    Option = 4     // `BT_SECURITY`
	BTSecurityFIPS                       = 4     // `BT_SECURITY_FIPS`
	BTSecurityHigh                       = 3     // `BT_SECURITY_HIGH`
	BTSecurityLow                        = 1     // `BT_SECURITY_LOW`
	BTSecurityMedium                     = 2     // `BT_SECURITY_MEDIUM`
	BTSecuritySDP                        = 0     // `BT_SECURITY_SDP`
	BTSndMTU                      Option = 12    // `BT_SNDMTU`
	BTVoice                       Option = 11    // `BT_VOICE`
	BTVoiceCVSD16bit                     = 96    // `BT_VOICE_CVSD_16BIT`
	BTVoiceTransparent                   = 3     // `BT_VOICE_TRANSPARENT`
	BTVoiceTransparent16bit              = 0x63  // `BT_VOICE_TRANSPARENT_16BIT`
)

// Bluetooth HCI.
const (
	HCIChannelControl        = 3     // `HCI_CHANNEL_CONTROL`
	HCIChannelLogging        = 4     // `HCI_CHANNEL_LOGGING`
	HCIChannelMonitor        = 2     // `HCI_CHANNEL_MONITOR`
	HCIChannelRaw            = 0     // `HCI_CHANNEL_RAW`
	HCIChannelUser           = 1     // `HCI_CHANNEL_USER`
	HCIDataDir        Option = 1     // `HCI_DATA_DIR`
	HCIDevNone               = 65535 // `HCI_DEV_NONE`
	HCIFilter         Option = 2     // `HCI_FILTER`
	HCITimeStamp      Option = 3     // `HCI_TIME_STAMP`
)

// L2CAPLM is the option of Bluetooth L2CAP that holds the flags below: `L2CAP_LM`.
const L2CAPLM Option = 3

// Flags of L2CAPLM.
const (
	L2CAPLMAuth     = 2  // `L2CAP_LM_AUTH`
	L2CAPLMEncrypt  = 4  // `L2CAP_LM_ENCRYPT`
	L2CAPLMMaster   = 1  // `L2CAP_LM_MASTER`
	L2CAPLMReliable = 16 // `L2CAP_LM_RELIABLE`
	L2CAPLMSecure   = 32 // `L2CAP_LM_SECURE`
	L2CAPLMTrusted  = 8  // `L2CAP_LM_TRUSTED`
)
