package cookiejar

import (
	"net/http"
	"strings"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

// A Request is what a jar and a policy need to know of a request. Python takes a
// urllib.request.Request.
type Request struct {
	// Scheme, Host (with the port, if there is one) and Path are those of the URL.
	Scheme, Host, Path string
	// Unverifiable tells that the user had no choice in it: an image of a page, a redirect
	// (RFC 2965 section 3.3.6).
	Unverifiable bool
	// OriginHost is the host of what the user asked for. Empty means Host.
	OriginHost string
	// Site is the host of the page or request that caused this one, for SameSite. Empty
	// means that nothing from elsewhere did.
	Site string
	// TopLevel tells that the request fetches a page that the user goes to, by a safe
	// method, so that cookies of SameSite=Lax go with it though Site is another.
	TopLevel bool
	// Script tells that the cookies are for a script, which sees none that are HttpOnly.
	Script bool

	known struct{ host, canonical, path string } // once they are known
}

// prepared is a copy that knows its host and path.
func (r *Request) prepared() *Request {
	q := *r
	return q.prepare()
}

// prepare makes r itself know them.
func (r *Request) prepare() *Request {
	r.known.path = ""
	r.known.host = r.host()
	r.known.canonical = strings.TrimSuffix(r.known.host, ".")
	r.known.path = r.path()
	return r
}

// canonical is the host without a dot at its end.
func (r *Request) canonical() string {
	if r.known.path != "" {
		return r.known.canonical
	}
	return canonical(r.host())
}

// NewRequest makes a Request of a URL: scheme, colon, two slashes, host and path. Anything
// that is missing is empty. Spaces around it, and tabs and ends of lines, are passed over, as
// urllib.parse and browsers do.
func NewRequest(url string) *Request {
	r := new(Request)
	url = strings.TrimSpace(url)
	if strings.ContainsAny(url, "\t\r\n") {
		url = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(url)
	}
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	if i := strings.IndexByte(url, ':'); i > 0 && scheme(url[:i]) {
		r.Scheme, url = strings.ToLower(url[:i]), url[i+1:]
	}
	if strings.HasPrefix(url, "//") {
		url = url[2:]
		i := strings.IndexByte(url, '/')
		if i < 0 {
			i = len(url)
		}
		r.Host, url = url[:i], url[i:]
	}
	r.Path = url
	return r
}

func scheme(s string) bool {
	for i, c := range []byte(s) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

// RequestOf makes a Request of one of package net/http. A request whose Response is set
// follows a redirect and is unverifiable; the origin is then the first request's host.
func RequestOf(r *http.Request) *Request {
	q := &Request{Scheme: strings.ToLower(r.URL.Scheme), Host: r.URL.Host, Path: r.URL.EscapedPath()}
	if q.Host == "" {
		q.Host = r.Host
	}
	if h, ok := toASCII(q.Host); ok {
		q.Host = strings.ToLower(h)
	}
	for first := r; first.Response != nil && first.Response.Request != nil; {
		first = first.Response.Request
		q.Unverifiable = true
		q.OriginHost = first.URL.Hostname()
	}
	return q
}

// host is the request-host in small letters, without port and user: `request_host`.
func (r *Request) host() string {
	if r.known.path != "" {
		return r.known.host
	}
	h := r.Host
	if i := strings.LastIndexByte(h, '@'); i >= 0 {
		h = h[i+1:]
	}
	if i := strings.LastIndexByte(h, ':'); i >= 0 && i < len(h)-1 && digits(h[i+1:]) {
		h = h[:i]
	}
	return strings.ToLower(h)
}

// effectiveHost is the host, with ".local" behind one that has no dot: `eff_request_host`.
func (r *Request) effectiveHost() string { return effective(r.host()) }

func effective(host string) string {
	if !strings.Contains(host, ".") {
		return host + ".local"
	}
	return host
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// path is the path, escaped and with a slash at its beginning: `request_path`.
func (r *Request) path() string {
	if r.known.path != "" {
		return r.known.path
	}
	p := cookiewire.EscapePath(r.Path)
	if !strings.HasPrefix(p, "/") {
		return "/" + p
	}
	return p
}

// port is the port as text, "80" if there is none, and false if it is no number:
// `request_port`.
func (r *Request) port() (string, bool) {
	h := r.Host
	if i := strings.LastIndexByte(h, '@'); i >= 0 {
		h = h[i+1:]
	}
	_, port, ok := strings.Cut(h, ":")
	if !ok {
		return "80", true
	}
	return port, digits(port)
}

// origin is the request-host of the origin transaction.
func (r *Request) origin() string {
	if r.OriginHost != "" {
		return strings.ToLower(r.OriginHost)
	}
	return r.host()
}

// thirdParty reports whether the request goes to another party than the user asked for (RFC
// 2965 section 3.3.6): `is_third_party`.
func (r *Request) thirdParty() bool {
	return !cookiewire.DomainMatch(r.host(), cookiewire.Reach(r.origin()))
}
