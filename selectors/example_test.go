//go:build unix

package selectors_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

// Wait for what comes first.
func Example() {
	s, _ := selectors.New()
	defer s.Close()
	a, b, _ := socket.SocketPair(socket.AFUnspec, socket.SockStream, 0)
	defer a.Close()
	defer b.Close()

	s.Register(a, selectors.Read, "the left end")
	b.Write([]byte("hello"))
	ready, _ := s.Select(context.Background(), selectors.Forever)
	for _, r := range ready {
		buf := make([]byte, 100)
		n, _ := r.Obj.(*socket.Socket).Read(buf)
		fmt.Printf("%v: %v: %s\n", r.Data, r.Is, buf[:n])
	}
	// Output: the left end: Read: hello
}

// A wait that has an end, and one that is woken.
func ExampleSelector_Wake() {
	s, _ := selectors.New()
	defer s.Close()
	ready, err := s.Select(context.Background(), time.Millisecond)
	fmt.Println(len(ready), err)

	go s.Wake()
	ready, err = s.Select(context.Background(), selectors.Forever)
	fmt.Println(len(ready), err)
	// Output:
	// 0 <nil>
	// 0 <nil>
}

// Write when there is room, and wait for it only while there is something to write.
func ExampleSelector_Modify() {
	s, _ := selectors.New()
	defer s.Close()
	a, b, _ := socket.SocketPair(socket.AFUnspec, socket.SockStream, 0)
	defer a.Close()
	defer b.Close()

	queue := []byte("queued")
	s.Register(a, selectors.Read|selectors.Write, nil)
	ready, _ := s.Select(context.Background(), selectors.Forever)
	for _, r := range ready {
		if r.Is&selectors.Write != 0 {
			n, _ := a.Write(queue)
			if queue = queue[n:]; len(queue) == 0 {
				s.Modify(a, selectors.Read, nil)
			}
		}
	}
	ready, _ = s.Select(context.Background(), 0)
	fmt.Println(len(queue), len(ready))
	// Output: 0 0
}

// The keys that are registered.
func ExampleSelector_Map() {
	s, _ := selectors.New()
	defer s.Close()
	r, w, _ := os.Pipe()
	defer r.Close()
	defer w.Close()
	s.Register(r, selectors.Read, "reading end")
	s.Register(w, selectors.Write, "writing end")
	for _, key := range s.Map() {
		fmt.Println(key.Data, key.Events)
	}
	fmt.Println(s.Len())
	// Output:
	// reading end Read
	// writing end Write
	// 2
}

// A loop that allocates nothing uses its slice again.
func ExampleSelector_AppendSelect() {
	s, _ := selectors.New()
	defer s.Close()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Millisecond, cancel)
	var ready []selectors.Ready
	for {
		var err error
		if ready, err = s.AppendSelect(ctx, ready[:0], selectors.Forever); err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output: selectors: select: context canceled
}

// The call select itself.
func ExampleSelect() {
	r, w, _ := os.Pipe()
	defer r.Close()
	defer w.Close()
	w.Write([]byte("x"))
	readable, writable, _, err := selectors.Select([]*os.File{r}, []*os.File{w}, nil, selectors.Forever)
	fmt.Println(len(readable), len(writable), err)
	// Output: 1 1 <nil>
}

// The call poll itself.
func ExamplePoll() {
	r, w, _ := os.Pipe()
	defer r.Close()
	defer w.Close()
	var p selectors.Poll
	p.Register(r, selectors.PollIn)
	w.Close()
	events, err := p.Poll(selectors.Forever)
	fmt.Println(events[0].Mask == selectors.PollHup, err)
	// Output: true <nil>
}
