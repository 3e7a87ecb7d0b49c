package cookiejar

// A Policy decides about cookies: `http.cookiejar.CookiePolicy`. Its methods are called with
// the jar's lock held and must not call the jar. Embed *DefaultPolicy or *Browser to change a
// part of what they decide.
type Policy interface {
	// SetOK reports whether a jar may take the cookie that answers the request.
	SetOK(c *Cookie, r *Request) bool
	// ReturnOK reports whether the cookie may go with the request.
	ReturnOK(c *Cookie, r *Request) bool
	// DomainReturnOK reports whether cookies of the domain may go with the request at all.
	DomainReturnOK(domain string, r *Request) bool
	// PathReturnOK does the same for a path.
	PathReturnOK(path string, r *Request) bool
	// Protocols tells which protocols are spoken.
	Protocols() Protocols
}

// Protocols are the switches that a jar itself asks a policy for.
type Protocols struct {
	// Netscape is the protocol of Set-Cookie, RFC2965 that of Set-Cookie2.
	Netscape, RFC2965 bool
	// RFC2109AsNetscape treats cookies that have a version in a Set-Cookie header as ones of
	// the Netscape protocol.
	RFC2109AsNetscape bool
	// HideCookie2 does not advertise RFC 2965 by a Cookie2 header.
	HideCookie2 bool
	// Browser reads Set-Cookie headers, and writes Cookie headers, as RFC 6265bis has it.
	Browser bool
}

// pathMatch reports whether a cookie's path is the request's or a folder of it (RFC 6265
// section 5.1.4).
func pathMatch(path, request string) bool {
	if request == path {
		return true
	}
	if len(request) <= len(path) || request[:len(path)] != path {
		return false
	}
	return path != "" && path[len(path)-1] == '/' || request[len(path)] == '/'
}
