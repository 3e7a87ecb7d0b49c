package server

import (
	"strconv"
	"strings"
	"time"

	"net/http"

	"github.com/pynet-go/pynet/httpx"
)

// An entity is a file as the conditions of a request see it.
type entity struct {
	size     int64
	modified time.Time
	bare     bool
}

// tag is the entity tag: the time and the size.
func (e *entity) tag() string {
	return `"` + strconv.FormatInt(e.modified.UnixNano(), 36) + "-" + strconv.FormatInt(e.size, 36) + `"`
}

// conditions evaluates the preconditions of a request (RFC 9110 section 13.2.2) and
// returns the status that they ask for, or 0.
func (e *entity) conditions(r *Request) httpx.Status {
	if !e.bare {
		if v, ok := r.Header.Join("If-Match"); ok {
			if !tagMatches(v, e.tag(), true) {
				return httpx.StatusPreconditionFailed
			}
		} else if t, ok := headerTime(r, "If-Unmodified-Since"); ok && e.modified.Truncate(time.Second).After(t) {
			return httpx.StatusPreconditionFailed
		}
	}
	if v, ok := r.Header.Join("If-None-Match"); ok {
		if !e.bare && tagMatches(v, e.tag(), false) {
			return httpx.StatusNotModified
		}
		return 0
	}
	if t, ok := headerTime(r, "If-Modified-Since"); ok && !e.modified.Truncate(time.Second).After(t) {
		return httpx.StatusNotModified
	}
	return 0
}

// headerTime reads a field that is a date.
func headerTime(r *Request, name string) (time.Time, bool) {
	v, ok := r.Header.Lookup(name)
	if !ok {
		return time.Time{}, false
	}
	return parseTime(v)
}

// parseTime reads a date of HTTP, or one with an offset, as Python does.
func parseTime(v string) (time.Time, bool) {
	v = strings.TrimSpace(v)
	if len(v) > 64 {
		return time.Time{}, false
	}
	if t, err := http.ParseTime(v); err == nil {
		return t, true
	}
	for _, layout := range []string{time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST"} {
		if t, err := time.Parse(layout, v); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// tagMatches reports whether a list of entity tags has one, or is "*". strong tells that
// weak ones do not count.
func tagMatches(list, tag string, strong bool) bool {
	for part := range strings.SplitSeq(list, ",") {
		part = strings.Trim(part, " \t")
		if part == "*" {
			return true
		}
		if !strong {
			part = strings.TrimPrefix(part, "W/")
		}
		if part == tag {
			return true
		}
	}
	return false
}
