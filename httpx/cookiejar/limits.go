package cookiejar

import (
	"errors"
	"strconv"
)

// What may be wrong with a cookie or a file. Each is the Kind of an [Error].
var (
	// ErrTooLarge is for a cookie, or a line of a file, beyond the limits.
	ErrTooLarge = errors.New("too large")
	// ErrLoad is for a file that is none of its format. Python's LoadError.
	ErrLoad = errors.New("not a file of cookies")
	// ErrFormat is for a cookie that a format cannot hold.
	ErrFormat = errors.New("the format cannot hold it")
	// ErrNoFile is for a FileJar without a file's name.
	ErrNoFile = errors.New("no file name")
)

// An Error tells what is wrong, and where.
type Error struct {
	// Op is "set", "load" or "save".
	Op string
	// Name is a cookie's name, a file's name, or what was read.
	Name string
	// Line is the number of the line of a file, 0 if it is about none.
	Line int
	Kind error
}

// Error gives the name, quoted and cut to a readable length, and the kind.
func (e *Error) Error() string {
	name := e.Name
	if len(name) > 64 {
		name = name[:64] + "…"
	}
	s := "cookiejar: " + e.Op + " " + strconv.QuoteToASCII(name)
	if e.Line > 0 {
		s += ", line " + strconv.Itoa(e.Line)
	}
	return s + ": " + e.Kind.Error()
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

// Limits bound a jar. In each field zero means the number that is said, negative no bound.
type Limits struct {
	// Cookies is how many a jar keeps: 3,000.
	Cookies int
	// PerDomain is how many it keeps of one domain: 50.
	PerDomain int
	// Size is how many bytes name and value of a cookie have: 4,096.
	Size int
	// Attr is how many bytes an attribute has: 1,024. A longer one is passed over when it
	// comes from a server.
	Attr int
}

func limit(n, usual int) int {
	switch {
	case n == 0:
		return usual
	case n < 0:
		return int(^uint(0) >> 1)
	}
	return n
}

func (l Limits) cookies() int   { return limit(l.Cookies, 3000) }
func (l Limits) perDomain() int { return limit(l.PerDomain, 50) }
func (l Limits) size() int      { return limit(l.Size, 4096) }
func (l Limits) attr() int      { return limit(l.Attr, 1024) }

func (l Limits) check(c *Cookie) error {
	if c.size() > l.size() {
		return &Error{Op: "set", Name: c.Name, Kind: ErrTooLarge}
	}
	return nil
}

// evict makes room after a cookie was added to d: what was least recently used goes.
func (j *Jar) evict(d *domain) {
	for d.count > j.limits.perDomain() {
		j.remove(d.oldest())
	}
	for j.count > j.limits.cookies() {
		j.remove(j.recent.oldest())
	}
}

// oldest is the entry of the domain that was least recently used.
func (d *domain) oldest() (old *entry) {
	for _, f := range d.paths {
		for _, e := range f.items {
			if old == nil || e.used < old.used {
				old = e
			}
		}
	}
	return old
}

// A ring lists entries by the time of their use, the oldest first.
type ring struct {
	first, last *entry
	uses        uint64
}

func (r *ring) oldest() *entry { return r.first }

// use makes e the most recent.
func (r *ring) use(e *entry) {
	r.uses++
	e.used = r.uses
	if r.last == e {
		return
	}
	if e.next != nil { // it is in the ring, and not the last
		r.drop(e)
	}
	e.prev = r.last
	if r.last != nil {
		r.last.next = e
	} else {
		r.first = e
	}
	r.last = e
}

// drop takes e out.
func (r *ring) drop(e *entry) {
	if e.prev != nil {
		e.prev.next = e.next
	} else if r.first == e {
		r.first = e.next
	}
	if e.next != nil {
		e.next.prev = e.prev
	} else if r.last == e {
		r.last = e.prev
	}
	e.prev, e.next = nil, nil
}
