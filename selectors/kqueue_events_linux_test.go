package selectors

import (
	"context"
	"errors"
	"math"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A scriptedKqueue answers waits from a script, and can refuse changes.
type scriptedKqueue struct {
	changes []Kevent
	waits   []time.Duration
	rooms   []int
	answers []func(events []Kevent) (int, error)
	refuse  func(c Kevent) error
	closed  bool
}

func (k *scriptedKqueue) fileno() int { return -1 }

func (k *scriptedKqueue) close() error {
	k.closed = true
	return nil
}

func (k *scriptedKqueue) kevent(changes, events []Kevent, d time.Duration) (int, error) {
	for _, c := range changes {
		k.changes = append(k.changes, c)
		if k.refuse != nil {
			if err := k.refuse(c); err != nil {
				return 0, err
			}
		}
	}
	if len(changes) > 0 {
		return 0, nil
	}
	k.waits, k.rooms = append(k.waits, d), append(k.rooms, len(events))
	if len(k.answers) == 0 {
		return 0, nil
	}
	answer := k.answers[0]
	k.answers = k.answers[1:]
	return answer(events)
}

const fakeRead, fakeWrite = -1, -2

// overKqueue is a selector over a scripted kqueue, and two descriptors to register.
func overKqueue(t *testing.T) (s *Selector, kq *scriptedKqueue, a, b *os.File) {
	t.Helper()
	wk, err := newWaker()
	require.NoError(t, err)
	kq = &scriptedKqueue{}
	w, err := newKqueueWaiter(kq, filters{fakeRead, fakeWrite}, wk.fd())
	require.NoError(t, err)
	s = &Selector{b: w, kind: w.traits(), wk: wk}
	a, b, err = os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() {
		s.Close()
		a.Close()
		b.Close()
	})
	return s, kq, a, b
}

// gen is the generation under which obj is registered.
func (s *Selector) genOf(t *testing.T, obj any) uint64 {
	e, err := s.find("key", obj)
	require.NoError(t, err)
	return uint64(e.gen)
}

// TestKqueueEvents: what the events of one wait mean, as one answer for each descriptor.
func TestKqueueEvents(t *testing.T) {
	const (
		eof   = 0x8000
		other = 5 // a number of the script for a generation that is over
	)
	type ev struct {
		filter int32
		flags  uint32
		gen    uint64 // 0 is the right one
	}
	for name, tt := range map[string]struct {
		registered Event
		events     []ev
		want       Event
	}{
		"readable":                   {Read, []ev{{filter: fakeRead}}, Read},
		"writable":                   {Write, []ev{{filter: fakeWrite}}, Write},
		"both are one answer":        {Read | Write, []ev{{filter: fakeRead}, {filter: fakeWrite}}, Read | Write},
		"both, the other way round":  {Read | Write, []ev{{filter: fakeWrite}, {filter: fakeRead}}, Read | Write},
		"the end is readable":        {Read | Write, []ev{{filter: fakeRead, flags: eof}}, Read},
		"a reader gone is writable":  {Read | Write, []ev{{filter: fakeWrite, flags: eof}}, Write},
		"an error is both":           {Read | Write, []ev{{filter: fakeRead, flags: evError}}, Read | Write},
		"but what was asked for":     {Write, []ev{{filter: fakeWrite, flags: evError}}, Write},
		"twice the same":             {Read, []ev{{filter: fakeRead}, {filter: fakeRead}}, Read},
		"not asked for":              {Read, []ev{{filter: fakeWrite}}, 0},
		"another filter":             {Read, []ev{{filter: -7}}, 0},
		"of an older registration":   {Read, []ev{{filter: fakeRead, gen: other}}, 0},
		"an older one and this one":  {Read | Write, []ev{{filter: fakeWrite, gen: other}, {filter: fakeRead}}, Read},
		"edges have both as well":    {Read | Write | Edge, []ev{{filter: fakeRead}, {filter: fakeWrite}}, Read | Write},
		"once has both as well":      {Read | Write | OneShot, []ev{{filter: fakeRead}, {filter: fakeWrite}}, Read | Write},
		"the wake-up is nobody's":    {Read, []ev{{filter: fakeRead, gen: uint64(wakeGen)}}, 0},
		"the wake-up and a key":      {Read, []ev{{filter: fakeRead, gen: uint64(wakeGen)}, {filter: fakeRead}}, Read},
		"nothing within no time":     {Read, nil, 0},
		"an error of an unknown one": {Read, []ev{{filter: -7, flags: evError}}, Read},
	} {
		t.Run(name, func(t *testing.T) {
			s, kq, a, _ := overKqueue(t)
			_, err := s.Register(a, tt.registered, "data")
			require.NoError(t, err)
			key, err := s.Key(a)
			require.NoError(t, err)
			kq.answers = append(kq.answers, func(events []Kevent) (int, error) {
				for i, e := range tt.events {
					gen := e.gen
					if gen == 0 {
						gen = s.genOf(t, a)
					}
					events[i] = Kevent{Ident: uint64(key.FD), Filter: e.filter, Flags: e.flags, Udata: gen}
				}
				return len(tt.events), nil
			})
			got, err := s.Select(context.Background(), 0)
			require.NoError(t, err)
			if tt.want == 0 {
				require.Empty(t, got)
				return
			}
			require.Equal(t, []Ready{{Key: key, Is: tt.want}}, got)
		})
	}
}

