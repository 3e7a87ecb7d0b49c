package parse

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Username returns what stands before the first colon of the user information,
// as written; ok is false if there is no user information.
func (r SplitResult) Username() (user string, ok bool) {
	user, _, ok, _ = userinfo(r.Netloc)
	return user, ok
}

// Password returns what stands after the first colon of the user information,
// as written; ok is false if there is no such colon.
func (r SplitResult) Password() (password string, ok bool) {
	_, password, _, ok = userinfo(r.Netloc)
	return password, ok
}

// Hostname returns the host in lower case, without the brackets of an IPv6
// address; the zone of such an address, from the percent sign on, keeps its
// case. It is empty if there is none, where Python has None.
//
// It is not unquoted, and not brought into the form of IDNA: lookalikes of a
// letter or a dot are still there.
func (r SplitResult) Hostname() string { return hostname(r.Netloc) }

// Port returns the number after the host; ok is false if there is none, or
// nothing after the colon. The error is an [*Error] of kind ErrPort for
// anything but ASCII digits, and for numbers above 65535.
func (r SplitResult) Port() (port int, ok bool, err error) {
	return netlocPort("Port", r.Netloc)
}

// PortOr returns the port, and def if there is none. Errors are those of Port.
func (r SplitResult) PortOr(def int) (int, error) {
	port, ok, err := r.Port()
	if err != nil || ok {
		return port, err
	}
	return def, nil
}

// userinfo splits what stands before the last @ of an authority.
func userinfo(netloc string) (user, password string, hasUser, hasPassword bool) {
	i := strings.LastIndexByte(netloc, '@')
	if i < 0 {
		return "", "", false, false
	}
	user, password, hasPassword = strings.Cut(netloc[:i], ":")
	return user, password, true, hasPassword
}

// hostinfo splits what stands after the last @ of an authority.
func hostinfo(netloc string) (host, port string) {
	netloc = netloc[strings.LastIndexByte(netloc, '@')+1:]
	if _, bracketed, ok := strings.Cut(netloc, "["); ok {
		host, netloc, _ = strings.Cut(bracketed, "]")
		_, port, _ = strings.Cut(netloc, ":")
		return host, port
	}
	host, port, _ = strings.Cut(netloc, ":")
	return host, port
}

func hostname(netloc string) string {
	host, _ := hostinfo(netloc)
	name, zone := host, ""
	if i := strings.IndexByte(host, '%'); i >= 0 {
		name, zone = host[:i], host[i:]
	}
	lower := lowerText(name)
	if zone == "" {
		return lower
	}
	if lower == name {
		return host
	}
	return lower + zone
}

func netlocPort(fn, netloc string) (port int, ok bool, err error) {
	_, text := hostinfo(netloc)
	if text == "" {
		return 0, false, nil
	}
	for i := 0; i < len(text); i++ {
		c := text[i] - '0'
		if c > 9 {
			return 0, false, refuse(fn, "//"+netloc, ErrPort)
		}
		if port = port*10 + int(c); port > 65535 {
			return 0, false, refuse(fn, "//"+netloc, ErrPort)
		}
	}
	return port, true, nil
}

// lowerText puts s into lower case as Python's str.lower does. It is not
// strings.ToLower, for which U+0130, a capital I with a dot, is a plain i:
// that would make another host of it.
func lowerText(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, i, len(s)+8)
	copy(b, s)
	for i < len(s) {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == utf8.RuneError && n == 1:
			b = append(b, s[i])
		case c == 'İ':
			b = append(b, "i\u0307"...)
		case c == 'Σ' && finalSigma(s, i):
			b = append(b, "ς"...)
		default:
			b = utf8.AppendRune(b, unicode.ToLower(c))
		}
		i += n
	}
	return string(b)
}

