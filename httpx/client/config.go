package client

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"time"

	"github.com/pynet-go/pynet/internal/http1"
)

// The default ports. Python's HTTP_PORT and HTTPS_PORT.
const (
	HTTPPort  = 80
	HTTPSPort = 443
)

// A Config says how a [Conn] works. The zero value is a connection over TCP without
// timeouts. It must not be changed while connections use it.
type Config struct {
	// Port is connected to if the host names none. Zero means the default of the scheme.
	Port int
	// Dial opens the connection below TLS and tunnels. nil means a net.Dialer with
	// SourceAddress. The name in addr is in its IDNA form, or, if Lenient is set, as New was
	// given it, which is what Python's create_connection gets.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// TLS is used by [NewTLS]; the server's name is filled in if it has none. nil means
	// the zero configuration, which verifies.
	TLS *tls.Config
	// SourceAddress is "host:port" to connect from; an empty host or port 0 leaves
	// it to the system. Python's source_address.
	SourceAddress string
	// Timeout bounds each wait for the network: connecting, one read, one write.
	// Zero means none. A context bounds a whole call.
	Timeout time.Duration
	// ContinueTimeout is how long a body waits for the server to ask for it after
	// Expect: 100-continue; then it is sent, as the server may not know of that. Zero
	// means 1 second.
	ContinueTimeout time.Duration
	// BlockSize is the size of the pieces in which a body is read and sent. Zero means
	// 8,192. Python's blocksize.
	BlockSize int
	// MaxHeaders is how many lines a response's header and its trailers may have. Zero
	// means 100. Python's max_response_headers.
	MaxHeaders int
	// MaxLine is the longest line of a response, in bytes, line end included. Zero means
	// 65,536, as in Python.
	MaxLine int
	// MaxInterim bounds the interim responses (1xx): so many may come, the final one
	// included. Zero means 100, as in Python.
	MaxInterim int
	// NoAutoOpen has requests fail with [ErrNotConnected] where there is no
	// connection. Python's auto_open, turned around.
	NoAutoOpen bool
	// Lenient reads responses as Python does, for servers that are broken: header
	// lines that are none end the header, folded ones keep their line ends, names may
	// end in blanks, a stream that ends within the header ends it, an unknown transfer
	// coding or length means until the end, sizes of chunks are numbers in any form.
	// Values given to one PutHeader are folded, as there. A body that ends early is told by
	// Read and ReadAll alone: to ReadN, ReadInto, Read1, Peek and ReadLine the end of the
	// stream is that of a body of known length. It opens what the strict reading closes:
	// use it with servers that you trust and no proxy in between.
	Lenient bool
	// HTTP10 sends requests of HTTP/1.0: no Host, no chunks.
	HTTP10 bool
	// Debug gets a trace of what is sent and received, if set. Credentials and
	// cookies are left out. Python's set_debuglevel.
	Debug io.Writer
	// OnInterim is called with each interim response but 101 before the final one.
	OnInterim func(*Response)
}

var noConfig Config

func (c *Config) blockSize() int {
	if c.BlockSize > 0 {
		return c.BlockSize
	}
	return 8192
}

func (c *Config) continueTimeout() time.Duration {
	if c.ContinueTimeout > 0 {
		return c.ContinueTimeout
	}
	return time.Second
}

func (c *Config) maxInterim() int {
	if c.MaxInterim > 0 {
		return c.MaxInterim
	}
	return 100
}

func (c *Config) limits() http1.Limits {
	l := http1.Limits{Line: c.MaxLine, Fields: c.MaxHeaders, Head: 8 << 20}
	if c.Lenient {
		l.ChunkLine = http1.DefaultLine
	}
	return l
}

func (c *Config) lenient() http1.Lenient {
	if c.Lenient {
		return http1.Python
	}
	return http1.BareLF | http1.Fold
}

// dial opens a connection to addr, which is a path for the network "unix".
func (c *Config) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if c.Dial != nil {
		return c.Dial(ctx, network, addr)
	}
	d := net.Dialer{Timeout: c.Timeout}
	if c.SourceAddress != "" && strings.HasPrefix(network, "tcp") {
		local, err := net.ResolveTCPAddr(network, c.SourceAddress)
		if err != nil {
			return nil, err
		}
		d.LocalAddr = local
	}
	return d.DialContext(ctx, network, addr)
}
