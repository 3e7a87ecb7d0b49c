package parse

// Unsplit puts the components of a URL together: Python's urlunsplit. It is
// r.String().
//
// The components are taken as they are. Put together from pieces that were not
// split from one URL, such as a path "a:b" without a scheme, they may be
// another URL when split again; [UnsplitRFC3986] refuses that.
func Unsplit(r SplitResult) string { return r.String() }

// Unsplit is the function [Unsplit] with the schemes of p.
func (p Parser) Unsplit(r SplitResult) string {
	return string(appendURL(make([]byte, 0, r.size()), r, "", p.uses(r.Scheme)))
}

// String returns the URL: Python's geturl. Empty components are written if
// Present has them. An authority, empty but for its "//", is also written
// before a path that would otherwise be read as one, and, if Present is zero,
// before an absolute or empty path of a scheme that uses it ("file:///a").
func (r SplitResult) String() string {
	return string(appendURL(make([]byte, 0, r.size()), r, "", SchemeUses(r.Scheme)))
}

// Exact is String for those who need to know that the empty components are
// right: Python's urlunsplit with keep_empty=True. The error is an [*Error] of
// kind ErrNotRecorded if r.Present is zero, so that nobody can tell.
func (r SplitResult) Exact() (string, error) {
	if err := r.recorded(); err != nil {
		return "", err
	}
	return r.String(), nil
}

// recorded returns an error if nobody can tell which components are there.
func (r SplitResult) recorded() error {
	if r.Present == 0 {
		return refuse("Exact", r.String(), ErrNotRecorded)
	}
	return nil
}

// AppendText appends the URL to b as String writes it. It never fails.
func (r SplitResult) AppendText(b []byte) ([]byte, error) {
	return appendURL(b, r, "", SchemeUses(r.Scheme)), nil
}

// MarshalText returns the URL as String writes it. It never fails.
func (r SplitResult) MarshalText() ([]byte, error) {
	return appendURL(make([]byte, 0, r.size()), r, "", SchemeUses(r.Scheme)), nil
}

// UnmarshalText is a [Parser] with KeepEmpty, so that a URL read and written
// again is the same URL. Errors are those of [Split].
func (r *SplitResult) UnmarshalText(text []byte) (err error) {
	p := Parser{KeepEmpty: true}
	*r, err = p.Split(string(text))
	return err
}

// size is a length that the URL does not pass.
func (r *SplitResult) size() int {
	return len(r.Scheme) + len(r.Netloc) + len(r.Path) + len(r.Query) + len(r.Fragment) + len(":///?#")
}

// appendURL appends the URL made of r, whose path has the suffix params (a
// semicolon and parameters, or nothing).
func appendURL(b []byte, r SplitResult, params string, uses Uses) []byte {
	if r.Scheme != "" {
		b = append(b, r.Scheme...)
		b = append(b, ':')
	}
	rooted := r.Path != "" && r.Path[0] == '/'
	netloc := r.Netloc != "" || r.Present&HasNetloc != 0 ||
		r.Present == 0 && r.Scheme != "" && uses&UsesNetloc != 0 && (r.Path == "" || rooted)
	switch {
	case netloc:
		b = append(b, "//"...)
		b = append(b, r.Netloc...)
		if !rooted && (r.Path != "" || params != "") {
			b = append(b, '/')
		}
	case len(r.Path) > 1 && rooted && r.Path[1] == '/':
		b = append(b, "//"...)
	}
	b = append(b, r.Path...)
	b = append(b, params...)
	if r.Query != "" || r.Present&HasQuery != 0 {
		b = append(b, '?')
		b = append(b, r.Query...)
	}
	if r.Fragment != "" || r.Present&HasFragment != 0 {
		b = append(b, '#')
		b = append(b, r.Fragment...)
	}
	return b
}
