package cookiewire

import "strings"

// numeric reports whether the last label is a number, so that the host is an IPv4 address.
func numeric(host string) bool {
	host = strings.TrimSuffix(host, "\n")
	i := strings.LastIndexByte(host, '.')
	if i < 0 || i == len(host)-1 {
		return false
	}
	for _, c := range []byte(host[i+1:]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// IsIPv4 reports whether a host is taken for an IPv4 address, by its last label.
func IsIPv4(host string) bool { return numeric(host) }

// IsHDN reports whether s is the domain name of a host: `is_HDN`.
func IsHDN(s string) bool {
	return !numeric(s) && s != "" && s[0] != '.' && s[len(s)-1] != '.'
}

// DomainMatch reports whether host a domain-matches b (RFC 2965 section 1): `domain_match`.
func DomainMatch(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if a == b {
		return true
	}
	if !IsHDN(a) || !strings.HasPrefix(b, ".") || !IsHDN(b[1:]) {
		return false
	}
	return len(a) > len(b) && strings.HasSuffix(a, b)
}

// UserDomainMatch reports whether a domain is b or, if b begins with a dot, below it, for
// lists of blocked and allowed domains: `user_domain_match`.
func UserDomainMatch(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if numeric(a) || numeric(b) || !strings.HasPrefix(b, ".") {
		return a == b
	}
	return strings.HasSuffix(a, b)
}

// Reach returns the reach of a host (RFC 2965 section 1): `reach`.
func Reach(h string) string {
	i := strings.IndexByte(h, '.')
	if i < 0 {
		return h
	}
	if b := h[i+1:]; IsHDN(h) && (strings.Contains(b, ".") || b == "local") {
		return "." + b
	}
	return h
}

// EscapePath percent-encodes what no path may hold, and writes escapes in capitals:
// `escape_path`.
func EscapePath(s string) string {
	const hex = "0123456789ABCDEF"
	clean := true
	for i := range len(s) {
		if !pathByte(s[i]) || s[i] == '%' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b = append(b, '%', upper(s[i+1]), upper(s[i+2]))
			i += 2
		case pathByte(c):
			b = append(b, c)
		default:
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(b)
}

func pathByte(c byte) bool { return pathBytes[c] }

var pathBytes = func() (t [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~%/;:@&=+$,!*'()") {
		t[c] = true
	}
	return t
}()

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'f' {
		return c - 'a' + 'A'
	}
	return c
}
