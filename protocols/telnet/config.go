package telnet

import (
	"context"
	"crypto/tls"
	"io"
	"net"
)

// A Mode says what becomes of the bytes CR, LF, NUL and DC1 in the data. In each of them
// IAC is doubled in what is written, and undoubled in what is read.
type Mode uint8

const (
	// ModePython leaves what is written as it is, and drops NUL and DC1 (XON) from what is
	// read, as Python does.
	ModePython Mode = iota
	// ModeNVT is the network virtual terminal of RFC 854: "\n" is written as CR LF, and "\r"
	// that has no "\n" behind it as CR NUL; CR LF is read as "\n", CR NUL as "\r", and other
	// NULs are dropped. A "\r" at the end of a Write has no "\n" behind it. In a direction in
	// which [OptBinary] is in use nothing is changed (RFC 856).
	ModeNVT
	// ModeRaw changes nothing.
	ModeRaw
)

// A CommandFunc is called with each command received, in the goroutine that reads. opt is
// that of WILL, WONT, DO and DONT, and [OptNone] with the others. It may call
// [Conn.ReadSBData], whose data are complete with SE, and write, but not read.
type CommandFunc func(c *Conn, cmd Command, opt Option)

// A Config says how a connection works. The zero value, and nil, is Python's Telnet: every
// option is refused. It must not be changed while a connection uses it.
type Config struct {
	// Mode is what becomes of line ends.
	Mode Mode
	// OnCommand, if set, gets every command; without Options nothing is answered then but by
	// the function itself. [Conn.SetCommandFunc] changes it. Python's
	// `set_option_negotiation_callback`.
	OnCommand CommandFunc
	// Options are the options that are asked for and agreed to, by RFC 1143. nil refuses all
	// of them, or leaves them to OnCommand.
	Options *Options

	// Dial opens the connection below TLS for [Dial]. nil means a net.Dialer.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// TLS, if set, has [Dial] speak TLS, on port 992 unless the address has one. The
	// server's name is filled in if it has none.
	TLS *tls.Config

	// BufferSize is how many bytes one read takes from the connection at most. Zero means
	// 32,768; Python's is 50.
	BufferSize int
	// MaxBuffer is how many bytes of data the methods that look for something, or for the
	// end, may gather; more is [ErrTooLong]. Zero means 16 MiB, negative no bound.
	MaxBuffer int
	// MaxMatch is how many bytes back from the last one a match of [Conn.Expect] may begin
	// once more than these are there. Zero means 16,384, negative no bound; then the time is
	// quadratic in the number of bytes.
	MaxMatch int
	// MaxSubnegotiation is how long a subnegotiation may be, in bytes; a longer one is
	// [ErrSubnegotiation]. It is also how much is kept for [Conn.ReadSBData]. Zero means
	// 65,536, negative no bound.
	MaxSubnegotiation int
	// MaxNegotiations is how many WILL, WONT, DO, DONT and SB may come in a row, without
	// data in between; more is [ErrNegotiation]. Zero means 10,000, negative no bound.
	MaxNegotiations int

	// Debug, if set, gets a line for each piece sent or received and for each command, with
	// control characters quoted. The password of [Client.Login] is left out. Python's
	// `set_debuglevel` and `msg`.
	Debug io.Writer
}

// Options say which options a connection uses, by the rules of RFC 1143: a request is
// answered once, when something changes, so that two sides never answer answers.
type Options struct {
	// Local are the options that this side uses if the peer asks for them, Remote those that
	// the peer may use if it offers to. All others are refused.
	Local, Remote []Option
	// AskLocal and AskRemote are offered and asked for when the connection begins. They need
	// not be in Local and Remote too.
	AskLocal, AskRemote []Option

	// Terminals are the names of this side's terminal, the best first; each time the peer
	// asks it gets the next, and the last one twice (RFC 1091). If there are any, [OptTType]
	// is in Local. They are of letters, digits and "+-./_", at most 40; others are not sent.
	Terminals []string
	// Window is the size of this side's window. If it is not zero, [OptNAWS] is in Local.
	// [Conn.SetWindow] changes it.
	Window Window
	// Environ are the variables that the peer may ask for (RFC 1572); no others are ever
	// sent, and none with control characters. If there are any, [OptNewEnviron] is in Local.
	Environ map[string]string
	// EnvironNames are the names of variables that are asked of the peer once it uses
	// [OptNewEnviron], and taken from it; it is then in Remote. Others are ignored, and so is
	// a value that begins with "-", is longer than 1,024 bytes or has control characters.
	EnvironNames []string

	// OnSubnegotiation gets the subnegotiations about options that are in use, but for those
	// that the fields above are about. data are the caller's to keep. Like a [CommandFunc],
	// it may write, but not read.
	OnSubnegotiation func(c *Conn, opt Option, data []byte)
	// OnChange is called when an option begins or ceases to be used by this side (local) or by
	// the peer: when both have said so. Like a [CommandFunc], it may write, but not read.
	OnChange func(c *Conn, opt Option, local, on bool)
}

// A Window is the size of a window, in characters; zero means unknown (RFC 1073).
type Window struct{ Columns, Rows uint16 }

// bound is a limit with its default; below zero there is none.
func bound(n, def int) int {
	switch {
	case n == 0:
		return def
	case n < 0:
		return int(^uint(0) >> 1)
	}
	return n
}

var noConfig Config

func (c *Config) bufferSize() int      { return max(bound(c.BufferSize, 32<<10), 1) }
func (c *Config) maxBuffer() int       { return bound(c.MaxBuffer, 16<<20) }
func (c *Config) maxMatch() int        { return bound(c.MaxMatch, 16<<10) }
func (c *Config) maxSB() int           { return bound(c.MaxSubnegotiation, 64<<10) }
func (c *Config) maxNegotiations() int { return bound(c.MaxNegotiations, 10000) }
