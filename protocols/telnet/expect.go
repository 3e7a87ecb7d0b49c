package telnet

import (
	"context"
	"regexp"
	"regexp/syntax"
)

// A Match is what [Conn.Expect] found.
type Match struct {
	// Index is which of the expressions matched, the first being 0; -1 if none did.
	Index int
	// Text are the data up to the end of the match, or, if there is none, what came.
	Text []byte
	// Loc are the places in Text of the match and its groups, in pairs, as by
	// regexp.Regexp.FindSubmatchIndex.
	Loc []int
}

// Group returns the text of the i-th group, 0 being the whole match; nil if it has no part
// in the match, or does not exist.
func (m *Match) Group(i int) []byte {
	if i < 0 || 2*i+1 >= len(m.Loc) || m.Loc[2*i] < 0 {
		return nil
	}
	return m.Text[m.Loc[2*i]:m.Loc[2*i+1]]
}

// Expect reads until one of the expressions matches, looking after each piece that comes. Of
// several that match the first in the list is taken, even if another matches earlier in the
// text. If none does before the stream or ctx ends, the data are returned in Match.Text,
// with Index -1 and the error, as by [Conn.ReadUntil], and are gone from the connection. An
// expression that ends with something like ".*" matches as much as happens to have come. A
// context whose deadline is past already looks at what has arrived.
//
// Once more than Config.MaxMatch bytes are at hand, a match that begins further back from
// the end than that is not looked for, so that the time is linear in the data; an expression
// with \A, or ^ without (?m), does not match any more then. Python's `expect`.
func (c *Conn) Expect(ctx context.Context, exprs ...*regexp.Regexp) (m Match, err error) {
	m.Index = -1
	poll := ctx.Err() != nil
	fs := make([]finder, len(exprs))
	for i, re := range exprs {
		fs[i].re = re
	}
	err = c.reading(ctx, "expect", func() error {
		for looks := 0; ; looks++ {
			b := c.hand()
			for i := range fs {
				if c.closed.Load() {
					break
				}
				if loc := fs[i].find(b, c.cfg.maxMatch()); loc != nil {
					m.Index, m.Loc, m.Text = i, loc, c.take(loc[1])
					return nil
				}
			}
			if len(b) > c.cfg.maxBuffer() {
				return ErrTooLong
			}
			if err := c.more(ctx, looks > 0 && !poll || looks > maxLooks); err != nil {
				m.Text, err = c.rest(err)
				return err
			}
		}
	})
	return m, err
}

// maxLooks is how many pieces that have arrived are looked at when the time is over: a peer that
// never stops does not hold the caller.
const maxLooks = 1000

// A finder looks for an expression in a text that grows.
type finder struct {
	re     *regexp.Regexp
	parsed bool
	begin  bool // it has an assertion about the beginning of the text
	line   bool // or of a line, or a word
	tail   int  // how much of the text had been looked at
}

// find returns where the expression matches. Of what had been looked at before it looks at
// the last back bytes again, or at all if there are not more than that.
func (f *finder) find(b []byte, back int) []int {
	from := f.tail - back
	f.tail = len(b)
	if from <= 0 {
		return f.re.FindSubmatchIndex(b)
	}
	f.parse()
	if f.begin {
		return nil
	}
	if !f.line {
		return shift(f.re.FindSubmatchIndex(b[from:]), from)
	}
	// The byte before decides what an assertion says. A match that begins with it would not
	// know what is before that.
	for _, loc := range f.re.FindAllSubmatchIndex(b[from-1:], 2) {
		if loc[0] > 0 {
			return shift(loc, from-1)
		}
	}
	return nil
}

// shift makes places in a part of the text places in the text.
func shift(loc []int, by int) []int {
	for i := range loc {
		if loc[i] >= 0 {
			loc[i] += by
		}
	}
	return loc
}

// parse finds out which assertions there are.
func (f *finder) parse() {
	if f.parsed {
		return
	}
	f.parsed = true
	re, err := syntax.Parse(f.re.String(), syntax.Perl)
	if err != nil { // one of regexp.CompilePOSIX
		f.begin, f.line = false, true
		return
	}
	f.walk(re)
}

func (f *finder) walk(re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpBeginText:
		f.begin = true
	case syntax.OpBeginLine, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		f.line = true
	}
	for _, sub := range re.Sub {
		f.walk(sub)
	}
}
