// Package cookies reads and writes cookies as Python's module http.cookies does: with
// quoted values that may hold any text, and every attribute a cookie has had, from
// Comment and Version (RFC 2109) to SameSite and Partitioned (RFC 6265bis).
//
//	var c cookies.Jar                    // Python's SimpleCookie
//	err := c.Load(r.Header.Get("Cookie"))
//	err = c.Set("lang", "na\u00efve; really")
//	c.Get("lang").SetAttr(cookies.Path, "/")
//	err = c.SetHeader(w.Header())        // Set-Cookie: lang="na\357ve\073 really"; Path=/
//
// A [Morsel] is one cookie: a name, a value, the value as it stands on the wire, and
// attributes. A [Jar] holds morsels by name. What a browser would keep between requests is
// the work of package cookiejar.
//
// # Reading
//
// [Jar.Load] reads a Cookie header as Python does: a header with one bad pair gives nothing
// at all, so that nobody smuggles a cookie behind it, and what comes behind a byte that no
// cookie has is not read. [ParseSetCookie] reads the Set-Cookie line of a server by RFC 6265
// section 5.2. Both take time in proportion to the text.
//
// # Writing
//
// Nothing that is written holds a control character: names, values and attributes are
// checked when they are set, when they are decoded from JSON, and when they are written.
//
// # Where it differs from Python
//
//   - A name that begins with __Host- is not written with a domain or another path than "/";
//     [Jar.SetHeader] and [Morsel.HTTP] write it, and one with __Secure-, only with all that
//     the prefix promises (RFC 6265bis section 4.1.3). Python writes it with anything.
//   - [Jar.Load] reads at most 3,000 cookies; [Jar.MaxCookies] changes it.
//   - Values are text; other types are the caller's to convert.
//
// Values are UTF-8. The quoted form writes a character up to U+00FF as the octal number of
// its code point, as Python does, and others as they are.
package cookies
