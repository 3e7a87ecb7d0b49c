package http1

// Limits bound what a peer may send. Zero means the default of each.
type Limits struct {
	// Line is the longest start line, field line or trailer line in bytes, line end
	// included. Zero means 65,536, as in Python.
	Line int
	// Fields is how many lines of fields a head has at most, and how many trailers.
	// Zero means 100, as in Python.
	Fields int
	// Head is how many bytes a head has at most. Zero means 1 MiB.
	Head int
	// ChunkLine is the longest line of a chunk's size and extensions, line end
	// included. Zero means 4,096.
	ChunkLine int
}

// The defaults of [Limits].
const (
	DefaultLine      = 65536
	DefaultFields    = 100
	DefaultHead      = 1 << 20
	DefaultChunkLine = 4096
)

func (l *Limits) line() int      { return or(l.Line, DefaultLine) }
func (l *Limits) fields() int    { return or(l.Fields, DefaultFields) }
func (l *Limits) head() int      { return or(l.Head, DefaultHead) }
func (l *Limits) chunkLine() int { return or(l.ChunkLine, DefaultChunkLine) }

func or(n, def int) int {
	if n > 0 {
		return n
	}
	return def
}

// Lenient is what may pass beyond the strict reading, a set of flags.
type Lenient uint8

const (
	// BareLF takes a line feed alone for the end of a line in a head.
	BareLF Lenient = 1 << iota
	// Fold joins a field that goes on in the next line (obsolete since RFC 7230), with
	// a blank in place of the line end.
	Fold
	// NoHost lets a request of HTTP/1.1 come without a Host.
	NoHost
	// HTTP09 takes "GET /path" for a request of HTTP/0.9.
	HTTP09
	// Python reads start lines and fields as Python does: a field ends where the
	// next line does not look like its continuation, a line that is no field ends the
	// head, the values keep line ends within, of fields that matter for framing the
	// first counts, and the end of the stream ends the head. It implies the others.
	Python
)

func (l Lenient) has(f Lenient) bool { return l&(f|Python) != 0 }
