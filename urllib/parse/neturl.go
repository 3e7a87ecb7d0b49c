package parse

import "net/url"

// URL returns the URL as net/url has it. The error is that of [url.Parse], an
// [*url.Error]: that package refuses some of what [Split] accepts, such as
// escapes that are none and spaces in a host. It contains the text of the URL.
func (r SplitResult) URL() (*url.URL, error) { return url.Parse(r.String()) }

// FromURL returns the components of a URL of net/url, with Present recorded.
// The host is as u.Host has it, where u.String would escape what is not ASCII.
// Errors are those of [Split]: that package accepts hosts that become another
// host's name under NFKC.
func FromURL(u *url.URL) (SplitResult, error) {
	r := SplitResult{Scheme: u.Scheme, Netloc: u.Host, Path: u.EscapedPath(), Query: u.RawQuery, Fragment: u.EscapedFragment(),
		Present: HasPath}
	if u.Opaque != "" {
		r.Path = u.Opaque
	} else if u.Host != "" || u.User != nil || u.Scheme != "" && u.Path != "" && !u.OmitHost {
		r.Present |= HasNetloc
	}
	if u.User != nil {
		r.Netloc = u.User.String() + "@" + r.Netloc
	}
	if u.ForceQuery {
		r.Present |= HasQuery
	}
	return Parser{KeepEmpty: true}.Split(r.String())
}
