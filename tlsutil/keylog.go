package tlsutil

import (
	"io"
	"os"
)

// KeyLogFilename returns the file that the secrets of connections are written to, or "".
// Python: keylog_filename.
func (c *Context) KeyLogFilename() string { return get(c, func() string { return c.keyLogFile }) }

// SetKeyLogFilename appends the secrets of all later connections to a file, which is made
// with mode 0600, in the format that Wireshark reads (NSS key log). Whoever has the file
// can read the connections: it is for debugging. An empty name ends it. The environment is
// never asked. Python: keylog_filename.
func (c *Context) SetKeyLogFilename(path string) error {
	return c.change(func() error {
		var f *os.File
		if path != "" {
			var err error
			if f, err = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err != nil {
				return &Error{Op: "keylog_filename", Library: "SSL", Reason: "SYS_LIB", Number: ErrorSyscall, Err: err}
			}
		}
		c.keyLog, c.keyLogFile = nil, path
		if f != nil {
			c.keyLog = f // not closed: configurations and copies may write to it
		}
		return nil
	})
}

// SetKeyLogWriter is [Context.SetKeyLogFilename] for a writer; nil ends it. Writes come one
// at a time.
func (c *Context) SetKeyLogWriter(w io.Writer) {
	c.change(func() error { c.keyLog, c.keyLogFile = w, ""; return nil })
}
