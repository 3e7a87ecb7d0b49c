package cookies

import (
	"slices"
	"strings"
)

// Load reads cookies from the text of a Cookie header, or of a Set-Cookie header with its
// attributes: `BaseCookie.load`.
//
// As in Python, a pair without a value, or an attribute before the first cookie, makes the
// whole text invalid, and nothing is read; reading ends at a character that no cookie has;
// names with a dollar sign before the first cookie are passed over. The error is an *Error:
// ErrTooMany, with nothing read, or one of [Morsel.Set] and [Morsel.SetAttr]; then what stood
// before it has been read.
func (j *Jar) Load(s string) error {
	if j.loadSimple(s) {
		return nil
	}
	return j.load(s)
}

// load is Load for a text of any form.
func (j *Jar) load(s string) error {
	var buf [16]item
	items, ok, err := j.parse(s, buf[:0])
	if err != nil || !ok {
		return err
	}
	codec := j.codec()
	n := cookiesIn(items)
	fresh := make([]Morsel, 0, n) // room for all of them at once
	j.order = slices.Grow(j.order, n)
	var m *Morsel
	for _, it := range items {
		if it.attr {
			if err := m.load(it); err != nil {
				return err
			}
			continue
		}
		if m = j.Get(it.key); m == nil {
			fresh = append(fresh, Morsel{})
			m = &fresh[len(fresh)-1]
		}
		isNew := m.name == ""
		value := it.val
		if !it.word || codec != Quoted { // a word means itself
			value = codec.Decode(it.val)
		}
		if err := m.assign(it.key, value, it.val, it.word && value == it.val); err != nil {
			return err
		}
		if isNew {
			j.add(m)
		}
	}
	return nil
}

// load sets an attribute that was read.
func (m *Morsel) load(it item) error {
	if it.flag {
		return m.SetFlag(it.key, true)
	}
	return m.SetAttr(it.key, it.val)
}

func cookiesIn(items []item) (n int) {
	for _, it := range items {
		if !it.attr {
			n++
		}
	}
	return n
}

// An item is a cookie or an attribute that was read.
type item struct {
	key, val   string
	attr, flag bool
	word       bool // the value is made of the characters of words
}

// parse reads the whole text and applies nothing; ok is false if it is invalid.
func (j *Jar) parse(s string, items []item) (_ []item, ok bool, err error) {
	limit := j.MaxCookies
	if limit == 0 {
		limit = 3000
	}
	seen := 0
	for i := 0; i < len(s); {
		p, found := match(s, i)
		if !found {
			break
		}
		i = p.end
		a, reserved := lookup(p.key)
		switch {
		case p.key[0] == '$':
			if seen > 0 { // else one about the mechanism, such as $Version
				items = append(items, item{key: p.key[1:], val: p.val, attr: true})
			}
		case reserved && seen == 0, !p.hasVal && !(reserved && a.flag()):
			return nil, false, nil
		case reserved && !p.hasVal:
			items = append(items, item{key: p.key, attr: true, flag: true})
		case reserved:
			items = append(items, item{key: p.key, val: Unquote(p.val), attr: true})
		default:
			if seen++; limit > 0 && seen > limit {
				return nil, false, fail(p.key, ErrTooMany)
			}
			items = append(items, item{key: p.key, val: p.val, word: p.word})
		}
	}
	return items, true, nil
}

// A pair is a key, perhaps with a value, and where it ends.
type pair struct {
	key, val string
	hasVal   bool
	end      int
	word     bool // the value has no quotes and white space
}

