//go:build interop

package interop_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/internal/interop"
)

// python starts a CPython that the test ends.
func python(t *testing.T) *interop.Python {
	t.Helper()
	p, err := interop.StartPython("python3")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

// agree fails the test for each input on which Python's f and the Go function
// disagree.
func agree(t *testing.T, p *interop.Python, def string, inputs []any, f func(x any) (any, error)) {
	t.Helper()
	diffs, err := p.Compare(def, inputs, f)
	require.NoError(t, err)
	for i, d := range diffs {
		if i == 20 {
			t.Errorf("and %d more", len(diffs)-i)
			break
		}
		t.Errorf("%q: Python %s, Go %s", d.Input, d.Python, d.Go)
	}
	t.Logf("%d inputs, %d mismatches", len(inputs), len(diffs))
}

// TestHarness shows that the harness finds a wrong value, an error too many and
// an error too few, and reports a program that Python cannot run.
func TestHarness(t *testing.T) {
	p := python(t)
	const double = "def f(x):\n    if x < 0: raise ValueError('negative')\n    return [2 * x, 'é']\n"
	right := func(x any) (any, error) {
		if x.(int) < 0 {
			return nil, errors.New("negative")
		}
		return []any{2 * x.(int), "é"}, nil
	}
	inputs := []any{1, 2, -3}
	diffs, err := p.Compare(double, inputs, right)
	require.NoError(t, err)
	require.Empty(t, diffs)

	diffs, err = p.Compare(double, inputs, func(x any) (any, error) { return []any{2, "é"}, nil })
	require.NoError(t, err)
	require.Len(t, diffs, 2, "a wrong value for 2, a value instead of the error for -3")

	diffs, err = p.Compare(double, inputs, func(x any) (any, error) { return nil, errors.New("never") })
	require.NoError(t, err)
	require.Len(t, diffs, 2)

	_, err = p.Map("def f(:", inputs)
	require.ErrorContains(t, err, "SyntaxError")

	_, err = interop.StartPython("no-such-python")
	require.Error(t, err)
}
