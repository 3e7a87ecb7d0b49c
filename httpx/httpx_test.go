package httpx_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
)

func TestStatuses(t *testing.T) {
	all := slices.Collect(httpx.Statuses())
	assert.Len(t, all, 62)
	assert.True(t, slices.IsSorted(all))
	for _, s := range all {
		got, err := httpx.StatusByName(s.Name())
		require.NoError(t, err)
		assert.Equal(t, s, got)
		assert.NotEmpty(t, s.Phrase(), "%d", int(s))
		classes := 0
		for _, is := range []bool{s.IsInformational(), s.IsSuccess(), s.IsRedirection(), s.IsClientError(), s.IsServerError()} {
			if is {
				classes++
			}
		}
		assert.Equal(t, 1, classes, "%d", int(s))
	}
}

func TestStatusUnknown(t *testing.T) {
	for _, code := range []int{-1, 0, 99, 299, 306, 599, 600, 1 << 30} {
		_, err := httpx.ParseStatus(code)
		assert.ErrorIs(t, err, httpx.ErrStatus)
		assert.Empty(t, httpx.Status(code).Phrase())
		assert.Empty(t, httpx.Status(code).Name())
		assert.Empty(t, httpx.Status(code).Description())
	}
	_, err := httpx.StatusByName("NOT FOUND")
	assert.ErrorIs(t, err, httpx.ErrStatus)
	assert.False(t, httpx.StatusNoContent.HasBody())
	assert.False(t, httpx.StatusNotModified.HasBody())
	assert.False(t, httpx.StatusContinue.HasBody())
	assert.True(t, httpx.StatusOK.HasBody())
}

// net/http has a text for most codes; where both have one, the registry of IANA is
// the judge, and Python's are its phrases.
func TestStatusBesideNetHTTP(t *testing.T) {
	differ := map[httpx.Status]string{
		413: "Request Entity Too Large", 414: "Request URI Too Long", 416: "Requested Range Not Satisfiable",
		418: "I'm a teapot", 422: "Unprocessable Entity",
	}
	for s := range httpx.Statuses() {
		want := http.StatusText(int(s))
		if old, ok := differ[s]; ok {
			assert.Equal(t, old, want, "net/http has caught up")
			continue
		}
		assert.Equal(t, want, s.Phrase())
	}
}

func TestMethods(t *testing.T) {
	var safe, idempotent []httpx.Method
	for m := range httpx.Methods() {
		assert.NotEmpty(t, m.Description())
		if m.IsSafe() {
			safe = append(safe, m)
		}
		if m.IsIdempotent() {
			idempotent = append(idempotent, m)
		}
	}
	assert.Equal(t, []httpx.Method{"GET", "HEAD", "OPTIONS", "TRACE"}, safe)
	assert.Equal(t, []httpx.Method{"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"}, idempotent)
	_, err := httpx.ParseMethod("get")
	assert.ErrorIs(t, err, httpx.ErrMethod)
	assert.Empty(t, httpx.Method("BREW").Description())
}

func TestHeader(t *testing.T) {
	var h httpx.Header
	assert.False(t, h.Has("A"))
	h.Add("a-B", "1")
	h.Add("C", "x")
	h.Add("A-b", "2")
	assert.Equal(t, "1", h.Get("A-B"))
	joined, ok := h.Join("A-B")
	assert.True(t, ok)
	assert.Equal(t, "1, 2", joined)
	assert.Equal(t, []string{"1", "2"}, slices.Collect(h.Values("a-b")))
	assert.Equal(t, []string{"a-B: 1", "A-b: 2"}, slices.Collect(h.Lines("a-b")))
	assert.Equal(t, "a-B: 1\r\nC: x\r\nA-b: 2\r\n", h.String())

	c := h.Clone()
	c.Set("A-B", "3")
	assert.Equal(t, httpx.Header{{"a-B", "3"}, {"C", "x"}}, c)
	c.Set("New", "n")
	c.Del("c")
	assert.Equal(t, httpx.Header{{"a-B", "3"}, {"New", "n"}}, c)
	assert.Equal(t, 3, h.Len(), "the clone has its own fields")

	_, ok = h.Lookup("A_B")
	assert.False(t, ok)
	h.Add("@", "at")
	assert.False(t, h.Has("`"), "only letters have case")
}

func TestHeaderHTTP(t *testing.T) {
	h := httpx.Header{{"set-cookie", "a=1"}, {"X", "1"}, {"Set-Cookie", "b=2"}}
	m := h.HTTP()
	assert.Equal(t, http.Header{"Set-Cookie": {"a=1", "b=2"}, "X": {"1"}}, m)
	m.Add("X", "2")
	assert.Equal(t, []string{"a=1", "b=2"}, m["Set-Cookie"], "appending to one leaves the others")
	assert.Equal(t, httpx.Header{{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"X", "1"}, {"X", "2"}}, httpx.FromHTTP(m))
}

func TestHeaderHasToken(t *testing.T) {
	h := httpx.Header{{"Connection", "keep-alive, Upgrade"}, {"connection", " x ,,y"}}
	for token, want := range map[string]bool{"upgrade": true, "KEEP-ALIVE": true, "x": true, "y": true, "close": false, "": true} {
		assert.Equal(t, want, h.HasToken("Connection", token), token)
	}
}

func TestHeaderDoesNotAllocate(t *testing.T) {
	h := httpx.Header{{"Host", "a"}, {"Content-Length", "1"}, {"Connection", "keep-alive, x"}}
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		_ = h.Get("content-length")
		_, _ = h.Join("host")
		_ = h.HasToken("connection", "x")
		for range h.Values("host") {
		}
	}))
}
