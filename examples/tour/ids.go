package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/pynet-go/pynet/uuid"
)

// identifiers gives each request of the log an identifier that sorts by its time, and
// each page one that is the same wherever it is made.
func identifiers(w io.Writer, in *input) error {
	// A Generator has a clock of its own: here it is the log's.
	var now time.Time
	gen := uuid.Generator{Now: func() time.Time { return now }}
	type request struct {
		id uuid.UUID
		e  entry
	}
	entries := slices.Clone(in.log)
	late := 0
	for i := 1; i < len(entries); i++ {
		if entries[i].time.Before(entries[i-1].time) {
			late++
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return a.time.Compare(b.time) })
	var reqs []request
	for _, e := range entries {
		now = e.time
		id, err := gen.NewV7()
		if err != nil {
			return err
		}
		reqs = append(reqs, request{id, e})
	}
	fmt.Fprintf(w, "%d requests, %d of them logged late, get identifiers of version 7:\n", len(reqs), late)

	// Keys of a database come back sorted; these come back in the order of time, also
	// those of one second.
	shuffled := slices.Clone(reqs)
	slices.SortFunc(shuffled, func(a, b request) int { // any order but that of time
		return slices.Compare([]byte{a.id[15], a.id[14]}, []byte{b.id[15], b.id[14]})
	})
	slices.SortFunc(shuffled, func(a, b request) int { return a.id.Compare(b.id) })
	same := slices.EqualFunc(reqs, shuffled, func(a, b request) bool { return a.id == b.id })
	fmt.Fprintf(w, "  sorted by identifier they are in the order of time: %v\n", same)
	for i, r := range reqs {
		if i == 4 {
			break
		}
		t, _ := r.id.Time()
		fmt.Fprintf(w, "  %s…  %s  %s\n", r.id.String()[:13], t.UTC().Format("15:04:05"), r.e.url)
	}

	// Version 5 names a thing: the same URL has the same identifier on every machine.
	fmt.Fprintln(w, "pages by identifiers of version 5, the same on every machine:")
	for _, path := range []string{"docs/ipaddress", "docs/uuid"} {
		fmt.Fprintf(w, "  %v  %s\n", uuid.NewV5(uuid.NamespaceURL, site+path), site+path)
	}
	u, err := uuid.Parse("{urn:uuid:6BA7B811-9DAD-11D1-80B4-00C04FD430C8}")
	if err != nil {
		return err
	}
	made, _ := u.Time()
	fmt.Fprintf(w, "the namespace of URLs is itself one of version %d, made on %s\n", u.Version(), made.UTC().Format(time.DateOnly))
	return nil
}
