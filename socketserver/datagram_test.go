package socketserver_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// capitals answers datagrams.
var capitals = socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
	if string(d.Data) == "silence" {
		return nil
	}
	if d.Truncated {
		_, err := io.WriteString(d, "truncated ")
		if err != nil {
			return err
		}
	}
	_, err := d.Write(bytes.ToUpper(d.Data))
	return err
})

func TestUDP(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{DatagramHandler: capitals, Model: m, MaxPacketSize: 10}
		start(t, s)
		c, err := net.Dial("udp", s.LocalAddr().String())
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		for _, q := range []string{"hello", "silence", "", "0123456789", "0123456789x"} {
			say(t, c, q)
			switch q {
			case "silence", "":
			case "0123456789x":
				hear(t, c, "truncated 0123456789")
			default:
				hear(t, c, strings.ToUpper(q))
			}
		}
	})
}

func TestUnixDatagram(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		dir := t.TempDir()
		s := &socketserver.Server{DatagramHandler: capitals, Model: m, Addr: socket.Unix{Name: filepath.Join(dir, "s")}}
		start(t, s)
		c, err := net.DialUnix("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "c")}, &net.UnixAddr{Name: filepath.Join(dir, "s")})
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		nameless, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: filepath.Join(dir, "s")})
		require.NoError(t, err)
		defer nameless.Close()
		say(t, nameless, "nobody to answer")
		say(t, c, "hello")
		hear(t, c, "HELLO")
		require.NoError(t, s.Close())
		require.NoFileExists(t, filepath.Join(dir, "s"))
	})
}
