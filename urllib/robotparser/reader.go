package robotparser

import (
	"iter"
	"strings"
	"time"
	"unicode"
)

// MaxDelay bounds what CrawlDelay and RequestRate answer, 11 days and some; the number of
// requests is bounded by as many.
const MaxDelay = maxNumber * time.Second

const maxNumber = 1_000_000

// A reader makes groups of lines (RFC 9309 section 2.2).
type reader struct {
	p     *Parser
	g     *group
	ruled bool // the group has had a line that is no user-agent's
}

// line takes one line.
func (r *reader) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	value = trim(value)
	key = strings.ToLower(trim(key))
	switch key {
	case "user-agent":
		r.agent(value)
		return
	case "sitemap": // belongs to no group
		r.p.sitemaps = append(r.p.sitemaps, value)
		return
	}
	if r.g == nil {
		return
	}
	switch key {
	case "allow", "disallow":
		// An empty value means that nothing is disallowed.
		if rule, ok := parseRule(value, key == "allow" || value == "", r.p.Python); ok {
			r.g.rules = append(r.g.rules, rule)
		}
	case "crawl-delay":
		if n, ok := r.number(value); ok {
			d := time.Duration(n) * time.Second
			r.g.delay = &d
		}
	case "request-rate":
		requests, seconds, _ := strings.Cut(value, "/")
		n, ok1 := r.number(trim(requests))
		s, ok2 := r.number(trim(seconds))
		if ok1 && ok2 && (s > 0 || r.p.Python) {
			r.g.rate = &RequestRate{n, time.Duration(s) * time.Second}
		}
	default:
		return
	}
	r.ruled = true
}

// agent begins a group, or goes on with one that has no rules yet.
func (r *reader) agent(name string) {
	if r.ruled {
		r.end()
	}
	if r.g == nil {
		r.g = new(group)
	}
	r.g.agents = append(r.g.agents, name)
}

// end ends the group.
func (r *reader) end() {
	if r.g != nil {
		r.p.groups.add(r.g, r.p.Python)
	}
	r.g, r.ruled = nil, false
}

// number reads ASCII digits, for Python decimal digits of any script. A large number is
// maxNumber.
func (r *reader) number(s string) (n int, ok bool) {
	for _, c := range s {
		d := int(c - '0')
		if d < 0 || d > 9 {
			if d, ok = decimal(c); !ok || !r.p.Python {
				return 0, false
			}
		}
		n = min(n*10+d, maxNumber)
	}
	return n, s != ""
}

// decimal is the value of a decimal digit of another script. Each has all ten in a row.
func decimal(c rune) (d int, ok bool) {
	for _, r := range unicode.Nd.R16 {
		if rune(r.Lo) <= c && c <= rune(r.Hi) {
			return int(c-rune(r.Lo)) % 10, true
		}
	}
	for _, r := range unicode.Nd.R32 {
		if rune(r.Lo) <= c && c <= rune(r.Hi) {
			return int(c-rune(r.Lo)) % 10, true
		}
	}
	return 0, false
}

// trim is Python's str.strip.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f })
}

// lines yields the lines of a text (RFC 9309 section 2.2): CR, LF or both end one.
func lines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text != "" {
			i := strings.IndexAny(text, "\r\n")
			if i < 0 {
				yield(text)
				return
			}
			if !yield(text[:i]) {
				return
			}
			text = text[i+1:] // of CR LF there remains an empty line
		}
	}
}

// pythonLines yields the lines of a text as Python's str.splitlines does, but for empty ones.
func pythonLines(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(text, func(r rune) bool {
		switch r {
		case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
			return true
		}
		return false
	})
}
