//go:build unix

package socketserver

import (
	"context"
	"encoding/binary"
	"errors"
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// controlFD is the descriptor by which a worker hears from its server.
const controlFD = 3

// A workerRunner serves what the server sends, one request at a time.
type workerRunner struct{ s *Server }

func (w *workerRunner) retire() {}
func (w *workerRunner) kill()   {}

func (w *workerRunner) one(ctx context.Context, _ until) error { return w.serve(ctx) }

func (w *workerRunner) serve(ctx context.Context) error {
	unix.CloseOnExec(controlFD)
	ctl, err := socket.FromFD(controlFD)
	if err != nil {
		return err
	}
	defer ctl.Close()
	go func() {
		<-ctx.Done()
		ctl.Close()
	}()
	size := w.s.MaxPacketSize
	if size <= 0 {
		size = defaultMaxPacketSize
	}
	buf := make([]byte, size+maxHeader)
	for {
		n, fds, _, _, err := socket.RecvFDs(ctl, buf, 1, 0)
		if err != nil || n == 0 {
			return ErrServerClosed
		}
		if err := w.handle(ctx, buf[:n], fds); err != nil {
			return err
		}
		if buf[0] == msgSocket {
			continue
		}
		if _, err := ctl.Send([]byte{msgDone}, 0); err != nil {
			return ErrServerClosed
		}
	}
}

var errMessage = errors.New("socketserver: a message that no server sends")

func (w *workerRunner) handle(ctx context.Context, msg []byte, fds []int) error {
	s := w.s
	switch {
	case msg[0] == msgConn && len(fds) == 1:
		var from socket.Addr
		if sa, err := unix.Getpeername(fds[0]); err == nil {
			from = sockaddr(sa)
		}
		if c := newConn(fds[0], from); s.admitted(c) {
			apart(func() { s.serveConn(ctx, c) })
		}
	case msg[0] == msgSocket && len(fds) == 1:
		sock, err := socket.FromFD(fds[0])
		if err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.take(sock)
	case msg[0] == msgDatagram && len(fds) == 0:
		d := s.newDatagram()
		if err := parseDatagram(msg, d); err != nil {
			return err
		}
		if s.begin() {
			apart(func() { s.serveDatagram(ctx, d) })
		}
	default:
		return errMessage
	}
	return nil
}

// apart calls f in a goroutine of its own, so that one which ends that ends nothing else.
func apart(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

// maxHeader is more than what stands before a datagram's data.
const maxHeader = 512

// appendDatagram appends a message: its kind, whether the datagram was truncated, the
// sender's kind ('4', '6', 'u' or '-'), the length of its address, the address, the data.
func appendDatagram(b []byte, d *Datagram) []byte {
	b = append(b, msgDatagram, 0, '-', 0, 0)
	if d.Truncated {
		b[1] = 1
	}
	switch a := d.to.(type) {
	case socket.Inet:
		b[2] = '4'
		b, _ = a.AddrPort().AppendBinary(b)
	case socket.Inet6:
		b[2] = '6'
		b = binary.BigEndian.AppendUint32(b, a.FlowInfo)
		b = binary.BigEndian.AppendUint32(b, a.ScopeID)
		b, _ = netip.AddrPortFrom(a.Addr, a.Port).AppendBinary(b)
	case socket.Unix:
		b[2] = 'u'
		b = append(b, a.Name...)
	}
	binary.BigEndian.PutUint16(b[3:], uint16(len(b)-5))
	return append(b, d.Data...)
}

// parseDatagram reads what appendDatagram has written.
func parseDatagram(b []byte, d *Datagram) error {
	if len(b) < 5 {
		return errMessage
	}
	size := int(binary.BigEndian.Uint16(b[3:]))
	if len(b)-5 < size {
		return errMessage
	}
	addr, data := b[5:5+size], b[5+size:]
	var ap netip.AddrPort
	switch kind := b[2]; {
	case kind == '4' && ap.UnmarshalBinary(addr) == nil && ap.Addr().Is4():
		d.to = socket.Inet{Addr: ap.Addr(), Port: ap.Port()}
	case kind == '6' && size > 8 && ap.UnmarshalBinary(addr[8:]) == nil && ap.Addr().Is6():
		d.to = socket.Inet6{Addr: ap.Addr(), Port: ap.Port(), FlowInfo: binary.BigEndian.Uint32(addr), ScopeID: binary.BigEndian.Uint32(addr[4:])}
	case kind == 'u':
		d.to = socket.Unix{Name: string(addr)}
	case kind != '-' || size != 0:
		return errMessage
	}
	d.From, d.Truncated = unmap(d.to), b[1] == 1
	d.Data = d.buf[:copy(d.buf, data)]
	return nil
}
