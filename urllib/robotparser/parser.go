package robotparser

import (
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pynet-go/pynet/urllib/parse"
)

// DefaultMaxSize is how much of a robots.txt is read where MaxSize is zero: 512 KiB. RFC 9309
// section 2.5 asks for 500 KiB or more.
const DefaultMaxSize = 512 << 10

// A Parser knows a robots.txt and answers questions about it: Python's `RobotFileParser`.
// The zero value knows none yet, and allows nothing.
//
// The questions may be asked concurrently, but not while the Parser reads or parses.
type Parser struct {
	// Python decides as Python 3.15 does where RFC 9309 has it otherwise; see the package
	// comment. It is to be set before anything is read.
	Python bool
	// AllowAll and DisallowAll decide on every URL, whatever the rules are; DisallowAll
	// comes first. Read sets them by the server's answer.
	AllowAll, DisallowAll bool
	// MaxSize is how many bytes of a text are read. Zero means DefaultMaxSize, below zero
	// there is no bound.
	MaxSize int
	// Client is what Read asks by, except for its CheckRedirect. nil means one without
	// cookies that gives up after 30 seconds.
	Client *http.Client
	// UserAgent is the header of that name in Read's request. Empty means that of net/http.
	UserAgent string
	// Now is the clock; nil means time.Now.
	Now func() time.Time

	url      parse.SplitResult
	text     string // of the URL
	fetched  time.Time
	sitemaps []string
	groups   groups
}

// New returns a Parser for the robots.txt of a URL. The error is that of [Parser.SetURL].
func New(url string) (*Parser, error) {
	p := new(Parser)
	if err := p.SetURL(url); err != nil {
		return nil, err
	}
	return p, nil
}

// Location returns the URL of the robots.txt that holds for a page: /robots.txt of the same
// scheme and authority (RFC 9309 section 2.3). The error is a [*parse.Error] for a text that
// is no URL, and [ErrScheme] for one that is neither http nor https or has no host.
func Location(page string) (string, error) {
	u, err := parse.Split(page)
	if err != nil {
		return "", err
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Netloc == "" {
		return "", ErrScheme
	}
	return u.Scheme + "://" + u.Netloc + "/robots.txt", nil
}

// SetURL says where the robots.txt is: `set_url`. The error is a [*parse.Error] for a text
// that is no URL.
func (p *Parser) SetURL(url string) error {
	u, err := parse.Split(url)
	if err != nil {
		return err
	}
	p.url, p.text = u, url
	return nil
}

// URL returns what SetURL was given.
func (p *Parser) URL() string { return p.text }

// Host returns the authority of the URL as it was written, with user and port if it has any.
func (p *Parser) Host() string { return p.url.Netloc }

// Path returns the path of the URL.
func (p *Parser) Path() string { return p.url.Path }

// Fetched returns when the robots.txt was last read, parsed or touched: `mtime`. The zero
// time means never.
func (p *Parser) Fetched() time.Time { return p.fetched }

// Touch notes that the robots.txt was read now: `modified`.
func (p *Parser) Touch() {
	if p.Now != nil {
		p.fetched = p.Now()
		return
	}
	p.fetched = time.Now()
}

// Parse adds the rules of a text to those that are known. What is no rule is skipped. Bytes
// that are not UTF-8 stand for themselves. A text that is longer than MaxSize ends with the
// last line that is whole within it.
func (p *Parser) Parse(text string) {
	if n := p.maxSize(); n >= 0 && len(text) > n {
		text = text[:strings.LastIndexAny(text[:n], "\r\n")+1]
	}
	if p.Python {
		p.ParseLines(pythonLines(text))
		return
	}
	p.ParseLines(lines(strings.TrimPrefix(text, "\ufeff")))
}

// ParseLines adds the rules of lines, which may have their ends or not: `parse`.
func (p *Parser) ParseLines(lines iter.Seq[string]) {
	p.Touch()
	r := reader{p: p}
	for line := range lines {
		r.line(line)
	}
	r.end()
}

// ReadFrom is Parse for what r has. It reads no more than a byte beyond MaxSize, and returns
// how many bytes it has read and the error of r, after which nothing of it is known.
func (p *Parser) ReadFrom(r io.Reader) (int64, error) {
	if n := p.maxSize(); n >= 0 {
		r = io.LimitReader(r, int64(n)+1)
	}
	b, err := io.ReadAll(r)
	if err == nil {
		p.Parse(string(b))
	}
	return int64(len(b)), err
}

func (p *Parser) maxSize() int {
	if p.MaxSize == 0 {
		return DefaultMaxSize
	}
	return p.MaxSize
}

// CanFetch reports whether a crawler may fetch a URL: `can_fetch`. The crawler's name is its
// product token; what comes after a slash is its version and does not count. Nothing may be
// fetched before the robots.txt is known; /robots.txt itself may always. A text that is no
// URL matches no rule.
func (p *Parser) CanFetch(agent, url string) bool {
	switch {
	case p.DisallowAll:
		return false
	case p.AllowAll:
		return true
	case p.fetched.IsZero():
		return false
	}
	target, ok := p.target(url)
	if !ok || target == "/robots.txt" {
		return true
	}
	best, allowed := -1, true
	for _, g := range p.groups.find(agent, p.Python) {
		for i := range g.rules {
			r := &g.rules[i]
			n := r.match(target, p.Python)
			if n > best || n == best && n >= 0 && r.allow {
				best, allowed = n, r.allow
			}
		}
	}
	return allowed
}

// CrawlDelay returns for how long a crawler is to wait between two requests, and whether the
// robots.txt says so: `crawl_delay`. It is of whole seconds, and at most MaxDelay.
func (p *Parser) CrawlDelay(agent string) (time.Duration, bool) {
	var d *time.Duration
	for _, g := range p.asked(agent) {
		if g.delay != nil {
			d = g.delay
		}
	}
	if d == nil {
		return 0, false
	}
	return *d, true
}

// A RequestRate is so many requests in so long a time: Python's `RequestRate`.
type RequestRate struct {
	// Requests is at most a million.
	Requests int
	// Per is of whole seconds: `seconds`.
	Per time.Duration
}

// RequestRate returns how many requests a crawler may make in what time, and whether the
// robots.txt says so: `request_rate`. Both are bounded as CrawlDelay is.
func (p *Parser) RequestRate(agent string) (RequestRate, bool) {
	var rate *RequestRate
	for _, g := range p.asked(agent) {
		if g.rate != nil {
			rate = g.rate
		}
	}
	if rate == nil {
		return RequestRate{}, false
	}
	return *rate, true
}

// asked are the groups for a crawler, if anything is known.
func (p *Parser) asked(agent string) []*group {
	if p.fetched.IsZero() {
		return nil
	}
	return p.groups.find(agent, p.Python)
}

// Sitemaps returns the values of the Sitemap lines in their order, nil if there are none:
// `site_maps`. They are as the site has written them: a URL of another site may be among
// them, and what is none.
func (p *Parser) Sitemaps() []string { return slices.Clone(p.sitemaps) }

// String is the text of the groups, as far as it was understood.
func (p *Parser) String() string {
	var b strings.Builder
	for i, g := range p.groups.list {
		if i > 0 {
			b.WriteString("\n\n")
		}
		g.write(&b)
	}
	return b.String()
}
