package client

import (
	"bytes"
	"fmt"
	"strings"
)

// secret are the headers whose values are left out of a trace.
var secret = []string{"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token"}

// trace writes what is sent or received to Config.Debug, line by line.
func (c *Conn) trace(what string, b []byte) {
	if c.cfg.Debug == nil {
		return
	}
	for line := range bytes.Lines(b) {
		text := strings.TrimRight(string(line[:min(len(line), 400)]), "\r\n")
		if name, _, ok := strings.Cut(text, ":"); ok {
			for _, s := range secret {
				if strings.EqualFold(strings.TrimSpace(name), s) {
					text = name + ": (left out)"
				}
			}
		}
		fmt.Fprintf(c.cfg.Debug, "%s: %q\n", what, text)
	}
}
