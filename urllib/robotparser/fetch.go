package robotparser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// ErrScheme is the error of Read for a URL, or a redirect to one, that is neither http nor
// https.
var ErrScheme = errors.New("robotparser: neither http nor https")

// ErrRedirects is the error of Read for more than five redirects in a row.
var ErrRedirects = errors.New("robotparser: too many redirects")

// A StatusError is an answer that is no robots.txt and says nothing of whether there is one:
// a redirect that leads nowhere, for example.
type StatusError struct {
	Code int // of the answer
}

// Error names the status.
func (e *StatusError) Error() string {
	return fmt.Sprintf("robotparser: the answer has status %d", e.Code)
}

// maxRedirects is how many RFC 9309 section 2.3.1.2 asks for.
const maxRedirects = 5

// quick is the client of those who name none.
var quick = &http.Client{Timeout: 30 * time.Second}

// Read fetches the robots.txt in place of what is known: `read`. What the server answers
// decides as [Parser.ReadResponse] says. If it cannot be reached nothing is allowed, until
// Read is called again, and the error is that of the client: it wraps [ErrScheme],
// [ErrRedirects], or what the network says.
func (p *Parser) Read(ctx context.Context) error {
	resp, err := p.get(ctx)
	if err != nil {
		p.forget()
		p.DisallowAll = true
		return err
	}
	defer resp.Body.Close()
	return p.ReadResponse(resp)
}

// ReadResponse takes an answer to a request for the robots.txt in place of what is known.
// 200 and its like have the rules. 401, 403 and the 5xx allow nothing, the other 4xx
// everything (RFC 9309 section 2.3.1, but for 401 and 403, which are Python's). Any other
// status is a [*StatusError] and allows nothing, and so does a body that cannot be read,
// whose error is returned. The body is read as far as MaxSize goes, and not closed.
func (p *Parser) ReadResponse(resp *http.Response) error {
	p.forget()
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		if _, err := p.ReadFrom(resp.Body); err != nil {
			p.DisallowAll = true
			return fmt.Errorf("robotparser: %w", err)
		}
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code >= 500 && code < 600:
		p.DisallowAll = true
	case code >= 400 && code < 500:
		p.AllowAll = true
	default:
		p.DisallowAll = true
		return &StatusError{Code: code}
	}
	p.Touch()
	return nil
}

// forget makes the Parser know nothing.
func (p *Parser) forget() {
	p.AllowAll, p.DisallowAll = false, false
	p.fetched, p.sitemaps, p.groups = time.Time{}, nil, groups{}
}

// get asks for the robots.txt.
func (p *Parser) get(ctx context.Context) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.text, nil)
	if err != nil {
		return nil, err
	}
	if p.UserAgent != "" {
		req.Header.Set("User-Agent", p.UserAgent)
	}
	if err := web(req); err != nil {
		return nil, fmt.Errorf("%w: %.100q", err, req.URL.Scheme)
	}
	client := quick
	if p.Client != nil {
		client = p.Client
	}
	own := *client
	own.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return ErrRedirects
		}
		return web(req)
	}
	return own.Do(req)
}

// web refuses what is not of the web.
func web(req *http.Request) error {
	if s := req.URL.Scheme; s != "http" && s != "https" {
		return ErrScheme
	}
	return nil
}
