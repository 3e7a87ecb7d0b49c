package socket

import (
	"encoding/binary"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// segmentSpace is the room for one UDP_SEGMENT or UDP_GRO message.
const segmentSpace = 32

// What one message may hold that the system cuts apart: UDP_MAX_SEGMENTS of older
// kernels, and what fits behind the headers of IPv6.
const (
	maxSegments  = 64
	maxSegmented = 65535 - 40 - 8
)

// alike counts the datagrams at the beginning that can go together.
func alike(ds []Datagram) int {
	first := &ds[0]
	size, total := len(first.Buf), len(first.Buf)
	if size == 0 || first.Segment != 0 {
		return 1
	}
	n := 1
	for n < len(ds) && n < maxSegments {
		d := &ds[n]
		if k := len(d.Buf); k == 0 || k > size || total+k > maxSegmented || d.Segment != 0 || d.Addr != first.Addr {
			break
		}
		total += len(d.Buf)
		n++
		if len(d.Buf) < size {
			break // the last of them
		}
	}
	return n
}

// coalesces reports whether datagrams can go together: there are neighbours that are
// alike, and the socket neither cuts nor collects what it sends in a way of its own.
func (s *Socket) coalesces(b *batch, ds []Datagram) bool {
	if s.apart.Load() || s.typ != SockDgram || s.family != AFInet && s.family != AFInet6 || s.proto != 0 && s.proto != ProtoUDP {
		return false
	}
	for i := range ds[1:] {
		if alike(ds[i:i+2]) > 1 {
			b.isPlain = false
			s.conn.Control(b.plainFn)
			return b.isPlain
		}
	}
	return false
}

// plain finds out that neither UDP_SEGMENT nor UDP_CORK is set. A kernel that has not the
// first cannot cut datagrams.
func (b *batch) plain(fd uintptr) {
	segment, err := unix.GetsockoptInt(int(fd), unix.SOL_UDP, unix.UDP_SEGMENT)
	if err != nil || segment != 0 {
		return
	}
	cork, err := unix.GetsockoptInt(int(fd), unix.SOL_UDP, unix.UDP_CORK)
	b.isPlain = err == nil && cork == 0
}

// refusesSegments reports whether an error may come from datagrams going together: they
// do not fit the path, or the device computes no checksums.
func refusesSegments(err error) bool {
	switch err {
	case syscall.EINVAL, syscall.EIO, syscall.EMSGSIZE, syscall.EOPNOTSUPP, syscall.ENOPROTOOPT:
		return true
	}
	return false
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
