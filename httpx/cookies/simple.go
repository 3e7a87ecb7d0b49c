package cookies

import "strings"

// loadSimple reads a text of nothing but name=value with semicolons between them, which is
// what browsers send, into an empty jar; it reports whether it was one. The values are words,
// or texts in double quotes without a backslash. It reads what [Jar.Load] would read.
func (j *Jar) loadSimple(s string) bool {
	n := strings.Count(s, ";") + 1
	if n > few || len(j.order) > 0 || j.MaxCookies > 0 && n > j.MaxCookies || j.codec() != Quoted {
		return false
	}
	morsels, order := make([]Morsel, n), make([]*Morsel, n)
	got := 0
	for i := 0; i < len(s); got++ {
		for s[i] == ' ' {
			if i++; i == len(s) {
				return false
			}
		}
		e := i
		for e < len(s) && is(s[e], token) {
			e++
		}
		if e == i || e >= len(s)-1 || s[e] != '=' || s[i] == '$' || IsReserved(s[i:e]) {
			return false
		}
		begin, end, ok := simpleValue(s, e+1)
		if !ok {
			return false
		}
		m := &morsels[got]
		m.name, m.coded = s[i:e], s[e+1:end]
		m.value = m.coded[begin : len(m.coded)-begin]
		for _, o := range order[:got] {
			if o.name == m.name {
				return false
			}
		}
		order[got] = m
		i = end + 1
	}
	j.order = order[:got:got]
	return true
}

// simpleValue finds the end of the value at i, where a semicolon or the end of the text
// stands, and how many characters at both ends are quotes.
func simpleValue(s string, i int) (quotes, end int, ok bool) {
	end = i
	if s[i] == '"' {
		for end++; end < len(s) && is(s[end], plain); end++ {
		}
		if end == len(s) || s[end] != '"' {
			return 0, 0, false
		}
		quotes = 1
		end++
	} else {
		end = word(s, i)
		if end == i || s[end-1] == ',' { // a date may follow
			return 0, 0, false
		}
	}
	return quotes, end, end == len(s) || s[end] == ';'
}
