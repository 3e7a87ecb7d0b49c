package client

import (
	"io"
	"net"
	"time"

	"github.com/pynet-go/pynet/httpx"
)

// ReadResponse reads the header of a response from r, after any interim ones, as
// [Conn.Response] does: Python's HTTPResponse with begin. method is that of the
// request, on which depends whether there is a body. The body is read from r, which is
// closed at its end if it is an io.Closer and the response says so. cfg may be nil.
func ReadResponse(r io.Reader, method string, cfg *Config) (*Response, error) {
	if cfg == nil {
		cfg = &noConfig
	}
	nc, ok := r.(net.Conn)
	if !ok {
		nc = readerConn{r}
	}
	c := &Conn{cfg: cfg, method: method, w: newWire(nc), sentBody: true}
	resp := new(Response)
	if err := c.begin(resp); err != nil {
		return nil, err
	}
	if resp.body.Done() && resp.Status != httpx.StatusSwitchingProtocols {
		resp.end(true)
	}
	return resp, nil
}

// ReadHeader reads the fields up to an empty line from r, and nothing after it if r
// is an io.ByteReader, such as a *bufio.Reader: Python's parse_headers. The limits and
// errors are those of a response's header. cfg may be nil.
func ReadHeader(r io.Reader, cfg *Config) (httpx.Header, error) {
	if cfg == nil {
		cfg = &noConfig
	}
	c := &Conn{cfg: cfg, w: newWire(readerConn{r})}
	if br, ok := r.(io.ByteReader); ok {
		c.w.rd.Src = byteSource{br}
	}
	h := &c.w.head
	h.Reset()
	h.Response, h.Limits, h.Lenient = true, cfg.limits(), cfg.lenient()
	h.FieldsOnly()
	for {
		if c.w.rd.Len() > 0 {
			n, err := h.Parse(c.w.rd.Buffered())
			if err != nil {
				return nil, headError(err, nil)
			}
			if n > 0 {
				break
			}
		}
		if err := c.w.rd.Fill(); err != nil {
			if n, perr := h.ParseEOF(c.w.rd.Buffered()); err == io.EOF && n > 0 && perr == nil {
				break
			} else if perr != nil {
				return nil, headError(perr, nil)
			}
			if err == io.EOF && c.w.rd.Len() == 0 && cfg.Lenient {
				return nil, nil
			}
			if err == io.EOF {
				err = &Error{Kind: ErrBadResponse, Err: io.ErrUnexpectedEOF}
			}
			return nil, err
		}
	}
	return h.Header(nil, h.Text()), nil
}

// byteSource reads no further than a line.
type byteSource struct{ r io.ByteReader }

func (s byteSource) Read(p []byte) (int, error) {
	for i := range p {
		b, err := s.r.ReadByte()
		if err != nil {
			if i > 0 && err == io.EOF {
				return i, nil
			}
			return i, err
		}
		if p[i] = b; b == '\n' {
			return i + 1, nil
		}
	}
	return len(p), nil
}

// readerConn is a connection that only reads.
type readerConn struct{ io.Reader }

func (readerConn) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
func (c readerConn) Close() error {
	if cl, ok := c.Reader.(io.Closer); ok {
		return cl.Close()
	}
	return nil
}
func (readerConn) LocalAddr() net.Addr              { return nil }
func (readerConn) RemoteAddr() net.Addr             { return nil }
func (readerConn) SetDeadline(time.Time) error      { return nil }
func (readerConn) SetReadDeadline(time.Time) error  { return nil }
func (readerConn) SetWriteDeadline(time.Time) error { return nil }
