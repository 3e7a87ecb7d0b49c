package parse

import "net/url"

// URL returns the URL as net/url has it. The error is that of [url.Parse], an
// [*url.Error]: that package refuses some of what [Split] accepts, such as
// escapes that are none and spaces in a host. It contains the text of the URL.
func (r SplitResult) URL() (*url.URL, error) { return url.Parse(r.String()) }

// FromURL returns the components of a URL of net/url, with Present recorded.
// Errors are those of [Split]: that package accepts hosts that are another
// host's name under NFKC.
func FromURL(u *url.URL) (SplitResult, error) {
	return Parser{KeepEmpty: true}.Split(u.String())
}
