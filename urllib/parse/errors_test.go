package parse_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestErrorText(t *testing.T) {
	_, err := parse.Split("http://u:pw@[x]/")
	assert.EqualError(t, err, `parse: Split "http://xxxxx@[x]/": square brackets without an IP literal in them`)
	_, err = parse.SplitRFC3986("http://h/a b")
	assert.EqualError(t, err, `parse: SplitRFC3986 "http://h/a b" at byte 10: not allowed by RFC 3986`)
	_, err = parse.QueryParser{Strict: true}.ParseQS("a=1&b")
	assert.EqualError(t, err, `parse: ParseQS at byte 4: query field without =`)
	_, err = parse.Quoter{Encoding: parse.ASCII}.Quote("aé")
	assert.EqualError(t, err, `parse: cannot encode U+00E9 at byte 1 as ascii`)
	_, err = parse.Unquoter{Errors: parse.ErrorsStrict}.Unquote("%ff")
	assert.EqualError(t, err, `parse: cannot decode bytes ff at byte 0 as utf-8`)
}
