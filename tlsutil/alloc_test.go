//go:build !race

package tlsutil_test

import (
	"bytes"
	"testing"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
)

// A BIO that fills and empties takes its memory from those before it.
func TestMemoryBIODoesNotAllocate(t *testing.T) {
	var b tlsutil.MemoryBIO
	p, q := make([]byte, 16<<10), make([]byte, 16<<10)
	var r bytes.Reader
	assert.Zero(t, testing.AllocsPerRun(1000, func() {
		b.Write(p)
		b.Read(q)
		b.Write(p[:100])
		b.Discard(100)
		r.Reset(p)
		b.FillFrom(&r)
		b.Reset()
	}))
}
