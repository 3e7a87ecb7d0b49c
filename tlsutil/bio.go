package tlsutil

import (
	"io"
	"slices"
	"sync"
)

// DefaultBIOLimit is how many bytes a [MemoryBIO] holds unless it says otherwise: 1 MiB.
const DefaultBIOLimit = 1 << 20

// A MemoryBIO is a queue of bytes between an [Object] and whatever carries its records. The
// zero value is an empty one, ready for use. It holds no memory while it is empty. It is
// not safe for concurrent use; nor are an Object and its two BIOs used at the same time.
//
// Python: ssl.MemoryBIO, which has no limit.
type MemoryBIO struct {
	// Limit is the number of bytes at which the BIO is full: Write then takes no more, and
	// the Object that writes to it waits. Zero means [DefaultBIOLimit], negative no limit.
	// What the protocol itself answers, at most some records, goes beyond it.
	Limit int

	buf []byte // pending bytes are buf[off:]
	off int
	eof bool
}

// Buffers of these sizes are kept for the next BIO that fills.
const (
	smallBuf = 2 << 10
	largeBuf = 36 << 10  // two records of the greatest size
	hugeBuf  = 160 << 10 // what a bulk transfer piles up
)

var smallBufs = sync.Pool{New: func() any { return new([smallBuf]byte) }}
var largeBufs = sync.Pool{New: func() any { return new([largeBuf]byte) }}
var hugeBufs = sync.Pool{New: func() any { return new([hugeBuf]byte) }}

// Pending returns the number of bytes that can be read. Python: MemoryBIO.pending.
func (b *MemoryBIO) Pending() int { return len(b.buf) - b.off }

// EOF reports whether the end was marked and all before it has been read. Python:
// MemoryBIO.eof.
func (b *MemoryBIO) EOF() bool { return b.eof && b.Pending() == 0 }

// WriteEOF marks the end: a reader that has taken everything gets [io.EOF], and Write
// fails. Python: MemoryBIO.write_eof.
func (b *MemoryBIO) WriteEOF() { b.eof = true }

// Read takes bytes out. If there are none it returns [ErrWantRead], or [io.EOF] once
// WriteEOF was called. Python: MemoryBIO.read.
func (b *MemoryBIO) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n := copy(p, b.buf[b.off:])
	if n == 0 {
		return 0, b.dry()
	}
	b.Discard(n)
	return n, nil
}

// Peek returns all pending bytes without taking them out. They are valid until the next
// call of any other method, and must not be changed.
func (b *MemoryBIO) Peek() []byte { return b.buf[b.off:] }

// Discard takes n bytes out, at most the pending ones, as after a [MemoryBIO.Peek] whose
// bytes have been sent.
func (b *MemoryBIO) Discard(n int) {
	b.off += min(max(n, 0), b.Pending())
	if b.off == len(b.buf) {
		b.release()
	}
}

// Write appends p. If only a part fits within the limit it returns the length of the part
// and [ErrWantWrite]. After WriteEOF it returns an [*Error]. Python: MemoryBIO.write.
func (b *MemoryBIO) Write(p []byte) (int, error) {
	if b.eof {
		return 0, errAfterEOF
	}
	room := max(0, b.room())
	if len(p) > room {
		b.put(p[:room])
		return room, ErrWantWrite
	}
	b.put(p)
	return len(p), nil
}

// WriteTo writes all pending bytes to w, from the BIO's own memory, and takes out what w
// has accepted. The error is w's. It implements [io.WriterTo].
func (b *MemoryBIO) WriteTo(w io.Writer) (int64, error) {
	var sum int64
	for b.Pending() > 0 {
		n, err := w.Write(b.buf[b.off:])
		if n < 0 || n > b.Pending() {
			panic("tlsutil: Write returned an impossible count")
		}
		sum += int64(n)
		b.Discard(n)
		if err != nil {
			return sum, err
		}
		if n == 0 {
			return sum, io.ErrShortWrite
		}
	}
	return sum, nil
}

// FillFrom reads once from r, straight into the BIO's memory, and returns how many bytes
// came. [io.EOF] of r is returned as it is; whether it is the end of the stream is for the
// caller to say, with WriteEOF. A full BIO returns [ErrWantWrite] without reading.
func (b *MemoryBIO) FillFrom(r io.Reader) (int, error) {
	if b.eof {
		return 0, errAfterEOF
	}
	room := b.room()
	if room <= 0 {
		return 0, ErrWantWrite
	}
	b.reserve(largeBuf / 2)
	space := b.buf[len(b.buf):cap(b.buf)]
	n, err := r.Read(space[:min(room, len(space))])
	if n < 0 || n > len(space) {
		panic("tlsutil: Read returned an impossible count")
	}
	b.buf = b.buf[:len(b.buf)+n]
	if b.Pending() == 0 {
		b.release()
	}
	return n, err
}

// Reset empties the BIO and forgets the mark of the end.
func (b *MemoryBIO) Reset() {
	b.release()
	b.eof = false
}

// dry is what reading from an empty BIO gives.
func (b *MemoryBIO) dry() error {
	if b.eof {
		return io.EOF
	}
	return ErrWantRead
}

// room is how many bytes fit; not positive if the BIO is full.
func (b *MemoryBIO) room() int {
	switch {
	case b.Limit < 0:
		return int(^uint(0) >> 1)
	case b.Limit == 0:
		return DefaultBIOLimit - b.Pending()
	}
	return b.Limit - b.Pending()
}

// put appends without regard to the limit.
func (b *MemoryBIO) put(p []byte) {
	if len(p) > 0 {
		b.reserve(len(p))
		b.buf = append(b.buf, p...)
	}
}

// reserve makes room for n more bytes behind the pending ones.
func (b *MemoryBIO) reserve(n int) {
	if cap(b.buf)-len(b.buf) >= n {
		return
	}
	need := b.Pending() + n
	if b.off > 0 && need <= cap(b.buf) {
		b.buf = b.buf[:copy(b.buf, b.buf[b.off:])]
		b.off = 0
		return
	}
	var next []byte
	switch {
	case need <= smallBuf:
		next = smallBufs.Get().(*[smallBuf]byte)[:0]
	case need <= largeBuf:
		next = largeBufs.Get().(*[largeBuf]byte)[:0]
	case need <= hugeBuf:
		next = hugeBufs.Get().(*[hugeBuf]byte)[:0]
	default:
		next = slices.Grow([]byte(nil), max(need, 2*cap(b.buf)))
	}
	next = append(next, b.buf[b.off:]...)
	b.release()
	b.buf = next
}

// release gives the memory back.
func (b *MemoryBIO) release() {
	switch cap(b.buf) {
	case smallBuf:
		smallBufs.Put((*[smallBuf]byte)(b.buf[:smallBuf]))
	case largeBuf:
		largeBufs.Put((*[largeBuf]byte)(b.buf[:largeBuf]))
	case hugeBuf:
		hugeBufs.Put((*[hugeBuf]byte)(b.buf[:hugeBuf]))
	}
	b.buf, b.off = nil, 0
}
