//go:build unix

package socketserver

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
)

// A rowTLS is the TLS of a row. It moves the records between the descriptor and an Object,
// which never waits: so an idle row, or one whose peer is slow with its handshake, needs no
// goroutine that reads.
//
// What the Object has written is with the row when the mutex is free again, sent or queued.
type rowTLS struct {
	t   *rowTransport // of the Conn that the row has; nil while it has none
	obj *tlsutil.Object

	mu      sync.Mutex // guards obj and what follows, and is not held by one that waits
	in, out tlsutil.MemoryBIO
	dry     bool // obj has nothing to read before there is more in in

	writing sync.Mutex // is held by one that writes, also while it waits; before mu
	noWait  bool       // Read fails with errNoData instead of waiting
	shaken  bool       // the handshake has been made; of the loop's mutex
}

// maxRecords is how much TLS encrypts before that is sent: two records.
const maxRecords = 32 << 10

// newRowTLS begins TLS on a row.
func newRowTLS(r *row, config *tls.Config) *rowTLS {
	s := &rowTLS{dry: true}
	s.out.Limit = maxRecords
	s.obj = tlsutil.NewObject(config, &s.in, &s.out, true)
	s.obj.SetEndpoints(r)
	return s
}

// handshake goes on with the handshake. It fails with errNoData if the peer is to go on.
func (s *rowTLS) handshake(ctx context.Context) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if v := recover(); v != nil { // a callback's
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	for {
		err := s.obj.DoHandshakeContext(ctx)
		sent := s.send()
		switch {
		case err == nil:
			s.dry = false
			return sent
		case err != tlsutil.ErrWantRead:
			return cause(err)
		case sent != nil:
			return sent
		}
		if err := s.fill(); err != nil {
			return err
		}
	}
}

// cause is the error that crypto/tls gives, as it does in the other models.
func cause(err error) error {
	if e, ok := err.(*tlsutil.Error); ok && e.Err != nil {
		return e.Err
	}
	return err
}

// Read reads what is there, and else waits. After the deadline it fails whatever is there.
func (s *rowTLS) Read(p []byte) (int, error) {
	for {
		n, err := s.readNow(p)
		if err != errNoData || s.noWait {
			return n, err
		}
		if err := s.t.wait(); err != nil {
			return 0, err
		}
	}
}

func (s *rowTLS) readNow(p []byte) (int, error) {
	if s.t.readBy.over() {
		return 0, fail("recv", os.ErrDeadlineExceeded)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		n, err := s.decrypt(p)
		if sent := s.send(); err != errNoData {
			return n, err
		} else if sent != nil {
			return 0, sent
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// decrypt reads of what has come in. The mutex must be held.
func (s *rowTLS) decrypt(p []byte) (int, error) {
	if s.dry {
		return 0, errNoData
	}
	n, err := s.obj.Read(p)
	if err == tlsutil.ErrWantRead {
		s.dry = true
		return 0, errNoData
	}
	s.dry = err == nil && n < len(p) && s.in.Pending() == 0 && !s.in.EOF()
	return n, cause(err)
}

// fill takes what the system has. The mutex must be held.
func (s *rowTLS) fill() error {
	if !s.t.row.readable.Load() {
		return errNoData
	}
	return s.fillFrom(s.t)
}

func (s *rowTLS) fillFrom(t transport) error {
	_, err := s.in.FillFrom(nowReader{t})
	if err == io.EOF {
		s.in.WriteEOF()
	} else if err != nil {
		return err
	}
	s.dry = false
	return nil
}

// A nowReader reads without waiting.
type nowReader struct{ t transport }

func (r nowReader) Read(p []byte) (int, error) { return r.t.readNow(p) }

// quiet reports whether there is nothing to read for sure.
func (s *rowTLS) quiet() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dry && !s.t.row.readable.Load()
}

// send gives the row what is to be sent. The mutex must be held.
func (s *rowTLS) send() error {
	if s.out.Pending() == 0 {
		return nil
	}
	err := s.t.push(s.out.Peek())
	s.out.Reset()
	return err
}

// push sends p, and queues what does not go at once, however much is queued.
func (t *rowTransport) push(p []byte) error {
	n, err := t.sendNow(p)
	if err != nil || n == len(p) {
		return err
	}
	t.row.loop.mu.Lock()
	defer t.row.loop.mu.Unlock()
	_, err = t.row.enlist(p[n:], math.MaxInt)
	return err
}

// Write encrypts p and sends it, or queues what does not go at once, and waits if too much
// is queued. What is queued is whole records: after a deadline writing can go on.
func (s *rowTLS) Write(p []byte) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	for done := 0; ; {
		if s.t.writeBy.over() {
			return done, fail("send", os.ErrDeadlineExceeded)
		}
		if r := s.t.row; r.out.Load() != nil {
			if err := s.t.park("send", &r.wwait, &s.t.writeBy, func() bool { return !r.choked() }); err != nil {
				return done, err
			}
		}
		n, err := s.encrypt(p[done:])
		if done += n; err != nil || done == len(p) {
			return done, err
		}
	}
}

// encrypt sends a part of p.
func (s *rowTLS) encrypt(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.obj.Write(p)
	if sent := s.send(); sent != nil {
		return n, sent
	}
	if err == tlsutil.ErrWantWrite {
		err = nil
	}
	return n, cause(err)
}

// Close tells the peer, and ends the connection.
func (s *rowTLS) Close() error {
	s.mu.Lock()
	s.obj.Close()
	s.send()
	s.mu.Unlock()
	return s.t.Close()
}

// CloseWrite tells the peer that nothing comes any more.
func (s *rowTLS) CloseWrite() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.notify()
}

// notify is CloseWrite that does not wait.
func (s *rowTLS) notify() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.obj.CloseWrite()
	return errors.Join(cause(err), s.send())
}

// abandon ends the goroutine of a handshake that has not been made.
func (s *rowTLS) abandon() {
	if !s.shaken {
		s.obj.Close()
	}
}

// ConnectionState is that of crypto/tls.
func (s *rowTLS) ConnectionState() tls.ConnectionState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.obj.ConnectionState()
}

func (s *rowTLS) setNoWait(yes bool) { s.noWait = yes }

func (s *rowTLS) LocalAddr() net.Addr                 { return s.t.LocalAddr() }
func (s *rowTLS) RemoteAddr() net.Addr                { return s.t.RemoteAddr() }
func (s *rowTLS) SetDeadline(by time.Time) error      { return s.t.SetDeadline(by) }
func (s *rowTLS) SetReadDeadline(by time.Time) error  { return s.t.SetReadDeadline(by) }
func (s *rowTLS) SetWriteDeadline(by time.Time) error { return s.t.SetWriteDeadline(by) }

// LocalAddr is what callbacks of the handshake find.
func (r *row) LocalAddr() net.Addr {
	if r.isClosed() {
		return nil
	}
	return localAddr(int(r.fd))
}

// RemoteAddr is what callbacks of the handshake find.
func (r *row) RemoteAddr() net.Addr {
	if r.isClosed() {
		return nil
	}
	return remoteAddr(int(r.fd))
}
