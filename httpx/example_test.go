package httpx_test

import (
	"fmt"

	"github.com/pynet-go/pynet/httpx"
)

func ExampleStatus() {
	s := httpx.StatusNotFound
	fmt.Println(s, s.Name(), "|", s.Phrase(), "|", s.Description())
	fmt.Println(s.IsClientError(), s.IsServerError())
	// Output:
	// 404 NOT_FOUND | Not Found | Nothing matches the given URI
	// true false
}

func ExampleStatuses() {
	for s := range httpx.Statuses() {
		if s.IsServerError() && s.Description() != "" {
			fmt.Printf("%d %s\n", s, s.Phrase())
		}
	}
	// Output:
	// 500 Internal Server Error
	// 501 Not Implemented
	// 502 Bad Gateway
	// 503 Service Unavailable
	// 504 Gateway Timeout
	// 505 HTTP Version Not Supported
	// 511 Network Authentication Required
}

func ExampleHeader() {
	var h httpx.Header
	h.Add("X-b", "1")
	h.Add("Accept", "text/html")
	h.Add("Accept", "text/plain")
	fmt.Print(h)
	all, _ := h.Join("accept")
	fmt.Println(all)
	// Output:
	// X-b: 1
	// Accept: text/html
	// Accept: text/plain
	// text/html, text/plain
}
