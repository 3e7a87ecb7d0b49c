package socketserver

import "errors"

// wait returns at once: the read that follows does the waiting.
func (t *socketTransport) wait() error { return nil }

var errNoDescriptor = errors.ErrUnsupported

// readNow waits: Windows has no way to look.
func (t *socketTransport) readNow(p []byte) (int, error) { return t.Read(p) }
