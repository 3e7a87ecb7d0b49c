//go:build unix

package socket

import (
	"context"
	"io"
	"net"
	"net/netip"
	"syscall"
)

// recv, recvfrom, send and sendto are the attempts of the operations that must
// not allocate: arguments and results are in the side.
func (d *side) recv(fd int) (err error) {
	d.n, err = sysRecv(fd, d.p, int(d.flags))
	return err
}

func (d *side) recvfrom(fd int) (err error) {
	d.n, err = sysRecvfrom(fd, d.p, int(d.flags), &d.addr)
	return err
}

func (d *side) send(fd int) (err error) {
	d.n, err = sysSend(fd, d.p, int(d.flags))
	return err
}

func (d *side) sendto(fd int) (err error) {
	d.n, err = sysSendto(fd, d.p, int(d.flags), &d.addr)
	return err
}

// transfer performs one receiving or sending with an attempt of the kind.
func (d *side) transfer(ctx context.Context, kind attempt, p []byte, flags MsgFlag) (int, error) {
	d.p, d.flags, d.n = p, flags, 0
	err := d.perform(ctx, kind)
	d.p = nil
	if err != nil {
		return 0, err
	}
	return d.n, nil
}

// Errors of the non-blocking mode, made once.
var (
	errRecvBlocks = opError("recv", nil, syscall.EAGAIN)
	errSendBlocks = opError("send", nil, syscall.EAGAIN)
)

func transferError(op string, addr net.Addr, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	if err == syscall.EAGAIN && addr == nil {
		switch op {
		case "recv":
			return errRecvBlocks
		case "send":
			return errSendBlocks
		}
	}
	return opError(op, addr, err)
}

// Recv receives at most len(p) bytes: `socket.socket.recv`, `recv_into`. The end of a
// stream is io.EOF; what a datagram has beyond len(p) is lost (see
// [Socket.RecvMsg]).
func (s *Socket) Recv(p []byte, flags MsgFlag) (int, error) { return s.recv(background, p, flags) }

// RecvContext is Recv, ended by ctx.
func (s *Socket) RecvContext(ctx context.Context, p []byte, flags MsgFlag) (int, error) {
	return s.recv(ctx, p, flags)
}

func (s *Socket) recv(ctx context.Context, p []byte, flags MsgFlag) (int, error) {
	s.rd.mu.Lock()
	n, err := s.rd.transfer(ctx, recvs, p, flags)
	s.rd.mu.Unlock()
	n = min(n, len(p)) // MSG_TRUNC tells the whole length
	return n, transferError("recv", nil, s.eof(n, len(p), err))
}

// RecvInto receives at most n bytes into the beginning of p; 0 is all of it:
// `socket.socket.recv_into`. It fails with io.ErrShortBuffer if n is more than len(p).
func (s *Socket) RecvInto(p []byte, n int, flags MsgFlag) (int, error) {
	p, err := part(p, n)
	if err != nil {
		return 0, opError("recv", nil, err)
	}
	return s.Recv(p, flags)
}

// RecvFrom receives a datagram and tells who sent it: `socket.socket.recvfrom`,
// `recvfrom_into`. The address is nil on a connected stream.
func (s *Socket) RecvFrom(p []byte, flags MsgFlag) (int, Addr, error) {
	return s.recvFrom(background, p, flags)
}

// RecvFromContext is RecvFrom, ended by ctx.
func (s *Socket) RecvFromContext(ctx context.Context, p []byte, flags MsgFlag) (int, Addr, error) {
	return s.recvFrom(ctx, p, flags)
}

func (s *Socket) recvFrom(ctx context.Context, p []byte, flags MsgFlag) (int, Addr, error) {
	s.rd.mu.Lock()
	n, err := s.rd.transfer(ctx, recvsFrom, p, flags)
	var from Addr
	if err == nil {
		from = s.rd.addr.decode(s.proto)
	}
	s.rd.mu.Unlock()
	n = min(n, len(p))
	return n, from, transferError("recvfrom", nil, s.eof(n, len(p), err))
}

// RecvFromInto is RecvFrom into the first n bytes of p; 0 is all of it:
// `socket.socket.recvfrom_into`. It fails with io.ErrShortBuffer if n is more than
// len(p).
func (s *Socket) RecvFromInto(p []byte, n int, flags MsgFlag) (int, Addr, error) {
	p, err := part(p, n)
	if err != nil {
		return 0, nil, opError("recvfrom", nil, err)
	}
	return s.RecvFrom(p, flags)
}

