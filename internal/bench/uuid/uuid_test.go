package uuid

import (
	"testing"

	gofrs "github.com/gofrs/uuid/v5"
	google "github.com/google/uuid"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/uuid"
)

func BenchmarkAll(b *testing.B) { bench.Run(b, Cases) }

// TestSameWork checks that the peers do the same.
func TestSameWork(t *testing.T) {
	for i, u := range ids {
		if s := texts[i]; google.UUID(u).String() != s || gofrs.UUID(u).String() != s ||
			google.MustParse(s) != u || gofrs.Must(gofrs.FromString(s)) != u || uuid.MustParse(s) != u {
			t.Errorf("%x is not %s everywhere", u, s)
		}
	}
	for _, name := range names {
		u, v := uuid.NewV5(uuid.NamespaceURL, name), uuid.NewV3(uuid.NamespaceURL, name)
		if google.NewSHA1(google.NameSpaceURL, []byte(name)) != google.UUID(u) || gofrs.NewV5(gofrs.NamespaceURL, name) != gofrs.UUID(u) ||
			google.NewMD5(google.NameSpaceURL, []byte(name)) != google.UUID(v) || gofrs.NewV3(gofrs.NamespaceURL, name) != gofrs.UUID(v) {
			t.Errorf("%q has different UUIDs", name)
		}
	}
}
