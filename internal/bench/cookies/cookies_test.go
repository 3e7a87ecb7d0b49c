package cookies

import (
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
)

func BenchmarkAll(b *testing.B) { bench.Run(b, Cases) }
