package tlsutil

import (
	"io"
	"net"
)

// A recordConn sees to it that crypto/tls takes nothing behind a close-notify. It gives a
// record at a time, and goes on to the next one only if both are application data: a
// close-notify is not but in TLS 1.3, where its length tells. The rest of what was
// read stays here.
type recordConn struct {
	net.Conn
	rest   int     // bytes of the current record not yet given; 0 at a boundary
	header [5]byte // the header of the record so far
	have   int     // bytes of header given
	ends   bool    // the current record may be a close-notify
	ahead  []byte  // read, not yet given
	sawEOF bool
	dry    bool // Read fails with errDry
	hello  func([]uint16)
	policy func(*policy)
}

func (r *recordConn) Read(p []byte) (int, error) {
	if r.dry {
		return 0, errDry
	}
	n := copy(p, r.ahead)
	if n == 0 {
		var err error
		if n, err = r.Conn.Read(p); n == 0 {
			if err == io.EOF {
				r.sawEOF = true
			}
			return 0, err
		}
		given := r.give(p[:n])
		r.ahead = append(r.ahead[:0], p[given:n]...)
		return given, nil
	}
	n = r.give(p[:n])
	if r.ahead = r.ahead[n:]; len(r.ahead) == 0 {
		r.ahead = nil
	}
	return n, nil
}

// recordData is the type of a record that carries application data, and in TLS 1.3
// everything that is encrypted.
const recordData = 23

// notifySize is the length of a close-notify in TLS 1.3: two bytes, one of type, a tag of 16.
const notifySize = 19

// give returns how many bytes of b, at least one, may be given: to the end of the current
// record, and of those behind it that are application data.
func (r *recordConn) give(b []byte) int {
	n := 0
	for n < len(b) {
		if r.rest > 0 {
			m := min(r.rest, len(b)-n)
			n, r.rest = n+m, r.rest-m
			continue
		}
		if n > 0 && r.have == 0 && (r.ends || len(b)-n < len(r.header) || b[n] != recordData || b[n+1] != 3) {
			break // at a boundary
		}
		m := copy(r.header[r.have:], b[n:])
		n, r.have = n+m, r.have+m
		if r.have == len(r.header) {
			r.rest, r.have = int(r.header[3])<<8|int(r.header[4]), 0
			r.ends = r.header[0] != recordData || r.rest == notifySize
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

// takePolicy notes that another context has taken over.
func (r *recordConn) takePolicy(p *policy) {
	if r.policy != nil {
		r.policy(p)
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
