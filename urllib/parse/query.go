package parse

import (
	"iter"
	"strings"
)

// A Pair is one field of a query string or form: a name and a value, both
// unquoted.
type Pair struct {
	Name  string
	Value string
}

// DefaultMaxFields is the number of fields that a query string may have where
// no other limit is set.
const DefaultMaxFields = 10000

// A QueryParser reads query strings and form bodies. The zero QueryParser is
// the one behind [ParseQSL] and [ParseQS]. It is safe for concurrent use.
type QueryParser struct {
	// Separator is what stands between fields, "&" if it is zero. Make it with
	// [SeparatedBy].
	Separator Separator
	// KeepBlank keeps fields without a value, "a=" and "a"; otherwise they are
	// dropped. Python's keep_blank_values.
	KeepBlank bool
	// Strict refuses fields without "=", empty ones included, with ErrField;
	// otherwise empty ones are dropped and others have an empty value. Python's
	// strict_parsing.
	Strict bool
	// MaxFields is the number of fields, dropped ones included, that a query
	// string may have; one with more is refused with ErrTooManyFields before
	// any is read. Zero means DefaultMaxFields, where Python has no limit;
	// negative means no limit.
	MaxFields int
	// Encoding is that of the bytes behind the escapes. Nil means UTF8.
	Encoding Encoding
	// Errors says what to do with bytes that mean nothing in Encoding. Zero
	// means ErrorsReplace. ErrorsSurrogateEscape gives the bytes, as Python's
	// functions do for a query string of bytes.
	Errors ErrorMode
}

// A Separator is what stands between the fields of a query string. The zero
// Separator is "&".
type Separator struct {
	text string
	set  bool
}

// SeparatedBy returns the separator s, which may have several characters. An
// empty one is an error wherever it is used, of kind ErrSeparator: it does not
// quietly become "&".
func SeparatedBy(s string) Separator { return Separator{s, true} }

// String returns the separator.
func (s Separator) String() string {
	if !s.set {
		return "&"
	}
	return s.text
}

// ParseQSL returns the fields of a query string in their order: Python's
// parse_qsl. Fields without a value are dropped. Only "&" separates: a
// semicolon is part of a value (CVE-2021-23336).
//
// Escapes that are none stay as they are, bytes that are not UTF-8 become
// U+FFFD; so every query string has a meaning. Pass on to others what [Encode]
// makes of the fields, not the string as it came: another reader may find
// other fields in it.
//
// The error is an [*Error] of kind ErrTooManyFields for more than
// DefaultMaxFields.
func ParseQSL(qs string) ([]Pair, error) { return QueryParser{}.ParseQSL(qs) }

// ParseQS returns the fields of a query string by name: Python's parse_qs. The
// names come in the order of their first fields. Otherwise it does what
// [ParseQSL] does, with the same errors.
func ParseQS(qs string) (Values, error) { return QueryParser{}.ParseQS(qs) }

// ParseQSL returns the fields of a query string in their order. The error is
// an [*Error] of kind ErrSeparator, ErrTooManyFields or ErrField, or an
// [*EncodingError] of kind ErrDecode.
func (p QueryParser) ParseQSL(qs string) ([]Pair, error) {
	var s fieldScanner
	n, err := s.start(&p, "ParseQSL", qs)
	if n == 0 || err != nil {
		return nil, err
	}
	// A query of nothing but separators is not worth the room for its fields.
	pairs := make([]Pair, 0, min(n, 256))
	for name, value, ok := s.next(); ok; name, value, ok = s.next() {
		pairs = append(pairs, Pair{name, value})
	}
	if s.err != nil {
		return nil, s.err
	}
	return pairs, nil
}

// ParseQS returns the fields of a query string by name. Errors are those of
// ParseQSL.
func (p QueryParser) ParseQS(qs string) (Values, error) {
	var s fieldScanner
	n, err := s.start(&p, "ParseQS", qs)
	if n == 0 || err != nil {
		return Values{}, err
	}
	v := makeValues(n)
	for name, value, ok := s.next(); ok; name, value, ok = s.next() {
		v.append(name, value)
	}
	if s.err != nil {
		return Values{}, s.err
	}
	v.gather()
	return v, nil
}

// Pairs yields the fields of a query string in their order, one by one as they
// are read, without allocation where nothing is to be unquoted. An error comes
// at most once, last; it is one that ParseQSL returns. The sequence can be
// ranged over again.
func (p QueryParser) Pairs(qs string) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		var s fieldScanner
		if _, err := s.start(&p, "Pairs", qs); err != nil {
			yield(Pair{}, err)
			return
		}
		for name, value, ok := s.next(); ok; name, value, ok = s.next() {
			if !yield(Pair{name, value}, nil) {
				return
			}
		}
		if s.err != nil {
			yield(Pair{}, s.err)
		}
	}
}

// A fieldScanner goes through the fields of a query string.
type fieldScanner struct {
	fn, sep      string
	qs           string
	pos          int // where the next field begins; beyond qs at the end
	keep, strict bool
	slow         *Unquoter // what unquotes, nil for UnquotePlus
	err          error
}

// start begins with qs and returns the number of fields, those that will be
// dropped included, or says why qs is refused as a whole.
func (s *fieldScanner) start(p *QueryParser, fn, qs string) (n int, err error) {
	sep := p.Separator.String()
	if sep == "" {
		return 0, &Error{Func: fn, Pos: -1, Kind: ErrSeparator}
	}
	if qs == "" {
		s.pos = 1
		return 0, nil
	}
	n = 1 + strings.Count(qs, sep)
	limit := p.MaxFields
	if limit == 0 {
		limit = DefaultMaxFields
	}
	if limit > 0 && n > limit {
		return 0, &Error{Func: fn, Pos: -1, Kind: ErrTooManyFields}
	}
	s.fn, s.sep, s.qs = fn, sep, qs
	s.keep, s.strict = p.KeepBlank, p.Strict
	if p.Encoding != nil || p.Errors != ErrorsDefault {
		s.slow = &Unquoter{Plus: true, Encoding: p.Encoding, Errors: p.Errors}
	}
	return n, nil
}

// next returns the next field that is not dropped. It is not ok at the end and
// at an error.
func (s *fieldScanner) next() (name, value string, ok bool) {
	for s.pos <= len(s.qs) {
		start := s.pos
		field := s.qs[start:]
		if end := s.indexSep(field); end >= 0 {
			field = field[:end]
		}
		s.pos += len(field) + len(s.sep)
		if field == "" && !s.strict {
			continue
		}
		equals, quoted := scanField(field)
		name, value = field, ""
		if equals >= 0 {
			name, value = field[:equals], field[equals+1:]
		} else if s.strict {
			s.err = &Error{Func: s.fn, Pos: start, Kind: ErrField}
			return "", "", false
		}
		if value == "" && !s.keep {
			continue
		}
		if quoted && formQuoted(name) {
			name = s.unquote(name)
			quoted = formQuoted(value)
		}
		if quoted && s.err == nil {
			value = s.unquote(value)
		}
		return name, value, s.err == nil
	}
	return "", "", false
}

func (s *fieldScanner) indexSep(text string) int {
	if len(s.sep) == 1 {
		return strings.IndexByte(text, s.sep[0])
	}
	return strings.Index(text, s.sep)
}

// unquote returns the text of a name or value that has something to undo.
func (s *fieldScanner) unquote(quoted string) string {
	if s.slow != nil {
		var text string
		text, s.err = s.slow.Unquote(quoted)
		return text
	}
	return unquote(quoted, strings.Count(quoted, "%"), ' ')
}
