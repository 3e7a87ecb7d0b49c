package tlsutil

import "crypto/tls"

// info is what [Conn] and [Object] know of their connection.
type info struct {
	state  func() tls.ConnectionState
	server bool
	name   string
}

// ConnectionState returns what crypto/tls knows of the connection; before the handshake is
// complete it is empty.
func (i *info) ConnectionState() tls.ConnectionState { return i.state() }

// ServerSide reports whether this is the server. Python: server_side.
func (i *info) ServerSide() bool { return i.server }

// ServerHostname returns the name of the server that a client has asked for, and "" on the
// server's side. Python: server_hostname.
func (i *info) ServerHostname() string { return i.name }
