// Package telnet measures pynet's package protocols/telnet.
package telnet

import (
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	ziutek "github.com/ziutek/telnet"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/protocols/telnet"
)

const (
	size   = 1 << 20
	prompt = "host:~$ "
)

// Cases are the measurements of telnet, over a connection in memory: to read 1 MiB of text,
// without commands and with an IAC that is data and a command in each line; to read up to a
// prompt, behind a screen of text; and to write 1 MiB with an IAC in each line.
var Cases = []bench.Case{
	{
		Name:  "telnet/read-1MiB",
		Ours:  read(plain),
		Peers: []bench.Peer{{Name: "ziutek/telnet", Run: readTheirs(plain)}},
	},
	{
		Name:  "telnet/read-1MiB-commands",
		Ours:  read(commands),
		Peers: []bench.Peer{{Name: "ziutek/telnet", Run: readTheirs(commands)}},
	},
	{
		Name: "telnet/read-until",
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			m := &memory{text: screen}
			c := telnet.NewClient(m, nil)
			ctx, match := context.Background(), []byte(prompt)
			for b.Loop() {
				m.left = len(m.text)
				if got, err := c.ReadUntil(ctx, match); err != nil || len(got) != len(screen) {
					b.Fatal(len(got), err)
				}
			}
		},
		Peers: []bench.Peer{{Name: "ziutek/telnet", Run: func(b *testing.B) {
			m := &memory{text: screen}
			c, _ := ziutek.NewConn(m)
			for b.Loop() {
				m.left = len(m.text)
				if got, err := c.ReadUntil(prompt); err != nil || len(got) != len(screen) {
					b.Fatal(len(got), err)
				}
			}
		}}},
	},
	{
		Name: "telnet/write-1MiB-commands",
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			c := telnet.NewClient(&memory{}, nil)
			for b.Loop() {
				if n, err := c.Write(data); err != nil || n != len(data) {
					b.Fatal(n, err)
				}
			}
		},
		Peers: []bench.Peer{{Name: "ziutek/telnet", Run: func(b *testing.B) {
			c, _ := ziutek.NewConn(&memory{})
			for b.Loop() {
				if _, err := c.Write(data); err != nil {
					b.Fatal(err)
				}
			}
		}}},
	},
}

var (
	plain    = fill("0123456789 some text of a line that is not remarkable at all\r\n")
	commands = fill("0123456789 some text \xff\xff of a line that is not remarkable\xff\xf9\r\n")
	data     = fill("0123456789 some text of a line \xff that is not remarkable at\r\n")
	screen   = []byte(strings.Repeat("0123456789 some text of a line that is not remarkable at all\r\n", 30) + prompt)
)

func fill(line string) []byte { return bytes.Repeat([]byte(line), size/len(line)) }

// memory is a connection from which text can be read, as long as some of it is left.
type memory struct {
	net.Conn
	text []byte
	left int
}

func (m *memory) Read(p []byte) (int, error) {
	if m.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, m.text[len(m.text)-m.left:])
	m.left -= n
	return n, nil
}

func (*memory) Write(p []byte) (int, error)      { return len(p), nil }
func (*memory) SetReadDeadline(time.Time) error  { return nil }
func (*memory) SetWriteDeadline(time.Time) error { return nil }

func read(text []byte) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		m, buf := &memory{text: text}, make([]byte, 32<<10)
		c := telnet.NewClient(endless{m}, nil)
		for b.Loop() {
			drain(b, c, buf, want(text))
		}
	}
}

func readTheirs(text []byte) func(*testing.B) {
	return func(b *testing.B) {
		m, buf := &memory{text: text}, make([]byte, 32<<10)
		c, _ := ziutek.NewConn(endless{m})
		for b.Loop() {
			drain(b, c, buf, want(text))
		}
	}
}

// endless is memory that begins again.
type endless struct{ *memory }

func (e endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		e.left = len(e.text)
	}
	return e.memory.Read(p)
}

// want is how many bytes of data a text has.
func want(text []byte) int {
	return len(text) - bytes.Count(text, []byte("\xff\xff")) - 2*bytes.Count(text, []byte("\xff\xf9"))
}

func drain(b *testing.B, r io.Reader, buf []byte, n int) {
	for n > 0 {
		k, err := r.Read(buf[:min(n, len(buf))])
		if err != nil {
			b.Fatal(err)
		}
		n -= k
	}
}
