//go:build interop && unix

package interop_test

import (
	"bytes"
	"encoding/binary"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/tlsutil"
)

// A capture writes what passes a connection as packets, in the format of pcap.
type capture struct {
	mu  sync.Mutex
	buf bytes.Buffer
	seq [2]uint32 // the next of client and server
}

// newCapture begins with the three packets that open a connection.
func newCapture() *capture {
	c := &capture{seq: [2]uint32{1000, 5000}}
	const magic, raw = 0xa1b2c3d4, 101
	for _, v := range []any{uint32(magic), uint16(2), uint16(4), uint32(0), uint32(0), uint32(65535), uint32(raw)} {
		binary.Write(&c.buf, binary.LittleEndian, v)
	}
	const syn, ack = 2, 16
	c.packet(0, syn, nil)
	c.seq[0]++
	c.packet(1, syn|ack, nil)
	c.seq[1]++
	c.packet(0, ack, nil)
	return c
}

// packet adds a packet of the client (0) or the server (1), IPv4 and TCP without checksums.
func (c *capture) packet(from int, flags byte, data []byte) {
	now := time.Now()
	n := 40 + len(data)
	for _, v := range []uint32{uint32(now.Unix()), uint32(now.Nanosecond() / 1000), uint32(n), uint32(n)} {
		binary.Write(&c.buf, binary.LittleEndian, v)
	}
	ports, hosts := [2]uint16{40000, 443}, [2]byte{1, 2}
	ip := []byte{0x45, 0, byte(n >> 8), byte(n), 0, 0, 0, 0, 64, 6, 0, 0, 127, 0, 0, hosts[from], 127, 0, 0, hosts[1-from]}
	tcp := binary.BigEndian.AppendUint16(nil, ports[from])
	tcp = binary.BigEndian.AppendUint16(tcp, ports[1-from])
	tcp = binary.BigEndian.AppendUint32(tcp, c.seq[from])
	tcp = binary.BigEndian.AppendUint32(tcp, c.seq[1-from])
	tcp = append(tcp, 5<<4, flags, 0xff, 0xff, 0, 0, 0, 0)
	c.buf.Write(ip)
	c.buf.Write(tcp)
	c.buf.Write(data)
	c.seq[from] += uint32(len(data))
}

func (c *capture) add(from int, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(data) > 0 {
		n := min(len(data), 1400)
		c.packet(from, 16|8, data[:n])
		data = data[n:]
	}
}

// A captured is the client's end of a connection that is captured.
type captured struct {
	net.Conn
	c *capture
}

func (c captured) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.c.add(1, p[:n])
	return n, err
}

func (c captured) Write(p []byte) (int, error) {
	c.c.add(0, p)
	return c.Conn.Write(p)
}

// TestTLSKeyLog: with the key log, tshark reads what was said.
func TestTLSKeyLog(t *testing.T) {
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		addr, _ := serveTLS(t, tlsServer(t, "server"))
		client := tlsClient(t)
		require.NoError(t, client.SetMaximumVersion(v))
		dir := t.TempDir()
		keys, file := filepath.Join(dir, "keys"), filepath.Join(dir, "capture.pcap")
		require.NoError(t, client.SetKeyLogFilename(keys))
		raw, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		defer raw.Close()
		raw.SetDeadline(time.Now().Add(20 * time.Second))
		pcap := newCapture()
		conn, err := client.Client(t.Context(), captured{raw, pcap}, "localhost")
		require.NoError(t, err)
		_, err = conn.Write([]byte("GET /what-was-said HTTP/1.1\r\nHost: localhost\r\n\r\n"))
		require.NoError(t, err)
		_, err = conn.Read(make([]byte, 100))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, pcap.buf.Bytes(), 0o600))

		tshark := func(args ...string) string {
			cmd := bounded(t, "tshark", append([]string{"-r", file, "-Y", "http.request", "-T", "fields", "-e", "http.request.uri"}, args...)...)
			cmd.Env = append(os.Environ(), "HOME="+dir)
			out, err := cmd.Output()
			require.NoError(t, err)
			return string(out)
		}
		require.Contains(t, tshark("-o", "tls.keylog_file:"+keys), "/what-was-said\n", v)
		require.Empty(t, tshark(), v)
	}
}