// TestKqueueRoom: there is room for two events of each key and of the wake-up (gh-110038),
// or of as many as MaxEvents says.
func TestKqueueRoom(t *testing.T) {
	s, kq, a, b := overKqueue(t)
	for i, f := range []*os.File{a, b} {
		_, err := s.Register(f, Read|Write, nil)
		require.NoError(t, err)
		_, err = s.Select(context.Background(), 0)
		require.NoError(t, err)
		require.Equal(t, 2*(i+2), kq.rooms[len(kq.rooms)-1])
	}
	s.cfg.MaxEvents = 1
	_, err := s.Select(context.Background(), 0)
	require.NoError(t, err)
	require.Equal(t, 2, kq.rooms[len(kq.rooms)-1])
}

// TestKqueueTimeouts: a wait looks first, then waits for all of its time, and for what is
// left of it when a signal came between.
func TestKqueueTimeouts(t *testing.T) {
	interrupted := func([]Kevent) (int, error) { return 0, syscall.EINTR }
	nothing := func([]Kevent) (int, error) { return 0, nil }
	for name, timeout := range map[string]time.Duration{"an hour": time.Hour, "for ever": Forever} {
		t.Run(name, func(t *testing.T) {
			s, kq, a, _ := overKqueue(t)
			key, err := s.Register(a, Read, nil)
			require.NoError(t, err)
			gen := s.genOf(t, a)
			kq.answers = []func([]Kevent) (int, error){nothing, interrupted, interrupted, func(events []Kevent) (int, error) {
				events[0] = Kevent{Ident: uint64(key.FD), Filter: fakeRead, Udata: gen}
				return 1, nil
			}}
			got, err := s.Select(context.Background(), timeout)
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Len(t, kq.waits, 4)
			require.Zero(t, kq.waits[0])
			for i, d := range kq.waits[1:] {
				if timeout == Forever {
					require.Equal(t, Forever, d)
					continue
				}
				require.LessOrEqual(t, d, min(timeout, kq.waits[max(i, 1)]))
				require.Greater(t, d, timeout-time.Minute)
			}
		})
	}
	for _, timeout := range []time.Duration{0, -1, math.MinInt64} {
		s, kq, _, _ := overKqueue(t)
		got, err := s.Select(context.Background(), timeout)
		require.NoError(t, err)
		require.Empty(t, got)
		require.Equal(t, []time.Duration{0}, kq.waits)
	}
	s, kq, _, _ := overKqueue(t)
	kq.answers = []func([]Kevent) (int, error){func([]Kevent) (int, error) { return 0, syscall.EBADF }}
	_, err := s.Select(context.Background(), Forever)
	require.ErrorIs(t, err, syscall.EBADF)
	require.NoError(t, s.Close())
	_, err = s.Select(context.Background(), Forever)
	require.ErrorIs(t, err, net.ErrClosed)
}