// finalSigma reports whether the capital sigma at s[i:] ends a word: a letter
// stands before it and none after it, not counting characters that have no
// case of their own (The Unicode Standard, section 3.13, Final_Sigma).
func finalSigma(s string, i int) bool {
	before, after := false, false
	for j := i; j > 0 && !before; {
		c, n := utf8.DecodeLastRuneInString(s[:j])
		if !caseIgnorable(c) {
			if !cased(c) {
				break
			}
			before = true
		}
		j -= n
	}
	for _, c := range s[i+len("Σ"):] {
		if !caseIgnorable(c) {
			after = cased(c)
			break
		}
	}
	return before && !after
}

func cased(c rune) bool {
	return unicode.IsUpper(c) || unicode.IsLower(c) || unicode.IsTitle(c) ||
		unicode.In(c, unicode.Other_Lowercase, unicode.Other_Uppercase)
}

func caseIgnorable(c rune) bool {
	switch c {
	case '\'', '.', ':', '·', '\u0387', '\u055F', '\u05F4', '\u2018', '\u2019', '\u2024', '\u2027',
		'\uFE13', '\uFE52', '\uFE55', '\uFF07', '\uFF0E', '\uFF1A':
		return true
	}
	return unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}

//go:generate go run -C internal/gennfkc . -o ../../nfkc_table.go

// checkNetloc checks an authority that has brackets or characters that are not
// ASCII.
func checkNetloc(netloc string) error {
	opened, closed := strings.IndexByte(netloc, '[') >= 0, strings.IndexByte(netloc, ']') >= 0
	if opened != closed {
		return ErrBrackets
	}
	if opened && !validBrackets(netloc) {
		return ErrBrackets
	}
	for i := 0; i < len(netloc); i++ {
		if netloc[i] >= utf8.RuneSelf {
			for _, c := range netloc[i:] {
				if expandsToDelimiter(c) {
					return ErrNFKC
				}
			}
			break
		}
	}
	return nil
}

// validBrackets reports whether the host of an authority with brackets, which
// may be in its user information, is an IP literal, and whether nothing stands
// between the brackets and the user information or port.
func validBrackets(netloc string) bool {
	netloc = netloc[strings.LastIndexByte(netloc, '@')+1:]
	before, bracketed, ok := strings.Cut(netloc, "[")
	if !ok {
		host, _, _ := strings.Cut(netloc, ":")
		return validLiteral(host)
	}
	host, after, _ := strings.Cut(bracketed, "]")
	return before == "" && (after == "" || after[0] == ':') && validLiteral(host)
}

// validLiteral reports whether host may stand in brackets: an IPv6 address,
// with or without a zone, or an IPvFuture (RFC 3986 section 3.2.2).
func validLiteral(host string) bool {
	if host != "" && host[0]|0x20 == 'v' {
		version, address, ok := strings.Cut(host[1:], ".")
		if !ok || version == "" || address == "" {
			return false
		}
		for i := 0; i < len(version); i++ {
			if class[version[i]]&hexDigit == 0 {
				return false
			}
		}
		return true
	}
	host, zone, hasZone := strings.Cut(host, "%")
	if hasZone && (zone == "" || strings.IndexByte(zone, '%') >= 0) {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Is6()
}

// redact replaces the user information of each authority in url, its query and its
// fragment. It is for text that may not parse, so it errs on the side of hiding.
func redact(url string) string {
	start := strings.Index(url, "//") + 2
	if start == 1 {
		start = 0
	}
	if q := strings.IndexAny(url, "?#"); q >= 0 && q+1 < len(url) {
		if q >= start && strings.IndexByte(url[q:], '@') >= 0 { // perhaps all a password
			return url[:start] + "xxxxx"
		}
		url = url[:q+1] + "xxxxx"
	}
	if at := strings.LastIndexByte(url, '@'); at >= start {
		url = url[:start] + "xxxxx" + url[at:]
	}
	return url
}

// Redacted returns the URL as String does, with the user information, if there
// is any, replaced by "xxxxx": the form for logs. Python has no such method.
func (r SplitResult) Redacted() string {
	if i := strings.LastIndexByte(r.Netloc, '@'); i >= 0 {
		r.Netloc = "xxxxx" + r.Netloc[i:]
	}
	return r.String()
}
