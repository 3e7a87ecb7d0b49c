package telnet

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
)

// What the first byte of a subnegotiation about a terminal or variables is.
const (
	sbIs   = 0
	sbSend = 1
	sbInfo = 2
)

// The marks within a subnegotiation about variables (RFC 1572).
const (
	envVar     = 0
	envValue   = 1
	envEscape  = 2
	envUserVar = 3
)

// A peerInfo is what the subnegotiations are about.
type peerInfo struct {
	window    Window // ours
	sentNames int    // how many names of the terminal the peer has

	terminal    string // the peer's
	peerWindow  Window
	peerEnviron map[string]string
	due         map[Option]bool // what the peer has agreed to tell, and has not yet
}

// SendCommand sends a command that stands alone: [CmdNOP], [CmdDM], [CmdBreak], [CmdIP],
// [CmdAO], [CmdAYT], [CmdEC], [CmdEL], [CmdGA]; any other is [ErrArgument]. It goes out with
// the next that is written or read, or by [Conn.Flush].
func (c *Conn) SendCommand(cmd Command) error {
	if cmd < CmdNOP || cmd > CmdGA {
		return &Error{"send " + cmd.String(), ErrArgument}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue(iac, byte(cmd))
	return nil
}

// Subnegotiate sends a subnegotiation, in which IAC is doubled. If the option is in use at
// neither side it is [ErrNotAgreed]: who has not agreed to it may take it for data. It goes
// out with the next that is written or read, or by [Conn.Flush].
func (c *Conn) Subnegotiate(opt Option, data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.neg.us[opt].phase != on && c.neg.him[opt].phase != on {
		return &Error{"subnegotiate " + opt.String(), ErrNotAgreed}
	}
	c.sub(opt, data...)
	return nil
}

// sub queues a subnegotiation. The caller holds mu.
func (c *Conn) sub(opt Option, data ...byte) {
	c.out = append(c.out, iac, byte(CmdSB))
	c.out = appendEscaped(c.out, []byte{byte(opt)})
	c.out = appendEscaped(c.out, data)
	c.out = append(c.out, iac, byte(CmdSE))
}

// SetWindow changes the size of this side's window, and tells the peer if it uses that
// (RFC 1073).
func (c *Conn) SetWindow(w Window) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.info.window = w; c.neg.us[OptNAWS].phase == on {
		c.begin(OptNAWS, true)
	}
}

// begin sends what is sent as soon as an option is in use. The caller holds mu.
func (c *Conn) begin(opt Option, local bool) {
	if !local && (opt == OptTType || opt == OptNAWS || opt == OptNewEnviron && len(c.neg.o.EnvironNames) > 0) {
		if c.info.due == nil {
			c.info.due = map[Option]bool{}
		}
		c.info.due[opt] = true
	}
	switch {
	case local && opt == OptNAWS:
		b := binary.BigEndian.AppendUint16(nil, c.info.window.Columns)
		c.sub(OptNAWS, binary.BigEndian.AppendUint16(b, c.info.window.Rows)...)
	case local:
	case opt == OptTType:
		c.sub(OptTType, sbSend)
	case opt == OptNewEnviron && len(c.neg.o.EnvironNames) > 0:
		b := []byte{sbSend}
		for _, name := range c.neg.o.EnvironNames {
			if plainText(name) {
				b = appendVar(append(b, kindOf(name)), name)
			}
		}
		c.sub(OptNewEnviron, b...)
	}
}

// subnegotiated implements events: it keeps the data for ReadSBData.
func (c *Conn) subnegotiated(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, x := range b[:min(len(b), c.cfg.maxSB()-len(c.sbq))] {
		if c.cfg.Mode == ModePython && (x == Null || x == dc1) {
			continue
		}
		c.sbq = append(c.sbq, x)
	}
}

// subnegotiation acts on one that is complete, if its option is in use.
func (c *Conn) subnegotiation() {
	o := c.neg.o
	if o == nil || len(c.dec.sb) == 0 {
		return
	}
	opt, data := Option(c.dec.sb[0]), c.dec.sb[1:]
	c.mu.Lock()
	us, him := c.neg.us[opt].phase == on, c.neg.him[opt].phase == on
	known := c.known(opt, data, us, him)
	c.mu.Unlock()
	if !known && (us || him) && o.OnSubnegotiation != nil {
		o.OnSubnegotiation(c, opt, bytes.Clone(data))
	}
}

