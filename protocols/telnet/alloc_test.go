//go:build !race

package telnet_test

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
)

// Reading and writing allocate nothing, whether there are commands in the data or not.
func TestNoAllocs(t *testing.T) {
	for _, mode := range []telnet.Mode{telnet.ModePython, telnet.ModeNVT, telnet.ModeRaw} {
		for name, text := range map[string]string{"plain": "some text, and more\r\n", "commands": "some\xff\xff text\xff\xf1,\x00 and\xff\xfa\x18x\xff\xf0\r\n"} {
			for _, size := range []int{16, 8192} {
				peer := forever(text)
				c := telnet.NewClient(peer, &telnet.Config{Mode: mode})
				buf := make([]byte, size)
				read := func() {
					n, err := c.Read(buf)
					require.NoError(t, err)
					require.True(t, n > 0)
				}
				for range 5000 { // the buffers have their sizes
					read()
				}
				require.Zero(t, testing.AllocsPerRun(200, read), "mode %d, %s, %d bytes", mode, name, size)
			}
		}
		c := telnet.NewClient(nowhere{}, &telnet.Config{Mode: mode})
		for _, p := range [][]byte{[]byte("ls -l\r\n"), []byte("\xffa\xff\n")} {
			write := func() { c.Write(p) }
			write()
			require.Zero(t, testing.AllocsPerRun(200, write), "mode %d, %q", mode, p)
		}
	}
}

// nowhere takes what is written.
type nowhere struct{ net.Conn }

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
