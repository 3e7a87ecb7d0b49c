package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

func (s *Socket) network() string {
	switch {
	case s.family == AFUnix:
		return "unix"
	case s.typ == SockDgram && s.family == AFInet:
		return "udp4"
	case s.typ == SockDgram:
		return "udp6"
	case s.family == AFInet:
		return "tcp4"
	}
	return "tcp6"
}

// prepare sets the options that were set before there was a socket.
func (s *Socket) prepare(_, _ string, c syscall.RawConn) error {
	var err error
	cerr := c.Control(func(fd uintptr) {
		for _, o := range s.pending {
			if err = windows.SetsockoptInt(windows.Handle(fd), o.level, o.opt, o.value); err != nil {
				return
			}
		}
	})
	return errors.Join(err, cerr)
}

func (s *Socket) checked(op string, a Addr) (string, error) {
	switch a := a.(type) {
	case Inet:
		if s.family != AFInet {
			return "", opError(op, a, errFamily)
		}
		return a.String(), nil
	case Inet6:
		if s.family != AFInet6 {
			return "", opError(op, a, errFamily)
		}
		return a.String(), nil
	case Unix:
		if s.family != AFUnix {
			return "", opError(op, a, errFamily)
		}
		return a.String(), opError(op, a, checkUnixName(a.Name))
	}
	return "", opError(op, netAddr(a), errAddrKind)
}

// Bind gives the socket its own address; that of a stream takes effect with Connect or
// Listen: `socket.socket.bind`.
func (s *Socket) Bind(a Addr) error {
	text, err := s.checked("bind", a)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.typ != SockDgram {
		s.bound = a
		return nil
	}
	lc := net.ListenConfig{Control: s.prepare}
	p, err := lc.ListenPacket(context.Background(), s.network(), text)
	if err != nil {
		return opError("bind", a, err)
	}
	s.packet = p
	s.conn, _ = p.(net.Conn)
	return nil
}

// Connect connects to an address: `socket.socket.connect`. A non-blocking socket is
// connected by waiting, too.
func (s *Socket) Connect(a Addr) error { return s.ConnectContext(context.Background(), a) }

// ConnectEx is Connect that returns the errno: `socket.socket.connect_ex`.
func (s *Socket) ConnectEx(a Addr) syscall.Errno { return errnoOf(s.Connect(a)) }

