package robotparser

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A group are rules and the crawlers that they are for.
type group struct {
	at     int // in the file
	agents []string
	rules  []rule
	delay  *time.Duration
	rate   *RequestRate
}

// groups are those of a file, in its order.
type groups struct {
	list []*group
	// of has the groups of an agent, by its token; keys are the tokens in their order.
	of   map[string][]*group
	keys []string
	// spelled has those of an agent as it is spelled: Python looks for these too.
	spelled map[string][]*group
}

// add adds a group at the end.
func (gs *groups) add(g *group, python bool) {
	if gs.of == nil {
		gs.of = map[string][]*group{}
		gs.spelled = map[string][]*group{}
	}
	g.at = len(gs.list)
	gs.list = append(gs.list, g)
	for _, name := range g.agents {
		key := strings.ToLower(name)
		if python {
			note(gs.spelled, name, g)
		} else if key = token(name); key == "" {
			continue
		}
		if gs.of[key] == nil {
			gs.keys = append(gs.keys, key)
		}
		note(gs.of, key, g)
	}
}

// note adds a group to those of a name, once.
func note(of map[string][]*group, name string, g *group) {
	if known := of[name]; len(known) == 0 || known[len(known)-1] != g {
		of[name] = append(known, g)
	}
}

// token is the part of a crawler's name that counts: up to its version, in lower case.
func token(name string) string {
	name, _, _ = strings.Cut(name, "/")
	return strings.ToLower(trim(name))
}

// find returns the groups for a crawler, which hold together.
func (gs *groups) find(agent string, python bool) []*group {
	if !python {
		if found := gs.of[token(agent)]; found != nil {
			return found
		}
		return gs.of["*"]
	}
	if found := gs.of[strings.ToLower(agent)]; found != nil {
		return found
	}
	name, _, _ := strings.Cut(agent, "/")
	if found := gs.within(strings.ToLower(name)); found != nil {
		return found
	}
	return gs.of["*"]
}

// within finds as Python does: the first token whose groups have an agent in common that is
// a part of the name.
func (gs *groups) within(name string) []*group {
	var parts [][]*group
	for spelled, of := range gs.spelled {
		if spelled != "*" && strings.Contains(name, strings.ToLower(spelled)) {
			parts = append(parts, of)
		}
	}
	for _, key := range gs.keys {
		found := gs.of[key]
		if slices.ContainsFunc(parts, func(of []*group) bool { return holds(of, found) }) {
			return found
		}
	}
	return nil
}

// holds reports whether all of some groups are among others; both are in order.
func holds(all, some []*group) bool {
	for _, g := range some {
		i, ok := slices.BinarySearchFunc(all, g.at, func(g *group, at int) int { return g.at - at })
		if !ok {
			return false
		}
		all = all[i+1:]
	}
	return true
}

// write writes the group as Python does.
func (g *group) write(b *strings.Builder) {
	for i, name := range g.agents {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("User-agent: " + name)
	}
	if g.delay != nil {
		b.WriteString("\nCrawl-delay: " + seconds(*g.delay))
	}
	if g.rate != nil {
		b.WriteString("\nRequest-rate: " + strconv.Itoa(g.rate.Requests) + "/" + seconds(g.rate.Per))
	}
	for i := range g.rules {
		b.WriteByte('\n')
		g.rules[i].write(b)
	}
	if len(g.rules) == 0 {
		b.WriteString("\nAllow:")
	}
}

func seconds(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }
