// Package socketserver makes servers of sockets and handlers: Python's module socketserver,
// from one connection at a time to tens of thousands.
//
//	s := &socketserver.Server{
//		Addr:    socket.Inet{Port: 7},
//		Model:   socketserver.Threading{},
//		Handler: socketserver.Stream(socketserver.StreamHandlerFunc(echo)),
//	}
//	err := s.ServeForever(ctx)
//
// A [Server] is for TCP, UDP or Unix sockets, after its address and handler. Its fields are
// the attributes, and the methods to be overridden, of Python's classes.
//
// # Handlers
//
// A [StreamHandler] serves a connection from its beginning to its end and reads and writes
// it like a file, as Python's do. A [ConnHandler] is called for each request and says what
// comes next, so that a connection that rests costs little. A [DatagramHandler] gets
// datagrams. A handler's panic is recovered and hurts nobody else.
//
// # Models
//
// [Sequential] serves one after the other, as Python's servers do by themselves, and
// [Threading] each in a goroutine. [Forking] has worker processes, of which a crash costs one
// request. [EventLoop] serves by readiness: a connection that rests costs some 340 bytes,
// where one in a goroutine costs ten times as much and one with a goroutine and buffers of
// its own twenty times. [Process] has it happen wherever a function of the caller's
// likes. Every handler works in every model.
//
// A ConnHandler may read on when a part of its request is missing: its goroutine waits,
// within ReadTimeout. In an EventLoop it is one of Workers meanwhile; so that slow clients do
// not use those up, it rather returns [More] and is called again.
//
// # Limits
//
// The times are absolute: a peer that sends a byte now and then does not prolong them. Set
// [Server.IdleTimeout] and [Server.ReadTimeout] where strangers connect, and
// [Server.MaxConns] or a model's limit: beyond it connections wait in the system's queue.
//
// # Where it differs from Python
//
//   - A server serves once: Shutdown also closes the socket, and a handler may call it.
//   - The queue of waiting connections is as long as the system allows, not 5.
//   - Reuse of the address is on for stream sockets.
//   - An answer to a datagram is sent if something was written, and no empty one.
//   - The files of Unix sockets have the permission 0600 and are removed in the end.
//   - Errors are logged without what a peer could forge.
package socketserver
