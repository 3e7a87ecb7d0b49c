package tlsutil

import (
	"io"
	"net"
	"time"
)

// A memTransport is the net.Conn between crypto/tls and two BIOs. It gives one record at a
// time, so that nothing behind a close-notify is taken.
//
// crypto/tls keeps its state if reading fails with a temporary net.Error while no handshake
// goes on; reading is then simply tried again. Errors of a handshake stay for good: there
// Read must wait, and the handshake runs in a goroutine of its own (see handshake).
type memTransport struct {
	in, out *MemoryBIO
	hs      *handshake // where Read waits; nil: it fails with errDry instead
	at      Endpoints  // whose addresses it has; nil: none

	header [5]byte // the header of the record so far
	have   uint8   // bytes of header
	rest   uint16  // bytes of the current record not yet given; 0 at a boundary
	sawEOF bool    // the end of in was given
	dead   bool    // in and out are no longer ours
	// renegotiating is set by Write when crypto/tls sends a handshake record while armed.
	armed, renegotiating bool
}

// takeHello and takePolicy are called within a handshake.
func (t *memTransport) takeHello(suites []uint16) { t.hs.offered = suites }
func (t *memTransport) takePolicy(p *policy)      { t.hs.policy = p }

// errDry is the temporary error after which crypto/tls goes on.
var errDry error = dryError{}

type dryError struct{}

func (dryError) Error() string   { return "tlsutil: no record yet" }
func (dryError) Timeout() bool   { return false }
func (dryError) Temporary() bool { return true }

func (t *memTransport) Read(p []byte) (int, error) {
	for {
		if t.dead {
			return 0, net.ErrClosed
		}
		if n := t.take(p); n > 0 {
			return n, nil
		}
		if t.in.eof {
			t.sawEOF = true
			return 0, io.EOF
		}
		if t.hs == nil || t.armed && !t.renegotiating {
			return 0, errDry
		}
		if !t.hs.wait() {
			return 0, net.ErrClosed
		}
	}
}

// take moves bytes of the current record, at most, into p.
func (t *memTransport) take(p []byte) int {
	n := 0
	for n < len(p) && t.in.Pending() > 0 {
		if t.rest == 0 {
			m := copy(t.header[t.have:], t.in.Peek())
			m = min(m, len(p)-n)
			copy(p[n:], t.header[t.have:int(t.have)+m])
			t.have += uint8(m)
			t.in.Discard(m)
			n += m
			if int(t.have) < len(t.header) {
				break
			}
			t.rest, t.have = uint16(t.header[3])<<8|uint16(t.header[4]), 0
			if t.rest == 0 {
				break
			}
			continue
		}
		m := copy(p[n:min(len(p), n+int(t.rest))], t.in.Peek())
		t.in.Discard(m)
		n, t.rest = n+m, t.rest-uint16(m)
		if t.rest == 0 {
			break
		}
	}
	return n
}

// Write never fails while the BIO is ours: crypto/tls does not recover from an error of
// writing, so the Object looks for room before it calls.
func (t *memTransport) Write(p []byte) (int, error) {
	if t.dead {
		return 0, net.ErrClosed
	}
	if t.armed && len(p) > 0 && p[0] == recordHandshake {
		t.renegotiating = true
	}
	t.out.put(p)
	return len(p), nil
}

// recordHandshake is the type of a record that carries handshake messages.
const recordHandshake = 22

func (t *memTransport) Close() error                     { return nil }
func (t *memTransport) SetDeadline(time.Time) error      { return nil }
func (t *memTransport) SetReadDeadline(time.Time) error  { return nil }
func (t *memTransport) SetWriteDeadline(time.Time) error { return nil }

// LocalAddr and RemoteAddr are for callbacks.
func (t *memTransport) LocalAddr() net.Addr {
	if t.at != nil {
		return t.at.LocalAddr()
	}
	return bioAddr{}
}

func (t *memTransport) RemoteAddr() net.Addr {
	if t.at != nil {
		return t.at.RemoteAddr()
	}
	return bioAddr{}
}

// bioAddr is the address of a BIO.
type bioAddr struct{}

func (bioAddr) Network() string { return "bio" }
func (bioAddr) String() string  { return "bio" }
