package client

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// splitHost splits "name", "name:port" or "[address]:port" as Python does. A port of
// 0 in the argument means that the text may have one, and def otherwise.
func splitHost(s string, port, def int) (host string, _ int, err error) {
	if host, port, err = cutPort(s, port, def); err == nil {
		err = checkHost(host)
	}
	return host, port, err
}

func cutPort(s string, port, def int) (host string, _ int, err error) {
	host = s
	if port == 0 {
		port = def
		if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
			host = s[:i]
			if p := s[i+1:]; p != "" {
				if port, err = parsePort(p); err != nil {
					return "", 0, err
				}
			}
		}
	}
	if len(host) >= 2 && host[0] == '[' && host[len(host)-1] == ']' {
		host = host[1 : len(host)-1]
	}
	return host, port, nil
}

// checkHost refuses blanks and controls.
func checkHost(host string) error {
	for i := 0; i < len(host); i++ {
		if host[i] <= ' ' || host[i] == 0x7f {
			return &Error{Kind: ErrInvalidURL, Err: fmt.Errorf("host %.100q", host)}
		}
	}
	return nil
}

func parsePort(s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return 0, &Error{Kind: ErrInvalidURL, Err: fmt.Errorf("port %.100q", s)}
	}
	return int(n), nil
}

// hostValue is the value of Host for a host and port: an IPv6 address in brackets
// and without its zone, which is nobody else's business, other names in ASCII, and
// the port unless it is the default.
func hostValue(host string, port, def int) (string, error) {
	if strings.IndexByte(host, ':') >= 0 && host[0] != '[' {
		if i := strings.IndexByte(host, '%'); i >= 0 {
			host = host[:i]
		}
		host = "[" + host + "]"
	} else {
		h, err := asciiHost(host)
		if err != nil {
			return "", err
		}
		host = h
	}
	if port != def {
		host += ":" + strconv.Itoa(port)
	}
	return host, nil
}

// asciiHost is a name in the form that goes to the resolver, into TLS and into Host alike.
func asciiHost(host string) (string, error) {
	if ascii(host) {
		return host, nil
	}
	h, err := idna.Lookup.ToASCII(host)
	if err != nil {
		return "", &Error{Kind: ErrInvalidURL, Err: fmt.Errorf("host %.100q: %.200q", host, err.Error())}
	}
	return h, nil
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// dialAddr joins host and port for a dialer.
func dialAddr(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// checkTarget refuses what must not stand in a request line: blanks, controls, and
// characters that are not ASCII, which are to be quoted first.
func checkTarget(target string) error {
	for i := 0; i < len(target); i++ {
		if c := target[i]; c <= ' ' || c >= 0x7f {
			return &Error{Kind: ErrInvalidURL, Err: fmt.Errorf("target %.200q", target)}
		}
	}
	return nil
}

// authority returns the host and port of a target in absolute form, or "".
func authority(target string) string {
	if !strings.HasPrefix(target, "http") {
		return ""
	}
	_, rest, ok := strings.Cut(target, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}
