// Package uuid measures pynet's package uuid.
package uuid

import (
	"fmt"
	"testing"

	gofrs "github.com/gofrs/uuid/v5"
	google "github.com/google/uuid"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/uuid"
)

// Cases are the measurements of uuid. One operation makes, reads or writes one
// UUID. google/uuid is measured as it comes, without its pool of randomness, which
// a program must switch on.
var Cases = []bench.Case{
	{
		Name: "uuid/v4", Target: 0.4,
		Ours: loop(func() { made = uuid.NewV4() }),
		Peers: []bench.Peer{
			{Name: "google/uuid", Run: loop(func() { made = must(google.NewRandom()) })},
			{Name: "gofrs/uuid", Run: loop(func() { made = must(gofrs.NewV4()) })},
		},
		Python: python("uuid.uuid4()"),
	},
	{
		Name: "uuid/v4-parallel", Target: 0.4,
		Ours: parallel(func() { uuid.NewV4() }),
		Peers: []bench.Peer{
			{Name: "google/uuid", Run: parallel(func() { must(google.NewRandom()) })},
			{Name: "gofrs/uuid", Run: parallel(func() { must(gofrs.NewV4()) })},
		},
	},
	{
		Name: "uuid/v7", Target: 0.7,
		Ours: loop(func() { made = uuid.NewV7() }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: loop(func() { made = must(gofrs.NewV7()) })},
			{Name: "google/uuid", Run: loop(func() { made = must(google.NewV7()) })},
		},
	},
	{
		Name: "uuid/v7-parallel", Target: 0.7,
		Ours: parallel(func() { uuid.NewV7() }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: parallel(func() { must(gofrs.NewV7()) })},
			{Name: "google/uuid", Run: parallel(func() { must(google.NewV7()) })},
		},
	},
	{
		Name: "uuid/v1",
		Ours: loop(func() { made = uuid.NewV1() }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: loop(func() { made = must(gofrs.NewV1()) })},
			{Name: "google/uuid", Run: loop(func() { made = must(google.NewUUID()) })},
		},
		Python: python("uuid.uuid1(1)"),
	},
	{
		Name: "uuid/v6",
		Ours: loop(func() { made = uuid.NewV6() }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: loop(func() { made = must(gofrs.NewV6()) })},
			{Name: "google/uuid", Run: loop(func() { made = must(google.NewV6()) })},
		},
	},
	{
		Name: "uuid/v5", Target: 1,
		Ours: each(names, func(s string) { made = uuid.NewV5(uuid.NamespaceURL, s) }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: each(names, func(s string) { made = gofrs.NewV5(gofrs.NamespaceURL, s) })},
			{Name: "google/uuid", Run: each(names, func(s string) { made = google.NewSHA1(google.NameSpaceURL, []byte(s)) })},
		},
		Python: python("uuid.uuid5(uuid.NAMESPACE_URL, 'https://www.example.org/articles/17/comments')"),
	},
	{
		Name: "uuid/v5-short", Target: 1,
		Ours: loop(func() { made = uuid.NewV5(uuid.NamespaceDNS, "python.org") }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: loop(func() { made = gofrs.NewV5(gofrs.NamespaceDNS, "python.org") })},
			{Name: "google/uuid", Run: loop(func() { made = google.NewSHA1(google.NameSpaceDNS, []byte("python.org")) })},
		},
		Python: python("uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org')"),
	},
	{
		Name: "uuid/v3",
		Ours: each(names, func(s string) { made = uuid.NewV3(uuid.NamespaceURL, s) }),
		Peers: []bench.Peer{
			{Name: "gofrs/uuid", Run: each(names, func(s string) { made = gofrs.NewV3(gofrs.NamespaceURL, s) })},
			{Name: "google/uuid", Run: each(names, func(s string) { made = google.NewMD5(google.NameSpaceURL, []byte(s)) })},
		},
	},
	{
		Name: "uuid/parse", Target: 1,
		Ours: each(texts, func(s string) { made = must(uuid.Parse(s)) }),
		Peers: []bench.Peer{
			{Name: "google/uuid", Run: each(texts, func(s string) { made = must(google.Parse(s)) })},
			{Name: "gofrs/uuid", Run: each(texts, func(s string) { made = must(gofrs.FromString(s)) })},
		},
		Python: python("uuid.UUID('886313e1-3b8a-5372-9b90-0c9aee199e5d')"),
	},
	{
		Name: "uuid/string", Target: 0.8,
		Ours: each(ids, func(u [16]byte) { length += len(uuid.UUID(u).String()) }),
		Peers: []bench.Peer{
			{Name: "google/uuid", Run: each(ids, func(u [16]byte) { length += len(google.UUID(u).String()) })},
			{Name: "gofrs/uuid", Run: each(ids, func(u [16]byte) { length += len(gofrs.UUID(u).String()) })},
		},
		Python: python("str(u)"),
	},
	{
		Name: "uuid/append-text", // of the peers neither appends: they make a new text
		Ours: each(ids, func(u [16]byte) { buf, _ = uuid.UUID(u).AppendText(buf[:0]) }),
		Peers: []bench.Peer{
			{Name: "google/uuid", Run: each(ids, func(u [16]byte) { buf = must(google.UUID(u).MarshalText()) })},
			{Name: "gofrs/uuid", Run: each(ids, func(u [16]byte) { buf = must(gofrs.UUID(u).MarshalText()) })},
		},
	},
}

// What is made goes here, so that it is not optimised away.
var (
	made   [16]byte
	length int
	buf    = make([]byte, 0, 64)
)

// worked fails a benchmark that has made nothing.
func worked(b *testing.B) {
	if made == [16]byte{} && length == 0 && len(buf) == 0 {
		b.Error("nothing was made")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func loop(f func()) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f()
		}
		worked(b)
	}
}

func parallel(f func()) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				f()
			}
		})
	}
}

func each[T any](in []T, f func(T)) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			f(in[i])
			if i++; i == len(in) {
				i = 0
			}
		}
		worked(b)
	}
}

func python(stmt string) *bench.Python {
	return &bench.Python{Setup: "import uuid; u = uuid.uuid4()", Stmt: stmt}
}

// ids are a thousand UUIDs, texts their texts.
var ids, texts = func() (ids [][16]byte, texts []string) {
	for range 1000 {
		u := uuid.NewV4()
		ids = append(ids, u)
		texts = append(texts, u.String())
	}
	return ids, texts
}()

// names are a thousand names of 24 to 71 bytes, as URLs have.
var names = func() (out []string) {
	paths := []string{"", "articles/", "articles/2026/11/a-rather-long-title/", "?page="}
	for i := range 1000 {
		out = append(out, fmt.Sprintf("https://www.example.org/%s%d", paths[i%len(paths)], i*i%1000))
	}
	return out
}()
