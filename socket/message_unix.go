//go:build unix

package socket

import (
	"context"
	"net"
	"slices"

	"golang.org/x/sys/unix"
)

// A Message is what [Socket.RecvMsg] received.
type Message struct {
	// N is how many bytes were received into the buffers, never more than they
	// hold.
	N int
	// Full is the whole length of the datagram, if MsgTrunc was asked for on Linux;
	// else N.
	Full int
	// Flags tell what else the system said: MsgTrunc that the datagram was longer
	// than the buffers, MsgCtrunc that control messages were lost, MsgEOR, MsgErrQueue.
	Flags MsgFlag
	// From is the sender's address, nil if there is none.
	From Addr
	// Control are the control messages. Descriptors among them belong to the caller;
	// [Message.CloseFDs] closes them.
	Control []ControlMessage
}

// RecvMsg receives into the buffers one after the other, with at most oob bytes of
// control messages (see [CmsgSpace]; 0 for none): `socket.socket.recvmsg`,
// `recvmsg_into`. Descriptors that are received are closed on exec.
//
// The end of a stream is io.EOF, unless control messages came with it.
func (s *Socket) RecvMsg(buffers [][]byte, oob int, flags MsgFlag) (*Message, error) {
	return s.recvMsg(background, buffers, oob, flags)
}

// RecvMsgContext is RecvMsg, ended by ctx.
func (s *Socket) RecvMsgContext(ctx context.Context, buffers [][]byte, oob int, flags MsgFlag) (*Message, error) {
	return s.recvMsg(ctx, buffers, oob, flags)
}

func (s *Socket) recvMsg(ctx context.Context, buffers [][]byte, oob int, flags MsgFlag) (*Message, error) {
	if oob < 0 || oob > maxOOB {
		return nil, opError("recvmsg", nil, errOOBSize)
	}
	buffers = slices.Clone(buffers) // the caller may change the list meanwhile
	size := 0
	for _, b := range buffers {
		size += len(b)
	}
	control := make([]byte, oob)
	var n, oobn int
	var got MsgFlag
	var from Addr
	s.rd.mu.Lock()
	err := s.rd.do(ctx, flags, func(fd int) (err error) {
		n, oobn, got, err = sysRecvmsg(fd, buffers, control, int(flags), &s.rd.addr)
		return err
	})
	if err == nil {
		from = s.rd.addr.decode(s.proto)
	}
	s.rd.mu.Unlock()
	if err != nil {
		return nil, opError("recvmsg", nil, err)
	}
	m := &Message{N: min(n, size), Full: n, Flags: got, From: from}
	if m.Control, err = parseControl(control[:oobn]); err != nil {
		m.CloseFDs()
		return nil, opError("recvmsg", nil, err)
	}
	if len(m.Control) == 0 {
		if err := s.eof(n, size, nil); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// FDs returns the descriptors among the control messages, in order.
func (m *Message) FDs() []int {
	var fds []int
	for _, c := range m.Control {
		f, _ := c.FDs()
		fds = append(fds, f...)
	}
	return fds
}

// CloseFDs closes the descriptors among the control messages.
func (m *Message) CloseFDs() { closeFDs(m.FDs()) }

// SendMsg sends the buffers one after the other as one message, with control
// messages, to an address or, if to is nil, to the peer: `socket.socket.sendmsg`. It
// tells how many bytes went; on a stream that may be fewer than all.
func (s *Socket) SendMsg(buffers [][]byte, control []ControlMessage, flags MsgFlag, to Addr) (int, error) {
	return s.sendMsg(background, buffers, control, flags, to)
}

// SendMsgContext is SendMsg, ended by ctx.
func (s *Socket) SendMsgContext(ctx context.Context, buffers [][]byte, control []ControlMessage, flags MsgFlag, to Addr) (int, error) {
	return s.sendMsg(ctx, buffers, control, flags, to)
}

func (s *Socket) sendMsg(ctx context.Context, buffers [][]byte, control []ControlMessage, flags MsgFlag, to Addr) (int, error) {
	buffers = slices.Clone(buffers)
	oob := appendControl(nil, control)
	s.wr.mu.Lock()
	defer s.wr.mu.Unlock()
	if err := s.wr.addr.encode(to); err != nil {
		return 0, opError("sendmsg", netAddr(to), err)
	}
	n := 0
	err := s.wr.do(ctx, flags, func(fd int) (err error) {
		n, err = sysSendmsg(fd, buffers, oob, int(flags), &s.wr.addr)
		return err
	})
	if err != nil {
		n = 0
	}
	return n, opError("sendmsg", netAddr(to), err)
}

// SendFDs sends data with descriptors over a Unix socket, which stay the sender's
// own: `socket.send_fds`. On a stream at least one byte of data must go with them.
func SendFDs(s *Socket, buffers [][]byte, fds []int, flags MsgFlag, to Addr) (int, error) {
	return s.SendMsg(buffers, []ControlMessage{Rights(fds...)}, flags, to)
}

// RecvFDs receives data and at most maxFDs descriptors over a Unix socket:
// `socket.recv_fds`. The descriptors belong to the caller and are closed on exec; those
// beyond maxFDs have been closed, and the flags hold MsgCtrunc.
func RecvFDs(s *Socket, p []byte, maxFDs int, flags MsgFlag) (n int, fds []int, got MsgFlag, from Addr, err error) {
	if maxFDs < 0 || maxFDs > maxRights {
		return 0, nil, 0, nil, opError("recvmsg", nil, errOOBSize)
	}
	m, err := s.RecvMsg([][]byte{p}, unix.CmsgSpace(maxFDs*sizeofInt), flags)
	if err != nil {
		return 0, nil, 0, nil, err
	}
	fds = m.FDs()
	if len(fds) > maxFDs { // alignment may leave room for one more
		closeFDs(fds[maxFDs:])
		fds = fds[:maxFDs]
		m.Flags |= MsgCtrunc
	}
	return m.N, fds, m.Flags, m.From, nil
}

// WriteBuffers sends all of the buffers with as few system calls as there can be, as
// net.Buffers does. It tells how many bytes went.
func (s *Socket) WriteBuffers(buffers net.Buffers) (int64, error) {
	var total int64
	for left := slices.Clone(buffers); len(left) > 0; {
		n, err := s.SendMsg(left[:min(len(left), maxIov)], nil, 0, nil)
		total += int64(n)
		if err != nil {
			return total, err
		}
		for len(left) > 0 && n >= len(left[0]) {
			n -= len(left[0])
			left = left[1:]
		}
		if n > 0 {
			left[0] = left[0][n:]
		}
	}
	return total, nil
}
