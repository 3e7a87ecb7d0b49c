package http1

import (
	"strconv"

	"github.com/pynet-go/pynet/httpx"
)

// CheckField refuses a name that is no token and a value with control characters,
// before anything is written (RFC 9110 section 5.5).
func CheckField(name, value string) error {
	if !IsToken(name) {
		return &Error{Kind: ErrInvalid, What: "name of a header field", Text: clip(name)}
	}
	if !all(value, isValue) {
		return &Error{Kind: ErrInvalid, What: "value of " + name, Text: clip(value)}
	}
	return nil
}

// CheckReason refuses a reason phrase that could end the status line.
func CheckReason(reason string) error {
	if !all(reason, isValue) {
		return &Error{Kind: ErrInvalid, What: "reason phrase", Text: clip(reason)}
	}
	return nil
}

func clip(s string) string { return s[:min(len(s), 100)] }

// AppendField appends a field line. Nothing is checked.
func AppendField(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ": "...)
	b = append(b, value...)
	return append(b, "\r\n"...)
}

// AppendHeader appends the fields of h, each checked.
func AppendHeader(b []byte, h httpx.Header) ([]byte, error) {
	for i := range h {
		if err := CheckField(h[i].Name, h[i].Value); err != nil {
			return b, err
		}
		b = AppendField(b, h[i].Name, h[i].Value)
	}
	return b, nil
}

// AppendTrailer appends the fields of h, each checked, and none that must not come after
// the body.
func AppendTrailer(b []byte, h httpx.Header) ([]byte, error) {
	for i := range h {
		if ForbiddenTrailer(h[i].Name) {
			return b, &Error{Kind: ErrTrailer, Text: clip(h[i].Name)}
		}
	}
	return AppendHeader(b, h)
}

// AppendChunkSize appends the line before a chunk of n bytes.
func AppendChunkSize(b []byte, n int) []byte {
	shift := 0
	for n>>shift > 15 {
		shift += 4
	}
	for ; shift >= 0; shift -= 4 {
		b = append(b, "0123456789ABCDEF"[n>>shift&15])
	}
	return append(b, "\r\n"...)
}

// AppendStatusLine appends a status line; the phrase of the code stands for an empty
// reason.
func AppendStatusLine(b []byte, minor int, code int, reason string) []byte {
	b = append(b, "HTTP/1."...)
	b = append(b, '0'+byte(minor), ' ')
	b = strconv.AppendInt(b, int64(code), 10)
	b = append(b, ' ')
	if reason == "" {
		reason = httpx.Status(code).Phrase()
	}
	b = append(b, reason...)
	return append(b, "\r\n"...)
}
