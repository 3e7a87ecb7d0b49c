// Package cookiejar keeps the cookies that servers set and gives them back to those that
// shall have them: Python's module http.cookiejar, with a jar that is also a
// [http.CookieJar], can be listed, changed, filtered, saved and loaded.
//
//	jar := cookiejar.New(nil)
//	client := &http.Client{Jar: jar}
//	...
//	for c := range jar.All() {
//		fmt.Println(c.Domain, c.Name, c.Value)
//	}
//
// # Policies
//
// A [Policy] decides which cookies are taken and which go with a request. [Browser], which a
// jar has unless it is given another, follows RFC 6265bis as browsers do: public suffixes,
// SameSite, the prefixes __Host- and __Secure-, Secure, at most 400 days. [DefaultPolicy] is
// Python's DefaultCookiePolicy with every switch, for the Netscape protocol and RFC 2965.
//
// # Files
//
// A [FileJar] has a file in one of the formats [Mozilla], of cookies.txt, which is [Curl] where
// curl, wget and browsers shall read it, [LWP], which loses nothing, and [JSON]. It is written to a temporary file
// of permission 0600 that then takes the old one's place, under a lock that other processes
// respect; on demand at every change.
//
// # Limits
//
// A jar keeps at most 3,000 cookies, 50 of one domain, each of 4,096 bytes; the one that was
// least recently used makes room for a new one. [Limits] changes it. The time of a lookup
// depends on the cookies of the host and the domains above it, not on the others.
//
// # Where it differs from Python
//
//   - A jar without a policy has Browser. Say New(&DefaultPolicy{}) for Python's.
//   - With DefaultPolicy too, a domain is compared in small letters, without a dot at its end
//     and only whole label by whole label; no cookie is set for an address and the hosts
//     "below" it; negative versions are refused; what is not secure does not change what is.
//   - A policy narrows what a jar looks at and cannot widen it to hosts that do not end in the
//     cookie's domain.
//   - A file is refused at the first wrong line, as in Python, and also one whose lines are
//     longer than 64 KiB. A cookie that would be read as another one is not saved, and that is
//     an error; the others are.
//
// All types are safe for concurrent use unless they say otherwise.
package cookiejar
