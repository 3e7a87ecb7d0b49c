package parse

import "strings"

// A DefragResult is a URL and its fragment: Python's
// urllib.parse.DefragResult.
type DefragResult struct {
	// URL is the URL without the fragment.
	URL string
	// Fragment is without its number sign.
	Fragment string
	// Present holds HasFragment if an empty fragment is there and recorded,
	// and HasPath if it is recorded at all; see [SplitResult.Present].
	Present Component
}

// Defrag takes the fragment off a URL: Python's urldefrag. A URL without "#"
// comes back untouched; another one is split and put together, which drops
// what [Split] drops. Errors are those of [Split].
func Defrag(url string) (DefragResult, error) {
	return Parser{}.Defrag(url)
}

// Defrag is the function [Defrag] under the rules of p, of which KeepEmpty and
// MaxLen matter. The further kind of error is ErrTooLong.
func (p Parser) Defrag(url string) (DefragResult, error) {
	if err := p.checkLen("Defrag", url); err != nil {
		return DefragResult{}, err
	}
	d := DefragResult{URL: url}
	if p.KeepEmpty {
		d.Present = HasPath
	}
	if strings.IndexByte(url, '#') < 0 {
		return d, nil
	}
	var r SplitResult
	if kind := r.split(url, true); kind != nil {
		return DefragResult{}, refuse("Defrag", url, kind)
	}
	d.Fragment = r.Fragment
	if p.KeepEmpty {
		d.Present |= r.Present & HasFragment
	}
	r.Fragment = ""
	r.Present &^= HasFragment
	var stack [256]byte
	out := appendURL(stack[:0], r, "", 0)
	if len(out) <= len(url) && url[:len(out)] == string(out) { // almost always
		d.URL = url[:len(out)]
	} else {
		d.URL = string(out)
	}
	return d, nil
}

// String returns the URL with its fragment: Python's geturl. An empty fragment
// is written if Present has it.
func (d DefragResult) String() string {
	if d.Fragment == "" && d.Present&HasFragment == 0 {
		return d.URL
	}
	return d.URL + "#" + d.Fragment
}
