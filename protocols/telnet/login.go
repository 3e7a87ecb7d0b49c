package telnet

import (
	"context"
	"regexp"
)

// LoginOptions say what a host asks at login. A nil expression stands for its default.
type LoginOptions struct {
	// Name and Password are the questions. The defaults are "login:" or "username:", and
	// "password:", at the end of what has come, in upper or lower case.
	Name, Password *regexp.Regexp
	// Ready is what the host says to who is in. The default is a prompt, one of "$#>%" with
	// or without a blank behind, at the end of what has come.
	Ready *regexp.Regexp
	// Refused is what it says to who is not. The default is "incorrect", "failed", "denied"
	// or "invalid".
	Refused *regexp.Regexp
}

var (
	loginName     = regexp.MustCompile(`(?i)(login|user ?name):[ \t]*\z`)
	loginPassword = regexp.MustCompile(`(?i)password:[ \t]*\z`)
	loginReady    = regexp.MustCompile(`[$#>%] ?\z`)
	loginRefused  = regexp.MustCompile(`(?i)incorrect|failed|denied|invalid`)
)

func or(re, def *regexp.Regexp) *regexp.Regexp {
	if re != nil {
		return re
	}
	return def
}

// Login answers a host's questions for a name and a password, each only when it has been
// asked, and returns what the host says then, or what it said last if that was no question. It
// is [ErrLogin] if the host refuses, or asks
// for a name again. Names and passwords with control characters are [ErrArgument]. The
// password does not show in Config.Debug, nor does what the host sends before it is ready.
// o may be nil. It has no counterpart in Python.
func (c *Client) Login(ctx context.Context, name, password string, o *LoginOptions) (welcome []byte, err error) {
	if !plainText(name) || !plainText(password) {
		return nil, &Error{"login", ErrArgument}
	}
	if o == nil {
		o = &LoginOptions{}
	}
	ask, secret := or(o.Name, loginName), or(o.Password, loginPassword)
	if m, err := c.Expect(ctx, ask); err != nil {
		return m.Text, err
	}
	if err := c.line(ctx, name); err != nil {
		return nil, err
	}
	if m, err := c.Expect(ctx, secret); err != nil {
		return m.Text, err
	}
	c.setHush(true)
	defer c.setHush(false)
	if err := c.line(ctx, password); err != nil {
		return nil, err
	}
	m, err := c.Expect(ctx, or(o.Refused, loginRefused), ask, or(o.Ready, loginReady))
	switch {
	case err != nil:
		return m.Text, err
	case m.Index < 2:
		return m.Text, &Error{"login", ErrLogin}
	}
	return m.Text, nil
}

// line sends a line, with CR LF, in any mode.
func (c *Conn) line(ctx context.Context, s string) error {
	_, err := c.WriteContext(ctx, []byte(s+"\r\n"))
	return err
}

// plainText reports whether s has no control characters.
func plainText(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return true
}
