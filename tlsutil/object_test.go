package tlsutil_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A side is an Object with its BIOs.
type side struct {
	*tlsutil.Object
	in, out *tlsutil.MemoryBIO
}

func newSide(cfg *tls.Config, server bool) *side {
	in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
	return &side{tlsutil.NewObject(cfg, in, out, server), in, out}
}

// move carries what from has sent to to, at most n bytes at once (0: all).
func move(from, to *side, n int) int {
	p := from.out.Peek()
	if n > 0 {
		p = p[:min(n, len(p))]
	}
	m, err := to.in.Write(p)
	if err != nil && !errors.Is(err, tlsutil.ErrWantWrite) {
		panic(err)
	}
	from.out.Discard(m)
	return m
}

// shake completes the handshake of both sides, n bytes at a time.
func shake(t testing.TB, c, s *side, n int) {
	t.Helper()
	for i := 0; ; i++ {
		ec, es := c.DoHandshake(), s.DoHandshake()
		if ec == nil && es == nil {
			return
		}
		for _, err := range []error{ec, es} {
			if err != nil && !errors.Is(err, tlsutil.ErrWantRead) {
				require.NoError(t, err)
			}
		}
		require.Less(t, i, 100_000, "the handshake does not end")
		move(c, s, n)
		move(s, c, n)
	}
}

// configs returns a pair of configurations for a version.
func configs(t testing.TB, version uint16) (client, server *tls.Config) {
	ca := newCA(t, "BIO CA")
	server = &tls.Config{Certificates: []tls.Certificate{ca.leaf([]string{"localhost"})}, MinVersion: version, MaxVersion: version}
	client = &tls.Config{RootCAs: ca.pool(), ServerName: "localhost", MinVersion: version, MaxVersion: version}
	return client, server
}

var versions = []uint16{tls.VersionTLS10, tls.VersionTLS11, tls.VersionTLS12, tls.VersionTLS13}

func forVersions(t *testing.T, f func(t *testing.T, client, server *tls.Config)) {
	for _, v := range versions {
		t.Run(tls.VersionName(v), func(t *testing.T) {
			c, s := configs(t, v)
			f(t, c, s)
		})
	}
}

// transfer has from write data, and to read it, n bytes of wire at a time, and compares.
func transfer(t testing.TB, from, to *side, data []byte, n int) {
	t.Helper()
	var got []byte
	buf := make([]byte, 4096)
	for i, rest := 0, data; len(got) < len(data); i++ {
		m, err := from.Write(rest)
		rest = rest[m:]
		if err != nil {
			require.ErrorIs(t, err, tlsutil.ErrWantWrite)
		}
		move(from, to, n)
		for {
			m, err := to.Read(buf)
			got = append(got, buf[:m]...)
			if err != nil {
				require.ErrorIs(t, err, tlsutil.ErrWantRead)
				break
			}
		}
		require.Less(t, i, 10_000_000)
	}
	require.True(t, bytes.Equal(data, got), "the data differ")
}

// seeds is how many random runs there are: the race detector makes do with fewer.
func seeds(n uint64) uint64 {
	if raceEnabled {
		return n / 5
	}
	return n
}

// noise returns n bytes, at most 64 KiB of them different; they must not be changed.
func noise(n int) []byte {
	if n > len(noiseBytes) {
		return bytes.Repeat(noiseBytes, n/len(noiseBytes)+1)[:n]
	}
	return noiseBytes[:n:n]
}

var noiseBytes = func() []byte {
	b := make([]byte, 1<<16)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}()

