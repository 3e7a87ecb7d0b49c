package ipaddress

import (
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"
)

// Format implements [fmt.Formatter]:
//
//	%v %s  the canonical spelling; %+v and %+s the long one
//	%q     the canonical spelling, quoted
//	%d     the number of the address
//	%b     the number in binary, %x and %X in hexadecimal: with all digits that
//	       the version has, and with 0b, 0x or 0X before them if # is given
//
// Width and '-' apply to all of them. The zero Addr is "invalid IP".
func (a Addr) Format(f fmt.State, verb rune) {
	if spec, ok := numberVerb(f, verb); ok && a.IsValid() {
		writeFormatted(f, a.formatNumber(spec))
		return
	}
	formatText(f, verb, "ipaddress.Addr", a.IsValid(), a)
}

// Format implements [fmt.Formatter] like [Addr.Format]; %d, %b, %x and %X are the
// number of the address, as in Python.
func (i Interface) Format(f fmt.State, verb rune) {
	if spec, ok := numberVerb(f, verb); ok && i.IsValid() {
		writeFormatted(f, i.addr.formatNumber(spec))
		return
	}
	formatText(f, verb, "ipaddress.Interface", i.IsValid(), i)
}

// Format implements [fmt.Formatter]: %v and %s are the canonical spelling, %+v
// and %+s the long one, %q is the canonical one quoted. Width and '-' apply.
func (n Network) Format(f fmt.State, verb rune) {
	formatText(f, verb, "ipaddress.Network", n.IsValid(), n)
}

// formatText serves the verbs for text, and names any other as fmt does.
func formatText(f fmt.State, verb rune, typ string, valid bool, v interface {
	fmt.Stringer
	Expanded() string
}) {
	s := v.String()
	switch {
	case verb == 'v' && f.Flag('#'):
		writeFormatted(f, typ+`{"`+s+`"}`)
	case verb == 'v' || verb == 's':
		if f.Flag('+') {
			s = v.Expanded()
		}
		writeFormatted(f, s)
	case verb == 'q' && valid:
		fmt.Fprintf(f, fmt.FormatString(f, verb), s)
	default:
		fmt.Fprintf(f, "%%!%c(%s=%s)", verb, typ, s)
	}
}

// writeFormatted writes s with the width, precision and alignment of f.
func writeFormatted(f fmt.State, s string) {
	if p, ok := f.Precision(); ok {
		s = truncate(s, p)
	}
	w, ok := f.Width()
	switch pad := w - utf8.RuneCountInString(s); {
	case !ok || pad <= 0:
	case f.Flag('-'):
		s += strings.Repeat(" ", pad)
	default:
		s = strings.Repeat(" ", pad) + s
	}
	fmt.Fprint(f, s)
}

// numberSpec is a format specification for the number of an address.
type numberSpec struct {
	prefix, group, decimal bool
	base                   byte // 'b', 'x', 'X' or 'n'
}

func numberVerb(f fmt.State, verb rune) (numberSpec, bool) {
	switch verb {
	case 'b', 'x', 'X':
		return numberSpec{prefix: f.Flag('#'), base: byte(verb)}, true
	case 'd':
		return numberSpec{decimal: true}, true
	}
	return numberSpec{}, false
}

// FormatSpec returns the address formatted by a format specification of Python:
//
//   - "" and those ending in 's' as Python formats texts with them, such as "20s",
//     "*^45s", ".5s", with a width of at most [MaxFormatWidth];
//   - b, x, X or n for the number with all the digits of the version, in binary,
//     hexadecimal, or (n) the usual one of the version: binary for IPv4,
//     hexadecimal for IPv6. Before it '#' asks for the prefix 0b, 0x or 0X, and '_'
//     for groups of four digits.
//
// The error matches [ErrFormat]: another specification, or the zero Addr. It is
// Python's `__format__`.
func (a Addr) FormatSpec(spec string) (string, error) { return a.formatSpec(spec, a.String()) }

// FormatSpec is [Addr.FormatSpec]; as a text it is that of the interface, as a
// number that of the address. It is Python's `__format__`.
func (i Interface) FormatSpec(spec string) (string, error) {
	return i.addr.formatSpec(spec, i.String())
}

