package selectors_test

import (
	"errors"
	"net/netip"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// TestConnectRefused: a connect that fails is told to whoever waits to write. Windows's
// select has it in the third set.
func TestConnectRefused(t *testing.T) {
	free, err := socket.New(socket.AFInet, socket.SockStream, 0)
	require.NoError(t, err)
	require.NoError(t, free.Bind(socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}))
	nobody, err := free.SockName()
	require.NoError(t, err)
	defer free.Close() // bound and not listening: it refuses, and nobody else gets the port
	each(t, func(t *testing.T, s *selectors.Selector) {
		c, err := socket.New(socket.AFInet, socket.SockStream, 0)
		require.NoError(t, err)
		defer c.Close()
		c.SetBlocking(false)
		err = c.Connect(nobody)
		require.True(t, errors.Is(err, syscall.EINPROGRESS) || errors.Is(err, syscall.ECONNREFUSED), err)
		register(t, s, c, selectors.Write, nil)
		got, err := s.Select(t.Context(), long)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, selectors.Write, got[0].Is)
	})
}

// TestSelectSockets: the call of Windows by itself.
func TestSelectSockets(t *testing.T) {
	a, b := pair(t)
	objs := []*socket.Socket{a, b}
	r, w, x, err := selectors.SelectSockets(objs, objs, objs, 0)
	require.NoError(t, err)
	require.Empty(t, r)
	require.Equal(t, objs, w)
	require.Empty(t, x)
	send(t, a, "x")
	r, w, _, err = selectors.SelectSockets(objs, nil, nil, selectors.Forever)
	require.NoError(t, err)
	require.Equal(t, []*socket.Socket{b}, r)
	require.Empty(t, w)
	fds, _, _, err := selectors.SelectSockets([]int{b.Fileno(), b.Fileno()}, nil, nil, 0)
	require.NoError(t, err)
	require.Equal(t, []int{b.Fileno(), b.Fileno()}, fds, "each as often as it was given")
	_, _, _, err = selectors.SelectSockets([]int{99999}, nil, nil, 0)
	require.ErrorIs(t, err, syscall.EBADF)
	_, _, _, err = selectors.SelectSockets([]any{"no socket"}, nil, nil, 0)
	require.ErrorIs(t, err, selectors.ErrObject)
}
