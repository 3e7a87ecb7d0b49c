package http1

import (
	"bytes"
	"io"
	"math"
	"strings"

	"github.com/pynet-go/pynet/httpx"
)

// A Chunked decodes a chunked body (RFC 9112 section 7.1) from the bytes at hand.
// The zero value with its Limits is ready.
type Chunked struct {
	Limits Limits
	// Python reads sizes, line ends and trailers as Python does.
	Python bool

	state   uint8
	remain  int64 // of the chunk
	budget  int64 // extension bytes that may still come
	begun   bool
	lines   int
	seen    int    // bytes of the line to come that have no line feed
	trailer []byte // the trailer section as it came
}

// The states of a Chunked: what comes next.
const (
	atSize = iota
	atData
	atDataEnd
	atTrailer
	atEnd
)

// extensionBudget is how many bytes of chunk extensions a body may have beside
// twice its own length.
const extensionBudget = 16 << 10

// Next takes from src and returns how many bytes it has used, of which data, a part
// of src, is content. It uses as much as makes one piece of data. n = 0 without an
// error: more bytes are needed. The error is io.EOF after the last chunk and the
// trailers; others are of type *[Error].
func (c *Chunked) Next(src []byte) (data []byte, n int, err error) {
	for {
		var used int
		switch c.state {
		case atSize:
			used, err = c.size(src[n:])
		case atData:
			if n == len(src) {
				return nil, n, nil
			}
			used = int(min(c.remain, int64(len(src)-n)))
			data = src[n : n+used]
			c.remain -= int64(used)
			c.budget += 2 * int64(used)
			if c.remain == 0 {
				c.state = atDataEnd
			}
			return data, n + used, nil
		case atDataEnd:
			used, err = c.dataEnd(src[n:])
		case atTrailer:
			used, err = c.trailerLine(src[n:])
		default:
			return nil, n, io.EOF
		}
		n += used
		if err != nil || used == 0 {
			return nil, n, err
		}
	}
}

// lineEnd finds the line feed that ends the line at hand, -1 if it has not come yet.
func (c *Chunked) lineEnd(b []byte, limit int, what string) (int, error) {
	b = b[:min(len(b), limit)]
	i := bytes.IndexByte(b[min(c.seen, len(b)):], '\n')
	if i >= 0 {
		i += c.seen
		c.seen = 0
		return i, nil
	}
	if c.seen = len(b); c.seen == limit {
		return -1, fail(ErrLineTooLong, what, nil)
	}
	return -1, nil
}

// size reads a chunk's size line.
func (c *Chunked) size(b []byte) (int, error) {
	if !c.begun {
		c.begun, c.budget = true, extensionBudget
	}
	end, err := c.lineEnd(b, c.Limits.chunkLine(), "chunk size")
	if end < 0 {
		return 0, err
	}
	if c.Python {
		return end + 1, c.pythonSize(b[:end])
	}
	line := b[:end]
	if end == 0 || line[end-1] != '\r' {
		return 0, fail(ErrChunk, "chunk size", line)
	}
	line = line[:end-1]
	size, ok := int64(0), false
	i := 0
	for ; i < len(line) && class[line[i]]&isHex != 0; i++ {
		if ok = i < 16 && size <= math.MaxInt64>>4; !ok {
			break
		}
		size = size<<4 | int64(unhex(line[i]))
	}
	rest := line[i:]
	if !ok || !all(rest, isValue) || len(rest) > 0 && !isExtension(rest) {
		return 0, fail(ErrChunk, "chunk size", line)
	}
	if c.budget -= int64(len(rest)); c.budget < 0 {
		return 0, fail(ErrChunk, "chunk extensions too long", nil)
	}
	c.remain, c.state = size, atData
	if size == 0 {
		c.state = atTrailer
	}
	return end + 1, nil
}

// isExtension reports whether what follows the size is blanks, or blanks and a
// semicolon.
func isExtension(b []byte) bool {
	t := bytes.TrimLeft(b, " \t")
	return len(t) == 0 || t[0] == ';'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// dataEnd reads the CR LF after a chunk's data.
func (c *Chunked) dataEnd(b []byte) (int, error) {
	switch {
	case c.Python && len(b) > 1: // whatever they are
	case !c.Python && len(b) > 0 && (b[0] != '\r' || len(b) > 1 && b[1] != '\n'):
		return 0, fail(ErrChunk, "end of chunk", b[:min(len(b), 2)])
	case len(b) < 2:
		return 0, nil
	}
	c.state = atSize
	return 2, nil
}

// trailerLine reads a line of the trailer section.
func (c *Chunked) trailerLine(b []byte) (int, error) {
	end, err := c.lineEnd(b, c.Limits.line(), "trailer line")
	if end < 0 {
		return 0, err
	}
	if c.Python && (end == 0 || end == 1 && b[0] == '\r') {
		c.state = atEnd
		return end + 1, nil
	}
	if !c.Python && (end == 0 || b[end-1] != '\r') {
		return 0, fail(ErrField, "trailer line", b[:end])
	}
	if end == 1 {
		c.state = atEnd
		return 2, nil
	}
	if c.lines++; c.lines > c.Limits.fields() || len(c.trailer)+end > c.Limits.head() {
		return 0, fail(ErrTooManyFields, "trailers", nil)
	}
	if c.Python {
		return end + 1, nil // read and dropped
	}
	line := b[:end-1]
	i := bytes.IndexByte(line, ':')
	if i <= 0 || !all(line[:i], isToken) || !all(line[i:], isValue) {
		return 0, fail(ErrField, "trailer line", line)
	}
	if ForbiddenTrailer(line[:i]) {
		return 0, fail(ErrTrailer, "", line[:i])
	}
	c.trailer = append(c.trailer, b[:end+1]...)
	return end + 1, nil
}

// ForbiddenTrailer reports whether a field must not come after the body, as it
// says how the message is to be read or handled (RFC 9110 section 6.5.1).
func ForbiddenTrailer[T string | []byte](name T) bool {
	for _, f := range []string{"transfer-encoding", "content-length", "host", "connection", "content-encoding", "content-type", "content-range", "trailer", "expect", "te", "upgrade", "authorization", "proxy-authorization", "set-cookie", "cookie"} {
		if EqualFold(name, f) {
			return true
		}
	}
	return false
}

// Trailer returns the trailer fields once the body has ended.
func (c *Chunked) Trailer() httpx.Header {
	var h httpx.Header
	text := string(c.trailer)
	for len(text) > 0 {
		i := strings.IndexByte(text, '\n')
		line := text[:i-1]
		text = text[i+1:]
		j := 0
		for line[j] != ':' {
			j++
		}
		h = append(h, httpx.Field{Name: line[:j], Value: trimBlanks(line[j+1:])})
	}
	return h
}

// InChunk returns how many bytes of the current chunk have not come yet.
func (c *Chunked) InChunk() int64 { return c.remain }

// Done reports whether the body has ended.
func (c *Chunked) Done() bool { return c.state == atEnd }
