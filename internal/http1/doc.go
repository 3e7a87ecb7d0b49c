// Package http1 is the HTTP/1.1 codec (RFC 9112) that httpx/client and httpx/server
// share: start lines, fields, the rules of framing, chunked bodies, and the checks of
// what goes out.
//
// It is strict where two readers could disagree, which is where request smuggling
// lives: a message that it accepts, net/http reads the same way. Everything has a
// limit. Parsing is incremental: [Head.Parse] and [Chunked.Next] take the bytes at
// hand, whether a loop of readiness or a [Reader] has brought them, and say how many
// they used.
//
// [Lenient] reads what Python's http.client and http.server read; it is for those
// who must talk to broken peers and have no other hop in between.
package http1
