// Package server answers HTTP/1.1 requests: Python's http.server over the models of
// socketserver, and any http.Handler.
//
//	s := &server.Server{Addr: "127.0.0.1:8000", Handler: server.Methods{
//		"GET": func(r *server.Request) {
//			r.SendResponse(200, "")
//			r.SendHeader("Content-Type", "text/plain")
//			r.EndHeaders()
//			r.WriteString("hello\n")
//		},
//	}}
//	err := s.ServeForever(ctx)
//
// [Files] serves a tree of files, with listings, ranges and conditions; [CGI] runs
// scripts; [HTTP] runs an http.Handler with all that net/http gives it.
//
// A [Server] runs in any model of package socketserver. With [socketserver.EventLoop]
// a connection that rests between requests holds no goroutine and no buffer, over TLS
// too. Server.Serve takes any net.Listener instead.
//
// # Reading
//
// Requests are read strictly (RFC 9112): what a proxy in front could read otherwise is
// refused by 400, and the connection ends. Server.Lenient takes more, for clients that are
// broken. The limits are Python's, 65,536 bytes a line and 100 lines, and 1 MiB a header;
// 30 seconds for a header and 2 minutes between requests.
//
// # Where it differs from Python
//
//   - The protocol is HTTP/1.1 unless Server.Protocol says otherwise, and each connection
//     has a goroutine unless Server.Model does.
//   - An answer of HTTP/1.1 without a length gets one, or goes in chunks, unless
//     Server.Bare says otherwise: then it ends with the connection. A body that a
//     handler has not read is read or the connection ends, and never taken for the next
//     request. An answer to HEAD has no body.
//   - HTTP/0.9, a request of HTTP/1.1 without Host, bare line feeds and folded fields
//     are refused unless Server.Lenient says otherwise.
//   - SendHeader and SendResponse refuse control characters.
//   - Files serves nothing outside of the tree, not even through links, and no hidden
//     files unless asked to. It knows ranges and entity tags.
//   - CGI gives a script no headers that could be forged and kills it with its children.
package server
