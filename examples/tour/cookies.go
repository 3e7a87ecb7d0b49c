package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/httpx/cookies"
)

// jars gives each client of the log a cookie, as a server would, and plays the browser that
// keeps them.
func jars(w io.Writer, in *input) error {
	var now time.Time // the log's
	clock := func() time.Time { return now }
	jar := cookiejar.New(&cookiejar.Browser{Now: clock})
	jar.SetClock(clock)
	for _, e := range in.log {
		now = e.time
		var c cookies.Jar
		if err := c.Set("last", e.url); err != nil {
			continue
		}
		m := c.Get("last")
		m.SetInt(cookies.MaxAge, 900)
		m.SetAttr(cookies.Path, "/")
		h := http.Header{}
		if err := c.SetHeader(h); err != nil {
			return err
		}
		host := e.client
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		jar.Extract(h, cookiejar.NewRequest("http://"+host+"/"))
	}
	fmt.Fprintf(w, "%d clients have a cookie; those of the first two:\n", jar.Len())
	n := 0
	for c := range jar.All() {
		if n++; n > 2 {
			break
		}
		fmt.Fprintf(w, "  %s  until %s  %s\n", c.Domain, c.Expires.Format(time.TimeOnly), cookies.Unquote(c.Value))
	}
	now = now.Add(time.Minute)
	jar.ClearExpiredCookies()
	fmt.Fprintf(w, "a minute after the last request %d are left, the others had 15 minutes\n", jar.Len())

	// What a server may not do.
	for _, line := range []string{"a=1; Domain=co.uk", "__Host-a=1; Domain=evil.co.uk; Secure; Path=/", "a=1; SameSite=None", "ok=1; Domain=evil.co.uk"} {
		before := jar.Len()
		jar.Extract(http.Header{"Set-Cookie": {line}}, cookiejar.NewRequest("https://www.evil.co.uk/"))
		fmt.Fprintf(w, "  %-50s taken: %v\n", line, jar.Len() > before)
	}
	return nil
}