// ConnectContext is Connect, ended by ctx.
func (s *Socket) ConnectContext(ctx context.Context, a Addr) error {
	text, err := s.checked("connect", a)
	if err != nil {
		return err
	}
	d := net.Dialer{Control: s.prepare}
	if t, ok := s.Timeout(); ok {
		d.Timeout = t
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.packet != nil {
		s.packet.Close()
		d.LocalAddr = s.packet.LocalAddr()
	} else if s.bound != nil {
		d.LocalAddr = stdAddr(s.bound, s.typ)
	}
	c, err := d.DialContext(ctx, s.network(), text)
	if err != nil {
		return opError("connect", a, err)
	}
	s.conn = c
	s.packet, _ = c.(net.PacketConn)
	return nil
}

// SocketError returns the socket's pending error: Connect waits, so there is none.
func (s *Socket) SocketError() error { return nil }

// Listen makes the socket accept connections: `socket.socket.listen`. The system
// chooses the backlog.
func (s *Socket) Listen(int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.bound
	if a == nil {
		a = Addr(Inet{})
		if s.family == AFInet6 {
			a = Inet6{}
		}
	}
	lc := net.ListenConfig{Control: s.prepare}
	l, err := lc.Listen(context.Background(), s.network(), a.String())
	s.listener = l
	return opError("listen", a, err)
}

// Accept waits for a connection: `socket.socket.accept`.
func (s *Socket) Accept() (*Socket, Addr, error) { return s.AcceptContext(context.Background()) }

// AcceptContext is Accept, ended by ctx.
func (s *Socket) AcceptContext(ctx context.Context) (*Socket, Addr, error) {
	s.mu.Lock()
	l, user := s.listener, s.rd
	s.mu.Unlock()
	if l == nil {
		return nil, nil, opError("accept", nil, syscall.EINVAL)
	}
	var c net.Conn
	err := s.within(ctx, "SetReadDeadline", user, func() (err error) { c, err = l.Accept(); return err })
	if err != nil {
		return nil, nil, opError("accept", nil, err)
	}
	from, _ := AddrFrom(c.RemoteAddr())
	return wrapConn(c), from, nil
}

func (s *Socket) connOr(op string) (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Load() {
		return nil, opError(op, nil, net.ErrClosed)
	}
	if s.conn == nil {
		return nil, opError(op, nil, windows.WSAENOTCONN)
	}
	return s.conn, nil
}

// Recv receives at most len(p) bytes: `socket.socket.recv`. Flags are not to be had.
func (s *Socket) Recv(p []byte, flags MsgFlag) (int, error) {
	return s.RecvContext(context.Background(), p, flags)
}

// RecvContext is Recv, ended by ctx.
func (s *Socket) RecvContext(ctx context.Context, p []byte, flags MsgFlag) (n int, err error) {
	c, err := s.connOr("recv")
	if err != nil {
		return 0, err
	}
	if flags != 0 {
		return 0, opError("recv", nil, errors.ErrUnsupported)
	}
	s.mu.Lock()
	user := s.rd
	s.mu.Unlock()
	err = s.within(ctx, "SetReadDeadline", user, func() (err error) { n, err = c.Read(p); return err })
	if err == io.EOF {
		return n, io.EOF
	}
	return n, opError("recv", nil, err)
}

// RecvInto receives at most n bytes into the beginning of p; 0 is all of it.
func (s *Socket) RecvInto(p []byte, n int, flags MsgFlag) (int, error) {
	p, err := part(p, n)
	if err != nil {
		return 0, opError("recv", nil, err)
	}
	return s.Recv(p, flags)
}

// RecvFrom receives a datagram and tells who sent it: `socket.socket.recvfrom`.
func (s *Socket) RecvFrom(p []byte, flags MsgFlag) (int, Addr, error) {
	return s.RecvFromContext(context.Background(), p, flags)
}

// RecvFromContext is RecvFrom, ended by ctx.
func (s *Socket) RecvFromContext(ctx context.Context, p []byte, flags MsgFlag) (n int, from Addr, err error) {
	s.mu.Lock()
	c, user := s.packet, s.rd
	s.mu.Unlock()
	if c == nil || s.typ != SockDgram {
		n, err = s.RecvContext(ctx, p, flags)
		return n, nil, err
	}
	if flags != 0 {
		return 0, nil, opError("recvfrom", nil, errors.ErrUnsupported)
	}
	var a net.Addr
	err = s.within(ctx, "SetReadDeadline", user, func() (err error) { n, a, err = c.ReadFrom(p); return err })
	if err != nil {
		return n, nil, opError("recvfrom", nil, err)
	}
	from, err = AddrFrom(a)
	return n, from, err
}

// RecvFromInto is RecvFrom into the first n bytes of p; 0 is all of it.
func (s *Socket) RecvFromInto(p []byte, n int, flags MsgFlag) (int, Addr, error) {
	p, err := part(p, n)
	if err != nil {
		return 0, nil, opError("recvfrom", nil, err)
	}
	return s.RecvFrom(p, flags)
}

// Send sends p and tells how much went: `socket.socket.send`. Flags are not to be had.
func (s *Socket) Send(p []byte, flags MsgFlag) (int, error) {
	return s.SendContext(context.Background(), p, flags)
}

// SendContext is Send, ended by ctx.
func (s *Socket) SendContext(ctx context.Context, p []byte, flags MsgFlag) (int, error) {
	if flags != 0 {
		return 0, opError("send", nil, errors.ErrUnsupported)
	}
	return s.send(ctx, p)
}

func (s *Socket) send(ctx context.Context, p []byte) (n int, err error) {
	c, err := s.connOr("send")
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	user := s.wr
	s.mu.Unlock()
	err = s.within(ctx, "SetWriteDeadline", user, func() (err error) { n, err = c.Write(p); return err })
	return n, opError("send", nil, err)
}

// SendAll sends all of p: `socket.socket.sendall`.
func (s *Socket) SendAll(p []byte, flags MsgFlag) error {
	_, err := s.Send(p, flags)
	return err
}

// SendAllContext is SendAll, ended by ctx.
func (s *Socket) SendAllContext(ctx context.Context, p []byte, flags MsgFlag) error {
	_, err := s.SendContext(ctx, p, flags)
	return err
}

// SendTo sends a datagram: `socket.socket.sendto`.
func (s *Socket) SendTo(p []byte, flags MsgFlag, to Addr) (int, error) {
	return s.SendToContext(context.Background(), p, flags, to)
}

// SendToContext is SendTo, ended by ctx.
func (s *Socket) SendToContext(ctx context.Context, p []byte, flags MsgFlag, to Addr) (n int, err error) {
	if _, err := s.checked("sendto", to); err != nil {
		return 0, err
	}
	if flags != 0 || s.typ != SockDgram {
		return 0, opError("sendto", to, errors.ErrUnsupported)
	}
	if s.sys() == nil { // it needs an address of its own
		own := Addr(Inet{})
		if s.family == AFInet6 {
			own = Inet6{}
		}
		if err := s.Bind(own); err != nil {
			return 0, err
		}
	}
	s.mu.Lock()
	c, user := s.packet, s.wr
	s.mu.Unlock()
	err = s.within(ctx, "SetWriteDeadline", user, func() (err error) { n, err = c.WriteTo(p, stdAddr(to, s.typ)); return err })
	return n, opError("sendto", to, err)
}

// WriteBuffers sends all of the buffers, as net.Buffers does.
func (s *Socket) WriteBuffers(buffers net.Buffers) (int64, error) {
	left := slices.Clone(buffers)
	return left.WriteTo(s)
}

// SockName returns the socket's own address: `socket.socket.getsockname`.
func (s *Socket) SockName() (Addr, error) {
	a := s.LocalAddr()
	if a == nil {
		return nil, opError("getsockname", nil, syscall.EINVAL)
	}
	return AddrFrom(a)
}

// PeerName returns the address of the peer: `socket.socket.getpeername`.
func (s *Socket) PeerName() (Addr, error) {
	a := s.RemoteAddr()
	if a == nil {
		return nil, opError("getpeername", nil, windows.WSAENOTCONN)
	}
	return AddrFrom(a)
}

// LocalAddr returns the socket's own address in the standard library's form, nil if
// there is none.
func (s *Socket) LocalAddr() net.Addr {
	switch c := s.sys().(type) {
	case net.Conn:
		return c.LocalAddr()
	case net.PacketConn:
		return c.LocalAddr()
	case net.Listener:
		return c.Addr()
	}
	if s.bound != nil {
		return stdAddr(s.bound, s.typ)
	}
	return nil
}

// RemoteAddr returns the peer's address in the standard library's form, nil if there is
// none.
func (s *Socket) RemoteAddr() net.Addr {
	if a := s.remote.Load(); a != nil {
		return *a
	}
	if c, ok := s.sys().(net.Conn); ok {
		return c.RemoteAddr()
	}
	return nil
}

// Option returns the value of an option that is an int.
func (s *Socket) Option(level Level, opt Option) (int, error) {
	var v int
	err := s.control("getsockopt", func(h windows.Handle) (err error) {
		v, err = windows.GetsockoptInt(h, int(level), int(opt))
		return err
	})
	return v, err
}

// SetOption sets an option that is an int, at once or when there is a socket.
func (s *Socket) SetOption(level Level, opt Option, value int) error {
	if s.sys() == nil && !s.closed.Load() {
		s.mu.Lock()
		s.pending = append(s.pending, option{int(level), int(opt), value})
		s.mu.Unlock()
		return nil
	}
	return s.control("setsockopt", func(h windows.Handle) error {
		return windows.SetsockoptInt(h, int(level), int(opt), value)
	})
}

// Ioctl performs a control request whose argument is an int: `socket.socket.ioctl`.
func (s *Socket) Ioctl(request uint, value int) (int, error) {
	v, out, n := uint32(value), uint32(0), uint32(0)
	err := s.control("ioctl", func(h windows.Handle) error {
		return windows.WSAIoctl(h, uint32(request), (*byte)(unsafe.Pointer(&v)), 4, (*byte)(unsafe.Pointer(&out)), 4, &n, nil, 0)
	})
	return int(out), err
}

// SendFile sends count bytes of a file from an offset on, all of it to the end for a
// count below 0: `socket.socket.sendfile`.
func (s *Socket) SendFile(f *os.File, offset, count int64) (int64, error) {
	return s.SendFileContext(background, f, offset, count)
}

// SendFileContext is SendFile, ended by ctx.
func (s *Socket) SendFileContext(ctx context.Context, f *os.File, offset, count int64) (int64, error) {
	if count < 0 {
		count = 1<<63 - 1 - offset
	}
	n, err := io.Copy(sender{ctx, s}, io.NewSectionReader(f, offset, count))
	if _, serr := f.Seek(offset+n, io.SeekStart); err == nil {
		err = serr
	}
	return n, opError("sendfile", nil, err)
}

// A sender writes under a context.
type sender struct {
	ctx context.Context
	s   *Socket
}

func (w sender) Write(p []byte) (int, error) {
	if err := w.s.SendAllContext(w.ctx, p, 0); err != nil {
		return 0, err
	}
	return len(p), nil
}

// SetLinger says what Close does with data that has not gone: wait for it at most d,
// in whole seconds; 0 throws it away and resets the connection; below 0 is the
// usual way, to send it in the background. SO_LINGER.
func (s *Socket) SetLinger(d time.Duration) error {
	l := windows.Linger{Onoff: 1, Linger: int32((d + time.Second - 1) / time.Second)}
	if d < 0 {
		l = windows.Linger{}
	}
	return s.control("setsockopt", func(h windows.Handle) error {
		return windows.SetsockoptLinger(h, windows.SOL_SOCKET, windows.SO_LINGER, &l)
	})
}

// ReadFrom sends all that r gives, as io.ReaderFrom has it.
func (s *Socket) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{s}, r)
}

