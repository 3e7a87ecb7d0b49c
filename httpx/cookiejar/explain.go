package cookiejar

// Explain tells how a request is read: its host and effective host in small letters (RFC 2965
// section 1), its path as cookies are compared with it, its port, "" if it has none that is a
// number, and whether it goes to another party than its origin.
func Explain(r *Request) (host, effectiveHost, path, port string, thirdParty bool) {
	port, ok := r.port()
	if !ok {
		port = ""
	}
	return r.host(), r.effectiveHost(), r.path(), port, r.thirdParty()
}
