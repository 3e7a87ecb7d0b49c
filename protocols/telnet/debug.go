package telnet

import "fmt"

// maxTrace is how many bytes of a piece are shown.
const maxTrace = 400

// trace writes a line about a piece of the stream to Config.Debug.
func (c *Conn) trace(what string, b []byte) {
	c.mu.Lock()
	hush := c.hush
	c.mu.Unlock()
	switch {
	case hush:
		c.traceLine("telnet: %s %d bytes (left out)\n", what, len(b))
	case len(b) > maxTrace:
		c.traceLine("telnet: %s %q and %d bytes\n", what, b[:maxTrace], len(b)-maxTrace)
	default:
		c.traceLine("telnet: %s %q\n", what, b)
	}
}

func (c *Conn) traceLine(format string, args ...any) {
	c.debug.Lock()
	defer c.debug.Unlock()
	fmt.Fprintf(c.cfg.Debug, format, args...)
}

func (c *Conn) traceRead(b []byte) {
	if c.cfg.Debug != nil {
		c.trace("recv", b)
	}
}

func (c *Conn) traceWrite(b []byte) {
	if c.cfg.Debug != nil && len(b) > 0 {
		c.trace("send", b)
	}
}

func (c *Conn) traceCommand(cmd Command, opt Option) {
	if c.cfg.Debug == nil {
		return
	}
	switch cmd {
	case CmdWill, CmdWont, CmdDo, CmdDont:
		c.traceLine("telnet: IAC %s %s\n", cmd, opt)
	default:
		c.traceLine("telnet: IAC %s\n", cmd)
	}
}

// setHush has traces leave out what is sent and received.
func (c *Conn) setHush(hush bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hush = hush
}
