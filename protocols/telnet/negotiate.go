package telnet

import (
	"context"
	"slices"
)

// A phase is how far the use of an option by one side is (RFC 1143 section 7).
type phase uint8

const (
	off       phase = iota
	on              // agreed
	wantOff         // we have asked to end it
	wantOffOn       // and want it again
	wantOn          // we have asked for it
	wantOnOff       // and do not want it any more
	offered         // the peer has asked, and a callback is to answer
)

// used reports whether the option is in effect: until the peer confirms its end.
func (p phase) used() bool { return p == on || p == wantOff || p == wantOffOn }

// A reply is what is sent about an option.
type reply uint8

const (
	silent reply = iota
	yes          // WILL, DO
	no           // WONT, DONT
)

// receive is what the peer's WILL or DO (is) and WONT or DONT change, and what is sent.
func (p phase) receive(is, allowed bool) (phase, reply) {
	if is {
		switch p {
		case off:
			if allowed {
				return on, yes
			}
			return off, no
		case wantOff: // an answer that is none
			return off, silent
		case wantOffOn, wantOn:
			return on, silent
		case wantOnOff:
			return wantOff, no
		}
		return p, silent
	}
	switch p {
	case on:
		return off, no
	case wantOffOn:
		return wantOn, yes
	}
	return off, silent
}

// ask is what our own wish changes, and what is sent.
func (p phase) ask(is bool) (phase, reply) {
	if is {
		switch p {
		case off:
			return wantOn, yes
		case wantOff:
			return wantOffOn, silent
		case wantOnOff:
			return wantOn, silent
		}
		return p, silent
	}
	switch p {
	case on:
		return wantOff, no
	case wantOffOn:
		return wantOff, silent
	case wantOn:
		return wantOnOff, silent
	}
	return p, silent
}

// A side is what is known of an option at one side.
type side struct {
	phase phase
	last  Command // the last that came about it, 0 if none
}

// A negotiator keeps the options of both sides.
type negotiator struct {
	o       *Options // nil refuses all, in Python's way
	us, him [256]side
}

func newNegotiator(o *Options) *negotiator { return &negotiator{o: o} }

func (n *negotiator) side(opt Option, local bool) *side {
	if local {
		return &n.us[opt]
	}
	return &n.him[opt]
}

// allowed reports whether the option may be used if the peer asks for it.
func (n *negotiator) allowed(opt Option, local bool) bool {
	o := n.o
	if o == nil {
		return false
	}
	if !local {
		return slices.Contains(o.Remote, opt) || slices.Contains(o.AskRemote, opt) ||
			opt == OptNewEnviron && len(o.EnvironNames) > 0
	}
	switch opt {
	case OptTType:
		return len(o.Terminals) > 0
	case OptNAWS:
		return o.Window != Window{}
	case OptNewEnviron:
		return len(o.Environ) > 0
	}
	return slices.Contains(o.Local, opt) || slices.Contains(o.AskLocal, opt)
}

// receive is told of a WILL, WONT, DO or DONT, and returns what is sent. callback tells that
// somebody else answers.
func (n *negotiator) receive(cmd Command, opt Option, callback bool) (out reply, changed bool) {
	s := n.side(opt, cmd == CmdDo || cmd == CmdDont)
	is := cmd == CmdWill || cmd == CmdDo
	again := s.last == cmd
	s.last = cmd
	was := s.phase
	if callback && n.o == nil {
		switch {
		case !is:
			s.phase = off
		case was == off:
			s.phase = offered
		case was == wantOn:
			s.phase = on
		}
		return silent, was.used() != s.phase.used()
	}
	s.phase, out = was.receive(is, n.allowed(opt, cmd == CmdDo))
	switch {
	case was != off || out == yes:
	case again && !(cmd == CmdDo && opt == OptTM): // each timing mark is answered (RFC 860)
		out = silent
	case n.o == nil: // Python refuses the end of what there is not as well
		out = no
	}
	return out, was.used() != s.phase.used()
}

// word is the command that says it.
func (r reply) word(local bool) Command {
	switch {
	case local && r == yes:
		return CmdWill
	case local:
		return CmdWont
	case r == yes:
		return CmdDo
	}
	return CmdDont
}

