package telnetlib

import (
	"io"
	"net"
	"os"
	"time"
)

// A sock is a {"$sock":…}: a connection that gives a chunk a read and notes what is written.
type sock struct {
	chunks []any // bytes, or nil where nothing has arrived
	sent   []byte
	closed bool
}

// Read gives (a part of) the next chunk; it waits where nothing has arrived, for no time.
func (s *sock) Read(p []byte) (int, error) {
	for len(s.chunks) > 0 && s.chunks[0] == nil {
		s.chunks = s.chunks[1:]
	}
	return s.TryRead(p)
}

// TryRead is what the client asks where it does not wait.
func (s *sock) TryRead(p []byte) (int, error) {
	if s.closed {
		return 0, net.ErrClosed
	}
	if len(s.chunks) == 0 {
		return 0, io.EOF
	}
	b, _ := s.chunks[0].([]byte)
	n := copy(p, b)
	if n < len(b) {
		s.chunks[0] = b[n:]
		return n, nil
	}
	s.chunks = s.chunks[1:]
	if b == nil {
		return 0, os.ErrDeadlineExceeded
	}
	return n, nil
}

func (s *sock) Write(p []byte) (int, error) {
	s.sent = append(s.sent, p...)
	return len(p), nil
}

func (s *sock) Close() error {
	s.closed = true
	return nil
}

func (s *sock) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (s *sock) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (s *sock) SetDeadline(time.Time) error      { return nil }
func (s *sock) SetReadDeadline(time.Time) error  { return nil }
func (s *sock) SetWriteDeadline(time.Time) error { return nil }
