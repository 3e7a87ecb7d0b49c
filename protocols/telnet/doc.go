// Package telnet is a Telnet client, and the host's end of a connection: Python's telnetlib,
// and RFC 854 (the protocol), 855 (options), 1143 (negotiation without loops), 856 (binary),
// 1073 (window size), 1091 (terminal type) and 1572 (environment).
//
//	c, err := telnet.Dial(ctx, "host.example", nil)
//	text, err := c.ReadUntil(ctx, []byte("login: "))
//	_, err = c.Write([]byte("guest\r\n"))
//	m, err := c.Expect(ctx, regexp.MustCompile(`\$ $`), regexp.MustCompile(`incorrect`))
//
// [Dial] and [NewClient] make a [Client], [NewServerConn] the other end; both are a [Conn],
// which is a net.Conn: bufio.Scanner, io.Copy and the like work with it. What waits takes a
// context, and what has come when its time is over is returned beside the error.
//
// # Options
//
// Without [Config.Options] every option is refused, as in Python. With it they are negotiated
// by RFC 1143: the lists say what either side may use, and the names of the terminal, the
// size of the window and variables are told when the host asks, and not before. Nothing is
// told that is not listed. What only one program needs is done in [Options.OnSubnegotiation],
// or wholly by hand in [Config.OnCommand].
//
// # From Python
//
// The methods of Telnet have the same names in Go's spelling; write is [Conn.Write], and
// set_option_negotiation_callback [Conn.SetCommandFunc]. Other than there:
//
//   - A request that is repeated word for word is not refused again: Python's refusals can go
//     back and forth for ever between two of its kind. The exception is the timing mark.
//   - Where the stream is cut into pieces makes no difference. In Python a subnegotiation that
//     begins within another keeps the data of that one if both come in one piece.
//   - Data, subnegotiations and commands in a row have bounds: see [Config].
//   - A [Match] that is looked for by [Conn.Expect] in more than Config.MaxMatch bytes begins
//     within the last of them.
//   - The time that is over, and a stream that ended before what was to come, are errors, with
//     the data beside them.
//
// As in Python, NUL and DC1 (XON) are dropped from what is read, and line ends are neither
// way changed; [ModeNVT] has line ends as RFC 854 does, [ModeRaw] drops nothing.
//
// # Security
//
// Telnet is not encrypted: whoever carries it reads and changes it. [Config.TLS] has it run
// over TLS. Urgent data and the Synch signal of RFC 854 are not acted on: DM is a command like
// the others, and the data before it are not dropped.
package telnet
