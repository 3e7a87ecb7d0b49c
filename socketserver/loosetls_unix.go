//go:build unix

package socketserver

import (
	"crypto/tls"
	"net"
	"sync"
	"time"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/tlsutil"
)

// A looseTLS is the TLS of a row that was detached: it stands alone, over a socket. One
// goroutine may read while another writes.
type looseTLS struct {
	net.Conn // the socket
	sock     *socketTransport
	s        *rowTLS // with the Object, its BIOs, mu and writing; t is not there

	reading sync.Mutex // is held by one that reads, also while it waits
	failed  error      // of writing: a part of a record is lost; of writing's mutex
}

// closeNotifyTimeout bounds the last word of TLS.
const closeNotifyTimeout = time.Second

var recordBufs = sync.Pool{New: func() any { return new([maxRecords]byte) }}

// moveTo has TLS go on over a connection that stands alone.
func (s *rowTLS) moveTo(d detached) net.Conn {
	return &looseTLS{Conn: d, sock: &socketTransport{d.(*socket.Socket)}, s: s}
}

// Read reads what is there, and else waits.
func (l *looseTLS) Read(p []byte) (int, error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	for {
		n, answer, err := l.decrypt(p)
		if answer && l.s.writing.TryLock() { // else the one that writes sends it
			l.flush()
			l.wrote()
		}
		if err != errNoData {
			return n, err
		}
		if err := l.sock.wait(); err != nil {
			return 0, err
		}
		if err := l.fill(); err != nil && err != errNoData {
			return 0, err
		}
	}
}

// decrypt reads of what has come in, and reports whether that gives something to send.
func (l *looseTLS) decrypt(p []byte) (n int, answer bool, err error) {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	n, err = l.s.decrypt(p)
	return n, l.s.out.Pending() > 0, err
}

func (l *looseTLS) fill() error {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return l.s.fillFrom(l.sock)
}

// Write encrypts p and sends it. Once that has failed nothing can be written any more.
func (l *looseTLS) Write(p []byte) (int, error) {
	l.s.writing.Lock()
	defer l.wrote()
	for done := 0; ; {
		l.s.mu.Lock()
		n, err := l.s.obj.Write(p[done:])
		l.s.mu.Unlock()
		if err != nil && err != tlsutil.ErrWantWrite {
			return done, cause(err)
		}
		if err := l.flush(); err != nil {
			return done, err
		}
		if done += n; done == len(p) {
			return done, nil
		}
	}
}

// flush sends what the Object has written, or drops it if that cannot be. The mutex writing
// must be held.
func (l *looseTLS) flush() error {
	buf := recordBufs.Get().(*[maxRecords]byte)
	defer recordBufs.Put(buf)
	for {
		l.s.mu.Lock()
		n, _ := l.s.out.Read(buf[:])
		l.s.mu.Unlock()
		if n == 0 {
			return l.failed
		}
		if l.failed == nil {
			_, l.failed = l.Conn.Write(buf[:n])
		}
	}
}

// wrote frees the mutex writing, after what a reader has left to be sent meanwhile.
func (l *looseTLS) wrote() {
	for {
		l.s.writing.Unlock()
		l.s.mu.Lock()
		more := l.s.out.Pending() > 0
		l.s.mu.Unlock()
		if !more || !l.s.writing.TryLock() {
			return
		}
		l.flush()
	}
}

// Close tells the peer, unless another goroutine writes, and closes the socket.
func (l *looseTLS) Close() error {
	if l.s.writing.TryLock() {
		l.Conn.SetWriteDeadline(time.Now().Add(closeNotifyTimeout))
		l.s.mu.Lock()
		l.s.obj.Close()
		l.s.mu.Unlock()
		l.flush()
		l.wrote()
	}
	return l.Conn.Close()
}

// CloseWrite tells the peer that nothing comes any more.
func (l *looseTLS) CloseWrite() error {
	l.s.writing.Lock()
	defer l.wrote()
	l.s.mu.Lock()
	err := l.s.obj.CloseWrite()
	l.s.mu.Unlock()
	if err != nil {
		return cause(err)
	}
	return l.flush()
}

// ConnectionState is that of crypto/tls.
func (l *looseTLS) ConnectionState() tls.ConnectionState { return l.s.ConnectionState() }