// TestKqueueFlags: each direction has its filter, with the flags and the generation.
func TestKqueueFlags(t *testing.T) {
	for name, tt := range map[string]struct {
		events Event
		flags  uint32
	}{
		"level": {Read | Write, evAdd},
		"edge":  {Read | Write | Edge, evAdd | evClear},
		"once":  {Read | Write | OneShot, evAdd}, // the selector takes both out together
	} {
		t.Run(name, func(t *testing.T) {
			s, kq, a, _ := overKqueue(t)
			kq.changes = nil
			key, err := s.Register(a, tt.events, nil)
			require.NoError(t, err)
			gen := s.genOf(t, a)
			require.Equal(t, []Kevent{
				{Ident: uint64(key.FD), Filter: fakeRead, Flags: tt.flags, Udata: gen},
				{Ident: uint64(key.FD), Filter: fakeWrite, Flags: tt.flags, Udata: gen},
			}, kq.changes)
		})
	}
	s, _, a, _ := overKqueue(t)
	for _, events := range []Event{Priority, Read | ReadHangup, Read | Exclusive} {
		_, err := s.Register(a, events, nil)
		require.ErrorIs(t, err, errors.ErrUnsupported, events)
	}
}

// TestKqueueOnce: a key that was told once is taken out of the queue, and an event that was
// under way then is dropped; Modify puts it in again.
func TestKqueueOnce(t *testing.T) {
	s, kq, a, _ := overKqueue(t)
	key, err := s.Register(a, Read|OneShot, nil)
	require.NoError(t, err)
	again := func(events []Kevent) (int, error) {
		events[0] = Kevent{Ident: uint64(key.FD), Filter: fakeRead, Udata: s.genOf(t, a)}
		return 1, nil
	}
	kq.changes = nil
	for i, want := range []int{1, 0, 0} {
		kq.answers = append(kq.answers, again)
		got, err := s.Select(context.Background(), 0)
		require.NoError(t, err)
		require.Len(t, got, want, "%d", i)
	}
	require.Len(t, kq.changes, 1)
	require.Equal(t, uint32(evDelete), kq.changes[0].Flags)
	_, err = s.Modify(a, Read|OneShot, nil)
	require.NoError(t, err)
	require.Equal(t, uint32(evAdd), kq.changes[1].Flags)
	kq.answers = append(kq.answers, again)
	got, err := s.Select(context.Background(), 0)
	require.NoError(t, err)
	require.Len(t, got, 1)
}

// TestKqueueRefused: a change that the system refuses leaves nothing behind.
func TestKqueueRefused(t *testing.T) {
	s, kq, a, _ := overKqueue(t)
	noWrite := func(c Kevent) error {
		if c.Filter == fakeWrite && c.Flags&evAdd != 0 {
			return syscall.EINVAL
		}
		return nil
	}
	kq.refuse, kq.changes = noWrite, nil
	_, err := s.Register(a, Read|Write, nil)
	require.ErrorIs(t, err, syscall.EINVAL)
	require.Zero(t, s.Len())
	last := kq.changes[len(kq.changes)-1]
	require.Equal(t, [2]int64{fakeRead, evDelete}, [2]int64{int64(last.Filter), int64(last.Flags)}, "the one that was added is taken back")

	_, err = s.Register(a, Read, nil)
	require.NoError(t, err)
	kq.changes = nil
	_, err = s.Modify(a, Read|Write, nil)
	require.ErrorIs(t, err, syscall.EINVAL)
	key, err := s.Key(a)
	require.NoError(t, err)
	require.Equal(t, Read, key.Events, "the key is as it was")
	for _, c := range kq.changes {
		require.Zero(t, c.Flags&evDelete, "and so is the queue")
	}

	kq.refuse = func(c Kevent) error {
		if c.Flags&evClear != 0 {
			return syscall.EINVAL
		}
		return nil
	}
	kq.changes = nil
	_, err = s.Modify(a, Read|Edge, nil)
	require.ErrorIs(t, err, syscall.EINVAL)
	last = kq.changes[len(kq.changes)-1]
	require.Equal(t, [2]int64{fakeRead, evAdd}, [2]int64{int64(last.Filter), int64(last.Flags)}, "it is put in again as it was")

	for errno, want := range map[syscall.Errno]error{syscall.ENOENT: nil, syscall.EBADF: syscall.EBADF} {
		kq.refuse = func(Kevent) error { return errno }
		kq.changes = nil
		err := s.b.remove(key.FD, Read|Write)
		require.Equal(t, want, err)
		require.Len(t, kq.changes, 2, "both are tried")
	}
	kq.refuse = nil

	dead := &scriptedKqueue{refuse: func(Kevent) error { return syscall.ENOMEM }}
	_, err = newKqueueWaiter(dead, filters{fakeRead, fakeWrite}, 0)
	require.Equal(t, syscall.ENOMEM, err)
	require.True(t, dead.closed)
}
