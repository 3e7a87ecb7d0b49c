package socketserver

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// TestSizes: what there is of each connection that rests fits into the allocator's sizes.
func TestSizes(t *testing.T) {
	if unsafe.Sizeof(uintptr(0)) != 8 {
		t.Skip("the sizes are those of 64 bits")
	}
	require.LessOrEqual(t, int(unsafe.Sizeof(fileConn{})), 160, "of Threading")
	require.LessOrEqual(t, int(unsafe.Sizeof(row{})), 128, "of EventLoop")
}