// known acts on those that the fields of Options are about. The caller holds mu.
func (c *Conn) known(opt Option, data []byte, us, him bool) bool {
	o := c.neg.o
	first := -1
	if len(data) > 0 {
		first = int(data[0])
	}
	switch {
	case us && opt == OptTType && first == sbSend && len(o.Terminals) > 0:
		c.sendTerminal()
	case us && opt == OptNewEnviron && first == sbSend && len(o.Environ) > 0:
		c.sendEnviron(data[1:])
	case him && opt == OptTType && first == sbIs:
		delete(c.info.due, opt)
		if name := string(data[1:]); validTerminal(name) {
			c.info.terminal = name
		}
	case him && opt == OptNAWS && len(data) == 4:
		delete(c.info.due, opt)
		c.info.peerWindow = Window{binary.BigEndian.Uint16(data), binary.BigEndian.Uint16(data[2:])}
	case him && opt == OptNewEnviron && (first == sbIs || first == sbInfo) && len(o.EnvironNames) > 0:
		delete(c.info.due, opt)
		c.takeEnviron(data[1:])
	default:
		return false
	}
	return true
}

// sendTerminal tells the next name; after the last, and the last again, the first.
func (c *Conn) sendTerminal() {
	names := c.neg.o.Terminals
	name := names[min(c.info.sentNames, len(names)-1)]
	if c.info.sentNames++; c.info.sentNames > len(names) {
		c.info.sentNames = 0
	}
	if validTerminal(name) {
		c.sub(OptTType, append([]byte{sbIs}, name...)...)
	}
}

// sendEnviron tells the variables that are asked for, of those that may be told; all of them
// if none is named.
func (c *Conn) sendEnviron(ask []byte) {
	have := c.neg.o.Environ
	names := slices.Sorted(maps.Keys(have))
	b := []byte{sbIs}
	add := func(kind byte, name string) {
		if value, ok := have[name]; ok && plainText(name) && plainText(value) && len(b)+len(name)+len(value) < 32<<10 {
			b = appendVar(append(b, kind), name)
			b = appendVar(append(b, envValue), value)
		}
	}
	asked := map[string]bool{}
	all := map[byte]bool{}
	for v := range vars(ask) {
		switch {
		case v.name == "":
			all[v.kind] = true
		case !asked[v.name] && len(asked) < 100:
			asked[v.name] = true
			add(v.kind, v.name)
		}
	}
	for _, name := range names {
		if kind := kindOf(name); (len(ask) == 0 || all[kind]) && !asked[name] {
			add(kind, name)
		}
	}
	c.sub(OptNewEnviron, b...)
}

// takeEnviron takes the variables that were asked for, as far as they can be trusted to
// stand in an environment.
func (c *Conn) takeEnviron(data []byte) {
	for v := range vars(data) {
		if !slices.Contains(c.neg.o.EnvironNames, v.name) || !safeValue(v.value) {
			continue
		}
		if c.info.peerEnviron == nil {
			c.info.peerEnviron = map[string]string{}
		}
		if !v.defined {
			delete(c.info.peerEnviron, v.name)
			continue
		}
		c.info.peerEnviron[v.name] = v.value
	}
}

// safeValue reports whether a value has nothing in it that could be taken for an option of a
// command, and no control characters.
func safeValue(s string) bool {
	return len(s) <= 1024 && (s == "" || s[0] != '-') && plainText(s)
}

// validTerminal reports whether s is a terminal's name (RFC 1091, RFC 1700).
func validTerminal(s string) bool {
	if s == "" || len(s) > 40 || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		switch b := s[i]; {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		case b == '+' || b == '-' || b == '.' || b == '/' || b == '_':
		default:
			return false
		}
	}
	return true
}

// wellKnown are the variables of RFC 1572 section 6; others are the user's.
var wellKnown = []string{"USER", "JOB", "ACCT", "PRINTER", "SYSTEMTYPE", "DISPLAY"}

func kindOf(name string) byte {
	if slices.Contains(wellKnown, name) {
		return envVar
	}
	return envUserVar
}

// appendVar appends a name or value with the marks escaped.
func appendVar(dst []byte, s string) []byte {
	for i := range len(s) {
		if s[i] <= envUserVar {
			dst = append(dst, envEscape)
		}
		dst = append(dst, s[i])
	}
	return dst
}

// A variable is one of a subnegotiation.
type variable struct {
	kind        byte
	name, value string
	defined     bool
}

// vars yields the variables of a subnegotiation.
func vars(b []byte) func(yield func(variable) bool) {
	return func(yield func(variable) bool) {
		for len(b) > 0 && (b[0] == envVar || b[0] == envUserVar) {
			v := variable{kind: b[0]}
			v.name, b = text(b[1:])
			if len(b) > 0 && b[0] == envValue {
				v.value, b = text(b[1:])
				v.defined = true
			}
			if !yield(v) {
				return
			}
		}
	}
}

// text reads up to the next mark.
func text(b []byte) (string, []byte) {
	var out []byte
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == envEscape && i+1 < len(b):
			i++
		case b[i] <= envUserVar:
			return string(out), b[i:]
		}
		out = append(out, b[i])
	}
	return string(out), nil
}
