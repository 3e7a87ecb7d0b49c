package socketserver

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"time"
)

// A StreamHandler serves a connection from its beginning to its end:
// `StreamRequestHandler.handle`. [Stream] makes a [ConnHandler] of it. One that is also a
// [SetupHandler] or [FinishHandler] is asked there too.
type StreamHandler interface {
	// ServeStream is called when the connection is there. When it returns what was
	// written is sent and the connection is closed.
	ServeStream(ctx context.Context, s *StreamConn) error
}

// A StreamHandlerFunc is a function as a [StreamHandler].
type StreamHandlerFunc func(ctx context.Context, s *StreamConn) error

// ServeStream calls the function.
func (f StreamHandlerFunc) ServeStream(ctx context.Context, s *StreamConn) error { return f(ctx, s) }

// A SetupHandler is a [StreamHandler] that is called before: `BaseRequestHandler.setup`.
// After an error the handler and Finish are not called.
type SetupHandler interface {
	Setup(ctx context.Context, s *StreamConn) error
}

// A FinishHandler is a [StreamHandler] that is called after, also if the handler
// failed or panicked: `BaseRequestHandler.finish`.
type FinishHandler interface {
	Finish(ctx context.Context, s *StreamConn) error
}

// maxLine is the longest line where StreamConn.MaxLine is zero.
const maxLine = 64 << 10

// ErrLineTooLong is what ReadLine returns for a line that is longer than MaxLine.
var ErrLineTooLong = errors.New("socketserver: line too long")

// A StreamConn is a connection that is read and written through buffers: `rfile` and
// `wfile`. It holds them only while there is something in them; one that waits for its
// peer holds none.
type StreamConn struct {
	*Conn
	// MaxLine is the longest line that ReadLine takes, in bytes, line end included.
	// Zero means 65,536; below zero there is no bound.
	MaxLine int
	// Timeout bounds each Read and ReadLine that has to wait for the peer, within
	// [Server.ReadTimeout]: `timeout`. Zero means that there is no bound but that.
	Timeout time.Duration

	err error
	by  moment // of the server's ReadTimeout
}

// wait lets the buffer go and waits for more.
func (s *StreamConn) wait() error {
	if s.Buffered() > 0 {
		return nil
	}
	if err := s.ready(); err != nil {
		return err
	}
	return s.t.await(s.Conn)
}

// ready is what comes before a wait.
func (s *StreamConn) ready() error {
	if err := s.Flush(); err != nil {
		return err
	}
	s.release()
	s.bound()
	return nil
}

// bound sets the deadline for what may have to wait.
func (s *StreamConn) bound() {
	if s.Timeout <= 0 {
		return
	}
	by := time.Now().Add(s.Timeout)
	if limit := s.by.time(); s.by != 0 && limit.Before(by) {
		by = limit
	}
	s.SetReadDeadline(by)
}

// Read reads what is there, at least one byte. What was written is sent before it waits.
func (s *StreamConn) Read(p []byte) (int, error) {
	if len(p) >= bufferSize && s.Buffered() == 0 { // there is nothing to gain by a buffer
		if err := s.ready(); err != nil {
			return 0, err
		}
		return s.Conn.Read(p)
	}
	if err := s.wait(); err != nil {
		return 0, err
	}
	return s.Reader().Read(p)
}

// ReadLine reads a line with its end. The last line of the stream may lack it; after that it
// is io.EOF. A line that is too long is ErrLineTooLong, and so is every call after that. The
// bytes are valid until the next call.
func (s *StreamConn) ReadLine() ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	limit := s.MaxLine
	if limit == 0 {
		limit = maxLine
	}
	if err := s.wait(); err != nil {
		return nil, err
	}
	if s.Timeout > 0 {
		if b, _ := s.Reader().Peek(s.Buffered()); bytes.IndexByte(b, '\n') < 0 {
			s.bound() // only a part of the line is there
		}
	}
	var line []byte
	for {
		part, err := s.Reader().ReadSlice('\n')
		if limit > 0 && len(line)+len(part) > limit {
			s.err = ErrLineTooLong
			return nil, s.err
		}
		if err == nil && line == nil {
			return part, nil
		}
		line = append(line, part...)
		if err == nil || err == io.EOF && len(line) > 0 {
			return line, nil
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}

// Lines yields the lines without their ends. An error other than the end of the stream
// comes at most once, last. Each line is valid until the next.
func (s *StreamConn) Lines() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			line, err := s.ReadLine()
			if err == io.EOF {
				return
			}
			line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// Write writes to the buffer, which is sent when it is full, before a read waits, by Flush,
// and at the end.
func (s *StreamConn) Write(p []byte) (int, error) { return s.Writer().Write(p) }

// WriteString is Write for a string.
func (s *StreamConn) WriteString(text string) (int, error) { return s.Writer().WriteString(text) }

// Flush sends what was written.
func (s *StreamConn) Flush() error { return s.flush() }

// streamConn is a StreamHandler as a ConnHandler: the whole connection is its opening.
type streamConn struct{ h StreamHandler }

// OpenConn serves the connection.
func (a streamConn) OpenConn(ctx context.Context, c *Conn) (next Next, err error) {
	s := &StreamConn{Conn: c, by: c.readBy}
	if h, ok := a.h.(SetupHandler); ok {
		if err := h.Setup(ctx, s); err != nil {
			return Close, err
		}
	}
	if h, ok := a.h.(FinishHandler); ok {
		defer func() {
			if c.gone {
				return
			}
			if ferr := h.Finish(ctx, s); err == nil {
				err = ferr
			}
		}()
	}
	return Close, a.h.ServeStream(ctx, s)
}

// ServeConn is not called: OpenConn has closed the connection.
func (streamConn) ServeConn(context.Context, *Conn) (Next, error) { return Close, nil }
