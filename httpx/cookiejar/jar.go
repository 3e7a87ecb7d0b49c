package cookiejar

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
)

// ErrNotFound is for a cookie, path or domain that a jar does not have. Python's KeyError.
var ErrNotFound = errors.New("cookiejar: no such cookie")

// A Jar keeps cookies: `http.cookiejar.CookieJar`. It is a [http.CookieJar]. The zero value is
// empty and ready, with the policy of a Browser. It is safe for concurrent use.
type Jar struct {
	mu      sync.Mutex // guards what follows
	policy  Policy
	limits  Limits
	now     func() time.Time
	domains map[string]*domain // by their names without a dot before them
	order   []*domain          // as they came; gone ones are left out from time to time
	serial  uint64             // the number of the last domain
	count   int                // cookies
	gone    int                // domains in order that have been cleared
	bare    int                // domains without a cookie
	born    uint64             // the number of the last cookie
	recent  ring
	ends    schedule
	changed func() // told of a change, with mu held
}

// A domain has the cookies of one domain.
type domain struct {
	name  string
	paths []*folder
	count int
	seq   uint64
	gone  bool
	twin  *domain // the one whose name differs in the dot before it
}

// A folder has the cookies of one path of a domain.
type folder struct {
	path  string
	items []*entry
}

// An entry is a cookie in a jar.
type entry struct {
	c          *Cookie
	d          *domain
	f          *folder
	prev, next *entry // by the time of use
	used, born uint64
	end        int64 // as the schedule has it; noEnd for none
	gone       bool
}

// New makes a jar with a policy; nil is a *Browser.
func New(p Policy) *Jar { return &Jar{policy: p} }

// browser is the policy of jars that have no other.
var browser = &Browser{}

func (j *Jar) pol() Policy {
	if j.policy == nil {
		return browser
	}
	return j.policy
}

// SetPolicy changes the policy: `set_policy`. Cookies that are there stay. Nil is a *Browser.
func (j *Jar) SetPolicy(p Policy) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.policy = p
}

// SetLimits changes the limits. They act on what is set from then on.
func (j *Jar) SetLimits(l Limits) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.limits = l
}

// SetClock changes the clock, for tests; nil is time.Now. The policies have clocks of their
// own.
func (j *Jar) SetClock(now func() time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now = now
}

func (j *Jar) time() time.Time {
	if j.now == nil {
		return time.Now()
	}
	return j.now()
}

// SetCookie keeps a cookie without asking the policy: `set_cookie`. It takes the place of one
// of the same domain, path and name. The limits hold: one that is too large is an
// *Error with ErrTooLarge.
func (j *Jar) SetCookie(c *Cookie) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.put(c.Clone())
}

// SetCookieIfOK keeps a cookie if the policy allows it, and reports whether it did:
// `set_cookie_if_ok`.
func (j *Jar) SetCookieIfOK(c *Cookie, r *Request) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	c = c.Clone()
	c.Domain = strings.ToLower(c.Domain)
	return j.pol().SetOK(c, r) && j.mayReplace(c, r) && j.put(c) == nil
}

// put keeps a cookie that is the jar's own from now on.
func (j *Jar) put(c *Cookie) error {
	if err := j.limits.check(c); err != nil {
		return err
	}
	c.Domain = strings.ToLower(c.Domain)
	d := j.domain(c.Domain)
	f := d.folder(c.Path)
	if j.changed != nil {
		j.changed()
	}
	for _, e := range f.items {
		if e.c.Name == c.Name {
			e.c = c
			j.recent.use(e)
			j.ends.add(e, j.count)
			return nil
		}
	}
	j.born++
	e := &entry{c: c, d: d, f: f, born: j.born, end: noEnd}
	f.items = append(f.items, e)
	if d.count == 0 {
		j.bare--
	}
	d.count++
	j.count++
	j.recent.use(e)
	j.ends.add(e, j.count)
	j.evict(d)
	return nil
}

// at returns the domain of that name, nil if there is none.
func (j *Jar) at(name string) *domain {
	d := j.domains[strings.TrimPrefix(name, ".")]
	for d != nil && d.name != name {
		d = d.twin
	}
	return d
}

// forget takes a domain out of those that at finds.
func (j *Jar) forget(d *domain) {
	d.gone = true
	key := strings.TrimPrefix(d.name, ".")
	switch first := j.domains[key]; {
	case first != d:
		first.twin = nil
	case d.twin != nil:
		j.domains[key] = d.twin
	default:
		delete(j.domains, key)
	}
	d.twin = nil
}

func (j *Jar) domain(name string) *domain {
	if d := j.at(name); d != nil {
		return d
	}
	if j.domains == nil {
		j.domains = map[string]*domain{}
	}
	j.serial++
	key := strings.TrimPrefix(name, ".")
	d := &domain{name: name, seq: j.serial, twin: j.domains[key]}
	j.domains[key] = d
	j.order = append(j.order, d)
	j.bare++
	return d
}

