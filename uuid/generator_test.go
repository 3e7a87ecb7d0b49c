package uuid_test

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

// A clock shows one time after the other, the last one again and again.
type clock []time.Time

func (c *clock) now() time.Time {
	t := (*c)[0]
	if len(*c) > 1 {
		*c = (*c)[1:]
	}
	return t
}

// show returns a clock that shows these offsets from a fixed time.
func show(offsets ...time.Duration) func() time.Time {
	c := &clock{}
	for _, d := range offsets {
		*c = append(*c, rfcTime.Add(d))
	}
	return c.now
}

// zeros is a source of zeros.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// methods are the ways of a Generator to make a UUID that has an order.
var methods = map[int]func(*uuid.Generator) (uuid.UUID, error){
	1: (*uuid.Generator).NewV1,
	6: (*uuid.Generator).NewV6,
	7: (*uuid.Generator).NewV7,
}

// later reports whether v is after u in the order of their version.
func later(u, v uuid.UUID) bool {
	if u.Version() == 7 {
		return u.Compare(v) < 0
	}
	return u.Timestamp() < v.Timestamp()
}

func TestVersionsOfPackage(t *testing.T) {
	for version, makeOne := range map[int]func() uuid.UUID{
		1: uuid.NewV1, 4: uuid.NewV4, 6: uuid.NewV6, 7: uuid.NewV7,
		3: func() uuid.UUID { return uuid.NewV3(uuid.NamespaceDNS, "example.org") },
		5: func() uuid.UUID { return uuid.NewV5(uuid.NamespaceDNS, "example.org") },
		8: func() uuid.UUID { return uuid.NewV8(1, 2, 3) },
	} {
		before := time.Now()
		u := makeOne()
		require.Equal(t, version, u.Version())
		require.Equal(t, uuid.RFC4122, u.Variant())
		if made, ok := u.Time(); ok {
			require.WithinRange(t, made, before.Add(-time.Second), time.Now().Add(time.Second))
		}
	}
	require.Equal(t, uuid.NodeID(), uuid.NewV1().Node())
	require.Equal(t, uuid.NodeID(), uuid.NewV6().Node())
}