// match finds the pair that begins at i, as Python's pattern does: the shortest key of key
// characters that is followed by an equal sign and a value and an end, or by an end.
func match(s string, i int) (pair, bool) {
	i = skip(s, i)
	run := i
	for run < len(s) && is(s[run], keyChar) {
		run++
	}
	if run == i {
		return pair{}, false
	}
	// Equal signs are key characters: each within the run may be the one.
	ends := -1 // where a value that is a word ends: the same for all of them
	for e := i; ; {
		n := strings.IndexByte(s[e+1:run], '=')
		if n < 0 {
			break
		}
		e += 1 + n
		v := e + 1
		if v == run {
			if p, ok := value(s, i, e, v); ok {
				return p, true
			}
			continue
		}
		if ends < 0 {
			ends = word(s, run)
		}
		if s[ends-1] == ',' { // as in a date, where white space follows
			if end, ok := date(s, v); ok {
				if next, ok := terminated(s, end); ok {
					return pair{s[i:e], s[v:end], true, next, false}, true
				}
			}
		}
		if next, ok := terminated(s, ends); ok {
			return pair{s[i:e], s[v:ends], true, next, true}, true
		}
	}
	if e := skip(s, run); e > run && e < len(s) && s[e] == '=' {
		if p, ok := value(s, i, run, e+1); ok {
			return p, true
		}
	}
	if next, ok := terminated(s, run); ok {
		return pair{key: s[i:run], end: next}, true
	}
	return pair{}, false
}

// value reads the value at v, behind the equal sign of the key s[i:e].
func value(s string, i, e, v int) (pair, bool) {
	begin := skip(s, v)
	if end, ok := quotedString(s, begin); ok {
		if next, ok := terminated(s, end); ok {
			return pair{s[i:e], s[begin:end], true, next, false}, true
		}
	}
	end := word(s, begin)
	if end > begin && s[end-1] == ',' { // as in a date, where white space follows
		if end, ok := date(s, begin); ok {
			if next, ok := terminated(s, end); ok {
				return pair{s[i:e], s[begin:end], true, next, false}, true
			}
		}
	}
	if next, ok := terminated(s, end); ok {
		return pair{s[i:e], s[begin:end], true, next, true}, true
	}
	if begin > v { // no value; the white space is the end
		return pair{s[i:e], "", true, begin, true}, true
	}
	return pair{}, false
}

func skip(s string, i int) int {
	for i < len(s) && is(s[i], space) {
		i++
	}
	return i
}

func word(s string, i int) int {
	for i < len(s) && is(s[i], valChar) {
		i++
	}
	return i
}

// terminated finds where the pair ends whose last character is before i: at white space, a
// semicolon or the end of the text.
func terminated(s string, i int) (int, bool) {
	e := skip(s, i)
	if e == len(s) {
		return e, true
	}
	if s[e] == ';' {
		return e + 1, true
	}
	return e, e > i
}

// quotedString finds the end of a text in double quotes. A backslash takes the next
// character's meaning away, but not that of a line's end.
func quotedString(s string, i int) (int, bool) {
	if i >= len(s) || s[i] != '"' {
		return 0, false
	}
	for i++; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i + 1, true
		case '\\':
			if i++; i < len(s) && s[i] == '\n' {
				return 0, false
			}
		}
	}
	return 0, false
}

// date finds the end of a date such as "Wed, 09 Nov 1999 23:12:40 GMT" or, as RFC 850 has
// it, "Tuesday, 09-Nov-99 23:12:40 GMT": the one value with a comma and spaces.
func date(s string, i int) (int, bool) {
	at := i
	for at < len(s) && at-i < len("Wednesday") && is(s[at], wordChar) {
		at++
	}
	if at-i < 3 || at+1 >= len(s) || s[at] != ',' || !is(s[at+1], space) {
		return 0, false
	}
	at += 2
	for n := 11; n >= 9; n-- { // the day, then the time of 8 characters
		if end := at + n + 1 + 8 + 1 + 3; end <= len(s) && clock(s[at:end], n) {
			return end, true
		}
	}
	return 0, false
}

// clock reports whether s is n characters of a day, a space, a time, a space and GMT.
func clock(s string, n int) bool {
	for i := range n {
		if c := s[i]; !is(c, wordChar|space) && c != '-' {
			return false
		}
	}
	for i := range 8 {
		if c := s[n+1+i]; !is(c, digit) && c != ':' {
			return false
		}
	}
	return is(s[n], space) && is(s[n+9], space) && s[n+10:] == "GMT"
}
