package socket

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/net/idna"
)

// Limits of a host name, RFC 1035 section 2.3.4, and of one not yet converted.
const (
	maxHost    = 255
	maxLabel   = 63
	maxRawHost = 1024
)

// asciiHost converts a host name to the form that DNS knows, by IDNA 2008 in the
// mapping of UTS 46 (Python's codec is IDNA 2003). It is done once, before
// anything else looks at the name. Control characters, spaces, too long labels and
// an A-label that is none are refused.
func asciiHost(host string) (string, error) {
	if badText(host) || strings.ContainsAny(host, " /@") {
		return "", errBadText
	}
	if len(host) > maxRawHost {
		return "", errTooLong
	}
	special := strings.Contains(strings.ToLower(host), "xn--")
	for i := range len(host) {
		special = special || host[i] >= 0x80
	}
	if special {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", fmt.Errorf("not an internationalised name: %s", unquoted(err.Error()))
		}
		host = ascii
	}
	if len(host) > maxHost {
		return "", errTooLong
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		if len(label) > maxLabel {
			return "", errTooLong
		}
	}
	return host, nil
}

// cleanName is a name that a name server gave, without the dot at its end; ok is
// false if it holds anything that a host name has not.
func cleanName(name string) (clean string, ok bool) {
	name = strings.TrimSuffix(name, ".")
	if name == "" || len(name) > maxHost {
		return "", false
	}
	for i := range len(name) {
		c := name[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
		default:
			return "", false
		}
	}
	return name, true
}

// GetHostName returns the name of this machine: `socket.gethostname`.
func GetHostName() (string, error) {
	name, err := os.Hostname()
	return name, opError("gethostname", nil, err)
}
