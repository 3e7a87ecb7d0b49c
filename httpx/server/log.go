package server

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/httpx"
)

// logging reports whether anybody wants lines.
func (s *Server) logging() bool { return s.AccessLog != nil || s.OnLog != nil || s.Logger != nil }

func (r *Request) logger() *slog.Logger {
	if l := r.c.srv.Logger; l != nil {
		return l
	}
	return slog.Default()
}

// LogRequest logs an answer; a size below 0 stands for one that is not known. Python's
// log_request.
func (r *Request) LogRequest(code httpx.Status, size int64) {
	s := r.c.srv
	if !s.logging() {
		return
	}
	if s.Logger != nil {
		s.Logger.Info("request", "client", r.AddressString(), "method", clean(r.Method), "target", clean(r.Target), "version", clean(r.Version), "status", int(code))
	}
	if s.AccessLog == nil && s.OnLog == nil {
		return
	}
	n := "-"
	if size >= 0 {
		n = strconv.FormatInt(size, 10)
	}
	r.LogMessage(`"%s" %d %s`, r.Line, int(code), n)
}

// LogError logs an error. Python's log_error.
func (r *Request) LogError(format string, args ...any) {
	if s := r.c.srv; s.AccessLog != nil || s.OnLog != nil {
		r.LogMessage(format, args...)
	}
}

// LogMessage writes a line to the access log, with the client's address and the time
// before it. Control characters are escaped and a backslash doubled, so that nobody can
// forge a line or speak to a terminal. Python's log_message.
func (r *Request) LogMessage(format string, args ...any) {
	s := r.c.srv
	line := r.AddressString() + " - - [" + r.LogTime() + "] " + clean(fmt.Sprintf(format, args...))
	if s.OnLog != nil {
		s.OnLog(r, line)
		return
	}
	if s.AccessLog == nil {
		return
	}
	s.logMu.Lock()
	defer s.logMu.Unlock()
	io.WriteString(s.AccessLog, line+"\n")
}

// clean makes control characters of all kinds visible.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(c rune) bool { return c < 0x20 || c == '\\' || c >= 0x7f && c < 0xa0 || c == 0xfffd }) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\':
			b.WriteString(`\\`)
		case c < 0x20 || c == 0x7f || c >= 0x80:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// AddressString returns the client's address as text, without the port. Python's
// address_string.
func (r *Request) AddressString() string {
	a := r.c.nc.RemoteAddr()
	if a == nil {
		return ""
	}
	if host, _, err := net.SplitHostPort(a.String()); err == nil {
		return host
	}
	return a.String()
}

// VersionString returns what stands in the header Server. Python's version_string.
func (r *Request) VersionString() string { return r.c.srv.version }

// LogTime returns the time as it stands in the log, such as "25/Nov/2026 20:00:00".
// Python's log_date_time_string.
func (r *Request) LogTime() string { return r.c.srv.now().Format("02/Jan/2006 15:04:05") }

// DateString returns a time as it stands in a header, for which the zero time is now.
// Python's date_time_string.
func (r *Request) DateString(t time.Time) string {
	if t.IsZero() {
		t = r.c.srv.now()
	}
	return httpDate(t)
}

// httpDate formats a time (RFC 9110 section 5.6.7).
func httpDate(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT") }

// A dateCache holds the header Date of the current second.
type dateCache struct{ p atomic.Pointer[cachedDate] }

type cachedDate struct {
	second int64
	text   string
}

// appendDate appends the current date.
func (s *Server) appendDate(b []byte) []byte {
	now := s.now()
	second := now.Unix()
	d := s.dates.p.Load()
	if d == nil || d.second != second {
		d = &cachedDate{second, httpDate(now)}
		s.dates.p.Store(d)
	}
	return append(b, d.text...)
}
