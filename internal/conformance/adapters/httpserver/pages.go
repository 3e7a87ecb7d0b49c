package httpserver

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/pynet-go/pynet/internal/conformance"
)

var (
	statusLine = regexp.MustCompile(`HTTP/1\.[01] [0-9]{3} `)
	message    = regexp.MustCompile(`(?s)<p>Error code: ([0-9]+)</p>.*<p>Message: (.*?)\.</p>\n`)
	links      = regexp.MustCompile(`<a href="([^"]*)">([^<]*)</a>`)
)

// Agrees implements [conformance.Agreer]: pages that the server writes itself are its
// own. The status line and the fields must be the same but for Server and, of such a page,
// Content-Length; a page of an error holds the code and the message, a listing the same
// entries.
func (Adapter) Agrees(_ *conformance.Record, want, got any) bool {
	w, ok := want.([]byte)
	g, is := got.([]byte)
	if !ok || !is {
		return false
	}
	ws, gs := answers(w), answers(g)
	if len(ws) != len(gs) {
		return false
	}
	for i := range ws {
		if !sameAnswer(ws[i], gs[i]) {
			return false
		}
	}
	return true
}

// answers cuts what a connection gave where an answer begins.
func answers(b []byte) (out [][]byte) {
	at := statusLine.FindAllIndex(b, -1)
	if len(at) == 0 || at[0][0] > 0 {
		at = append([][]int{{0}}, at...)
	}
	for i, a := range at {
		end := len(b)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		out = append(out, b[a[0]:end])
	}
	return out
}

func sameAnswer(want, got []byte) bool {
	if !bytes.HasPrefix(want, []byte("HTTP/")) {
		return bytes.Equal(want, got) || samePage(want, got)
	}
	wh, wb, wok := bytes.Cut(want, []byte("\r\n\r\n"))
	gh, gb, gok := bytes.Cut(got, []byte("\r\n\r\n"))
	if wok != gok {
		return false
	}
	page := len(wb) > 0 && samePage(wb, gb)
	if !page && !bytes.Equal(wb, gb) {
		return false
	}
	// The length of a page that was left out is its own, too.
	own := page || len(wb) == 0 && bytes.Contains(wh, []byte("text/html;"))
	return slices.Equal(fields(wh, own), fields(gh, own))
}

func fields(head []byte, ownLength bool) []string {
	return slices.DeleteFunc(strings.Split(string(head), "\r\n"), func(l string) bool {
		return strings.HasPrefix(l, "Server:") || ownLength && strings.HasPrefix(l, "Content-Length:")
	})
}

func samePage(want, got []byte) bool {
	if m := message.FindSubmatch(want); m != nil {
		return bytes.Contains(got, m[1]) && strings.Contains(html.UnescapeString(string(got)), html.UnescapeString(string(m[2])))
	}
	if !bytes.Contains(want, []byte("<title>Directory listing for ")) {
		return false
	}
	return slices.Equal(entries(want), entries(got))
}

func entries(page []byte) (out []string) {
	for _, m := range links.FindAllSubmatch(page, -1) {
		out = append(out, string(m[1])+" "+html.UnescapeString(string(m[2])))
	}
	return out
}
