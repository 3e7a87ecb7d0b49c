package main

import (
	"strings"
	"time"
)

// An entry is one line of an access log in the combined format.
type entry struct {
	client  string
	time    time.Time
	url     string // the target of the request
	referer string // "" if there is none
}

// parseEntry takes a line apart:
//
//	192.0.2.1 - - [24/Nov/2026:09:15:00 +0000] "GET /x?y HTTP/1.1" 200 512 "referer" "agent"
func parseEntry(line string) (e entry, ok bool) {
	client, rest, ok1 := strings.Cut(line, " ")
	_, rest, ok2 := strings.Cut(rest, "[")
	stamp, rest, ok3 := strings.Cut(rest, `] "`)
	request, rest, ok4 := strings.Cut(rest, `"`)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return e, false
	}
	t, err := time.Parse("02/Jan/2006:15:04:05 -0700", stamp)
	parts := strings.Fields(request)
	if err != nil || len(parts) != 3 {
		return e, false
	}
	e = entry{client: client, time: t, url: parts[1]}
	if _, quoted, found := strings.Cut(rest, `"`); found {
		if e.referer, _, _ = strings.Cut(quoted, `"`); e.referer == "-" {
			e.referer = ""
		}
	}
	return e, true
}
