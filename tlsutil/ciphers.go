package tlsutil

import (
	"crypto/tls"
	"slices"
	"strconv"
	"strings"
)

// Ciphers returns the enabled cipher suites. The order says nothing: crypto/tls decides on
// its own. Python: get_ciphers.
func (c *Context) Ciphers() []Cipher {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Cipher
	chosen := c.chosenSuites()
	for i := range suites {
		s := &suites[i]
		if s.tls13() || slices.Contains(chosen, s.id) {
			out = append(out, s.describe())
		}
	}
	return out
}

// chosenSuites are the suites up to TLS 1.2 for a configuration: those that were chosen, or
// the modern ones; crypto/tls's own if versions below 1.2, which have none of these, are
// allowed.
func (c *Context) chosenSuites() []uint16 {
	var ids []uint16
	if c.suites != nil {
		for _, s := range c.suites {
			ids = append(ids, s.id)
		}
		return ids
	}
	if c.min.wire() < tls.VersionTLS12 {
		for _, s := range tls.CipherSuites() {
			ids = append(ids, s.ID)
		}
		return ids
	}
	for i := range suites {
		if suites[i].modern() {
			ids = append(ids, suites[i].id)
		}
	}
	return ids
}

// SetCiphers chooses the cipher suites up to TLS 1.2, in OpenSSL's syntax (ciphers(1)):
// names and classes such as "ECDHE+AESGCM:!aRSA", "HIGH", "DEFAULT", "@SECLEVEL=1". As
// there, words that are not known are passed over, and only if no suite is left the error
// is an [*Error] with the reason NO_CIPHER_MATCH. The order is without effect. Weak suites
// (3DES, RC4) must be named. The suites of TLS 1.3 are always enabled. Python: set_ciphers.
func (c *Context) SetCiphers(list string) error {
	got, level, err := parseCiphers(list)
	if err != nil {
		return err
	}
	return c.change(func() error {
		c.suites = got
		if level >= 0 {
			c.level = level
		}
		return nil
	})
}

// maxCipherList bounds the text of a list of ciphers or groups.
const maxCipherList = 16 << 10

func cipherError(reason string) error {
	return &Error{Op: "set_ciphers", Library: "SSL", Reason: reason, Number: ErrorSSL}
}

// parseCiphers evaluates a list; level is -1 if it sets none.
func parseCiphers(list string) (got []suite, level int, err error) {
	level = -1
	if len(list) > maxCipherList {
		return nil, level, cipherError("CIPHER_LIST_TOO_LONG")
	}
	in := make([]bool, len(suites))
	killed := make([]bool, len(suites))
	words := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(": ,;", r) })
	for n, word := range words {
		if v, ok := strings.CutPrefix(word, "@"); ok {
			if v == "STRENGTH" {
				continue
			}
			l, ok := strings.CutPrefix(v, "SECLEVEL=")
			i, err := strconv.Atoi(l)
			if !ok || err != nil || i < 0 || i > 5 {
				return nil, level, cipherError("INVALID_COMMAND")
			}
			level = i
			continue
		}
		op := byte(0)
		if strings.ContainsRune("!-+", rune(word[0])) {
			op, word = word[0], word[1:]
		}
		if word == "DEFAULT" && (n > 0 || op != 0) {
			return nil, level, cipherError("INVALID_COMMAND")
		}
		for i := range suites {
			if suites[i].tls13() || !suites[i].matches(word) {
				continue
			}
			switch op {
			case '!':
				in[i], killed[i] = false, true
			case '-':
				in[i] = false
			case 0:
				in[i] = !killed[i]
			}
		}
	}
	for i := range suites {
		if in[i] {
			got = append(got, suites[i])
		}
	}
	if len(got) == 0 {
		return nil, level, cipherError("NO_CIPHER_MATCH")
	}
	return got, level, nil
}

// matches reports whether the suite is in all classes of the word, which "+" joins.
func (s *suite) matches(word string) bool {
	if word == "" {
		return false
	}
	named := false
	for class := range strings.SplitSeq(word, "+") {
		if !s.in(class) {
			return false
		}
		named = named || class == s.name || class == "3DES" || class == "RC4" || class == "COMPLEMENTOFALL"
	}
	return named || !s.weak()
}

// in reports whether the suite is in OpenSSL's class, or has the name.
func (s *suite) in(class string) bool {
	switch class {
	case s.name:
		return true
	case "ALL":
		return !s.weak()
	case "DEFAULT":
		return s.modern()
	case "COMPLEMENTOFDEFAULT":
		return !s.modern() && !s.weak()
	case "COMPLEMENTOFALL":
		return s.weak()
	case "HIGH", "FIPS":
		return !s.weak()
	case "MEDIUM":
		return s.weak()
	case "kRSA", "kECDHE", "kEECDH", "ECDHE", "EECDH":
		return (s.kx == "RSA") == (class == "kRSA")
	case "RSA":
		return s.kx == "RSA"
	case "aRSA":
		return s.auth == "RSA"
	case "aECDSA", "ECDSA":
		return s.auth == "ECDSA"
	case "AES":
		return strings.HasPrefix(s.enc, "AES")
	case "AES128", "AES256":
		return strings.HasPrefix(s.enc, "AES") && class == "AES"+strconv.Itoa(s.bits)
	case "AESGCM":
		return s.enc == "AESGCM"
	case "CHACHA20":
		return strings.HasPrefix(s.enc, "CHACHA20")
	case "CBC":
		return s.mac != "AEAD"
	case "3DES", "RC4":
		return s.enc == class
	case "SHA1", "SHA":
		return s.mac == "SHA1"
	case "SHA256", "SHA384":
		return s.mac == class
	case "TLSv1.2", "TLSv1.0", "SSLv3":
		return s.protocol == class
	case "TLSv1":
		return s.protocol == "TLSv1.0" || s.protocol == "SSLv3"
	}
	return false
}

// SetCiphersuites accepts the list, separated by colons, of all suites of TLS 1.3 that
// crypto/tls has; any other choice of them is [errors.ErrUnsupported], an unknown name an
// [*Error]. Python: set_ciphersuites.
func (c *Context) SetCiphersuites(list string) error {
	if len(list) > maxCipherList {
		return cipherError("CIPHER_LIST_TOO_LONG")
	}
	have := map[string]bool{}
	for name := range strings.SplitSeq(list, ":") {
		if name == "" {
			continue
		}
		found := false
		for i := range suites {
			found = found || suites[i].tls13() && suites[i].name == name
		}
		if !found {
			return &Error{Op: "set_ciphersuites", Library: "SSL", Reason: "NO_CIPHER_MATCH", Number: ErrorSSL}
		}
		have[name] = true
	}
	for i := range suites {
		if suites[i].tls13() && !have[suites[i].name] {
			return unsupported("set_ciphersuites", "TLS 1.3 without "+suites[i].name)
		}
	}
	return nil
}
