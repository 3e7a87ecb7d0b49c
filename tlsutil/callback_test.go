package tlsutil_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"runtime"
	"testing"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A callback of the handshake that calls its Object gets an error, and does not wait for
// itself; Close ends the handshake.
func TestObjectCallbackCallsIt(t *testing.T) {
	before := runtime.NumGoroutine()
	for what, call := range map[string]func(*tlsutil.Object) error{
		"DoHandshake": (*tlsutil.Object).DoHandshake,
		"Read":        func(o *tlsutil.Object) error { _, err := o.Read(make([]byte, 1)); return err },
		"Write":       func(o *tlsutil.Object) error { _, err := o.Write([]byte("x")); return err },
		"Unwrap":      (*tlsutil.Object).Unwrap,
		"CloseWrite":  (*tlsutil.Object).CloseWrite,
		"Close":       (*tlsutil.Object).Close,
	} {
		t.Run(what, func(t *testing.T) {
			cc, sc := configs(t, tls.VersionTLS13)
			var s *side
			var inner error
			sc.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) {
				_, err := s.in.Write([]byte{22}) // as if more had come
				s.Pending()
				s.ConnectionState()
				inner = call(s.Object)
				return nil, err
			}
			c := newSide(cc, false)
			s = newSide(sc, true)
			require.ErrorIs(t, c.DoHandshake(), tlsutil.ErrWantRead)
			move(c, s, 0)
			var err error
			ends(t, func() { err = s.DoHandshake() })
			if what == "Close" {
				assert.NoError(t, inner)
				assert.ErrorIs(t, err, net.ErrClosed)
				assert.ErrorIs(t, s.DoHandshake(), net.ErrClosed)
			} else {
				var e *tlsutil.Error
				assert.ErrorAs(t, inner, &e)
				assert.NotErrorIs(t, inner, tlsutil.ErrWantRead)
				assert.ErrorIs(t, err, tlsutil.ErrWantRead)
				assert.NoError(t, s.Close())
			}
			assert.NoError(t, c.Close())
		})
	}
	waitGoroutines(t, before)
}

// Every pair of calls, at every step of a handshake: none panics, stands still or loses what
// was sent.
func TestObjectPairsOfCalls(t *testing.T) {
	calls := []func(*tlsutil.Object) error{
		(*tlsutil.Object).DoHandshake,
		func(o *tlsutil.Object) error { _, err := o.Read(make([]byte, 5)); return err },
		func(o *tlsutil.Object) error { _, err := o.Write([]byte("hello")); return err },
		(*tlsutil.Object).Unwrap,
		(*tlsutil.Object).CloseWrite,
		func(o *tlsutil.Object) error { o.Pending(); o.ConnectionState(); o.Version(); return nil },
		(*tlsutil.Object).Close,
	}
	before := runtime.NumGoroutine()
	for _, v := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		cc, sc := configs(t, v)
		cc.CurvePreferences = []tls.CurveID{tls.X25519}
		for i := range calls {
			for j := range calls {
				for step := range 4 {
					c, s := newSide(cc, false), newSide(sc, true)
					for range step {
						c.DoHandshake()
						move(c, s, 0)
						s.DoHandshake()
						move(s, c, 0)
					}
					for _, o := range []*side{c, s} {
						first, second := calls[i](o.Object), calls[j](o.Object)
						if i == len(calls)-1 && j < len(calls)-2 {
							require.ErrorIs(t, second, net.ErrClosed)
						}
						if step == 0 && i < 3 {
							require.ErrorIs(t, first, tlsutil.ErrWantRead)
						}
					}
					c.Close()
					s.Close()
					move(c, s, 0)
					_, err := s.Read(make([]byte, 1))
					require.ErrorIs(t, err, net.ErrClosed)
				}
			}
		}
	}
	waitGoroutines(t, before)
}

// A reader that never makes progress does not hold SendFile up.
func TestSendFileNoProgress(t *testing.T) {
	ca := newCA(t, "CA")
	c, _ := mustConnect(t, clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"})), "localhost")
	ends(t, func() {
		_, err := c.SendFile(lazy{}, 0, 10)
		assert.True(t, errors.Is(err, io.ErrNoProgress), "%v", err)
	})
}

type lazy struct{}

func (lazy) ReadAt([]byte, int64) (int, error) { return 0, nil }
