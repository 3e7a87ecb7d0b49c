package client

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/pynet-go/pynet/httpx"
)

// target is what a URL says for a connection.
type target struct {
	key   hostKey
	path  string   // what goes into the request line
	proxy *url.URL // nil for none
}

// splitURL takes an http or https URL apart without allocating.
func splitURL(raw string) (t target, err error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	switch {
	case ok && strings.EqualFold(scheme, "http"):
	case ok && strings.EqualFold(scheme, "https"):
		t.key.tls = true
	default:
		return t, badURL("scheme", raw)
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	t.key.addr = rest[:end]
	if i := strings.LastIndexByte(t.key.addr, '@'); i >= 0 {
		return t, badURL("userinfo", raw[:len(scheme)+3]+"…"+rest[i:])
	}
	if t.key.addr == "" || t.key.addr[0] == ':' {
		return t, badURL("host", raw)
	}
	t.path = rest[end:]
	if i := strings.IndexByte(t.path, '#'); i >= 0 {
		t.path = t.path[:i]
	}
	if t.path == "" || t.path[0] != '/' {
		t.path = "/" + t.path
	}
	return t, checkTarget(t.path)
}

func badURL(what, raw string) error {
	if len(raw) > 200 {
		raw = raw[:200]
	}
	return &Error{Kind: ErrInvalidURL, Err: &url.Error{Op: what, URL: raw, Err: errors.New("not accepted")}}
}

// Do sends a request to an http or https URL and reads the header of the response.
// body and header are as for [Conn.Request]; the URL has no userinfo. A body that is an
// io.Seeker can be sent again. ctx bounds the call and the reading of the body. Close
// the response, or read it to its end, for the connection to go back to the pool.
//
// The errors are those of [Conn.Request] and [Conn.Response], [ErrInvalidURL] for the
// URL, and net.ErrClosed for a Pool that is closed.
func (p *Pool) Do(ctx context.Context, method, rawURL string, body io.Reader, header httpx.Header) (*Response, error) {
	t, err := splitURL(rawURL)
	if err != nil {
		return nil, err
	}
	if p.Proxy != nil {
		u, err := url.Parse(rawURL)
		if err != nil {
			return nil, &Error{Kind: ErrInvalidURL, Err: err}
		}
		if err := p.via(&t, &http.Request{Method: method, URL: u, Host: u.Host}); err != nil {
			return nil, err
		}
		if t.proxy != nil && !t.key.tls {
			header = append(header[:len(header):len(header)], proxyAuth(t.proxy)...)
		}
	}
	start := int64(0)
	seeker, _ := body.(io.Seeker)
	if seeker != nil {
		if start, err = seeker.Seek(0, io.SeekCurrent); err != nil {
			seeker = nil
		}
	}
	for fresh := false; ; fresh = true {
		c, err := p.get(ctx, t.key, t.proxy, fresh)
		if err != nil {
			return nil, err
		}
		used := c.w != nil
		resp, err := c.exchange(ctx, method, t.path, body, header)
		if err == nil {
			resp.URL = rawURL
			return resp, nil
		}
		c.discard()
		if !used || fresh || ctx.Err() != nil || !staleError(err) || !httpx.Method(method).IsSafe() {
			return nil, err
		}
		if body != nil {
			if seeker == nil {
				return nil, err
			}
			if _, serr := seeker.Seek(start, io.SeekStart); serr != nil {
				return nil, err
			}
		}
	}
}

// exchange sends a request and reads the header of the response.
func (c *pooled) exchange(ctx context.Context, method, path string, body io.Reader, header httpx.Header) (*Response, error) {
	if err := c.Request(ctx, method, path, body, header); err != nil {
		return nil, err
	}
	return c.Response(ctx)
}

// staleError reports whether err is what a connection gives that the server has closed
// while it was idle: nothing of a response came.
func staleError(err error) bool {
	return errors.Is(err, ErrRemoteDisconnected) || isConnError(err)
}

// via asks Proxy.
func (p *Pool) via(t *target, req *http.Request) error {
	u, err := p.Proxy(req)
	if err != nil || u == nil {
		return err
	}
	t.proxy = u
	t.key.proxy = u.String()
	if !t.key.tls {
		if strings.HasPrefix(t.path, "/") {
			t.path = "http://" + t.key.addr + t.path
		}
		t.key.addr = "" // any host may share the connection
	}
	return nil
}

// proxyAuth is the header for the proxy's sake.
func proxyAuth(u *url.URL) httpx.Header {
	if u.User == nil {
		return nil
	}
	pass, _ := u.User.Password()
	cred := base64.StdEncoding.EncodeToString([]byte(u.User.Username() + ":" + pass))
	return httpx.Header{{Name: "Proxy-Authorization", Value: "Basic " + cred}}
}
