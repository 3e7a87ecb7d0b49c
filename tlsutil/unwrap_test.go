package tlsutil_test

import (
	"context"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The context ends Unwrap also while somebody else reads.
func TestUnwrapWhileReading(t *testing.T) {
	ca := newCA(t, "CA")
	c, s := mustConnect(t, clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"})), "localhost")
	exchange(t, c, s)
	started, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		close(started)
		_, err := c.Read(make([]byte, 1))
		ended <- err
	}()
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	ends(t, func() {
		_, err := c.Unwrap(ctx)
		assert.ErrorIs(t, err, context.Canceled)
	})
	ends(t, func() { assert.Error(t, <-ended) })
}

// deadlines notes the deadlines of a connection.
type deadlines struct {
	net.Conn
	mu          sync.Mutex
	read, write time.Time
}

func (d *deadlines) SetDeadline(t time.Time) error {
	d.SetReadDeadline(t)
	return d.SetWriteDeadline(t)
}

func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.read = t
	return d.Conn.SetReadDeadline(t)
}

func (d *deadlines) SetWriteDeadline(t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.write = t
	return d.Conn.SetWriteDeadline(t)
}

// The deadlines that the caller has set hold after the end of TLS.
func TestUnwrapKeepsDeadlines(t *testing.T) {
	ca := newCA(t, "CA")
	a, b := tcpPair(t)
	done := make(chan *tlsutil.Conn, 1)
	sc := serverContext(t, ca.leaf([]string{"localhost"}))
	go func() {
		s, _ := sc.Server(context.Background(), b)
		done <- s
	}()
	raw := &deadlines{Conn: a}
	c, err := clientContext(t, ca).Client(t.Context(), raw, "localhost")
	require.NoError(t, err)
	s := <-done
	require.NotNil(t, s)
	read, write := time.Now().Add(time.Minute), time.Now().Add(2*time.Minute)
	require.NoError(t, c.SetDeadline(read))
	require.NoError(t, c.SetWriteDeadline(write))
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	_, err = c.Unwrap(ctx)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, read, raw.read)
	assert.Equal(t, write, raw.write)
	go func() {
		s.Read(make([]byte, 1))
		s.Unwrap(context.Background())
	}()
	_, err = c.Unwrap(t.Context())
	require.NoError(t, err)
	assert.Equal(t, read, raw.read)
	assert.Equal(t, write, raw.write)
}

// What follows close-notify is not taken, even if it looks like a record of data.
func TestUnwrapBeforeWhatLooksLikeData(t *testing.T) {
	const plain = "\x17\x03\x03\x00\x03abc"
	ca := newCA(t, "CA")
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
		require.NoError(t, cc.SetMaximumVersion(v))
		c, s := mustConnect(t, cc, sc, "localhost")
		exchange(t, c, s)
		require.NoError(t, c.CloseWrite())
		_, err := s.Read(make([]byte, 1))
		require.Equal(t, io.EOF, err)
		require.NoError(t, s.CloseWrite())
		_, err = s.NetConn().Write([]byte(plain))
		require.NoError(t, err)
		rest, err := c.Unwrap(t.Context())
		require.NoError(t, err)
		buf := make([]byte, len(plain))
		_, err = io.ReadFull(rest, buf)
		require.NoError(t, err)
		assert.Equal(t, plain, string(buf))
	}
}
