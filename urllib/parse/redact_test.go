package parse_test

import (
	"strings"
	"testing"

	"github.com/pynet-go/pynet/urllib/parse"
)

// TestErrorsHideSecrets: what errors show of a URL has no user information, query or
// fragment.
func TestErrorsHideSecrets(t *testing.T) {
	for _, url := range []string{
		"http://u:secret@[x]/", "http://[x]/?token=secret", "http://[x]/#token=secret", "http://secret@secret@[x]/?a@secret",
		"http://u:[se?secret@x/", "//secret@[", "http://[x]/?#secret",
	} {
		_, err := parse.Split(url)
		if err == nil {
			t.Errorf("%q is accepted", url)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error shows it: %v", url, err)
		}
	}
}
