// Package urllibparse is the conformance adapter of Python's urllib.parse.
//
// Python's str is a Go string; lone surrogates are the bytes that package parse
// has for them (see [parse.ErrorMode]). Python's bytes is []byte. Where str and
// bytes are mixed, or stand where the Go function takes only the other, the
// record is not applicable. So are values that only Python can make a text of:
// the repr of a list or a dictionary.
package urllibparse

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/urllib/parse"
)

// Adapter translates calls of urllib.parse.
type Adapter struct{}

type call = conformance.Call

// functions has the Go side of each Python function and class.
var functions = map[string]func(c *call) (any, error){
	"urlsplit":          urlsplit,
	"urlparse":          urlparse,
	"urlunsplit":        urlunsplit,
	"urlunparse":        urlunparse,
	"urljoin":           urljoin,
	"urldefrag":         urldefrag,
	"unwrap":            unwrap,
	"SplitResult":       splitResult,
	"SplitResultBytes":  splitResult,
	"ParseResult":       parseResult,
	"ParseResultBytes":  parseResult,
	"DefragResult":      defragResult,
	"DefragResultBytes": defragResult,
	"quote":             func(c *call) (any, error) { return quote(c, false) },
	"quote_plus":        func(c *call) (any, error) { return quote(c, true) },
	"quote_from_bytes":  quoteFromBytes,
	"unquote":           func(c *call) (any, error) { return unquote(c, false) },
	"unquote_plus":      func(c *call) (any, error) { return unquote(c, true) },
	"unquote_to_bytes":  unquoteToBytes,
	"parse_qsl":         parseQSL,
	"parse_qs":          parseQS,
	"urlencode":         urlencode,
}

// Call implements the method of [conformance.Adapter].
func (Adapter) Call(c *call) (any, error) {
	f, ok := functions[strings.TrimPrefix(c.Name, "urllib.parse.")]
	if !ok {
		return nil, fmt.Errorf("%s: %w", c.Name, conformance.ErrNotApplicable)
	}
	return f(c)
}

// Raises implements the method of [conformance.Adapter].
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	switch e.Type {
	case "UnicodeEncodeError":
		return errors.Is(err, parse.ErrEncode)
	case "UnicodeDecodeError":
		return errors.Is(err, parse.ErrDecode)
	case "LookupError":
		return errors.Is(err, parse.ErrUnknownEncoding)
	case "ValueError":
		var p *parse.Error
		return errors.As(err, &p)
	}
	return false
}

// notApplicable says why Go's types exclude a value.
func notApplicable(what string, v any) error {
	return fmt.Errorf("%s is %T: %w", what, v, conformance.ErrNotApplicable)
}

// text returns a str as a Go string.
func text(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case conformance.CodePoints:
		var b []byte
		for _, c := range v {
			switch {
			case 0xDC80 <= c && c <= 0xDCFF:
				b = append(b, byte(c))
			case 0xD800 <= c && c <= 0xDFFF:
				b = append(b, 0xED, 0x80|byte(c>>6&0x3F), 0x80|byte(c&0x3F))
			default:
				b = utf8.AppendRune(b, c)
			}
		}
		return string(b), true
	}
	return "", false
}

// str returns a Go string as a str.
func str(s string) any {
	if utf8.ValidString(s) {
		return s
	}
	var out conformance.CodePoints
	for s != "" {
		c, n := utf8.DecodeRuneInString(s)
		if c == utf8.RuneError && n == 1 {
			c = 0xDC00 + rune(s[0])
			if len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] < 0xC0 && s[2]&0xC0 == 0x80 {
				c, n = 0xD000|rune(s[1]&0x3F)<<6|rune(s[2]&0x3F), 3
			}
		}
		out = append(out, c)
		s = s[n:]
	}
	return out
}

// lookup returns an argument, and nil, Python's None, if it is absent.
func lookup(c *call, i int, name string) any {
	v, _ := c.Args.Lookup(i, name)
	return v
}

// codec returns the arguments encoding and errors.
func codec(c *call, i int) (e parse.Encoding, mode parse.ErrorMode, err error) {
	if v := lookup(c, i, "encoding"); v != nil {
		name, ok := v.(string)
		if !ok {
			return nil, 0, notApplicable("encoding", v)
		}
		if e, err = parse.LookupEncoding(name); err != nil {
			return nil, 0, err
		}
	}
	if v := lookup(c, i+1, "errors"); v != nil {
		name, ok := v.(string)
		if !ok {
			return nil, 0, notApplicable("errors", v)
		}
		if mode, err = parse.LookupErrorMode(name); err != nil {
			return nil, 0, err
		}
	}
	return e, mode, nil
}

// safe returns an argument safe, which may be bytes.
func safe(c *call, i int, def string) (string, error) {
	v, ok := c.Args.Lookup(i, "safe")
	if !ok {
		return def, nil
	}
	if b, ok := v.([]byte); ok {
		return string(b), nil
	}
	s, ok := text(v)
	if !ok {
		return "", notApplicable("safe", v)
	}
	return s, nil
}
