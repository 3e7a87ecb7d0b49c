package socketserver

import (
	"errors"
	"fmt"
	"net"
)

// ErrServerClosed is returned by [Server.ServeForever] and [Server.HandleRequest] after
// Shutdown or Close. It is also net.ErrClosed.
var ErrServerClosed = fmt.Errorf("socketserver: server closed: %w", net.ErrClosed)

// Causes for a server that cannot start.
var (
	// ErrNoHandler: neither Handler nor DatagramHandler is set, or both are.
	ErrNoHandler = errors.New("socketserver: a server needs one handler")
	// ErrStarted: the server serves already, or is bound already.
	ErrStarted = errors.New("socketserver: server has been started")
	// ErrRunning: Shutdown was called by a handler or hook, for which it cannot wait. The
	// shutdown goes on all the same.
	ErrRunning = errors.New("socketserver: shutdown called by a handler that still runs")
)

// errGoexit is told of a handler that ended its goroutine, as FailNow of a test does.
var errGoexit = errors.New("socketserver: handler called runtime.Goexit")

// A PanicError tells of a handler's panic.
type PanicError struct {
	// Value is what the handler panicked with.
	Value any
	// Stack is where, as runtime/debug.Stack has it.
	Stack []byte
}

// Error gives the value, quoted: it may be of a peer's making.
func (e *PanicError) Error() string {
	return fmt.Sprintf("socketserver: handler panicked: %q", fmt.Sprint(e.Value))
}

// Unwrap returns the value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
