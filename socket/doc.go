// Package socket is BSD sockets for Go: Python's module socket. It shows what package net
// hides: every address family of the kernel, ancillary data, options, the backlog,
// non-blocking operations, and a descriptor that can be waited for by other means.
//
//	l, err := socket.CreateServer(socket.Inet{Port: 8080}, nil)
//	c, from, err := l.Accept()
//	err = c.SendAll([]byte("hello "+from.String()+"\n"), 0)
//	err = http.Serve(l.Listener(), handler) // the rest of Go takes it as it is
//
// # Waiting
//
// A [Socket] has Python's three modes: blocking, with a timeout, non-blocking. An operation
// that waits parks its goroutine in the runtime's poller and holds no thread; Close, a
// deadline and, in the forms that take one, a context end it. Operations on data do not
// allocate. The descriptor is non-blocking for the system all the time and may at the same
// time be registered with an epoll or kqueue of one's own.
//
// # Addresses
//
// An [Addr] is a struct of its own for each family: [Inet], [Inet6] and [Unix] everywhere; on
// Linux Netlink, Packet, CAN (with ISO-TP and J1939), VM, Alg, TIPC, QIPCRTR and Bluetooth's
// L2CAP, RFCOMM, HCI and SCO; on macOS SysControl and VM. [AddrFrom] takes those of package
// net, and [Socket.LocalAddr] and [Socket.RemoteAddr] give them.
//
// # Names
//
// [GetAddrInfo], [GetNameInfo] and their kin ask a [Resolver], by default Go's. Host names
// that are not ASCII are converted by IDNA 2008 in the mapping of UTS 46, once and before
// anything else. Common services and protocols are the same on every machine.
//
// # Where it differs from Python
//
//   - A host such as "127.1", "0x7f000001" or "010.0.0.1" is no address and is never looked
//     up, for a filter that reads names would be passed so. [InetAton] reads these forms.
//   - The end of a stream is io.EOF. What a peer sends more than a buffer holds is never
//     counted.
//   - A Unix server's file has the permission 0600 from its beginning.
//   - Received descriptors are closed on exec; surplus ones are closed at once.
//   - [Socket.Detach] gives the descriptor another number.
//   - An empty host or service is Python's None.
//   - An operation with MsgDontWait never waits; Python's waits if the socket has a timeout.
//
// # Systems
//
// Linux has everything. macOS, FreeBSD, NetBSD and OpenBSD have the common families,
// ancillary data and multicast without sources; options in bytes are limited to the sizes that
// golang.org/x/sys/unix has functions for, and SendFile copies. Windows stands on package
// net, with AFInet, AFInet6, streams of AFUnix and multicast without sources, but no flags
// and no ancillary data. What a system cannot do is errors.ErrUnsupported; its constants are
// not there, as in Python.
package socket
