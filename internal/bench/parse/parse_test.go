package parse_test

import (
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/internal/bench/parse"
)

func BenchmarkParse(b *testing.B) { bench.Run(b, parse.Cases) }
