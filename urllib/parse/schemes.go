package parse

// Uses says what the URLs of a scheme may have.
type Uses uint8

// What the URLs of a scheme may have: the tables of Python's module.
const (
	// UsesRelative marks a scheme whose URLs are a base for relative
	// references: Python's uses_relative. Join looks at it.
	UsesRelative Uses = 1 << iota
	// UsesNetloc marks a scheme with an authority: Python's uses_netloc. Join
	// looks at it, and Unsplit writes "//" before an absolute path.
	UsesNetloc
	// UsesParams marks a scheme whose last path segment may have parameters
	// after a semicolon: Python's uses_params. Parse looks at it.
	UsesParams
)

// SchemeUses returns what the built-in table says of a scheme in lower case:
// Python's lists uses_relative, uses_netloc and uses_params. A scheme that is
// not in the table uses nothing; the empty scheme, that of a relative
// reference, uses everything. [Parser.Schemes] adds to the table.
func SchemeUses(scheme string) Uses {
	switch scheme {
	case "", "ftp", "http", "https", "imap", "mms", "prospero", "rtsp", "rtsps", "rtspu",
		"sftp", "shttp":
		return UsesRelative | UsesNetloc | UsesParams
	case "file", "gopher", "nntp", "svn", "svn+ssh", "wais", "ws", "wss":
		return UsesRelative | UsesNetloc
	case "git", "git+ssh", "itms-services", "nfs", "rsync", "snews", "telnet":
		return UsesNetloc
	case "hdl", "sip", "sips", "tel":
		return UsesParams
	}
	return 0
}

// DefaultPort returns the port that a scheme in lower case stands for when a
// URL names none; ok is false where this package knows none.
func DefaultPort(scheme string) (port int, ok bool) {
	switch scheme {
	case "http", "ws":
		return 80, true
	case "https", "wss":
		return 443, true
	case "ftp":
		return 21, true
	}
	return 0, false
}

// lowerScheme returns scheme in lower case. Schemes that are common do not
// cost an allocation even if they are written in capitals.
func lowerScheme(scheme string) string {
	i := 0
	for i < len(scheme) && (scheme[i] < 'A' || scheme[i] > 'Z') {
		i++
	}
	if i == len(scheme) {
		return scheme
	}
	var buf [24]byte
	b := appendLower(buf[:0], scheme)
	switch string(b) {
	case "http":
		return "http"
	case "https":
		return "https"
	case "ftp":
		return "ftp"
	case "file":
		return "file"
	case "mailto":
		return "mailto"
	case "ws":
		return "ws"
	case "wss":
		return "wss"
	case "urn":
		return "urn"
	case "data":
		return "data"
	case "javascript":
		return "javascript"
	}
	return string(b)
}

// appendLower appends s with its ASCII letters in lower case.
func appendLower(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}