func TestObjectSteps(t *testing.T) {
	forVersions(t, func(t *testing.T, cc, sc *tls.Config) {
		sc.DynamicRecordSizingDisabled = true // the server's records are the largest
		chunks := []int{0, 1, 2, 5, 7, 1000}
		if raceEnabled {
			chunks = []int{0, 1, 1000}
		}
		for _, n := range chunks {
			t.Run(fmt.Sprint(n, " bytes at a time"), func(t *testing.T) {
				c, s := newSide(cc, false), newSide(sc, true)
				shake(t, c, s, n)
				assert.True(t, c.HandshakeComplete())
				assert.Equal(t, cc.MinVersion, c.ConnectionState().Version)
				size := 40_000 // some thirty records
				if n == 1 || n == 2 {
					size = 6000
				}
				transfer(t, c, s, noise(size), n)
				transfer(t, s, c, noise(size), n)
				transfer(t, c, s, []byte("x"), n)
				assert.Zero(t, c.in.Pending()+c.out.Pending()+s.in.Pending()+s.out.Pending())
			})
		}
	})
}

// Calls in any order: reading and writing before the handshake, asking again and again.
func TestObjectCallsInAnyOrder(t *testing.T) {
	forVersions(t, func(t *testing.T, cc, sc *tls.Config) {
		for seed := range seeds(30) {
			r := rand.New(rand.NewPCG(seed, 0))
			c, s := newSide(cc, false), newSide(sc, true)
			sides := []*side{c, s}
			sent, got := [2][]byte{}, [2][]byte{}
			for range 2000 {
				i := r.IntN(2)
				o := sides[i]
				switch r.IntN(5) {
				case 0:
					p := noise(1 + r.IntN(300))
					n, err := o.Write(p)
					sent[i] = append(sent[i], p[:n]...)
					require.True(t, err == nil || errors.Is(err, tlsutil.ErrWantRead), "%v", err)
				case 1:
					p := make([]byte, 1+r.IntN(300))
					n, err := o.Read(p)
					got[1-i] = append(got[1-i], p[:n]...)
					require.True(t, err == nil || errors.Is(err, tlsutil.ErrWantRead), "%v", err)
				case 2:
					err := o.DoHandshake()
					require.True(t, err == nil || errors.Is(err, tlsutil.ErrWantRead), "%v", err)
				case 3:
					move(o, sides[1-i], 1+r.IntN(700))
				case 4:
					p := make([]byte, o.Pending())
					if len(p) > 0 {
						n, err := io.ReadFull(o, p)
						got[1-i] = append(got[1-i], p[:n]...)
						require.NoError(t, err, "pending %d", len(p))
					}
				}
			}
			for i := range sides {
				require.True(t, bytes.HasPrefix(sent[i], got[i]), "seed %d: what was read is not what was sent", seed)
			}
		}
	})
}

// The stream is cut after each byte, of the handshake and of the data behind it: an error
// says so, or everything before the cut has come.
func TestObjectTruncatedEverywhere(t *testing.T) {
	forVersions(t, func(t *testing.T, cc, sc *tls.Config) {
		cc.CurvePreferences = []tls.CurveID{tls.X25519} // a shorter handshake
		step := 1
		if raceEnabled {
			step = 17
		}
		for _, server := range []bool{false, true} { // whose input is cut
			for cut := 0; ; cut += step {
				c, s := newSide(cc, false), newSide(sc, true)
				victim, other := c, s
				if server {
					victim, other = s, c
				}
				given, done := 0, false
				for i := 0; i < 100 && given < cut; i++ {
					c.DoHandshake()
					s.DoHandshake()
					if other.HandshakeComplete() && !done {
						done = true
						_, err := other.Write([]byte("last words"))
						require.NoError(t, err)
					}
					move(victim, other, 0)
					given += move(other, victim, cut-given)
				}
				if given < cut {
					require.Greater(t, cut, 200)
					break
				}
				victim.in.WriteEOF()
				buf := make([]byte, 100)
				n, err := io.ReadFull(victim, buf)
				require.True(t, bytes.HasPrefix([]byte("last words"), buf[:n]))
				require.ErrorIs(t, err, tlsutil.ErrEOF, "cut after %d bytes", cut)
				require.ErrorIs(t, err, io.ErrUnexpectedEOF)
				require.NotErrorIs(t, err, io.EOF)
			}
		}
	})
}