func (d *domain) folder(path string) *folder {
	for _, f := range d.paths {
		if f.path == path {
			return f
		}
	}
	f := &folder{path: path}
	d.paths = append(d.paths, f)
	return f
}

// remove takes one cookie out. Its domain and path stay, as they do in Python, until there
// are many that are empty.
func (j *Jar) remove(e *entry) {
	i := slices.Index(e.f.items, e)
	e.f.items = slices.Delete(e.f.items, i, i+1)
	e.gone = true
	j.recent.drop(e)
	j.count--
	if e.d.count--; e.d.count == 0 {
		j.bare++
	}
	if j.changed != nil {
		j.changed()
	}
	if j.bare > 64 && j.bare > j.count {
		j.sweep()
	}
}

// sweep forgets domains and paths without cookies.
func (j *Jar) sweep() {
	j.order = slices.DeleteFunc(j.order, func(d *domain) bool {
		d.paths = slices.DeleteFunc(d.paths, func(f *folder) bool { return len(f.items) == 0 })
		if !d.gone && d.count == 0 {
			j.forget(d)
		}
		return d.gone
	})
	j.bare, j.gone = 0, 0
}

// entries yields the jar's entries in order. mu must be held.
func (j *Jar) entries() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for _, d := range j.order {
			if d.gone {
				continue
			}
			for _, f := range d.paths {
				for _, e := range f.items {
					if !yield(e) {
						return
					}
				}
			}
		}
	}
}

// All yields the cookies by domain, path and name, each in the order in which they came. It
// is of the moment when the ranging begins; the jar may be changed meanwhile.
func (j *Jar) All() iter.Seq[*Cookie] {
	return func(yield func(*Cookie) bool) {
		for _, c := range j.Select(nil) {
			if !yield(c) {
				return
			}
		}
	}
}

// Select returns the cookies for which keep is true, all for nil, in the order of All.
func (j *Jar) Select(keep func(*Cookie) bool) []*Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]*Cookie, 0, j.count)
	for e := range j.entries() {
		if keep == nil || keep(e.c) {
			out = append(out, e.c)
		}
	}
	return out
}

// Len returns how many cookies there are.
func (j *Jar) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.count
}

// Clear drops all cookies: `clear()`.
func (j *Jar) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reset()
}

func (j *Jar) reset() {
	j.domains, j.order, j.count, j.gone, j.bare = nil, nil, 0, 0, 0
	j.recent, j.ends = ring{}, nil
	if j.changed != nil {
		j.changed()
	}
}

// ClearDomain drops the cookies of a domain: `clear(domain)`. The error is ErrNotFound.
func (j *Jar) ClearDomain(name string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	d := j.at(name)
	if d == nil {
		return ErrNotFound
	}
	for _, f := range d.paths {
		for len(f.items) > 0 {
			j.remove(f.items[len(f.items)-1])
		}
	}
	if d.gone { // swept already
		return nil
	}
	j.forget(d)
	j.bare--
	if j.gone++; j.gone > 64 && j.gone > len(j.order)/2 {
		j.sweep()
	}
	return nil
}

// ClearPath drops the cookies of a path of a domain: `clear(domain, path)`. The error is
// ErrNotFound.
func (j *Jar) ClearPath(domain, path string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if d := j.at(domain); d != nil {
		for i, f := range d.paths {
			if f.path == path {
				for len(f.items) > 0 {
					j.remove(f.items[len(f.items)-1])
				}
				if i < len(d.paths) && d.paths[i] == f { // not swept
					d.paths = slices.Delete(d.paths, i, i+1)
				}
				return nil
			}
		}
	}
	return ErrNotFound
}

// ClearCookie drops one cookie: `clear(domain, path, name)`. The error is ErrNotFound.
func (j *Jar) ClearCookie(domain, path, name string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.clearCookie(domain, path, name)
}

func (j *Jar) clearCookie(domain, path, name string) error {
	if e := j.find(domain, path, name); e != nil {
		j.remove(e)
		return nil
	}
	return ErrNotFound
}

func (j *Jar) find(domain, path, name string) *entry {
	d := j.at(domain)
	if d == nil {
		return nil
	}
	for _, f := range d.paths {
		if f.path != path {
			continue
		}
		for _, e := range f.items {
			if e.c.Name == name {
				return e
			}
		}
	}
	return nil
}

// ClearSessionCookies drops the cookies that end with the session: `clear_session_cookies`.
func (j *Jar) ClearSessionCookies() { j.clearIf(func(c *Cookie) bool { return c.Discard }) }

// ClearExpiredCookies drops the cookies whose life has ended: `clear_expired_cookies`. Every
// lookup does so too.
func (j *Jar) ClearExpiredCookies() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.expire(j.time())
}

// clearIf drops what drop says.
func (j *Jar) clearIf(drop func(*Cookie) bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range slices.Collect(j.entries()) {
		if drop(e.c) {
			j.remove(e)
		}
	}
}
