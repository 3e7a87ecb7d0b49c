package tlsutil

import (
	"io"
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

	q   *queue // nil while it is empty
	eof bool
}

// A queue holds bytes: the pending ones are buf[off:].
type queue struct {
	buf []byte
	off int
}

// Queues of these sizes are kept for the next BIO that fills.
const (
	smallBuf = 2 << 10
	largeBuf = 36 << 10  // two records of the greatest size
	hugeBuf  = 160 << 10 // what a bulk transfer piles up
)

var (
	smallQueues = sync.Pool{New: func() any { return newQueue(smallBuf) }}
	largeQueues = sync.Pool{New: func() any { return newQueue(largeBuf) }}
	hugeQueues  = sync.Pool{New: func() any { return newQueue(hugeBuf) }}
)

func newQueue(size int) *queue { return &queue{buf: make([]byte, 0, size)} }

// Pending returns the number of bytes that can be read. Python: MemoryBIO.pending.
func (b *MemoryBIO) Pending() int {
	if b.q == nil {
		return 0
	}
	return len(b.q.buf) - b.q.off
}

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
	n := copy(p, b.Peek())
	if n == 0 {
		return 0, b.dry()
	}
	b.Discard(n)
	return n, nil
}

// Peek returns all pending bytes without taking them out. They are valid until the next
// call of any other method, and must not be changed.
func (b *MemoryBIO) Peek() []byte {
	if b.q == nil {
		return nil
	}
	return b.q.buf[b.q.off:]
}

// Discard takes n bytes out, at most the pending ones, as after a [MemoryBIO.Peek] whose
// bytes have been sent.
func (b *MemoryBIO) Discard(n int) {
	if b.q == nil {
		return
	}
	b.q.off += min(max(n, 0), b.Pending())
	b.settle()
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
		n, err := w.Write(b.Peek())
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
	q := b.q
	space := q.buf[len(q.buf):cap(q.buf)]
	n, err := r.Read(space[:min(room, len(space))])
	if n < 0 || n > len(space) {
		panic("tlsutil: Read returned an impossible count")
	}
	q.buf = q.buf[:len(q.buf)+n]
	b.settle()
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
		b.q.buf = append(b.q.buf, p...)
	}
}

// reserve makes room for n more bytes behind the pending ones.
func (b *MemoryBIO) reserve(n int) {
	need := b.Pending() + n
	if q := b.q; q != nil {
		if cap(q.buf)-len(q.buf) >= n {
			return
		}
		if q.off > 0 && need <= cap(q.buf) {
			q.buf = q.buf[:copy(q.buf, q.buf[q.off:])]
			q.off = 0
			return
		}
	}
	var next *queue
	switch {
	case need <= smallBuf:
		next = smallQueues.Get().(*queue)
	case need <= largeBuf:
		next = largeQueues.Get().(*queue)
	case need <= hugeBuf:
		next = hugeQueues.Get().(*queue)
	default:
		next = newQueue(max(need, 2*b.Pending()))
	}
	next.buf = append(next.buf, b.Peek()...)
	b.release()
	b.q = next
}

// settle gives the memory back if it is empty.
func (b *MemoryBIO) settle() {
	if b.q.off == len(b.q.buf) {
		b.release()
	}
}

// release gives the memory back.
func (b *MemoryBIO) release() {
	q := b.q
	if q == nil {
		return
	}
	b.q = nil
	q.buf, q.off = q.buf[:0], 0
	switch cap(q.buf) {
	case smallBuf:
		smallQueues.Put(q)
	case largeBuf:
		largeQueues.Put(q)
	case hugeBuf:
		hugeQueues.Put(q)
	}
}
