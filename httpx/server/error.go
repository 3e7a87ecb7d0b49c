package server

import (
	"errors"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// defaultErrorPage is the page of an error.
const defaultErrorPage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>%(code)d %(message)s</title>
</head>
<body>
<h1>%(code)d %(message)s</h1>
<p>%(explain)s</p>
</body>
</html>
`

// SendError answers with an error and its page, and ends the connection. An empty message
// is the phrase of the code, an empty explain its description; both are escaped for the
// page, and a message that cannot stand in a status line is quoted there. Python's
// send_error.
func (r *Request) SendError(code httpx.Status, message, explain string) error {
	phrase, description := code.Phrase(), code.Description()
	if phrase == "" {
		phrase, description = "???", "???"
	}
	if message == "" {
		message = phrase
	}
	if explain == "" {
		explain = description
	}
	r.LogError("code %d, message %s", int(code), message)
	reason := message
	if !cleanReason(reason) {
		reason = strconv.QuoteToASCII(reason)
	}
	if err := r.SendResponse(code, reason); err != nil {
		return err
	}
	r.SendHeader("Connection", "close")
	if code < 200 || code == httpx.StatusNoContent || code == httpx.StatusResetContent || code == httpx.StatusNotModified {
		return r.EndHeaders()
	}
	page := errorPage(r.c.srv, code, message, explain)
	typ := r.c.srv.ErrorContentType
	if typ == "" {
		typ = "text/html;charset=utf-8"
	}
	if err := r.SendHeader("Content-Type", typ); err != nil {
		return err
	}
	r.SendHeader("Content-Length", strconv.Itoa(len(page)))
	r.EndHeaders()
	_, err := r.WriteString(page)
	return err
}

// cleanReason reports whether a message can stand in a status line.
func cleanReason(s string) bool { return http1.CheckReason(s) == nil }

// escape makes a text harmless between the tags of a page.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func errorPage(s *Server, code httpx.Status, message, explain string) string {
	format := s.ErrorFormat
	if format == "" {
		format = defaultErrorPage
	}
	return strings.NewReplacer(
		"%(code)d", strconv.Itoa(int(code)), "%(code)s", strconv.Itoa(int(code)),
		"%(message)s", escape.Replace(message),
		"%(explain)s", escape.Replace(explain),
		"%%", "%",
	).Replace(format)
}

// notImplemented answers a method that nobody handles.
func (r *Request) notImplemented() {
	r.SendError(httpx.StatusNotImplemented, "Unsupported method ("+pyQuote(r.Method)+")", "")
}

// pyQuote quotes as Python's repr does, cut to 100 bytes.
func pyQuote(s string) string {
	q := strconv.QuoteToASCII(s[:min(len(s), 100)])
	q = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return `"` + q + `"`
	}
	return "'" + strings.ReplaceAll(q, "'", `\'`) + "'"
}

// refused answers a request that the codec has not accepted.
func (r *Request) refused(e *http1.Error, h *http1.Head) {
	if r.Version == "" {
		r.Version = "HTTP/1.1" // an answer has a status line, whatever came
	}
	code, message, explain := httpx.StatusBadRequest, "", ""
	switch {
	case errors.Is(e, http1.ErrLineTooLong) && e.What == "request line":
		code = httpx.StatusURITooLong
	case errors.Is(e, http1.ErrLineTooLong):
		code, message = httpx.StatusRequestHeaderFieldsTooLarge, "Line too long"
	case errors.Is(e, http1.ErrTooManyFields), errors.Is(e, http1.ErrHeadTooLarge):
		code, message = httpx.StatusRequestHeaderFieldsTooLarge, "Too many headers"
	case errors.Is(e, http1.ErrVersion):
		code = httpx.StatusHTTPVersionNotSupported
	case errors.Is(e, http1.ErrEncoding):
		code = httpx.StatusNotImplemented
	}
	if h.Lenient&http1.Python != 0 && e.What != "request line" && (errors.Is(e, http1.ErrVersion) || errors.Is(e, http1.ErrStartLine)) {
		message = e.What // as Python says it
	}
	r.SendError(code, message, explain)
}
