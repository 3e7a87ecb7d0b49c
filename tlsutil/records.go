package tlsutil

import (
	"io"
	"net"
)

// A recordConn gives crypto/tls one record at a time, so that nothing behind a close-notify
// is taken. It reads a little ahead, mostly no more than a header, and then knows how much
// to read straight into the reader's memory.
type recordConn struct {
	net.Conn
	rest   int     // bytes of the current record not yet given; 0 at a boundary
	header [5]byte // the header of the record so far
	have   int     // bytes of header given
	ahead  []byte  // read, not yet given
	buf    [maxAhead]byte
	sawEOF bool
	dry    bool // Read fails with errDry
	hello  func([]uint16)
}

// maxAhead is how far is read ahead.
const maxAhead = 512

func (r *recordConn) Read(p []byte) (int, error) {
	if r.dry {
		return 0, errDry
	}
	if len(r.ahead) > 0 {
		n := r.give(p, r.ahead)
		r.ahead = r.ahead[n:]
		return n, nil
	}
	limit := r.rest + maxAhead
	n, err := r.Conn.Read(p[:min(len(p), limit)])
	if n == 0 {
		if err == io.EOF {
			r.sawEOF = true
		}
		return 0, err
	}
	// What is beyond the record stays here. There is room: the limit says so, and a
	// record only grows by its header while it is read.
	given := r.give(p[:n], p[:n])
	r.ahead = append(r.buf[:0], p[given:n]...)
	return given, nil
}

// give copies bytes of the current record, at most, from b to p, and returns how many. Both
// may be the same.
func (r *recordConn) give(p, b []byte) int {
	n := 0
	b = b[:min(len(b), len(p))]
	for n < len(b) {
		if r.rest == 0 {
			m := copy(r.header[r.have:], b[n:])
			copy(p[n:], b[n:n+m])
			n, r.have = n+m, r.have+m
			if r.have < len(r.header) {
				break
			}
			r.rest, r.have = int(r.header[3])<<8|int(r.header[4]), 0
			if r.rest == 0 {
				break
			}
			continue
		}
		m := min(r.rest, len(b)-n)
		copy(p[n:], b[n:n+m])
		n, r.rest = n+m, r.rest-m
		if r.rest == 0 {
			break
		}
	}
	return n
}

// takeHello notes what the client offers.
func (r *recordConn) takeHello(suites []uint16) {
	if r.hello != nil {
		r.hello(suites)
	}
}

// plain is the connection without TLS: what was read ahead comes first.
func (r *recordConn) plain() net.Conn {
	if len(r.ahead) == 0 {
		return r.Conn
	}
	return &aheadConn{Conn: r.Conn, ahead: append([]byte(nil), r.ahead...)}
}

// An aheadConn gives bytes that were read already before it reads.
type aheadConn struct {
	net.Conn
	ahead []byte
}

func (c *aheadConn) Read(p []byte) (int, error) {
	if len(c.ahead) > 0 {
		n := copy(p, c.ahead)
		c.ahead = c.ahead[n:]
		return n, nil
	}
	return c.Conn.Read(p)
}
