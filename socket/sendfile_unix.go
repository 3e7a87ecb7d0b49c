//go:build unix

package socket

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// ErrNonblockingFile is the cause when SendFile is asked of a non-blocking socket.
// Python's ValueError.
var ErrNonblockingFile = errors.New("SendFile needs a blocking socket")

// SendFile sends count bytes of a file from an offset on, all of it to the end for a
// count below 0: `socket.socket.sendfile`. Where the system can, it copies inside the
// kernel. It tells how many bytes went, fewer than count if the file is shorter, and
// leaves the file's position behind the last one. Never more than count go, even if
// the file grows. The socket must be a stream and not non-blocking; its timeout bounds
// each wait.
func (s *Socket) SendFile(f *os.File, offset, count int64) (int64, error) {
	return s.SendFileContext(background, f, offset, count)
}

// SendFileContext is SendFile, ended by ctx.
func (s *Socket) SendFileContext(ctx context.Context, f *os.File, offset, count int64) (int64, error) {
	switch {
	case s.typ != SockStream || offset < 0:
		return 0, opError("sendfile", nil, unix.EINVAL)
	case !s.Blocking():
		return 0, opError("sendfile", nil, ErrNonblockingFile)
	}
	if count < 0 {
		count = math.MaxInt64 - offset
	}
	n, err := s.kernelFile(ctx, f, offset, count)
	if n == 0 && noKernelFile(err) {
		n, err = s.copyFile(ctx, io.NewSectionReader(f, offset, count))
	}
	if _, serr := f.Seek(offset+n, io.SeekStart); err == nil && serr != nil && !errors.Is(serr, unix.ESPIPE) {
		err = serr
	}
	return n, opError("sendfile", nil, err)
}

// noKernelFile reports whether the kernel cannot send from such a file at all.
func noKernelFile(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.ENOTSUP) ||
		errors.Is(err, syscall.EOPNOTSUPP) || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOTSOCK)
}

// kernelFile sends with the system's sendfile.
func (s *Socket) kernelFile(ctx context.Context, f *os.File, offset, count int64) (int64, error) {
	in, err := f.SyscallConn()
	if err != nil {
		return 0, err
	}
	var sent int64
	s.wr.mu.Lock()
	defer s.wr.mu.Unlock()
	cerr := in.Control(func(fd uintptr) {
		for sent < count {
			var n int
			err = s.wr.do(ctx, 0, func(out int) (err error) {
				n, err = sysSendfile(out, int(fd), offset+sent, int(min(count-sent, maxChunk)))
				return err
			})
			if err != nil || n == 0 {
				return
			}
			sent += int64(n)
		}
	})
	if cerr != nil {
		err = cerr
	}
	return sent, err
}

// copyFile sends what r gives by way of a buffer.
func (s *Socket) copyFile(ctx context.Context, r io.Reader) (int64, error) {
	buf := make([]byte, 64<<10)
	var sent int64
	for {
		n, err := r.Read(buf)
		if n > 0 {
			w, werr := s.sendAll(ctx, buf[:n], 0)
			sent += int64(w)
			if werr != nil {
				return sent, werr
			}
		}
		if err == io.EOF {
			return sent, nil
		}
		if err != nil {
			return sent, err
		}
	}
}

// ReadFrom sends all that r gives, as io.ReaderFrom has it. What comes from an *os.File
// or, on Linux, from a stream (*Socket, *net.TCPConn, *net.UnixConn) or a pipe does not
// pass through the process, nor does what an io.LimitedReader gives of them. The count is
// of what was sent: when sending fails, what had been read from a stream beyond it is lost,
// as with io.Copy.
func (s *Socket) ReadFrom(r io.Reader) (int64, error) {
	limited, _ := r.(*io.LimitedReader)
	src, limit := r, int64(math.MaxInt64)
	if limited != nil {
		src, limit = limited.R, limited.N
	}
	n, done, err := s.fromKernel(src, limit)
	if limited != nil {
		limited.N -= n
	}
	if done {
		return n, err
	}
	return s.copyFile(background, r)
}

// fromKernel sends at most limit bytes of a file, stream or pipe inside the kernel. It
// reports false where that cannot be done; then nothing was read.
func (s *Socket) fromKernel(src io.Reader, limit int64) (int64, bool, error) {
	if limit <= 0 || s.typ != SockStream || !s.Blocking() {
		return 0, false, nil
	}
	if f, ok := src.(*os.File); ok {
		if at, err := f.Seek(0, io.SeekCurrent); err == nil {
			n, err := s.SendFile(f, at, min(limit, math.MaxInt64-at))
			return n, true, err
		}
	}
	return s.splice(src, limit)
}
