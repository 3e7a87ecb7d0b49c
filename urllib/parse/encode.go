package parse

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
)

// Encode returns the query string of fields, in their order: Python's
// urlencode of a list of pairs. Names and values are quoted as [QuotePlus]
// does, so that no field can become two.
func Encode(pairs []Pair) string {
	n := 0
	for i := range pairs {
		n += fieldLen(pairs[i].Name, pairs[i].Value)
	}
	b := make([]byte, n)
	w := 0
	for i := range pairs {
		w = putField(b, w, pairs[i].Name, pairs[i].Value)
	}
	return owned(b[:max(w-1, 0)])
}

// fieldLen returns the length of a field, with an ampersand after it.
func fieldLen(name, value string) int {
	return quotedLen(name, &quotePlus) + quotedLen(value, &quotePlus) + len("=&")
}

// putField writes a field and an ampersand to b[w:], which has room for them,
// and returns where they end.
func putField(b []byte, w int, name, value string) int {
	w += putQuoted(b[w:], name, &quotePlus)
	b[w] = '='
	w++
	w += putQuoted(b[w:], value, &quotePlus)
	b[w] = '&'
	return w + 1
}

// A QueryEncoder writes query strings with all that Python's urlencode has as
// arguments. The zero QueryEncoder quotes as [Encode] does, but refuses what is
// not UTF-8.
type QueryEncoder struct {
	// Safe is the characters that stay beside letters, digits and "_.-~"; see
	// [QuoteSafe]. With "&", "=" or "+" among them a field can become two.
	Safe string
	// Percent20 writes a space as %20, not as a plus sign: Python's
	// quote_via=quote.
	Percent20 bool
	// Encoding is that of the result's bytes. Nil means UTF8.
	Encoding Encoding
	// Errors says what to do with characters that Encoding does not have, and
	// with what is not UTF-8. Zero means ErrorsStrict.
	Errors ErrorMode
}

// Encode returns the query string of fields, in their order. The error is an
// [*EncodingError] of kind ErrEncode.
func (e QueryEncoder) Encode(pairs []Pair) (string, error) {
	w := e.writer()
	for _, p := range pairs {
		if err := w.addItem(p.Name, p.Value); err != nil {
			return "", err
		}
	}
	return string(w.b), nil
}

// An Item is a name and a value, or several, of any type that has a text.
type Item struct {
	Name  any
	Value any
}

// EncodeItems returns the query string of items, in their order: Python's
// urlencode, with doseq=True, of things that are not all text.
//
// A string is text. A []byte is quoted as it is, whatever the encoding. Numbers
// are written in decimal, truth values as true and false, and what is an
// [encoding.TextMarshaler] or a [fmt.Stringer] as it says. A slice or array of
// these as a value makes a field of each element, so an empty one makes none.
//
// The error is an [*Error] of kind ErrValue for anything else, nil among it, or
// an [*EncodingError] of kind ErrEncode, or what a TextMarshaler returned.
func (e QueryEncoder) EncodeItems(items []Item) (string, error) {
	w := e.writer()
	for _, it := range items {
		v := reflect.ValueOf(it.Value)
		if _, isText := it.Value.(encoding.TextMarshaler); isText || !isList(v) {
			if err := w.addItem(it.Name, it.Value); err != nil {
				return "", err
			}
			continue
		}
		for i := range v.Len() {
			if err := w.addItem(it.Name, v.Index(i).Interface()); err != nil {
				return "", err
			}
		}
	}
	return string(w.b), nil
}

// isList reports whether v makes a field of each element.
func isList(v reflect.Value) bool {
	if k := v.Kind(); k != reflect.Slice && k != reflect.Array {
		return false
	}
	if _, ok := v.Interface().(fmt.Stringer); ok {
		return false
	}
	return v.Type().Elem().Kind() != reflect.Uint8 || v.Kind() == reflect.Array
}

func (e QueryEncoder) writer() *queryWriter {
	return &queryWriter{
		table:   quoteTable(e.Safe, !e.Percent20),
		encoder: e,
	}
}

// A queryWriter writes fields.
type queryWriter struct {
	b       []byte
	table   table
	encoder QueryEncoder
}

// addItem writes a field of anything that is not a list.
func (w *queryWriter) addItem(name, value any) error {
	if len(w.b) > 0 {
		w.b = append(w.b, '&')
	}
	if err := w.addText(name); err != nil {
		return err
	}
	w.b = append(w.b, '=')
	return w.addText(value)
}

// addText writes what x is as text.
func (w *queryWriter) addText(x any) error {
	switch x := x.(type) {
	case string:
		return w.addString(x)
	case []byte:
		w.b = appendQuoted(w.b, x, &w.table)
		return nil
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		if err != nil {
			return err
		}
		return w.addString(string(text))
	case fmt.Stringer:
		return w.addString(x.String())
	}
	v := reflect.ValueOf(x)
	switch {
	case v.Kind() == reflect.String:
		return w.addString(v.String())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		w.b = appendQuoted(w.b, v.Bytes(), &w.table)
		return nil
	case v.Kind() == reflect.Bool:
		return w.addString(strconv.FormatBool(v.Bool()))
	case v.CanInt():
		return w.addString(strconv.FormatInt(v.Int(), 10))
	case v.CanUint():
		return w.addString(strconv.FormatUint(v.Uint(), 10))
	case v.CanFloat():
		return w.addString(strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()))
	}
	return &Error{Func: "EncodeItems", Pos: -1, Kind: ErrValue}
}

func (w *queryWriter) addString(s string) error {
	if isUTF8(w.encoder.Encoding) && isASCII(s) {
		w.b = appendQuoted(w.b, []byte(s), &w.table)
		return nil
	}
	b, err := encode(nil, s, w.encoder.Encoding, w.encoder.Errors)
	if err != nil {
		return err
	}
	w.b = appendQuoted(w.b, b, &w.table)
	return nil
}
