// Package selectors waits for many descriptors at once: Python's modules selectors and
// select. It is for programs that hold thousands of connections of which few are busy, and
// for descriptors that package net does not know.
//
//	s, err := selectors.New()
//	_, err = s.Register(conn, selectors.Read, session)
//	for {
//		ready, err := s.Select(ctx, selectors.Forever)
//		for _, r := range ready {
//			r.Data.(*session).serve(r.Is)
//		}
//	}
//
// A [Selector] has one of four backends: epoll on Linux, kqueue on macOS and the BSDs, poll
// everywhere but on Windows, and select. [New] takes the best, [Config] another. They answer
// alike: a key is told as long as its state lasts, unless it is registered with [Edge] or
// [OneShot]. With epoll and kqueue a wait costs time for each key that is ready, not for
// each that is registered.
//
// # Waiting
//
// A wait parks its goroutine, as reading from a connection does: the epoll object itself is
// in the runtime's poller. [Config] has LockThread for a wait in the system call. The
// backends poll and select hold a thread, and so does kqueue where the runtime cannot poll
// it. A wait ends by a ready key, its timeout, its context, [Selector.Wake] or
// [Selector.Close].
//
// # Descriptors
//
// What is registered should be an object: a *socket.Socket, a connection or listener of
// package net, an *os.File. The selector asks it whether it is still open before it tells
// anything under its name; a closed one is silent, stays in the map until it is taken out,
// and makes room for the next that gets its number. Unregister it before closing it all the
// same: that is what frees its key.
//
// A bare number cannot be asked. epoll itself forgets a file when it is closed, but not
// while a duplicate of it is open (dup, a child process, SCM_RIGHTS): then events come under
// the number although it is another's by then. The other backends compare what is open under
// the number with what was, device and inode, which does not tell apart two eventfds, timers
// or epoll objects.
//
// The runtime's poller may know the descriptor at the same time. Both are told; who reads
// first has the data. To read after a Select without parking, make the socket non-blocking
// or use the Read of its RawConn.
//
// # The module select
//
// [Select], [Poll] (not on Windows), Epoll (Linux) and Kqueue (macOS and BSD) are the calls
// themselves, with all their flags. They hold a thread while they wait and know only numbers.
//
// # Where it differs from Python
//
//   - A failed Modify leaves the key as it was; there it is taken out.
//   - A closed object is not told, by any backend; there poll tells it as ready and select
//     fails.
//   - Two goroutines may use one selector.
//   - The end of the peer's side (ReadHangup) is not readiness to write.
//
// # Windows
//
// There select is the one backend, as in Python, for sockets only and without a bound on
// their numbers. A wait holds a thread and costs time for each key. Of a bare number nobody
// can tell there that it is another's now. What the backend decides is tested on other
// systems over an imitation of Windows's select.
package selectors
