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
		if s.IsServerError() && s < 506 {
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
}

func ExampleHeader() {
	var h httpx.Header
	h.Add("X-b", "1")
	h.Add("Accept", "text/html")
	h.Add("Accept", "text/plain")
	for name, value := range h.All() {
		fmt.Println(name+":", value)
	}
	all, _ := h.Join("accept")
	fmt.Println(all)
	// Output:
	// X-b: 1
	// Accept: text/html
	// Accept: text/plain
	// text/html, text/plain
}