// TestOrder holds the order against clocks that stand still, go back and jump.
func TestOrder(t *testing.T) {
	clocks := map[string]func() time.Time{
		"still":              show(0),
		"back one second":    show(0, -time.Second),
		"back an hour":       show(0, -time.Hour, -time.Hour+time.Millisecond),
		"back and forth":     show(0, -time.Millisecond, time.Millisecond, 0, 2*time.Millisecond, -time.Hour, time.Hour, 0),
		"less than a tick":   show(0, 50, 99, 100, 101),
		"less than a milli":  show(0, 999_999, 1_000_000, 1_000_001),
		"running":            time.Now,
		"before the epoch":   func() time.Time { return time.Unix(-1, 0) },
		"a nanosecond later": show(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
	}
	for name, now := range clocks {
		for version, next := range methods {
			g := &uuid.Generator{Now: now}
			last, err := next(g)
			require.NoError(t, err)
			for range 5000 {
				u, err := next(g)
				require.NoError(t, err)
				if !later(last, u) {
					t.Fatalf("clock %s, version %d: %v after %v", name, version, u, last)
				}
				last = u
			}
		}
	}
}

// TestTicks shows which time versions 1 and 6 take when the clock is no help.
func TestTicks(t *testing.T) {
	g := &uuid.Generator{Now: show(0, 0, 100, 1000, 50, -time.Hour, 2000)}
	want := []time.Duration{0, 100, 200, 1000, 1100, 1200, 2000, 2100}
	for i, d := range want {
		next := g.NewV1
		if i%2 == 1 {
			next = g.NewV6 // in one order with version 1
		}
		u, err := next()
		require.NoError(t, err)
		got, _ := u.Time()
		require.Equal(t, d, got.Sub(rfcTime), "number %d", i)
	}
}

// TestV7Counter shows the counter: a random start without the top bit, one more
// in the same millisecond, a new start in the next.
func TestV7Counter(t *testing.T) {
	g := &uuid.Generator{
		Now: show(0, 999_999, time.Millisecond),
		Rand: io.MultiReader(
			bytes.NewReader([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4}),
			bytes.NewReader([]byte{5, 6, 7, 8}),
			bytes.NewReader([]byte{0, 0, 0, 0, 0, 9, 1, 1, 1, 1}),
			bytes.NewReader([]byte{2, 2, 2, 2}),
		),
	}
	for _, want := range []string{
		"017f22e2-79b0-77ff-bfff-ffff01020304",
		"017f22e2-79b0-7800-8000-000005060708",
		"017f22e2-79b1-7000-8000-000901010101",
		"017f22e2-79b1-7000-8000-000a02020202",
	} {
		u, err := g.NewV7()
		require.NoError(t, err)
		require.Equal(t, want, u.String())
	}
	_, err := g.NewV7()
	require.ErrorIs(t, err, io.EOF)
}

// TestV7CounterFull shows the carry of a full counter into the time.
func TestV7CounterFull(t *testing.T) {
	g := &uuid.Generator{Now: show(0), Rand: zeros{}}
	_, err := g.NewV7()
	require.NoError(t, err)
	g.SetCounter(1<<42 - 2)
	for _, want := range []string{
		"017f22e2-79b0-7fff-bfff-ffff00000000",
		"017f22e2-79b1-7000-8000-000000000000", // the clock is behind from here on,
		"017f22e2-79b2-7000-8000-000100000000", // and so the time goes on
	} {
		u, err := g.NewV7()
		require.NoError(t, err)
		require.Equal(t, want, u.String())
	}
}

// TestV7Ahead shows that the time runs ahead of a clock that went back by no more
// than 100 ms, and is the clock's again as soon as that has caught up.
func TestV7Ahead(t *testing.T) {
	now := rfcTime
	g := &uuid.Generator{Now: func() time.Time { return now }}
	ahead := func() time.Duration {
		u, err := g.NewV7()
		require.NoError(t, err)
		made, _ := u.Time()
		return made.Sub(rfcTime)
	}
	for range 3 { // each time the clock goes back
		now = rfcTime
		require.Zero(t, ahead())
		now = rfcTime.Add(-time.Hour)
		for i := range 1000 {
			require.Equal(t, time.Duration(min(i+1, 100))*time.Millisecond, ahead())
		}
		now = rfcTime.Add(99 * time.Millisecond)
		require.Equal(t, 100*time.Millisecond, ahead())
		now = rfcTime.Add(101 * time.Millisecond)
		require.Equal(t, 101*time.Millisecond, ahead())
		now = rfcTime
		require.Equal(t, 102*time.Millisecond, ahead(), "it may run ahead anew")
		g = &uuid.Generator{Now: g.Now}
	}
}

func TestV1Fields(t *testing.T) {
	g := &uuid.Generator{Now: fixed(rfcTime), Node: uuid.FixedNode(1<<48 - 1), ClockSeq: func() uint16 { return 0xffff }}
	u, err := g.NewV1()
	require.NoError(t, err)
	require.Equal(t, "c232ab00-9414-11ec-bfff-ffffffffffff", u.String(), "of the clock sequence 14 bits count")

	g = &uuid.Generator{Now: fixed(rfcTime), Rand: bytes.NewReader([]byte{0, 0, 0, 0, 0, 0x0a, 0xff, 0xff, 0x12, 0x34})}
	u, err = g.NewV1()
	require.NoError(t, err)
	require.Equal(t, "c232ab00-9414-11ec-bfff-01000000000a", u.String(), "a random node, then a clock sequence")
	u, err = g.NewV1()
	require.NoError(t, err)
	require.Equal(t, "c232ab01-9414-11ec-9234-01000000000a", u.String(), "the same node, another clock sequence")
}

func TestV8Parts(t *testing.T) {
	require.Equal(t, "00000000-0001-8002-8000-000000000003", uuid.NewV8(1, 2, 3).String())
	require.Equal(t, "ffffffff-ffff-8fff-bfff-ffffffffffff", uuid.NewV8(1<<64-1, 1<<64-1, 1<<64-1).String())
	require.Equal(t, uuid.NewV8(0, 0, 0), uuid.NewV8(1<<48, 1<<12, 1<<62), "the low bits are taken")

	random := []byte{1, 2, 3, 4, 5, 6, 7, 8}
	tests := []struct {
		a, b, c *uint64
		want    string
	}{
		{new(uint64(1)), new(uint64(2)), new(uint64(3)), "00000000-0001-8002-8000-000000000003"},
		{nil, new(uint64(2)), new(uint64(3)), "03040506-0708-8002-8000-000000000003"},
		{new(uint64(1)), nil, new(uint64(3)), "00000000-0001-8708-8000-000000000003"},
		{new(uint64(1)), new(uint64(2)), nil, "00000000-0001-8002-8102-030405060708"},
		{nil, nil, nil, "03040506-0708-8708-8102-030405060708"},
	}
	for _, tt := range tests {
		g := &uuid.Generator{Rand: bytes.NewReader(bytes.Repeat(random, 3))}
		u, err := g.NewV8(tt.a, tt.b, tt.c)
		require.NoError(t, err)
		require.Equal(t, tt.want, u.String())
	}
	var g uuid.Generator
	u, err := g.NewV8(nil, nil, nil)
	require.NoError(t, err)
	v, err := g.NewV8(nil, nil, nil)
	require.NoError(t, err)
	require.NotEqual(t, u, v)
	require.Equal(t, 8, u.Version())
}

// TestFailingSources shows that an error of a source is the error of the method,
// and that nothing but the error comes of it.
func TestFailingSources(t *testing.T) {
	broken := errors.New("broken")
	all := map[string]func(*uuid.Generator) (uuid.UUID, error){
		"v1": (*uuid.Generator).NewV1,
		"v4": (*uuid.Generator).NewV4,
		"v6": (*uuid.Generator).NewV6,
		"v7": (*uuid.Generator).NewV7,
		"v8": func(g *uuid.Generator) (uuid.UUID, error) { return g.NewV8(nil, nil, nil) },
	}
	for name, next := range all {
		u, err := next(&uuid.Generator{Rand: iotest.ErrReader(broken)})
		require.ErrorIs(t, err, broken, name)
		require.Equal(t, uuid.Nil, u, name)
	}
	for _, name := range []string{"v1", "v6"} {
		u, err := all[name](&uuid.Generator{Node: func() (uint64, error) { return 1, broken }})
		require.ErrorIs(t, err, broken, name)
		require.Equal(t, uuid.Nil, u, name)
	}
	_, err := (&uuid.Generator{Rand: iotest.ErrReader(broken)}).NodeID()
	require.ErrorIs(t, err, broken)

	// A node that could not be had is asked for again, one that could is not.
	calls := 0
	g := &uuid.Generator{Node: func() (uint64, error) {
		if calls++; calls < 3 {
			return 0, broken
		}
		return uint64(calls), nil
	}}
	for i := range 5 {
		u, err := g.NewV1()
		require.Equal(t, i < 2, err != nil)
		if err == nil {
			require.Equal(t, uint64(3), u.Node())
		}
	}

	// A failure leaves the order as it was.
	g = &uuid.Generator{Now: show(0), Rand: io.MultiReader(
		bytes.NewReader(make([]byte, 10)), iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(make([]byte, 9)))),
	)}
	u, err := g.NewV7()
	require.NoError(t, err)
	_, err = g.NewV7()
	require.ErrorIs(t, err, iotest.ErrTimeout)
	v, err := g.NewV7()
	require.NoError(t, err)
	require.Equal(t, "017f22e2-79b0-7000-8000-000000000000", u.String())
	require.Equal(t, "017f22e2-79b0-7000-8000-000100000000", v.String())
}

