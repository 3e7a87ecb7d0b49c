package parse_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestBytes(t *testing.T) {
	url := []byte("HTTP://User:pw@HOST:80/a;b/c;p?q#f")
	s, err := parse.SplitBytes(url)
	require.NoError(t, err)
	p, err := parse.ParseBytes(url)
	require.NoError(t, err)
	clear(url) // results do not share memory with it
	assert.Equal(t, parse.SplitResultBytes{Scheme: []byte("http"), Netloc: []byte("User:pw@HOST:80"), Path: []byte("/a;b/c;p"),
		Query: []byte("q"), Fragment: []byte("f")}, s)
	assert.Equal(t, parse.ParseResultBytes{Scheme: []byte("http"), Netloc: []byte("User:pw@HOST:80"), Path: []byte("/a;b/c"),
		Params: []byte("p"), Query: []byte("q"), Fragment: []byte("f")}, p)
	for _, r := range []interface {
		Username() ([]byte, bool)
		Password() ([]byte, bool)
		Hostname() []byte
		Port() (int, bool, error)
		Bytes() ([]byte, error)
		Exact() ([]byte, error)
	}{s, p} {
		user, ok := r.Username()
		assert.True(t, ok)
		assert.Equal(t, "User", string(user))
		password, ok := r.Password()
		assert.True(t, ok)
		assert.Equal(t, "pw", string(password))
		assert.Equal(t, "host", string(r.Hostname()))
		port, ok, err := r.Port()
		require.NoError(t, err)
		assert.True(t, ok)
		assert.Equal(t, 80, port)
		b, err := r.Bytes()
		require.NoError(t, err)
		assert.Equal(t, "http://User:pw@HOST:80/a;b/c;p?q#f", string(b))
		_, err = r.Exact()
		require.ErrorIs(t, err, parse.ErrNotRecorded)
	}
	assert.Nil(t, parse.SplitResultBytes{}.Hostname())
	assert.Equal(t, "fe80::a%En", string(parse.SplitResultBytes{Netloc: []byte("[FE80::A%En]")}.Hostname()))

	keep := parse.Parser{KeepEmpty: true}
	s, err = keep.SplitBytes([]byte("//?"))
	require.NoError(t, err)
	exact, err := s.Exact()
	require.NoError(t, err)
	assert.Equal(t, "//?", string(exact))
	p, err = keep.ParseBytes([]byte("a;#"))
	require.NoError(t, err)
	exact, err = p.Exact()
	require.NoError(t, err)
	assert.Equal(t, "a;#", string(exact))

	d, err := parse.DefragBytes([]byte("a#b"))
	require.NoError(t, err)
	assert.Equal(t, parse.DefragResultBytes{URL: []byte("a"), Fragment: []byte("b")}, d)
	assert.Equal(t, "a#b", string(d.Bytes()))

	joined, err := parse.JoinBytes([]byte("http://h/a/b"), []byte("../c"))
	require.NoError(t, err)
	assert.Equal(t, "http://h/c", string(joined))
}

// TestBytesASCII shows that the functions for bytes refuse what is not ASCII,
// as Python's do.
func TestBytesASCII(t *testing.T) {
	bad, good := []byte("http://h/\xc3\xa9"), []byte("http://h/")
	for name, f := range map[string]func() error{
		"SplitBytes":     func() error { _, err := parse.SplitBytes(bad); return err },
		"ParseBytes":     func() error { _, err := parse.ParseBytes(bad); return err },
		"DefragBytes":    func() error { _, err := parse.DefragBytes(bad); return err },
		"JoinBytes base": func() error { _, err := parse.JoinBytes(bad, good); return err },
		"JoinBytes ref":  func() error { _, err := parse.JoinBytes(good, bad); return err },
		"UnsplitBytes":   func() error { _, err := parse.UnsplitBytes(parse.SplitResultBytes{Query: bad}); return err },
		"UnparseBytes":   func() error { _, err := parse.UnparseBytes(parse.ParseResultBytes{Params: bad}); return err },
	} {
		err := f()
		require.ErrorIs(t, err, parse.ErrDecode, name)
		var e *parse.EncodingError
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 9, e.Pos)
		assert.Equal(t, []byte{0xc3}, e.Bytes)
	}
	_, err := parse.JoinBytes([]byte("//[x]"), good)
	require.ErrorIs(t, err, parse.ErrBrackets)
	_, err = parse.SplitBytes([]byte("//[x]"))
	require.ErrorIs(t, err, parse.ErrBrackets)
}

func TestTranscode(t *testing.T) {
	r, err := parse.Split("http://h/é?ü#ÿ")
	require.NoError(t, err)
	b, err := r.Encode(parse.Latin1, parse.ErrorsStrict)
	require.NoError(t, err)
	assert.Equal(t, parse.SplitResultBytes{Scheme: []byte("http"), Netloc: []byte("h"), Path: []byte("/\xe9"), Query: []byte("\xfc"), Fragment: []byte("\xff")}, b)
	back, err := b.Decode(parse.Latin1, parse.ErrorsDefault)
	require.NoError(t, err)
	assert.Equal(t, r, back)
	for _, mode := range []parse.ErrorMode{parse.ErrorsDefault, parse.ErrorsStrict} {
		_, err = r.Encode(parse.ASCII, mode)
		require.ErrorIs(t, err, parse.ErrEncode)
		_, err = b.Decode(parse.ASCII, mode)
		require.ErrorIs(t, err, parse.ErrDecode)
	}
	b, err = r.Encode(parse.ASCII, parse.ErrorsIgnore)
	require.NoError(t, err)
	assert.Equal(t, "/", string(b.Path))

	p, err := parse.Parse("a;é")
	require.NoError(t, err)
	pb, err := p.Encode(parse.UTF8, parse.ErrorsStrict)
	require.NoError(t, err)
	assert.Equal(t, "\xc3\xa9", string(pb.Params))
	pback, err := pb.Decode(parse.UTF8, parse.ErrorsStrict)
	require.NoError(t, err)
	assert.Equal(t, p, pback)
	_, err = p.Encode(parse.ASCII, parse.ErrorsStrict)
	require.ErrorIs(t, err, parse.ErrEncode)
	_, err = pb.Decode(parse.ASCII, parse.ErrorsStrict)
	require.ErrorIs(t, err, parse.ErrDecode)

	d := parse.DefragResult{URL: "é", Fragment: "f"}
	db, err := d.Encode(parse.Latin1, parse.ErrorsStrict)
	require.NoError(t, err)
	assert.Equal(t, "\xe9", string(db.URL))
	dback, err := db.Decode(parse.Latin1, parse.ErrorsStrict)
	require.NoError(t, err)
	assert.Equal(t, d, dback)
	_, err = d.Encode(parse.ASCII, parse.ErrorsStrict)
	require.ErrorIs(t, err, parse.ErrEncode)
	_, err = db.Decode(parse.ASCII, parse.ErrorsStrict)
	require.ErrorIs(t, err, parse.ErrDecode)
}
