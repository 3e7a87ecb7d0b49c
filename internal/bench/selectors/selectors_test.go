package selectors

import (
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
)

func Benchmark(b *testing.B) { bench.Run(b, Cases) }
