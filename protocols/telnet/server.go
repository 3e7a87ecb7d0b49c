package telnet

import (
	"maps"
	"net"
)

// A ServerConn is the host's end of a connection: what a handler of a server reads from and
// writes to.
type ServerConn struct{ *Conn }

// NewServerConn returns a ServerConn over a connection that was accepted, which it owns from
// now on. cfg may be nil. If Config.Options is nil, it asks for no go-aheads on both sides,
// and for the terminal's name and the window's size; everything else is refused. Nothing is
// sent before the first read or write.
func NewServerConn(nc net.Conn, cfg *Config) *ServerConn {
	if cfg == nil {
		cfg = &noConfig
	}
	o := cfg.Options
	if o == nil {
		o = &Options{AskLocal: []Option{OptSGA}, AskRemote: []Option{OptSGA, OptTType, OptNAWS}}
	}
	return &ServerConn{newConn(nc, cfg, o)}
}

// Terminal returns the name of the client's terminal, "" if it has not told. It has at most
// 40 letters, digits and "+-./_", and does not begin with "-".
func (s *ServerConn) Terminal() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.info.terminal
}

// Window returns the size of the client's window, the zero Window if it has not told.
func (s *ServerConn) Window() Window {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.info.peerWindow
}

// Environ returns a copy of the variables that the client has told, of those of
// Options.EnvironNames. They are the client's words: no value begins with "-" or has control
// characters, but what it says is not to be believed, and never to be an argument of a
// program.
func (s *ServerConn) Environ() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.info.peerEnviron)
}

// Secret tells the client that the host echoes from now on, so that it does not, and does not
// echo: a password is asked for so (RFC 857). The function that is returned ends that. If
// [OptEcho] is in use anyway, nothing is sent.
func (s *ServerConn) Secret() (end func()) {
	s.mu.Lock()
	p := s.neg.us[OptEcho].phase
	s.mu.Unlock()
	if p == on || p == wantOn {
		return func() {}
	}
	s.Will(OptEcho)
	return func() { s.Wont(OptEcho) }
}
