package http1

import (
	"io"

	"github.com/pynet-go/pynet/httpx"
)

// A Body reads the body of a message from a [Reader], and nothing after it. Set it
// up by [Body.Start].
type Body struct {
	// Python reads chunks as Python does, lets the stream end after the last one, before
	// the empty line, and sees the end of the body only when it is read again. It survives
	// Start.
	Python bool

	rd     *Reader
	kind   BodyKind
	remain int64
	chunks Chunked
	err    error
	read   int64
}

// Start begins a body as f says.
func (b *Body) Start(rd *Reader, f Framing, limits Limits) {
	trailer := b.chunks.trailer[:0]
	*b = Body{rd: rd, kind: f.Kind, remain: f.Length, Python: b.Python}
	if f.Kind == ChunkedBody {
		b.chunks = Chunked{Limits: limits, Python: b.Python, trailer: trailer}
	}
	if f.Kind == NoBody || f.Kind == LengthBody && f.Length == 0 {
		b.err = io.EOF
	}
}

// Done reports whether the whole body has been read.
func (b *Body) Done() bool { return b.err == io.EOF }

// Err returns the error that ended the body, if one did.
func (b *Body) Err() error { return b.err }

// Kind returns how it ends.
func (b *Body) Kind() BodyKind { return b.kind }

// Remaining returns how many bytes are still to come, -1 if that is unknown; of a
// chunked body, how many of the current chunk are.
func (b *Body) Remaining() int64 {
	switch b.kind {
	case ChunkedBody:
		return b.chunks.InChunk()
	case EOFBody:
		return -1
	}
	return b.remain
}

// Count returns how many bytes of content have been read.
func (b *Body) Count() int64 { return b.read }

// Trailer returns the trailer fields of a chunked body that has been read.
func (b *Body) Trailer() httpx.Header {
	if b.kind != ChunkedBody || len(b.chunks.trailer) == 0 {
		return nil
	}
	return b.chunks.Trailer()
}

// Read implements io.Reader. A body that ends early is io.ErrUnexpectedEOF.
func (b *Body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	switch b.kind {
	case LengthBody:
		if int64(len(p)) > b.remain {
			p = p[:b.remain]
		}
		n, err := b.rd.Read(p)
		b.remain -= int64(n)
		b.read += int64(n)
		if b.remain == 0 {
			b.err = io.EOF
		} else if err != nil {
			b.fail(err)
		}
		return n, b.early(n)
	case EOFBody:
		n, err := b.rd.Read(p)
		b.read += int64(n)
		if err != nil {
			b.err = err
		}
		return n, b.early(n)
	}
	return b.readChunks(p)
}

// early keeps an error back that comes with data.
func (b *Body) early(n int) error {
	if n > 0 {
		return nil
	}
	return b.err
}

