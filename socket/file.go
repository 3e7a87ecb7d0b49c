package socket

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
)

// A FileConfig says how [Socket.MakeFile] reads and writes. The zero value, or nil, is
// usual.
type FileConfig struct {
	// ReadBuffer and WriteBuffer are the sizes of the buffers in bytes. Zero means
	// 8,192; below zero writes go out at once.
	ReadBuffer, WriteBuffer int
	// MaxLine is the longest line that ReadLine and Lines take, in bytes, line end
	// included. Zero means 65,536; below zero there is no bound.
	MaxLine int
}

const (
	fileBuffer  = 8192
	fileMaxLine = 64 << 10
)

// ErrLineTooLong is the cause when a line is longer than MaxLine.
var ErrLineTooLong = errors.New("line too long")

// A File reads and writes a socket through buffers: what `socket.socket.makefile`
// gives. Reading and writing may go on at once in two goroutines; two must not read
// or write at once.
type File struct {
	s       *Socket
	r       *bufio.Reader
	w       *bufio.Writer
	direct  bool
	maxLine int
	err     error
}

// MakeFile returns a File over the socket: `socket.socket.makefile`. Read from it alone
// from then on, for what is in its buffer is lost to the socket.
func (s *Socket) MakeFile(cfg *FileConfig) *File {
	if cfg == nil {
		cfg = &FileConfig{}
	}
	size := func(n int) int {
		if n <= 0 {
			return fileBuffer
		}
		return n
	}
	f := &File{s: s, r: bufio.NewReaderSize(s, size(cfg.ReadBuffer)), w: bufio.NewWriterSize(s, size(cfg.WriteBuffer))}
	f.direct, f.maxLine = cfg.WriteBuffer < 0, cfg.MaxLine
	if f.maxLine == 0 {
		f.maxLine = fileMaxLine
	}
	return f
}

// Read reads what is there, at least one byte, as io.Reader has it.
func (f *File) Read(p []byte) (int, error) { return f.r.Read(p) }

// ReadLine reads a line with its end, "\n" or "\r\n". The last line of the stream may
// lack it; after that it is io.EOF. A line that is too long is an *Error of which the
// cause is ErrLineTooLong; nothing more can be read by lines then.
func (f *File) ReadLine() ([]byte, error) {
	if f.err != nil {
		return nil, f.err
	}
	var line []byte
	for {
		part, err := f.r.ReadSlice('\n')
		if f.maxLine > 0 && len(line)+len(part) > f.maxLine {
			f.err = opError("readline", nil, ErrLineTooLong)
			return nil, f.err
		}
		line = append(line, part...)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(line) > 0:
			return line, nil
		case err != nil:
			return line, err
		}
		return line, nil
	}
}

// Lines yields the lines without their ends. An error other than the end of the stream
// comes once, last. Breaking off leaves the rest to be read.
func (f *File) Lines() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for {
			line, err := f.ReadLine()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield("", err)
				return
			}
			line = bytes.TrimSuffix(line, []byte("\n"))
			if !yield(string(bytes.TrimSuffix(line, []byte("\r"))), nil) {
				return
			}
		}
	}
}

// Write puts p into the buffer, or sends it at once if there is none. An error of the
// socket comes back from every later call.
func (f *File) Write(p []byte) (int, error) {
	if f.direct {
		return f.s.Write(p)
	}
	return f.w.Write(p)
}

// WriteString is Write for a text.
func (f *File) WriteString(s string) (int, error) {
	if f.direct {
		return f.s.Write([]byte(s))
	}
	return f.w.WriteString(s)
}

// Flush sends what is in the buffer.
func (f *File) Flush() error { return f.w.Flush() }

// Close sends what is in the buffer. The socket stays open, as in Python.
func (f *File) Close() error { return f.w.Flush() }
