package server

import (
	"io"
	"os"
	"sync"
)

var copyBuffers = sync.Pool{New: func() any {
	b := make([]byte, 64<<10)
	return &b
}}

// copyFrom copies r to the body, after the header has ended: a file of a length that was
// sent within the system.
func (r *Request) copyFrom(src io.Reader) (int64, error) {
	c := r.c
	if c.resp.noBody {
		return io.Copy(io.Discard, src)
	}
	if c.resp.length >= 0 && !c.resp.chunked && !c.resp.held {
		if n, handled, err := c.sendFile(src); handled {
			c.resp.written += n
			return n, err
		}
	}
	buf := copyBuffers.Get().(*[]byte)
	defer copyBuffers.Put(buf)
	return io.CopyBuffer(struct{ io.Writer }{r}, struct{ io.Reader }{src}, *buf)
}

// sendFile sends a file, or a part of one, if the system can and the connection has
// no TLS.
func (c *conn) sendFile(src io.Reader) (n int64, handled bool, err error) {
	limit := c.resp.length - c.resp.written
	if l, ok := src.(*io.LimitedReader); ok {
		limit = min(limit, l.N)
		src = l.R
		defer func() { l.N -= n }()
	}
	f, ok := src.(*os.File)
	if !ok || limit < 16<<10 || c.secure() {
		return 0, false, nil
	}
	if err := c.flush(); err != nil {
		return 0, true, err
	}
	c.resp.sentAny = true
	n, handled, err = c.sendFileNow(f, limit)
	if err != nil {
		c.werr = err
	}
	return n, handled, err
}

// secure reports whether the connection has TLS.
func (c *conn) secure() bool {
	if c.sc != nil {
		_, ok := c.sc.TLS()
		return ok
	}
	_, ok := c.nc.(interface{ Handshake() error })
	return ok
}

// Copy copies src to the body as [Request.Write] would, a file within the system if the
// Content-Length was sent. Python's copyfile.
func (r *Request) Copy(src io.Reader) (int64, error) {
	if err := r.openBody(0); err != nil {
		return 0, err
	}
	return r.copyFrom(src)
}
