package socket

import (
	"context"
	"runtime"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A mmsghdr is struct mmsghdr: a message and the bytes that went.
type mmsghdr struct {
	hdr unix.Msghdr
	len uint32
	_   [unsafe.Sizeof(uintptr(0)) - 4]byte
}

// A batch is the kernel's description of many datagrams, kept for reuse.
type batch struct {
	msgs  []mmsghdr
	iovs  []unix.Iovec // one a datagram
	addrs []rawAddr    // one a message
	oobs  [][segmentSpace]byte
	whole []int // how many datagrams a message holds

	// The arguments and the result of a call.
	count, n int
	flags    MsgFlag
	gro      bool
	isPlain  bool
	recvFn   func(fd int) error
	sendFn   func(fd int) error
	plainFn  func(fd uintptr)
}

var batches = sync.Pool{New: func() any {
	b := new(batch)
	b.recvFn, b.sendFn, b.plainFn = b.recv, b.send, b.plain
	return b
}}

// maxBatch is how many datagrams the kernel takes in one call.
const maxBatch = 1024

// fit makes room for the datagrams and describes their buffers.
func (b *batch) fit(ds []Datagram) {
	if n := len(ds); n > len(b.msgs) {
		b.msgs, b.iovs, b.whole = make([]mmsghdr, n), make([]unix.Iovec, n), make([]int, n)
		b.addrs, b.oobs = make([]rawAddr, n), make([][segmentSpace]byte, n)
	}
	for i := range ds {
		b.iovs[i] = unix.Iovec{Base: (*byte)(pointerTo(ds[i].Buf))}
		b.iovs[i].SetLen(len(ds[i].Buf))
	}
}

// message makes the i-th message one of the buffers from the first on.
func (b *batch) message(i, first, buffers int) *unix.Msghdr {
	b.msgs[i] = mmsghdr{}
	h := &b.msgs[i].hdr
	h.Iov = &b.iovs[first]
	h.SetIovlen(buffers)
	b.addrs[i].len = 0
	b.whole[i] = buffers
	return h
}

// release forgets the callers' buffers and gives the batch back.
func (b *batch) release(n int) {
	clear(b.iovs[:n])
	batches.Put(b)
}

// RecvBatch receives at least one datagram, and as many of those that are there as ds
// has room for, with one system call (recvmmsg): it sets N, Addr, Flags and Segment
// of the first n. At most 1,024 are received at once.
func (s *Socket) RecvBatch(ds []Datagram, flags MsgFlag) (n int, err error) {
	return s.RecvBatchContext(background, ds, flags)
}

// RecvBatchContext is RecvBatch, ended by ctx.
func (s *Socket) RecvBatchContext(ctx context.Context, ds []Datagram, flags MsgFlag) (n int, err error) {
	if len(ds) == 0 {
		return 0, nil
	}
	ds = ds[:min(len(ds), maxBatch)]
	b := batches.Get().(*batch)
	defer b.release(len(ds))
	b.fit(ds)
	for i := range ds {
		b.message(i, i, 1)
	}
	b.count, b.flags, b.gro = len(ds), flags, s.gro.Load()
	s.rd.mu.Lock()
	err = s.rd.do(ctx, flags, b.recvFn)
	s.rd.mu.Unlock()
	runtime.KeepAlive(ds)
	if err != nil {
		return 0, opError("recvmmsg", nil, err)
	}
	for i := range b.n {
		d, m := &ds[i], &b.msgs[i]
		b.addrs[i].len = m.hdr.Namelen
		d.N, d.Addr, d.Flags, d.Segment = min(int(m.len), len(d.Buf)), b.addrs[i].addrPort(), MsgFlag(m.hdr.Flags)&^unix.MSG_CMSG_CLOEXEC, 0
		if b.gro {
			d.Segment = segmentOf(b.oobs[i][:min(int(m.hdr.Controllen), segmentSpace)])
		}
	}
	return b.n, nil
}

func (b *batch) recv(fd int) error {
	for i := range b.count { // a failed attempt may have touched them
		h := &b.msgs[i].hdr
		h.Name, h.Namelen = &b.addrs[i].buf[0], uint32(len(b.addrs[i].buf))
		if b.gro {
			h.Control = &b.oobs[i][0]
			h.SetControllen(segmentSpace)
		}
	}
	return b.call(unix.SYS_RECVMMSG, fd, unix.MSG_CMSG_CLOEXEC)
}

func (b *batch) send(fd int) error { return b.call(unix.SYS_SENDMMSG, fd, unix.MSG_NOSIGNAL) }

func (b *batch) call(trap uintptr, fd int, flags MsgFlag) error {
	r, _, e := unix.Syscall6(trap, uintptr(fd), uintptr(unsafe.Pointer(&b.msgs[0])), uintptr(b.count),
		uintptr(b.flags|flags)|unix.MSG_DONTWAIT, 0, 0)
	b.n = int(r)
	return errnoErr(e)
}

// SendBatch sends the datagrams with as few system calls as there can be (sendmmsg)
// and sets N of each that went. It tells how many went; fewer than all with an error.
//
// Neighbours that go to one address and are equally long, the last of them perhaps
// shorter, pass through the system together where it can cut them apart again (UDP GSO).
// They stay datagrams of their own.
func (s *Socket) SendBatch(ds []Datagram, flags MsgFlag) (n int, err error) {
	return s.SendBatchContext(background, ds, flags)
}

// SendBatchContext is SendBatch, ended by ctx.
func (s *Socket) SendBatchContext(ctx context.Context, ds []Datagram, flags MsgFlag) (n int, err error) {
	for n < len(ds) {
		m, err := s.sendBatch(ctx, ds[n:min(len(ds), n+maxBatch)], flags)
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

func (s *Socket) sendBatch(ctx context.Context, ds []Datagram, flags MsgFlag) (int, error) {
	b := batches.Get().(*batch)
	defer b.release(len(ds))
	b.fit(ds)
	b.flags = flags
	together := flags == 0 && s.coalesces(b, ds)
	if err := b.describe(s.family, ds, together); err != nil {
		return 0, opError("sendmmsg", nil, err)
	}
	s.wr.mu.Lock()
	err := s.wr.do(ctx, flags, b.sendFn)
	if together && refusesSegments(err) && b.whole[0] > 1 {
		s.apart.Store(true)
		if err = b.describe(s.family, ds, false); err == nil {
			err = s.wr.do(ctx, flags, b.sendFn)
		}
	}
	s.wr.mu.Unlock()
	runtime.KeepAlive(ds)
	if err != nil {
		return 0, opError("sendmmsg", nil, err)
	}
	n := 0
	for i := range b.n {
		if b.whole[i] == 1 {
			ds[n].N = int(b.msgs[i].len)
			n++
			continue
		}
		for range b.whole[i] {
			ds[n].N = len(ds[n].Buf)
			n++
		}
	}
	return n, nil
}

// describe makes the messages, of neighbours together if they may be.
func (b *batch) describe(family Family, ds []Datagram, together bool) error {
	b.count = 0
	for first := 0; first < len(ds); b.count++ {
		n, i := 1, b.count
		if together {
			n = alike(ds[first:])
		}
		d := &ds[first]
		h := b.message(i, first, n)
		if d.Addr.IsValid() {
			if err := b.addrs[i].encodeAddrPort(family, d.Addr); err != nil {
				return err
			}
			h.Name, h.Namelen = &b.addrs[i].buf[0], b.addrs[i].len
		}
		seg := d.Segment
		if n > 1 {
			seg = len(d.Buf)
		}
		if seg != 0 {
			h.Control = &b.oobs[i][0]
			h.SetControllen(putSegment(b.oobs[i][:], seg))
		}
		first += n
	}
	return nil
}
