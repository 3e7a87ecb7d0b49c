// Package robotparser reads a site's robots.txt and answers what a crawler may fetch:
// Python's urllib.robotparser, and RFC 9309, the Robots Exclusion Protocol.
//
//	p, err := robotparser.New("https://example.org/robots.txt")
//	err = p.Read(ctx)
//	if p.CanFetch("examplebot", "https://example.org/private/") { … }
//
// A text that is there already is given to [Parser.Parse], an answer that one has fetched
// by oneself to [Parser.ReadResponse].
//
// # The rules
//
// The groups whose product token is the crawler's hold, all of them together, and those of
// "*" if there is none. Of the rules that match a URL's path and query the longest decides,
// and Allow between two of the same length. In a rule "*" stands for any text, and "$" at
// the end for the end of the URL. Escapes are compared by what they mean, but for %2F, which
// is no slash. The time that a match takes is linear in the length of the URL.
//
// # From Python
//
// RobotFileParser is [Parser]; its methods have the same names, mtime is [Parser.Fetched] and
// modified is [Parser.Touch]. What Python 3.15 decides in another way than the RFC does holds
// with [Parser.Python]:
//
//   - A crawler is one that a group is for if the group's token is any part of its name.
//   - %2F is a slash in a path.
//   - That rule is the longest which matches the longest part of the URL: "/*" always is.
//   - A fragment belongs to the URL.
//   - A rule with "$" in its middle is none.
//   - Lines end as str.splitlines has it.
//
// In either, a number is of ASCII digits and a rate is not of 0 seconds. A text that is
// longer than [Parser.MaxSize] is cut, a server that cannot be reached or fails allows
// nothing, and Read follows no more than five redirects and none to another scheme than
// http and https.
package robotparser
