package telnet

import (
	"bytes"
	"io"
	"testing"

	ziutek "github.com/ziutek/telnet"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/protocols/telnet"
)

func BenchmarkAll(b *testing.B) { bench.Run(b, Cases) }

// TestSameWork checks that the peer reads the same.
func TestSameWork(t *testing.T) {
	for _, text := range [][]byte{plain, commands, screen} {
		ours, err := io.ReadAll(telnet.NewClient(&memory{text: text, left: len(text)}, nil))
		if err != nil {
			t.Fatal(err)
		}
		c, _ := ziutek.NewConn(&memory{text: text, left: len(text)})
		theirs, err := io.ReadAll(c)
		if err != nil || !bytes.Equal(ours, theirs) || len(ours) != want(text) {
			t.Errorf("%d bytes, and by the peer %d, %v", len(ours), len(theirs), err)
		}
	}
}