func TestObjectUnwrap(t *testing.T) {
	forVersions(t, func(t *testing.T, cc, sc *tls.Config) {
		c, s := newSide(cc, false), newSide(sc, true)
		require.Error(t, c.Unwrap(), "before the handshake")
		shake(t, c, s, 0)
		require.ErrorIs(t, c.Unwrap(), tlsutil.ErrWantRead)
		require.ErrorIs(t, c.Unwrap(), tlsutil.ErrWantRead)
		move(c, s, 0)
		_, err := s.Read(make([]byte, 10))
		require.Equal(t, io.EOF, err)
		_, err = s.Write([]byte("half-closed"))
		require.NoError(t, err)
		require.NoError(t, s.Unwrap())
		_, err = s.out.Write([]byte("plain text"))
		require.NoError(t, err)
		move(s, c, 0)
		require.ErrorIs(t, c.Unwrap(), tlsutil.ErrUnreadData)
		assert.Positive(t, c.Pending())
		got, err := io.ReadAll(c)
		require.NoError(t, err)
		assert.Equal(t, "half-closed", string(got))
		require.NoError(t, c.Unwrap())
		assert.Equal(t, "plain text", string(c.in.Peek()), "what follows TLS is not taken")
		_, err = c.Write([]byte("x"))
		require.Error(t, err)
	})
}

func TestObjectEarlyClose(t *testing.T) {
	forVersions(t, func(t *testing.T, cc, sc *tls.Config) {
		c, s := newSide(cc, false), newSide(sc, true)
		require.ErrorIs(t, c.DoHandshake(), tlsutil.ErrWantRead)
		require.NoError(t, c.Close())
		require.NoError(t, c.Close())
		for _, err := range []error{c.DoHandshake(), c.Unwrap(), c.CloseWrite()} {
			require.ErrorIs(t, err, net.ErrClosed)
		}
		_, err := c.Read(make([]byte, 1))
		require.ErrorIs(t, err, net.ErrClosed)
		_, err = c.Write([]byte("x"))
		require.ErrorIs(t, err, net.ErrClosed)
		require.NoError(t, s.Close(), "never begun")
		require.ErrorIs(t, s.DoHandshake(), net.ErrClosed)

		c, s = newSide(cc, false), newSide(sc, true)
		shake(t, c, s, 0)
		require.NoError(t, s.Close())
		move(s, c, 0)
		_, err = c.Read(make([]byte, 1))
		require.Equal(t, io.EOF, err)
	})
}

// waitGoroutines waits until there are no more than n goroutines.
func waitGoroutines(t *testing.T, n int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); runtime.NumGoroutine() > n; {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, want %d\n%s", runtime.NumGoroutine(), n, buf[:runtime.Stack(buf, true)])
		}
		runtime.GC()
		runtime.Gosched()
	}
}

func TestObjectHoldsNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	cc, sc := configs(t, tls.VersionTLS13)
	var kept []*side
	for range 100 {
		c, s := newSide(cc, false), newSide(sc, true)
		shake(t, c, s, 0)
		_, err := c.Read(make([]byte, 1))
		require.ErrorIs(t, err, tlsutil.ErrWantRead)
		kept = append(kept, c, s)
	}
	waitGoroutines(t, before)
	runtime.KeepAlive(kept)
}

func TestObjectDroppedOrClosed(t *testing.T) {
	before := runtime.NumGoroutine()
	cc, sc := configs(t, tls.VersionTLS13)
	var bios []*tlsutil.MemoryBIO
	for range 100 {
		c, s := newSide(cc, false), newSide(sc, true)
		require.ErrorIs(t, c.DoHandshake(), tlsutil.ErrWantRead)
		move(c, s, 0)
		require.ErrorIs(t, s.DoHandshake(), tlsutil.ErrWantRead)
		bios = append(bios, c.in, s.in) // these stay
	}
	assert.Greater(t, runtime.NumGoroutine(), before)
	waitGoroutines(t, before)
	runtime.KeepAlive(bios)

	c := newSide(cc, false)
	require.ErrorIs(t, c.DoHandshake(), tlsutil.ErrWantRead)
	require.NoError(t, c.Close())
	waitGoroutines(t, before)
}

