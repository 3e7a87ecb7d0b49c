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
	n, err := p.check("ParseQSL", qs)
	if n == 0 || err != nil {
		return nil, err
	}
	// A query of nothing but separators is not worth the room for its fields.
	pairs := make([]Pair, 0, min(n, 16+len(qs)/8))
	for pair, err := range p.fields("ParseQSL", qs) {
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair)
	}
	return pairs, nil
}

// Pairs yields the fields of a query string in their order, one by one as they
// are read, without allocation where nothing is to be unquoted. An error comes
// at most once, last; it is one that ParseQSL returns. The sequence can be
// ranged over again.
func (p QueryParser) Pairs(qs string) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		if n, err := p.check("Pairs", qs); err != nil {
			yield(Pair{}, err)
			return
		} else if n == 0 {
			return
		}
		p.fields("Pairs", qs)(yield)
	}
}

// check returns the number of fields, dropped ones included, or why qs is
// refused as a whole.
func (p QueryParser) check(fn, qs string) (int, error) {
	sep := p.Separator.String()
	if sep == "" {
		return 0, &Error{Func: fn, Pos: -1, Kind: ErrSeparator}
	}
	if qs == "" {
		return 0, nil
	}
	n := 1 + strings.Count(qs, sep)
	limit := p.MaxFields
	if limit == 0 {
		limit = DefaultMaxFields
	}
	if limit > 0 && n > limit {
		return 0, &Error{Func: fn, Pos: -1, Kind: ErrTooManyFields}
	}
	return n, nil
}

// fields yields the fields of qs, which check has seen.
func (p QueryParser) fields(fn, qs string) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		sep := p.Separator.String()
		total := len(qs)
		for more := true; more; {
			var field string
			pos := total - len(qs)
			field, qs, more = strings.Cut(qs, sep)
			if field == "" && !p.Strict {
				continue
			}
			name, value, ok := strings.Cut(field, "=")
			if !ok && p.Strict {
				yield(Pair{}, &Error{Func: fn, Pos: pos, Kind: ErrField})
				return
			}
			if value == "" && !p.KeepBlank {
				continue
			}
			pair, err := p.pair(name, value)
			if !yield(pair, err) || err != nil {
				return
			}
		}
	}
}

// pair unquotes a field.
func (p QueryParser) pair(name, value string) (pair Pair, err error) {
	if p.Encoding == nil && p.Errors == ErrorsDefault {
		return Pair{UnquotePlus(name), UnquotePlus(value)}, nil
	}
	u := Unquoter{Plus: true, Encoding: p.Encoding, Errors: p.Errors}
	if pair.Name, err = u.Unquote(name); err != nil {
		return Pair{}, err
	}
	if pair.Value, err = u.Unquote(value); err != nil {
		return Pair{}, err
	}
	return pair, nil
}

// ParseQS returns the fields of a query string by name. Errors are those of
// ParseQSL.
func (p QueryParser) ParseQS(qs string) (Values, error) {
	pairs, err := p.ParseQSL(qs)
	if err != nil {
		return nil, err
	}
	return Collect(pairs), nil
}