func (b *Body) fail(err error) {
	if err == io.EOF && b.Python && b.kind == ChunkedBody && b.chunks.state == atSize && b.rd.Len() > 0 {
		// The end of the stream ends the line.
		if perr := b.chunks.pythonSize(b.rd.Buffered()); perr != nil {
			err = perr
		}
		b.rd.Discard(b.rd.Len())
	}
	if err == io.EOF && b.Python && b.kind == ChunkedBody && b.chunks.state == atTrailer {
		b.err = io.EOF
		return
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	b.err = err
}

// readChunks reads one piece of a chunk; a large one goes past the buffer.
func (b *Body) readChunks(p []byte) (int, error) {
	for {
		if b.chunks.state == atData && b.rd.Len() == 0 && len(p) >= bufferSize {
			n, err := b.rd.Read(p[:min(int64(len(p)), b.chunks.remain)])
			b.chunks.remain -= int64(n)
			b.chunks.budget += 2 * int64(n)
			b.read += int64(n)
			if b.chunks.remain == 0 {
				b.chunks.state = atDataEnd
			}
			if err != nil {
				b.fail(err)
			}
			return n, b.early(n)
		}
		src := b.rd.Buffered()
		if b.chunks.state == atData && len(src) > len(p) {
			src = src[:len(p)]
		}
		data, used, err := b.chunks.Next(src)
		if len(data) > len(p) { // the size line came with more data than fits
			over := len(data) - len(p)
			b.chunks.putBack(over)
			data, used = data[:len(p)], used-over
		}
		n := copy(p, data)
		b.rd.Discard(used)
		b.read += int64(n)
		if err != nil {
			b.err = err
			return n, b.early(n)
		}
		if n > 0 {
			b.peekEnd()
			return n, nil
		}
		if err := b.rd.Fill(); err != nil {
			b.fail(err)
			return 0, b.err
		}
	}
}

// putBack takes n bytes of data back that did not fit.
func (c *Chunked) putBack(n int) {
	c.remain += int64(n)
	c.budget -= 2 * int64(n)
	c.state = atData
}

// peekEnd sees whether the end of the body is at hand, so that whoever has read
// all of the content need not read once more to learn that it was all.
func (b *Body) peekEnd() {
	if b.Python || b.chunks.state != atDataEnd && b.chunks.state != atSize {
		return
	}
	src := b.rd.Buffered()
	c := b.chunks // try it on a copy: what is not whole is left
	c.trailer = nil
	total := 0
	for {
		data, used, err := c.Next(src[total:])
		if len(data) > 0 {
			return
		}
		if err == io.EOF {
			c.trailer = append(b.chunks.trailer, c.trailer...)
			b.chunks = c
			b.rd.Discard(total + used)
			b.err = io.EOF
			return
		}
		if err != nil || used == 0 {
			return
		}
		total += used
	}
}

// Skip reads and drops the rest of the body, at most n bytes of it, and reports
// whether it has ended.
func (b *Body) Skip(n int64) bool {
	var scratch [2048]byte
	for b.err == nil && n > 0 {
		m, _ := b.Read(scratch[:])
		n -= int64(m)
	}
	return b.Done()
}

// SkipBuffered drops what of the body is buffered, without reading, and reports whether
// that was all.
func (b *Body) SkipBuffered() bool {
	for b.err == nil {
		src := b.rd.Buffered()
		switch b.kind {
		case LengthBody:
			n := int(min(b.remain, int64(len(src))))
			b.rd.Discard(n)
			b.remain -= int64(n)
			b.read += int64(n)
			if b.remain > 0 {
				return false
			}
			b.err = io.EOF
		case ChunkedBody:
			data, used, err := b.chunks.Next(src)
			b.rd.Discard(used)
			b.read += int64(len(data))
			if b.err = err; err == nil && used == 0 {
				return false
			}
		default:
			return false
		}
	}
	return b.Done()
}

// Peek returns content that is buffered, waiting for some if there is none, without
// using it. It is empty at the end of the body.
func (b *Body) Peek() ([]byte, error) {
	for b.err == nil {
		src := b.rd.Buffered()
		switch {
		case b.kind == LengthBody && len(src) > 0:
			return src[:min(int64(len(src)), b.remain)], nil
		case b.kind == EOFBody && len(src) > 0:
			return src, nil
		case b.kind == ChunkedBody && b.chunks.state == atData && len(src) > 0:
			return src[:min(int64(len(src)), b.chunks.remain)], nil
		case b.kind == ChunkedBody && b.chunks.state != atData:
			data, used, err := b.chunks.Next(src)
			b.rd.Discard(used - len(data))
			if err != nil {
				b.err = err
				continue
			}
			if len(data) > 0 {
				b.chunks.putBack(len(data))
				continue
			}
		}
		if err := b.rd.Fill(); err != nil {
			if b.kind == EOFBody {
				b.err = err
			} else {
				b.fail(err)
			}
		}
	}
	if b.err == io.EOF {
		return nil, nil
	}
	return nil, b.err
}
