package http1

import (
	"io"
	"sync"
)

// A Reader buffers a connection. Unlike a bufio.Reader it shows the bytes at hand,
// grows as far as a limit asks, and gives its buffer back while nothing is
// buffered, so that an idle connection has none.
type Reader struct {
	Src  io.Reader
	buf  []byte
	r, w int
	pool *[]byte
	err  error
}

// bufferSize is that of a buffer at first.
const bufferSize = 4096

var buffers = sync.Pool{New: func() any {
	b := make([]byte, bufferSize)
	return &b
}}

// Buffered returns the bytes that have been read and not used. They are valid until
// the next Fill.
func (b *Reader) Buffered() []byte { return b.buf[b.r:b.w] }

// Len is the number of bytes buffered.
func (b *Reader) Len() int { return b.w - b.r }

// Discard uses n of the buffered bytes.
func (b *Reader) Discard(n int) {
	b.r += n
	if b.r == b.w {
		b.r, b.w = 0, 0
	}
}

// Fill reads once more. The error is that of the source; bytes that came with it
// are kept and counted first. A Fill after an error reports it again.
func (b *Reader) Fill() error {
	if b.err != nil {
		return b.err
	}
	b.room()
	for range 100 {
		n, err := b.Src.Read(b.buf[b.w:])
		b.w += n
		if n > 0 {
			b.err = err
			return nil
		}
		if err != nil {
			return err // not kept: a deadline passes
		}
	}
	return io.ErrNoProgress
}

// room makes room for more.
func (b *Reader) room() {
	switch {
	case b.buf == nil:
		b.pool = buffers.Get().(*[]byte)
		b.buf = *b.pool
	case b.r == b.w:
		b.r, b.w = 0, 0
	case b.w < len(b.buf):
	case b.r > 0:
		b.w = copy(b.buf, b.buf[b.r:b.w])
		b.r = 0
	default:
		bigger := make([]byte, 2*len(b.buf))
		b.w = copy(bigger, b.buf[:b.w])
		b.free()
		b.buf = bigger
	}
}

func (b *Reader) free() {
	if b.pool != nil {
		buffers.Put(b.pool)
		b.pool = nil
	}
}

// Release gives the buffer back if nothing is buffered, and reports whether it did.
// No slice of the buffer may be in use.
func (b *Reader) Release() bool {
	if b.r != b.w {
		return false
	}
	b.free()
	b.buf, b.r, b.w = nil, 0, 0
	return true
}

// Drop gives the buffer back with all that is in it.
func (b *Reader) Drop() {
	b.r, b.w = 0, 0
	b.Release()
}

// Preload puts bytes before what the source will give.
func (b *Reader) Preload(p []byte) {
	for len(p) > 0 {
		b.room()
		n := copy(b.buf[b.w:], p)
		b.w += n
		p = p[n:]
	}
}

// Read reads what is buffered, or else from the source, large reads directly.
func (b *Reader) Read(p []byte) (int, error) {
	if b.r == b.w {
		if b.err != nil {
			return 0, b.err
		}
		if len(p) >= bufferSize {
			return b.Src.Read(p)
		}
		if err := b.Fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, b.buf[b.r:b.w])
	b.Discard(n)
	return n, nil
}
