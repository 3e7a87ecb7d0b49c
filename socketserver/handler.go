package socketserver

import "context"

// A ConnHandler serves stream connections. It is called when a connection has something to
// read, handles a request or as many as it likes, and says what comes next. In every model
// an idle connection holds no buffer, and with [EventLoop] no goroutine either: protocols
// whose connections rest between requests, such as HTTP with keep-alive, are ConnHandlers.
//
// What one request leaves for the next is kept in [Conn.State]. The Conn itself is the
// handler's only until ServeConn returns.
//
// A handler that is also an [Opener], [Closer] or [ErrorHandler] is asked there too. It is
// called from many goroutines at once, but for one connection from one at a time. A panic
// is recovered, told like an error, and ends the connection.
type ConnHandler interface {
	// ServeConn is called when there is something to read, at least the end of the
	// stream. The context ends with [Server.Close], or when [Server.Shutdown] has waited
	// in vain. An error ends the connection whatever Next says, and goes to
	// [Server.HandleError]; nothing of it goes to the peer.
	ServeConn(ctx context.Context, c *Conn) (Next, error)
}

// A ConnHandlerFunc is a function as a [ConnHandler].
type ConnHandlerFunc func(ctx context.Context, c *Conn) (Next, error)

// ServeConn calls the function.
func (f ConnHandlerFunc) ServeConn(ctx context.Context, c *Conn) (Next, error) { return f(ctx, c) }

// Next is what becomes of a connection when a handler returns.
type Next uint8

// What can become of a connection. Whatever is in [Conn.Writer] is sent in any case. Once the
// server stops, each but Detached is Close.
const (
	// Close ends the connection; it is what the zero Next means.
	Close Next = iota
	// Idle waits for more to read, for [Server.IdleTimeout], and then calls the handler
	// again: at once if [Conn.Reader] holds a part of it already.
	Idle
	// Again calls the handler again at once, after others have had their turn.
	Again
	// More waits for more to read like Idle, but keeps what is in [Conn.Reader], which is a
	// part of a request: so a slow client costs no goroutine either. The handler finds it
	// again with at least a byte more. ReadTimeout goes on from the first part. A Reader that
	// is full, or a stream that has ended, ends the connection.
	More
	// Detached leaves the connection to the handler, which has called [Conn.Detach]; without
	// that it is Close.
	Detached
)

var nextNames = [...]string{"Close", "Idle", "Again", "More", "Detached"}

// String returns the name.
func (n Next) String() string {
	if int(n) < len(nextNames) {
		return nextNames[n]
	}
	return "invalid"
}

// An Opener is a [ConnHandler] that is told of a new connection before there is anything
// to read, for protocols in which the server speaks first.
type Opener interface {
	// OpenConn is called once for each connection, after the handshake of TLS.
	OpenConn(ctx context.Context, c *Conn) (Next, error)
}

// A Closer is a [ConnHandler] that is told when a connection has ended, for any reason but
// Detach, unless its handshake of TLS has failed. It is of no more use but for its State.
type Closer interface {
	CloseConn(c *Conn)
}

// Stream makes a ConnHandler of a handler that serves a connection from its beginning to
// its end, as Python's do. In [EventLoop] it occupies a goroutine for that time.
func Stream(h StreamHandler) ConnHandler { return streamConn{h} }