func (a Addr) formatSpec(spec, text string) (string, error) {
	if spec == "" || spec[len(spec)-1] == 's' {
		return formatTextSpec(text, strings.TrimSuffix(spec, "s"))
	}
	n, ok := parseNumberSpec(spec)
	if !ok || !a.IsValid() {
		return "", fmt.Errorf("%w: %.40q", ErrFormat, spec)
	}
	return a.formatNumber(n), nil
}

// parseNumberSpec reads "#", "_" and a letter; only the letter must be there.
func parseNumberSpec(s string) (n numberSpec, ok bool) {
	s, n.prefix = strings.CutPrefix(s, "#")
	s, n.group = strings.CutPrefix(s, "_")
	if len(s) != 1 || strings.IndexByte("bxXn", s[0]) < 0 {
		return n, false
	}
	n.base = s[0]
	return n, true
}

// formatNumber writes the number of the address, a digit after the other.
func (a Addr) formatNumber(spec numberSpec) string {
	if spec.decimal {
		return a.decimal()
	}
	if spec.base == 'n' {
		spec.base = 'x'
		if a.Is4() {
			spec.base = 'b'
		}
	}
	digits, width := hexDigits, 4 // bits a digit
	switch spec.base {
	case 'b':
		width = 1
	case 'X':
		digits = "0123456789ABCDEF"
	}
	b := make([]byte, 0, 2+128+31)
	if spec.prefix {
		b = append(b, '0', spec.base)
	}
	for at := a.MaxBits() - width; at >= 0; at -= width {
		d := group(a.num, at&^15) >> (at & 15) & (1<<width - 1)
		b = append(b, digits[d])
		if spec.group && at > 0 && at/width%4 == 0 {
			b = append(b, '_')
		}
	}
	return string(b)
}

// decimal writes the number of the address in base 10.
func (a Addr) decimal() string {
	if a.num.hi == 0 {
		return fmt.Sprint(a.num.lo)
	}
	return (*big.Int).String(a.Big())
}

// MaxFormatWidth is the largest width and precision that FormatSpec accepts.
const MaxFormatWidth = 1 << 16

// formatTextSpec formats s by a specification of Python for texts, which is here
// without its last letter: [[fill]align][0][width][.precision].
func formatTextSpec(s, spec string) (string, error) {
	rest := spec
	fill, align := ' ', byte('<')
	if r, n := utf8.DecodeRuneInString(rest); n > 0 && len(rest) > n && isAlign(rest[n]) {
		fill, align, rest = r, rest[n], rest[n+1:]
	} else {
		if rest != "" && isAlign(rest[0]) {
			align, rest = rest[0], rest[1:]
		}
		if strings.HasPrefix(rest, "0") {
			fill = '0'
		}
	}
	width, rest, ok := cutNumber(rest)
	precision := -1
	if ok && strings.HasPrefix(rest, ".") {
		digits := rest[1:]
		precision, rest, ok = cutNumber(digits)
		ok = ok && len(rest) < len(digits)
	}
	if !ok || rest != "" {
		return "", fmt.Errorf("%w: %.40q", ErrFormat, spec+"s")
	}
	if precision >= 0 {
		s = truncate(s, precision)
	}
	pad := max(0, width-utf8.RuneCountInString(s))
	left := 0
	switch align {
	case '>':
		left = pad
	case '^':
		left = pad / 2
	}
	f := string(fill)
	return strings.Repeat(f, left) + s + strings.Repeat(f, pad-left), nil
}

func isAlign(c byte) bool { return c == '<' || c == '>' || c == '^' }

// cutNumber takes the digits off the beginning of s; no digits are 0. It reports
// false for a number above MaxFormatWidth.
func cutNumber(s string) (n int, rest string, ok bool) {
	for s != "" && s[0]-'0' <= 9 {
		if n = n*10 + int(s[0]-'0'); n > MaxFormatWidth {
			return 0, s, false
		}
		s = s[1:]
	}
	return n, s, true
}

// truncate returns the first n characters of s.
func truncate(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