func shareBytes(info *windows.WSAProtocolInfo) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(info)), unsafe.Sizeof(*info))
}

func zoneIndex(zone string) (uint32, error) {
	if n, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(n), nil
	}
	i, err := net.InterfaceByName(zone)
	if err != nil {
		return 0, err
	}
	return uint32(i.Index), nil
}

// The system's own listeners take over an address that is in use if it is not
// exclusive; package net makes them so.
func (s *Socket) setReuseAddr() error { return nil }

func (s *Socket) setReusePort() error { return opError("setsockopt", nil, errors.ErrUnsupported) }

func (s *Socket) setV6Only(yes bool) error {
	v := 0
	if yes {
		v = 1
	}
	return s.SetOption(Level(ProtoIPv6), IPV6V6Only, v)
}

func (s *Socket) setByte(opt Option, n int) error { return s.SetOption(Level(ProtoIP), opt, n) }

// bindMode binds to a path; who may connect is for the folder's permissions.
func (s *Socket) bindMode(u Unix, _ os.FileMode) error { return s.Bind(u) }

// socketPair connects two streams over the loopback address. Each end checks that it
// reached the other, for another process may have connected first.
func socketPair(family Family, typ Type, _ Proto) (*Socket, *Socket, error) {
	if family == AFUnspec {
		family = AFInet
	}
	if typ != SockStream || family != AFInet && family != AFInet6 {
		return nil, nil, opError("socketpair", nil, errors.ErrUnsupported)
	}
	host := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	if family == AFInet6 {
		host = netip.IPv6Loopback()
	}
	return loopbackPair(FromAddrPort(netip.AddrPortFrom(host, 0)))
}
