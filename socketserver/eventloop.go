package socketserver

// EventLoop serves by readiness: an idle connection is a row of a table, without a
// goroutine and without a buffer. When something has come for it, it is read, and the
// handler runs with that at hand, which Conn.Reader holds, in the goroutine that waits for
// readiness. If the handler waits for its peer, or takes longer than a millisecond or two,
// another goroutine takes over the waiting, so that no handler holds up the others.
//
// What a handler writes is sent at once, or queued and sent when there is room: Write
// waits only when MaxQueued bytes are queued. A connection with so much queued is not read.
//
// TLS goes through a [tlsutil.Object], so that an idle connection has no goroutine with it
// either, nor one of which half a record has come. Only within a handshake that the client
// has begun does one stand still, until HandshakeTimeout. After a write deadline writing can
// go on.
//
// It is made for [ConnHandler]s. A [StreamHandler] holds a goroutine for as long as its
// connection lasts, and is one of Workers.
//
// On Windows it is errors.ErrUnsupported.
type EventLoop struct {
	// Loops is how many goroutines wait for readiness, each for its connections. Zero
	// means GOMAXPROCS.
	Loops int
	// Workers is how many handlers may run at once in a loop. Zero means 256.
	Workers int
	// SharePort gives each loop a listening socket of its own (SO_REUSEPORT), among
	// which the system divides the connections or datagrams. Else one loop accepts for all.
	SharePort bool
	// MaxQueued is how many bytes of output are queued for a connection before Write
	// waits. Zero means 65,536.
	MaxQueued int
}

const (
	defaultWorkers   = 256
	defaultMaxQueued = 64 << 10
)
