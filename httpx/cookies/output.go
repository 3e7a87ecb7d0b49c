package cookies

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// An OutputConfig says how cookies are written. The zero value, or nil, writes all there is
// as Set-Cookie lines.
type OutputConfig struct {
	// Attrs are the attributes to write, by their names in small letters. Nil means all, an
	// empty list none.
	Attrs []string
	// Header stands before each cookie. Empty means "Set-Cookie:".
	Header string
	// Sep stands between cookies. Empty means CR and LF.
	Sep string
	// Now is the time from which Expires counts where it is a number. The zero Time means
	// now.
	Now time.Time
}

// Output returns the cookie as a header line without its end: `Morsel.output`. The error is
// an *Error with ErrName for a morsel without a name, or ErrPrefix for one whose name begins
// with __Host- and that has a domain or another path than "/".
func (m *Morsel) Output(cfg *OutputConfig) (string, error) {
	var room [512]byte
	b, err := m.appendLine(room[:0], cfg)
	return string(b), err
}

func (m *Morsel) appendLine(b []byte, cfg *OutputConfig) ([]byte, error) {
	return m.append(append(append(b, cfg.header()...), ' '), cfg)
}

func (cfg *OutputConfig) header() string {
	if cfg == nil || cfg.Header == "" {
		return "Set-Cookie:"
	}
	return cfg.Header
}

// OutputString returns the cookie without the name of the header: `Morsel.OutputString`. The
// errors are those of Output.
func (m *Morsel) OutputString(cfg *OutputConfig) (string, error) {
	var room [512]byte
	b, err := m.append(room[:0], cfg)
	return string(b), err
}

// String returns the cookie as a Set-Cookie line, "" if it cannot be written: `str(morsel)`.
func (m *Morsel) String() string {
	s, err := m.Output(nil)
	if err != nil {
		return ""
	}
	return s
}

// AppendOutput appends what OutputString returns.
func (m *Morsel) AppendOutput(b []byte, cfg *OutputConfig) ([]byte, error) { return m.append(b, cfg) }

func (m *Morsel) append(b []byte, cfg *OutputConfig) ([]byte, error) {
	if m.name == "" {
		return nil, fail("", ErrName)
	}
	if err := m.contradicts(); err != nil {
		return nil, err
	}
	b = append(append(append(b, m.name...), '='), m.coded...)
	if m.attrs == nil {
		return b, nil
	}
	for a := range attributes {
		v := m.attrs.text[a]
		if v == "" || cfg != nil && cfg.Attrs != nil && !slices.Contains(cfg.Attrs, attributeNames[a]) {
			continue
		}
		if a.flag() {
			if m.on(a) {
				b = append(append(b, "; "...), written[a]...)
			}
			continue
		}
		b = append(append(append(b, "; "...), written[a]...), '=')
		switch {
		case a == expires && m.attrs.kind[a] == number:
			n, _ := strconv.ParseInt(v, 10, 64)
			b = appendDate(b, cfg.now(), n)
		case a == comment:
			b = append(b, Quote(v)...)
		default:
			b = append(b, v...)
		}
	}
	return b, nil
}

func (cfg *OutputConfig) now() time.Time {
	if cfg == nil || cfg.Now.IsZero() {
		return time.Now()
	}
	return cfg.Now
}

// appendDate appends the date that is so many seconds after now, as RFC 9110 section 5.6.7
// has it.
func appendDate(b []byte, now time.Time, seconds int64) []byte {
	const layout = "Mon, 02 Jan 2006 15:04:05 GMT"
	return time.Unix(now.Unix()+seconds, 0).UTC().AppendFormat(b, layout)
}

// JSOutput returns the cookie as a script element that sets it: `Morsel.js_output`. All that
// could leave the script is percent-encoded.
//
// Deprecated: as in Python. Send a header, or have a script of the page's own set cookies.
func (m *Morsel) JSOutput(cfg *OutputConfig) (string, error) {
	s, err := m.OutputString(cfg)
	if err != nil {
		return "", err
	}
	return scriptBegin + escape(s) + scriptEnd, nil
}

const (
	scriptBegin = "\n        <script type=\"text/javascript\">\n        <!-- begin hiding\n        document.cookie = decodeURIComponent(\""
	scriptEnd   = "\");\n        // end hiding -->\n        </script>\n        "
)

// escape writes every byte but the unreserved ones of RFC 3986 as its percent form.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if is(c, wordChar) || c == '-' || c == '.' || c == '~' {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