func TestObjectCallbackPanics(t *testing.T) {
	cc, sc := configs(t, tls.VersionTLS13)
	before := runtime.NumGoroutine()
	sc.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { panic("callback") }
	c, s := newSide(cc, false), newSide(sc, true)
	c.DoHandshake()
	move(c, s, 0)
	require.PanicsWithValue(t, "callback", func() { s.DoHandshake() })
	require.Error(t, s.DoHandshake())
	sc.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { runtime.Goexit(); return nil, nil }
	c, s = newSide(cc, false), newSide(sc, true)
	c.DoHandshake()
	move(c, s, 0)
	require.Error(t, s.DoHandshake())
	require.NoError(t, c.Close())
	waitGoroutines(t, before)
}

func TestObjectFailedHandshake(t *testing.T) {
	cc, sc := configs(t, tls.VersionTLS13)
	cc.ServerName = "elsewhere.test"
	c, s := newSide(cc, false), newSide(sc, true)
	c.DoHandshake()
	move(c, s, 0)
	s.DoHandshake()
	move(s, c, 0)
	err := c.DoHandshake()
	var ve *tlsutil.CertVerificationError
	require.ErrorAs(t, err, &ve)
	assert.Equal(t, tlsutil.VerifyHostnameMismatch, ve.Code)
	assert.Equal(t, err, c.DoHandshake(), "it stays")
	move(c, s, 0)
	err = s.DoHandshake()
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	assert.True(t, e.Remote)
	assert.Equal(t, tlsutil.AlertBadCertificate, e.Alert)
	assert.Equal(t, "SSLV3_ALERT_BAD_CERTIFICATE", e.Reason)
}

func TestObjectBackPressure(t *testing.T) {
	cc, sc := configs(t, tls.VersionTLS13)
	c, s := newSide(cc, false), newSide(sc, true)
	shake(t, c, s, 0)
	c.out.Limit, s.in.Limit = 1<<16, 1<<16
	data := noise(1 << 20)
	n, err := c.Write(data)
	require.ErrorIs(t, err, tlsutil.ErrWantWrite)
	assert.Less(t, c.out.Pending(), 1<<16+1<<15)
	m, err := c.Write(data[n:])
	require.ErrorIs(t, err, tlsutil.ErrWantWrite)
	require.Zero(t, m)
	var got []byte
	buf := make([]byte, 1<<14)
	for len(got) < len(data) {
		m, _ := c.Write(data[n:])
		n += m
		move(c, s, 0)
		for {
			m, err := s.Read(buf)
			got = append(got, buf[:m]...)
			if err != nil {
				require.ErrorIs(t, err, tlsutil.ErrWantRead)
				break
			}
			require.LessOrEqual(t, s.in.Pending(), 1<<16)
		}
	}
	require.True(t, bytes.Equal(data, got))
}

// In a bubble of testing/synctest nothing is left behind that would keep it from ending.
func TestObjectInBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ca := newCA(t, "CA")
		cc := &tls.Config{RootCAs: ca.pool(), ServerName: "localhost"}
		sc := &tls.Config{Certificates: []tls.Certificate{ca.leaf([]string{"localhost"})}}
		c, s := newSide(cc, false), newSide(sc, true)
		shake(t, c, s, 3)
		transfer(t, c, s, []byte("hello"), 1)
		half := newSide(cc, false)
		require.ErrorIs(t, half.DoHandshake(), tlsutil.ErrWantRead)
		require.NoError(t, half.Close())
	})
}