// TestRandDelivery reads from sources that give little at a time.
func TestRandDelivery(t *testing.T) {
	want := uuid.MustParse("00010203-0405-4607-8809-0a0b0c0d0e0f")
	data := []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	for _, r := range []io.Reader{
		bytes.NewReader(data), iotest.OneByteReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data)),
	} {
		g := &uuid.Generator{Rand: r}
		u, err := g.NewV4()
		require.NoError(t, err)
		require.Equal(t, want, u)
	}
}

// TestConcurrent makes UUIDs of all kinds from many goroutines: none twice, and in
// each goroutine in order.
func TestConcurrent(t *testing.T) {
	const workers, each = 8, 2000
	var mu sync.Mutex
	seen := make(map[uuid.UUID]bool, workers*each*3)
	generators := []*uuid.Generator{{}, {Rand: &counting{}, Now: show(0)}}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for version, next := range methods {
				for _, g := range generators {
					made := make([]uuid.UUID, 0, each)
					for i := range each {
						u, err := next(g)
						if err != nil || i > 0 && !later(made[i-1], u) {
							t.Errorf("version %d: %v, %v", version, u, err)
							return
						}
						made = append(made, u)
					}
					mu.Lock()
					for _, u := range made {
						if seen[u] {
							t.Errorf("%v twice", u)
						}
						seen[u] = true
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
}

// counting is a source that is not safe for concurrent use.
type counting struct{ n byte }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		c.n++
		p[i] = c.n
	}
	return len(p), nil
}

// TestStores shows that stores differ from each other, that no bytes repeat in
// one, and that the key does not stay.
func TestStores(t *testing.T) {
	a, b, keyWiped := uuid.FillStore()
	require.Len(t, a, uuid.StoreLen)
	require.NotEqual(t, a, b)
	require.True(t, keyWiped)
	words := map[[8]byte]bool{}
	for _, s := range [][]byte{a, b} {
		for i := 0; i < len(s); i += 8 {
			words[[8]byte(s[i:])] = true
		}
	}
	require.Len(t, words, 2*uuid.StoreLen/8)
}

// TestBits shows that each bit but those of version and variant is set in half of
// the random UUIDs.
func TestBits(t *testing.T) {
	const n = 20000
	var ones [128]int
	for range n {
		for i, b := range uuid.NewV4() {
			for j := range 8 {
				ones[8*i+j] += int(b>>(7-j)) & 1
			}
		}
	}
	for i, got := range ones {
		switch i {
		case 48, 50, 51, 65:
			require.Zero(t, got, "bit %d", i)
		case 49, 64:
			require.Equal(t, n, got, "bit %d", i)
		default: // nine standard deviations
			require.InDelta(t, n/2, got, 9*71, "bit %d", i)
		}
	}
}

// FuzzOrder moves the clock about: each byte is a step, forth or back, of a size
// that its low bits choose.
func FuzzOrder(f *testing.F) {
	f.Add([]byte{0, 0, 0})
	f.Add([]byte("\x81\x82\x83\x84\x85\x86\x87"))
	f.Add([]byte{0x7f, 0xff, 0x7e, 0xfe, 0x7d, 0xfd})
	f.Add(bytes.Repeat([]byte{0x93}, 300))
	steps := [8]time.Duration{0, 1, 100, time.Microsecond, time.Millisecond, 100 * time.Millisecond, time.Second, time.Hour}
	f.Fuzz(func(t *testing.T, moves []byte) {
		for version, next := range methods {
			now := rfcTime
			g := &uuid.Generator{Now: func() time.Time { return now }}
			var last uuid.UUID
			newest := now // the latest time that the clock has shown
			for i, m := range moves {
				step := steps[m&7] * time.Duration(m>>3&15)
				if m&0x80 != 0 {
					step = -step
				}
				now = now.Add(step)
				if now.After(newest) {
					newest = now
				}
				u, err := next(g)
				if err != nil || u.Version() != version || i > 0 && !later(last, u) {
					t.Fatalf("version %d, move %d: %v after %v, %v", version, i, u, last, err)
				}
				made, _ := u.Time()
				if ahead := made.Sub(newest); ahead > 100*time.Millisecond {
					t.Fatalf("version %d, move %d: %v is %v ahead of the clock", version, i, u, ahead)
				}
				last = u
			}
		}
	})
}