// RecvFromAddrPort is RecvFrom of an AFInet or AFInet6 socket without an
// allocation. The address has the scope id as its zone.
func (s *Socket) RecvFromAddrPort(p []byte, flags MsgFlag) (int, netip.AddrPort, error) {
	s.rd.mu.Lock()
	n, err := s.rd.transfer(background, recvsFrom, p, flags)
	var from netip.AddrPort
	if err == nil {
		from = s.rd.addr.addrPort()
	}
	s.rd.mu.Unlock()
	n = min(n, len(p))
	return n, from, transferError("recvfrom", nil, s.eof(n, len(p), err))
}

// Send sends what the system takes of p at once and tells how much that was:
// `socket.socket.send`. Of a datagram it is all or an error.
func (s *Socket) Send(p []byte, flags MsgFlag) (int, error) { return s.send(background, p, flags) }

// SendContext is Send, ended by ctx.
func (s *Socket) SendContext(ctx context.Context, p []byte, flags MsgFlag) (int, error) {
	return s.send(ctx, p, flags)
}

func (s *Socket) send(ctx context.Context, p []byte, flags MsgFlag) (int, error) {
	s.wr.mu.Lock()
	n, err := s.wr.transfer(ctx, sends, p, flags)
	s.wr.mu.Unlock()
	return n, transferError("send", nil, err)
}

// SendAll sends all of p: `socket.socket.sendall`. The timeout of the socket
// bounds the whole. On an error some of it may have gone.
func (s *Socket) SendAll(p []byte, flags MsgFlag) error {
	_, err := s.sendAll(background, p, flags)
	return err
}

// SendAllContext is SendAll, ended by ctx.
func (s *Socket) SendAllContext(ctx context.Context, p []byte, flags MsgFlag) error {
	_, err := s.sendAll(ctx, p, flags)
	return err
}

// maxChunk bounds one system call; some systems refuse more.
const maxChunk = 1 << 30

// sendall is the attempt that goes on until all has gone, so that the timeout
// bounds the whole. Nothing at all is sent once: it may be a datagram.
func (d *side) sendall(fd int) error {
	for {
		n, err := sysSend(fd, d.p[:min(len(d.p), maxChunk)], int(d.flags))
		if err != nil {
			return err
		}
		d.n += n
		if d.p = d.p[n:]; len(d.p) == 0 {
			return nil
		}
	}
}

func (s *Socket) sendAll(ctx context.Context, p []byte, flags MsgFlag) (int, error) {
	s.wr.mu.Lock()
	_, err := s.wr.transfer(ctx, sendsAll, p, flags)
	n := s.wr.n
	s.wr.mu.Unlock()
	return n, transferError("send", nil, err)
}

// SendTo sends a datagram: `socket.socket.sendto`.
func (s *Socket) SendTo(p []byte, flags MsgFlag, to Addr) (int, error) {
	return s.sendTo(background, p, flags, to)
}

// SendToContext is SendTo, ended by ctx.
func (s *Socket) SendToContext(ctx context.Context, p []byte, flags MsgFlag, to Addr) (int, error) {
	return s.sendTo(ctx, p, flags, to)
}

func (s *Socket) sendTo(ctx context.Context, p []byte, flags MsgFlag, to Addr) (int, error) {
	s.wr.mu.Lock()
	defer s.wr.mu.Unlock()
	if err := s.wr.addr.encode(to); err != nil {
		return 0, opError("sendto", netAddr(to), err)
	}
	n, err := s.wr.transfer(ctx, sendsTo, p, flags)
	if err != nil {
		return n, transferError("sendto", netAddr(to), err)
	}
	return n, nil
}

// SendToAddrPort is SendTo of an AFInet or AFInet6 socket without an allocation.
// On an AFInet6 socket an IPv4 address is mapped.
func (s *Socket) SendToAddrPort(p []byte, flags MsgFlag, to netip.AddrPort) (int, error) {
	s.wr.mu.Lock()
	defer s.wr.mu.Unlock()
	if err := s.wr.addr.encodeAddrPort(s.family, to); err != nil {
		return 0, opError("sendto", net.UDPAddrFromAddrPort(to), err)
	}
	n, err := s.wr.transfer(background, sendsTo, p, flags)
	if err != nil {
		return n, transferError("sendto", net.UDPAddrFromAddrPort(to), err)
	}
	return n, nil
}
