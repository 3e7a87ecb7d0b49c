package uuid_test

import (
	"strings"
	"testing"

	"github.com/pynet-go/pynet/uuid"
)

// TestNoAllocs holds what makes no garbage to it.
func TestNoAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	var (
		u     uuid.UUID
		err   error
		g     uuid.Generator
		buf   [64]byte
		text  = []byte(sample)
		plain = strings.ReplaceAll(sample, "-", "")
		name  = []byte("www.example.com")
		long  = strings.Repeat("x", 112)
	)
	tests := map[string]func(){
		"NewV1":           func() { u = uuid.NewV1() },
		"NewV3":           func() { u = uuid.NewV3(uuid.NamespaceDNS, "www.example.com") },
		"NewV4":           func() { u = uuid.NewV4() },
		"NewV5":           func() { u = uuid.NewV5(uuid.NamespaceDNS, "www.example.com") },
		"NewV5 of bytes":  func() { u = uuid.NewV5(uuid.NamespaceDNS, name) },
		"NewV5, 112":      func() { u = uuid.NewV5(uuid.NamespaceURL, long) },
		"NewV6":           func() { u = uuid.NewV6() },
		"NewV7":           func() { u = uuid.NewV7() },
		"NewV8":           func() { u = uuid.NewV8(1, 2, 3) },
		"Generator.NewV4": func() { u, err = g.NewV4() },
		"Generator.NewV7": func() { u, err = g.NewV7() },
		"Parse":           func() { u, err = uuid.Parse(sample) },
		"Parse, 32":       func() { u, err = uuid.Parse(plain) },
		"ParseBytes":      func() { u, err = uuid.ParseBytes(text) },
		"ParseStrict":     func() { u, err = uuid.ParseStrict(sample) },
		"FromBytes":       func() { u, err = uuid.FromBytes(buf[:16]) },
		"FromFields":      func() { u, err = uuid.FromFields(u.Fields()) },
		"UnmarshalText":   func() { err = u.UnmarshalText(text) },
		"AppendText":      func() { _, err = u.AppendText(buf[:0]) },
		"AppendBinary":    func() { _, err = u.AppendBinary(buf[:0]) },
		"Compare":         func() { _ = u.Compare(uuid.Max) },
		"Time":            func() { _, _ = u.Time() },
		"Scan of bytes":   func() { err = u.Scan(any(text)) },
	}
	for name, f := range tests {
		want := 0.0
		if name == "Scan of bytes" {
			want = 1 // the slice in an interface
		}
		if got := testing.AllocsPerRun(1000, f); got > want || err != nil {
			t.Errorf("%s allocates %v times, want %v (%v)", name, got, want, err)
		}
	}
	if got := testing.AllocsPerRun(1000, func() { _ = u.String() }); got > 1 {
		t.Errorf("String allocates %v times", got)
	}
}
