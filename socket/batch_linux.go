package socket

import (
	"context"
	"encoding/binary"
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

// segmentSpace is the room for one UDP_SEGMENT or UDP_GRO message.
const segmentSpace = 32

// A batch is the kernel's description of many datagrams, kept for reuse.
type batch struct {
	msgs  []mmsghdr
	iovs  []unix.Iovec
	addrs []rawAddr
	oobs  [][segmentSpace]byte
}

var batches = sync.Pool{New: func() any { return new(batch) }}

// maxBatch is how many datagrams the kernel takes in one call.
const maxBatch = 1024

// fit makes room for n datagrams and describes their buffers.
func (b *batch) fit(ds []Datagram) {
	if n := len(ds); n > len(b.msgs) {
		b.msgs, b.iovs = make([]mmsghdr, n), make([]unix.Iovec, n)
		b.addrs, b.oobs = make([]rawAddr, n), make([][segmentSpace]byte, n)
	}
	for i := range ds {
		b.iovs[i] = unix.Iovec{Base: (*byte)(pointerTo(ds[i].Buf))}
		b.iovs[i].SetLen(len(ds[i].Buf))
		b.msgs[i] = mmsghdr{}
		h := &b.msgs[i].hdr
		h.Iov = &b.iovs[i]
		h.SetIovlen(1)
		b.addrs[i].len = 0
	}
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
	gro := s.gro.Load()
	s.rd.mu.Lock()
	err = s.rd.do(ctx, func(fd int) (err error) {
		for i := range ds { // a failed attempt may have touched them
			h := &b.msgs[i].hdr
			h.Name, h.Namelen = &b.addrs[i].buf[0], uint32(len(b.addrs[i].buf))
			if gro {
				h.Control = &b.oobs[i][0]
				h.SetControllen(segmentSpace)
			}
		}
		r, _, e := unix.Syscall6(unix.SYS_RECVMMSG, uintptr(fd), uintptr(unsafe.Pointer(&b.msgs[0])), uintptr(len(ds)), uintptr(flags)|unix.MSG_CMSG_CLOEXEC, 0, 0)
		n = int(r)
		return errnoErr(e)
	})
	s.rd.mu.Unlock()
	runtime.KeepAlive(ds)
	if err != nil {
		return 0, opError("recvmmsg", nil, err)
	}
	for i := range n {
		d, m := &ds[i], &b.msgs[i]
		b.addrs[i].len = m.hdr.Namelen
		d.N, d.Addr, d.Flags, d.Segment = min(int(m.len), len(d.Buf)), b.addrs[i].addrPort(), MsgFlag(m.hdr.Flags)&^unix.MSG_CMSG_CLOEXEC, 0
		if gro {
			d.Segment = segmentOf(b.oobs[i][:min(int(m.hdr.Controllen), segmentSpace)])
		}
	}
	return n, nil
}

// segmentOf finds the length of the segments among the control messages.
func segmentOf(oob []byte) int {
	cs, _ := parseControl(oob)
	for _, c := range cs {
		if c.Level == Level(unix.SOL_UDP) && c.Type == unix.UDP_GRO {
			v, _ := c.Int()
			return v
		}
	}
	return 0
}

// SendBatch sends the datagrams with as few system calls as there can be (sendmmsg)
// and sets N of each that went. It tells how many went; fewer than all with an error.
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
	for i := range ds {
		h := &b.msgs[i].hdr
		if ds[i].Addr.IsValid() {
			if err := b.addrs[i].encodeAddrPort(s.family, ds[i].Addr); err != nil {
				return 0, opError("sendmmsg", nil, err)
			}
			h.Name, h.Namelen = &b.addrs[i].buf[0], b.addrs[i].len
		}
		if seg := ds[i].Segment; seg != 0 {
			h.Control = &b.oobs[i][0]
			h.SetControllen(putSegment(b.oobs[i][:], seg))
		}
	}
	n := 0
	s.wr.mu.Lock()
	err := s.wr.do(ctx, func(fd int) error {
		r, _, e := unix.Syscall6(unix.SYS_SENDMMSG, uintptr(fd), uintptr(unsafe.Pointer(&b.msgs[0])), uintptr(len(ds)), uintptr(flags)|unix.MSG_NOSIGNAL, 0, 0)
		n = int(r)
		return errnoErr(e)
	})
	s.wr.mu.Unlock()
	runtime.KeepAlive(ds)
	if err != nil {
		return 0, opError("sendmmsg", nil, err)
	}
	for i := range n {
		ds[i].N = int(b.msgs[i].len)
	}
	return n, nil
}

// putSegment writes a UDP_SEGMENT message and returns its length.
func putSegment(oob []byte, size int) int {
	clear(oob)
	h := (*unix.Cmsghdr)(unsafe.Pointer(&oob[0]))
	h.Level, h.Type = unix.SOL_UDP, unix.UDP_SEGMENT
	h.SetLen(unix.CmsgLen(2))
	binary.NativeEndian.PutUint16(oob[unix.CmsgLen(0):], uint16(size))
	return unix.CmsgSpace(2)
}

// SetUDPSegment cuts everything that a UDP socket sends into datagrams of so many
// bytes inside the system (UDP GSO), 0 for none.
func (s *Socket) SetUDPSegment(size int) error {
	return s.SetOption(Level(unix.SOL_UDP), unix.UDP_SEGMENT, size)
}

// SetUDPGRO lets the system hand over several datagrams of one sender in one buffer
// (UDP GRO). RecvBatch tells their length in Segment.
func (s *Socket) SetUDPGRO(on bool) error {
	v := 0
	if on {
		v = 1
	}
	err := s.SetOption(Level(unix.SOL_UDP), unix.UDP_GRO, v)
	if err == nil {
		s.gro.Store(on)
	}
	return err
}