// command implements events: it answers, and tells who is to be told.
func (c *Conn) command(cmd Command, opt Option) error {
	c.traceCommand(cmd, opt)
	negotiates := cmd == CmdWill || cmd == CmdWont || cmd == CmdDo || cmd == CmdDont
	if negotiates || cmd == CmdSB {
		if c.row++; c.row > c.cfg.maxNegotiations() {
			return ErrNegotiation
		}
	}
	local := cmd == CmdDo || cmd == CmdDont
	changed := false
	c.mu.Lock()
	f := c.onCmd
	switch {
	case negotiates:
		var out reply
		if out, changed = c.neg.receive(cmd, opt, f != nil); out != silent {
			c.queue(iac, byte(out.word(local)), byte(opt))
		}
	case cmd == CmdSB:
		c.sbq = c.sbq[:0]
	}
	is := c.neg.side(opt, local).phase.used()
	full := len(c.out) > maxQueue
	c.mu.Unlock()
	if changed {
		c.changed(opt, local, is)
	}
	if cmd == CmdSE {
		c.subnegotiation()
	}
	if f != nil {
		f(c, cmd, opt)
	}
	if full {
		return ErrNegotiation
	}
	return nil
}

// changed follows an option that has begun or ceased to be used.
func (c *Conn) changed(opt Option, local, is bool) {
	if opt == OptBinary && !local {
		c.dec.plain = is
	}
	o := c.neg.o
	if o == nil {
		return
	}
	c.mu.Lock()
	if is {
		c.begin(opt, local)
	} else if !local {
		delete(c.info.due, opt)
	}
	c.mu.Unlock()
	if o.OnChange != nil {
		o.OnChange(c, opt, local, is)
	}
}

// ask changes what is wanted of an option. The caller holds mu, or nobody else has c yet.
func (c *Conn) ask(opt Option, local, is bool) (changed bool) {
	s := c.neg.side(opt, local)
	was := s.phase
	out := no
	if is {
		out = yes
	}
	if c.neg.o == nil && c.onCmd != nil { // the callback decides, and says it in any case
		switch {
		case !is:
			s.phase = off
		case was == offered:
			s.phase = on
		case was == off:
			s.phase = wantOn
		}
	} else {
		s.phase, out = was.ask(is)
	}
	if out != silent {
		c.queue(iac, byte(out.word(local)), byte(opt))
	}
	return was.used() != s.phase.used()
}

func (c *Conn) say(opt Option, local, is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ask(opt, local, is) && opt == OptBinary && !local && c.onCmd != nil {
		c.dec.plain = is // in a callback, which is the one who reads
	}
}

// Will offers to use an option at this side. As with the three others, it is sent only if it
// would change something (RFC 1143), and with the next that is written or read or by
// [Conn.Flush]; what becomes of it is told by Options.OnChange. In a [CommandFunc] that has
// no Options beside it, it is the answer to DO, and always sent.
func (c *Conn) Will(opt Option) { c.say(opt, true, true) }

// Wont ends the use of an option at this side, or is the answer to DO. See [Conn.Will].
func (c *Conn) Wont(opt Option) { c.say(opt, true, false) }

// Do asks the peer to use an option, or is the answer to WILL. See [Conn.Will].
func (c *Conn) Do(opt Option) { c.say(opt, false, true) }

// Dont asks the peer not to use an option any more, or is the answer to WILL. See [Conn.Will].
func (c *Conn) Dont(opt Option) { c.say(opt, false, false) }

// Settle reads until the peer has answered every request, and has told what it has agreed to
// tell: the name of its terminal, the size of its window, its variables. Data that come
// meanwhile stay to be read. The errors are those of ctx, io.EOF, and [ErrTooLong]. A peer need
// not answer at all: give ctx a time.
func (c *Conn) Settle(ctx context.Context) error {
	return c.reading(ctx, "settle", func() error {
		for looked := false; c.unsettled(); looked = true {
			if len(c.hand()) > c.cfg.maxBuffer() {
				return ErrTooLong
			}
			if err := c.more(ctx, looked); err != nil {
				return err
			}
		}
		return nil
	})
}

// unsettled reports whether an answer is missing.
func (c *Conn) unsettled() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.info.due) > 0 {
		return true
	}
	for opt := range c.neg.us {
		for _, p := range []phase{c.neg.us[opt].phase, c.neg.him[opt].phase} {
			if p != off && p != on && p != offered {
				return true
			}
		}
	}
	return false
}

// Enabled reports whether the option is in use, at this side (local) or at the peer's: both
// have agreed. It is until this side ends it or the peer has.
func (c *Conn) Enabled(opt Option, local bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if local {
		return c.neg.us[opt].phase == on
	}
	return c.neg.him[opt].phase.used()
}
