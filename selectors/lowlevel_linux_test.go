package selectors_test

import (
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
)

func TestEpoll(t *testing.T) {
	ep, err := selectors.NewEpoll(selectors.EpollCloexec)
	require.NoError(t, err)
	a, b := pair(t)
	require.NoError(t, ep.Register(a, selectors.EpollIn|selectors.EpollOut))
	require.ErrorIs(t, ep.Register(a, selectors.EpollIn), syscall.EEXIST)
	require.ErrorIs(t, ep.Modify(b, selectors.EpollIn), syscall.ENOENT)
	require.ErrorIs(t, ep.Unregister(b), syscall.ENOENT)
	require.ErrorIs(t, ep.Register(-1, selectors.EpollIn), selectors.ErrDescriptor)

	poll := func() []selectors.EpollEvent {
		t.Helper()
		got, err := ep.Poll(0, 0)
		require.NoError(t, err)
		return got
	}
	require.Equal(t, []selectors.EpollEvent{{FD: a.Fileno(), Mask: selectors.EpollOut}}, poll())
	send(t, b, "x")
	require.Equal(t, selectors.EpollIn|selectors.EpollOut, poll()[0].Mask)
	require.NoError(t, ep.Modify(a.Fileno(), selectors.EpollIn|selectors.EpollET))
	require.Len(t, poll(), 1)
	require.Empty(t, poll(), "edge triggered")
	require.NoError(t, ep.Modify(a, selectors.EpollIn|selectors.EpollOneShot))
	require.Len(t, poll(), 1)
	require.Empty(t, poll(), "once")
	require.NoError(t, ep.Modify(a, selectors.EpollIn|selectors.EpollRDHup))
	require.NoError(t, b.Close())
	require.Equal(t, selectors.EpollIn|selectors.EpollHup|selectors.EpollRDHup, poll()[0].Mask)

	c, d := pair(t)
	require.NoError(t, ep.Register(c, selectors.EpollOut))
	require.NoError(t, ep.Register(d, selectors.EpollOut))
	got, err := ep.Poll(selectors.Forever, 2)
	require.NoError(t, err)
	require.Len(t, got, 2)
	for _, s := range []any{a, c, d} {
		require.NoError(t, ep.Unregister(s))
	}
	start := time.Now()
	got, err = ep.Poll(short, 0)
	require.NoError(t, err)
	require.Empty(t, got)
	require.GreaterOrEqual(t, time.Since(start), short)

	dup, err := syscall.Dup(ep.Fileno())
	require.NoError(t, err)
	require.False(t, ep.Closed())
	require.NoError(t, ep.Close())
	require.NoError(t, ep.Close())
	require.True(t, ep.Closed())
	require.Equal(t, -1, ep.Fileno())
	require.ErrorIs(t, ep.Register(a, selectors.EpollIn), net.ErrClosed)
	_, err = ep.Poll(0, 0)
	require.ErrorIs(t, err, net.ErrClosed)

	second := selectors.EpollFromFD(dup)
	defer second.Close()
	require.Equal(t, dup, second.Fileno())
	require.NoError(t, second.Register(c, selectors.EpollOut))
	got, err = second.Poll(0, 0)
	require.NoError(t, err)
	require.Len(t, got, 1)
	_, err = selectors.NewEpoll(1)
	require.ErrorIs(t, err, syscall.EINVAL)
}

// The zero Epoll is closed, and not the descriptor 0.
func TestEpollZero(t *testing.T) {
	var e selectors.Epoll
	require.True(t, e.Closed())
	require.Equal(t, -1, e.Fileno())
	require.ErrorIs(t, e.Register(0, selectors.EpollIn), net.ErrClosed)
	_, err := e.Poll(0, 0)
	require.ErrorIs(t, err, net.ErrClosed)
	require.NoError(t, e.Close())
}

func TestPoll(t *testing.T) {
	var p selectors.Poll
	a, b := pair(t)
	require.NoError(t, p.Register(a, selectors.PollIn|selectors.PollOut))
	require.NoError(t, p.Register(b, selectors.PollIn))
	require.NoError(t, p.Register(b, selectors.PollPri), "once more gives a new mask")
	require.ErrorIs(t, p.Modify(999, selectors.PollIn), syscall.ENOENT)
	require.ErrorIs(t, p.Unregister(999), selectors.ErrNotRegistered)
	poll := func() []selectors.PollEvent {
		t.Helper()
		got, err := p.Poll(0)
		require.NoError(t, err)
		return got
	}
	require.Equal(t, []selectors.PollEvent{{FD: a.Fileno(), Mask: selectors.PollOut}}, poll())
	require.NoError(t, p.Modify(a, selectors.PollIn))
	require.Empty(t, poll())
	send(t, b, "x")
	require.Equal(t, []selectors.PollEvent{{FD: a.Fileno(), Mask: selectors.PollIn}}, poll())
	require.NoError(t, p.Unregister(b))
	require.NoError(t, b.Close())
	require.Equal(t, selectors.PollIn|selectors.PollHup, poll()[0].Mask)
	fd := a.Fileno()
	require.NoError(t, a.Close())
	require.Equal(t, []selectors.PollEvent{{FD: fd, Mask: selectors.PollNVal}}, poll())
	require.NoError(t, p.Unregister(fd))
	start := time.Now()
	_, err := p.Poll(short)
	require.NoError(t, err)
	require.GreaterOrEqual(t, time.Since(start), short)
}

func TestSelectCall(t *testing.T) {
	a, b := pair(t)
	c, d := pair(t)
	send(t, b, "x")
	list := func(s ...any) []any { return s }
	r, w, x, err := selectors.Select(list(a, c), list(a, d), list(a), 0)
	require.NoError(t, err)
	require.True(t, len(r) == 1 && r[0] == any(a) && len(w) == 2 && len(x) == 0)
	fdr, _, _, err := selectors.Select([]int{c.Fileno(), a.Fileno()}, nil, nil, selectors.Forever)
	require.NoError(t, err)
	require.Equal(t, []int{a.Fileno()}, fdr)
	start := time.Now()
	r, _, _, err = selectors.Select(list(c), nil, nil, short)
	require.NoError(t, err)
	require.Empty(t, r)
	require.GreaterOrEqual(t, time.Since(start), short)
	_, _, _, err = selectors.Select([]int{999}, nil, nil, 0)
	require.ErrorIs(t, err, syscall.EBADF)
	_, _, _, err = selectors.Select([]string{"a"}, nil, nil, 0)
	require.ErrorIs(t, err, selectors.ErrObject)
	require.NoError(t, a.Close())
	_, _, _, err = selectors.Select(list(a), nil, nil, 0)
	require.ErrorIs(t, err, net.ErrClosed)
	require.Equal(t, 4096, selectors.PipeBuf)
}
