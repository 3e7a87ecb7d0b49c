// Package client is an HTTP/1.1 client on which the caller decides each step, Python's
// http.client, and a pool of such connections that is an http.RoundTripper.
//
//	c, err := client.New("example.com", nil)
//	err = c.Request(ctx, "GET", "/", nil, httpx.Header{{Name: "X-a", Value: "1"}})
//	resp, err := c.Response(ctx)
//	body, err := resp.ReadAll()
//
//	hc := http.Client{Transport: new(client.Pool)} // for what speaks net/http
//
// [Conn] is one connection: header fields go out in the order and the spelling in
// which they are put, bodies as they are given or in chunks with trailers, through a
// proxy's tunnel ([Conn.SetTunnel]) and over TLS ([NewTLS]) or a Unix socket
// ([NewUnix]). [Response] reads like Python's HTTPResponse and is an io.ReadCloser.
// [Pool] keeps connections alive, bounded for each host.
//
// All input and output is done on the caller's goroutine, but for a body of more than 16
// KiB, or of unknown length, that is given to [Pool.RoundTrip]: a goroutine sends it while
// the response is awaited, as the server may answer before it has all. None is left once
// the response has ended and the body lets go when it is closed.
//
// # Reading
//
// A response is read strictly (RFC 9112), with two liberties that do no harm at the
// end of the line: a bare line feed ends a line of the header, and a folded field is
// joined by a blank. What is refused is an error of class [ErrHTTP]. The limits are
// those of Python: 65,536 bytes a line, 100 lines of headers, 100 interim responses.
// Config.Lenient reads as Python does.
//
// # Where it differs from Python
//
//   - A name that is no token and a value with a control character are [ErrInvalid];
//     Python lets some pass. Several values of one PutHeader are joined by commas.
//   - A body that ends early is an [*IncompleteReadError] in every way of reading it,
//     with what there is; Python reports it only from read without an argument.
//   - A response to HEAD, and one with status 1xx, 204 or 304, has no body whatever its
//     header says, and is finished at once.
//   - A connection on which something came that nobody asked for, or that the server has
//     closed, is not used again: the next request opens another.
//   - A port is a number from 0 to 65535.
//
// # Left out
//
// HTTP/2, content codings, redirects, cookies and authentication: net/http's Client
// does the last three over a [Pool]. A Pool does not call the hooks of net/http/httptrace.
package client
