package robotparser

import "strings"

// A rule allows or disallows what it matches (RFC 9309 section 2.2.2).
type rule struct {
	// pattern is in the form of normalize, with its stars.
	pattern  string
	anchored bool // it matches to the end of the URL
	stars    bool
	allow    bool
}

// parseRule makes a rule of a pattern. Python takes none that has a dollar sign before its
// end; to the RFC that is one like any other.
func parseRule(pattern string, allow, python bool) (rule, bool) {
	pattern = squeeze(pattern)
	r := rule{allow: allow}
	if pattern, r.anchored = strings.CutSuffix(pattern, "$"); python && strings.Contains(pattern, "$") {
		return r, false
	}
	r.pattern = normalize(pattern, forPattern, python)
	r.stars = strings.Contains(r.pattern, "*")
	return r, true
}

// squeeze makes one star of several, and drops what comes after a final dollar sign and
// matches nothing but the end.
func squeeze(pattern string) string {
	if !strings.Contains(pattern, "**") && !strings.Contains(pattern, "$$") && !strings.Contains(pattern, "$*") {
		return pattern
	}
	b := make([]byte, 0, len(pattern))
	for i := range len(pattern) {
		c := pattern[i]
		if n := len(b); n > 0 && (c == '*' || c == '$') && (b[n-1] == '$' || b[n-1] == '*' && c == '*') {
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// match returns how long the match is, or -1 if there is none. For the RFC that is the
// length of the rule, for Python that of what it matches.
func (r *rule) match(target string, python bool) int {
	end := len(r.pattern)
	switch {
	case r.stars:
		end = r.glob(target)
	case !strings.HasPrefix(target, r.pattern), r.anchored && len(target) != end:
		return -1
	}
	if end < 0 || python {
		return end
	}
	if r.anchored {
		return len(r.pattern) + 1
	}
	return len(r.pattern)
}

// glob matches the parts between the stars one after the other, each at the first place
// where it is, but the last at the last. So nothing is looked at twice.
func (r *rule) glob(target string) (end int) {
	first, rest, _ := strings.Cut(r.pattern, "*")
	if !strings.HasPrefix(target, first) {
		return -1
	}
	end = len(first)
	for {
		part, more, again := strings.Cut(rest, "*")
		if !again {
			break
		}
		i := strings.Index(target[end:], part)
		if i < 0 {
			return -1
		}
		end += i + len(part)
		rest = more
	}
	if r.anchored {
		if !strings.HasSuffix(target[end:], rest) {
			return -1
		}
		return len(target)
	}
	i := strings.LastIndex(target[end:], rest)
	if i < 0 {
		return -1
	}
	return end + i + len(rest)
}

func (r *rule) write(b *strings.Builder) {
	if r.allow {
		b.WriteString("Allow: ")
	} else {
		b.WriteString("Disallow: ")
	}
	b.WriteString(r.pattern)
	if r.anchored {
		b.WriteByte('$')
	}
}
