package socketserver_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socketserver"
)

// rawWrite writes p by the descriptor.
func rawWrite(c *socketserver.Conn, p []byte) error {
	rc, err := c.SyscallConn()
	if err != nil {
		return err
	}
	var werr error
	err = rc.Write(func(fd uintptr) bool {
		for len(p) > 0 {
			n, err := unix.Write(int(fd), p)
			if err == unix.EAGAIN {
				return false
			}
			if werr = err; err != nil {
				return true
			}
			p = p[n:]
		}
		return true
	})
	if err == nil {
		err = werr
	}
	return err
}

// What is written by the descriptor comes after what was written before, and waits for the
// client, for the deadline, and for Close.
func TestRawWrite(t *testing.T) {
	const size = 16 << 20
	each(t, func(t *testing.T, m socketserver.Model) {
		errs := make(chan error, 1)
		s := &socketserver.Server{Model: m, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			b := make([]byte, 1)
			if _, err := c.Read(b); err != nil {
				return socketserver.Close, err
			}
			switch b[0] {
			case 'w':
				for range 4 {
					c.Write(bytes.Repeat([]byte("q"), size/16))
					errs <- rawWrite(c, bytes.Repeat([]byte("r"), size/16))
				}
			case 'd':
				c.SetWriteDeadline(time.Now().Add(short))
				errs <- rawWrite(c, make([]byte, size))
			case 'c':
				closed := make(chan struct{})
				time.AfterFunc(short, func() {
					c.Close()
					close(closed)
				})
				err := rawWrite(c, make([]byte, size))
				<-closed
				errs <- err
			}
			return socketserver.Close, nil
		})}
		start(t, s)
		c := dial(t, s)
		say(t, c, "w")
		for range 4 {
			for _, b := range []byte("qr") {
				got := make([]byte, size/16)
				_, err := io.ReadFull(c, got)
				require.NoError(t, err)
				require.Equal(t, size/16, bytes.Count(got, []byte{b}))
			}
			require.NoError(t, <-errs)
		}
		c = dial(t, s)
		say(t, c, "d")
		require.ErrorIs(t, <-errs, os.ErrDeadlineExceeded)
		c = dial(t, s)
		say(t, c, "c")
		require.Error(t, <-errs)
	})
}
