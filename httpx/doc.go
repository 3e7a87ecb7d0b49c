// Package httpx has what HTTP clients and servers share: status codes and methods
// as Python's module http has them, and [Header], which keeps the order and the
// spelling of fields.
//
//	s := httpx.StatusNotFound
//	fmt.Println(int(s), s.Phrase(), "-", s.Description()) // 404 Not Found - Nothing matches the given URI
//
//	var h httpx.Header
//	h.Add("X-b", "1")
//	h.Add("x-A", "2") // goes out in this order and in this case
//
// The packages below it do the work: [client] is Python's http.client and an
// http.RoundTripper, [server] is http.server over any net.Listener and runs any
// http.Handler.
//
// # Where it differs from Python
//
//   - A [Status] is any integer; [ParseStatus] refuses what has no name, as the
//     call of Python's enumeration does.
//   - A [Header] is written as it is read; obsolete folding does not survive.
//
// [client]: https://pkg.go.dev/github.com/pynet-go/pynet/httpx/client
// [server]: https://pkg.go.dev/github.com/pynet-go/pynet/httpx/server
package httpx
