package httpx

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
)

// A Status is a status code of HTTP (RFC 9110 section 15), Python's HTTPStatus. Any
// integer can be one; those of the registry have a constant, a name and a phrase.
type Status int

// ErrStatus is wrapped by the errors of [ParseStatus] and [StatusByName]: no
// status code has this number or name.
var ErrStatus = errors.New("httpx: no such status")

type statusRow struct {
	code                      Status
	name, phrase, description string
}

// rowOf[code-100] is the place in statuses plus one, 0 for none.
var rowOf = func() (t [500]uint8) {
	for i, r := range statuses {
		t[r.code-100] = uint8(i + 1)
	}
	return t
}()

func (s Status) row() *statusRow {
	if s < 100 || s > 599 || rowOf[s-100] == 0 {
		return nil
	}
	return &statuses[rowOf[s-100]-1]
}

// ParseStatus returns the status with the code, or an error that wraps
// [ErrStatus] if the registry has none. It is the call HTTPStatus(code).
func ParseStatus(code int) (Status, error) {
	if s := Status(code); s.IsKnown() {
		return s, nil
	}
	return 0, fmt.Errorf("%w: %d", ErrStatus, code)
}

// oldNames are the names before RFC 9110.
var oldNames = map[string]Status{
	"REQUEST_ENTITY_TOO_LARGE":        StatusContentTooLarge,
	"REQUEST_URI_TOO_LONG":            StatusURITooLong,
	"REQUESTED_RANGE_NOT_SATISFIABLE": StatusRangeNotSatisfiable,
	"UNPROCESSABLE_ENTITY":            StatusUnprocessableContent,
}

// StatusByName returns the status that has the Python name, such as "NOT_FOUND";
// older names count. Otherwise the error wraps [ErrStatus]. It is HTTPStatus[name].
func StatusByName(name string) (Status, error) {
	if s, ok := oldNames[name]; ok {
		return s, nil
	}
	for i := range statuses {
		if statuses[i].name == name {
			return statuses[i].code, nil
		}
	}
	return 0, fmt.Errorf("%w: %.60q", ErrStatus, name)
}

// Statuses yields the status codes of the registry in ascending order, each once.
// It can be ranged over again and again.
func Statuses() iter.Seq[Status] {
	return func(yield func(Status) bool) {
		for i := range statuses {
			if !yield(statuses[i].code) {
				return
			}
		}
	}
}

// IsKnown reports whether the registry has the code.
func (s Status) IsKnown() bool { return s.row() != nil }

// Phrase returns the reason phrase, such as "Not Found", or "" for a code that has
// none.
func (s Status) Phrase() string {
	if r := s.row(); r != nil {
		return r.phrase
	}
	return ""
}

// Description returns a longer text for people, which many codes do not have: then
// it is "".
func (s Status) Description() string {
	if r := s.row(); r != nil {
		return r.description
	}
	return ""
}

// Name returns the name that Python's enumeration has, such as "NOT_FOUND", or ""
// for an unknown code.
func (s Status) Name() string {
	if r := s.row(); r != nil {
		return r.name
	}
	return ""
}

// String returns the code in decimal, as Python's str does; [Status.Phrase] has the
// words.
func (s Status) String() string { return strconv.Itoa(int(s)) }

// IsInformational reports whether the code is between 100 and 199
// (RFC 9110 section 15.2).
func (s Status) IsInformational() bool { return s/100 == 1 }

// IsSuccess reports whether the code is between 200 and 299
// (RFC 9110 section 15.3).
func (s Status) IsSuccess() bool { return s/100 == 2 }

// IsRedirection reports whether the code is between 300 and 399
// (RFC 9110 section 15.4).
func (s Status) IsRedirection() bool { return s/100 == 3 }

// IsClientError reports whether the code is between 400 and 499
// (RFC 9110 section 15.5).
func (s Status) IsClientError() bool { return s/100 == 4 }

// IsServerError reports whether the code is between 500 and 599
// (RFC 9110 section 15.6).
func (s Status) IsServerError() bool { return s/100 == 5 }

// HasBody reports whether a response with the code may have a body: not with 1xx,
// 204 and 304 (RFC 9112 section 6.3).
func (s Status) HasBody() bool {
	return !s.IsInformational() && s != StatusNoContent && s != StatusNotModified
}
