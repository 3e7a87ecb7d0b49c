package selectors_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
)

// TestKqueueChanges: which changes the backend of macOS and the BSDs asks for.
func TestKqueueChanges(t *testing.T) {
	const read, write, add, del, edge = -1, -2, 0x1, 0x2, 0x20
	type change struct {
		filter int32
		flags  uint32
	}
	s, kq, err := selectors.NewFakeKqueue()
	require.NoError(t, err)
	defer s.Close()
	a, _ := pair(t)
	asked := func() (out []change) {
		for _, c := range kq.Changes {
			require.Equal(t, uint64(a.Fileno()), c.Ident)
			out = append(out, change{c.Filter, c.Flags})
		}
		kq.Changes = nil
		return out
	}
	kq.Changes = nil
	modify := func(ev selectors.Event) {
		_, err := s.Modify(a, ev, nil)
		require.NoError(t, err)
	}
	register(t, s, a, selectors.Read, nil)
	require.Equal(t, []change{{read, add}}, asked())
	modify(selectors.Read | selectors.Write)
	require.Equal(t, []change{{read, add}, {write, add}}, asked())
	modify(selectors.Write)
	require.Equal(t, []change{{write, add}, {read, del}}, asked())
	modify(selectors.Write)
	require.Empty(t, asked())
	modify(selectors.Write | selectors.Edge)
	require.Equal(t, []change{{write, del}, {write, add | edge}}, asked())
	modify(selectors.Write | selectors.OneShot)
	require.Equal(t, []change{{write, del}, {write, add}}, asked())
	finds(t, s, map[any]selectors.Event{a: selectors.Write})
	require.Equal(t, []change{{write, del}}, asked(), "told once")
	finds(t, s, nil)
	modify(selectors.Write | selectors.OneShot)
	require.Equal(t, []change{{write, add}}, asked())
	_, err = s.Unregister(a)
	require.NoError(t, err)
	require.Equal(t, []change{{write, del}}, asked())
}
