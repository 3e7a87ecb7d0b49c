//go:build interop

package interop_test

import (
	"context"
	"os/exec"
	"testing"
	"time"
)

// limit bounds the life of a program that a test starts, and how long a test waits.
const limit = 30 * time.Second

// bounded is exec.Command for a program that is killed if it outlives its bound or its test,
// and whose pipes are closed then, whoever has inherited them.
func bounded(t *testing.T, name string, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), 2*limit)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second
	return cmd
}

// next returns what comes next, or fails the test if nothing comes in time.
func next[T any](t *testing.T, from <-chan T) (v T) {
	t.Helper()
	select {
	case v, ok := <-from:
		if !ok {
			t.Fatal("nothing comes any more")
		}
		return v
	case <-time.After(limit):
		t.Fatal("nothing comes")
	}
	return v
}
