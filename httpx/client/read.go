package client

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// Read implements io.Reader. A body that ends early is an [*IncompleteReadError].
// After Close it is io.EOF, as in Python.
func (r *Response) Read(p []byte) (int, error) {
	n, err := r.read(p)
	if err == io.EOF {
		r.touch()
		r.end(r.Status != httpx.StatusSwitchingProtocols)
	}
	return n, err
}

// read is Read without the end of a response whose body ends with the connection.
func (r *Response) read(p []byte) (int, error) {
	r.reading.Lock()
	defer r.reading.Unlock()
	if r.over() {
		return 0, io.EOF
	}
	r.w.armRead(r.cfg.Timeout)
	n, err := r.body.Read(p)
	if r.body.Done() && r.body.Kind() != http1.EOFBody {
		r.end(r.Status != httpx.StatusSwitchingProtocols)
	}
	if err != nil && err != io.EOF {
		err = r.failed(err, nil)
	}
	return n, err
}

// failed ends the response after an error within its body.
func (r *Response) failed(err error, partial []byte) error {
	if r.ctx != nil && errors.Is(err, os.ErrDeadlineExceeded) && r.ctx.Err() != nil {
		err = r.ctx.Err()
	}
	expected := int64(-1)
	if r.body.Kind() == http1.LengthBody {
		expected = r.body.Remaining()
	}
	if errors.Is(err, http1.ErrLineTooLong) && !r.tooLong { // as in Python, still to be read
		r.tooLong = true
		return &Error{Kind: ErrLineTooLong, Err: err}
	}
	if errors.Is(err, http1.ErrTooManyFields) {
		return &Error{Kind: ErrTooManyHeaders, Err: err}
	}
	if !r.Chunked || r.body.Remaining() == 0 { // as in Python
		r.end(false)
	}
	return &IncompleteReadError{Partial: partial, Read: r.body.Count(), Expected: expected, Err: err}
}

// ReadAll reads the rest of the body: Python's read without an argument. If it ends
// early, what there is comes with an [*IncompleteReadError].
func (r *Response) ReadAll() ([]byte, error) { return r.ReadN(-1) }

// ReadN reads n bytes of the body, fewer at its end, or all of it if n is negative:
// Python's read(n). Memory is used for what has come, not for n. If the body
// ends early, what there is comes with an [*IncompleteReadError].
func (r *Response) ReadN(n int) ([]byte, error) {
	b, err := r.readN(n)
	if n >= 0 {
		err = r.short(err)
	}
	return b, err
}

// short lets the error of a body that ends early go if that is [Config.Lenient]: where
// Python reads a part of a body of known length, it takes the end of the stream for the
// end of the body.
func (r *Response) short(err error) error {
	if err != nil && r.cfg.Lenient && !r.Chunked && errors.Is(err, ErrIncompleteRead) {
		return nil
	}
	return err
}

// peeked is short for lines, which Python finds by peeking, to which an error between two
// chunks is the end.
func (r *Response) peeked(err error) error {
	if err != nil && r.cfg.Lenient && errors.Is(err, ErrIncompleteRead) && r.IsClosed() {
		return nil
	}
	return r.short(err)
}

func (r *Response) readN(n int) ([]byte, error) {
	var out []byte
	if n == 0 && r.Chunked {
		_, err := r.peek() // as in Python, an error that is at hand shows
		return nil, err
	}
	for n < 0 || len(out) < n {
		if len(out) == cap(out) {
			out = append(out, make([]byte, r.guess(len(out)))...)[:len(out)]
		}
		p := out[len(out):cap(out)]
		if n >= 0 {
			p = p[:min(len(p), n-len(out))]
		}
		m, err := r.read(p)
		out = out[:len(out)+m]
		if err == io.EOF {
			if n < 0 || len(out) == 0 {
				r.touch()
				r.end(r.Status != httpx.StatusSwitchingProtocols)
			}
			break
		}
		if err != nil {
			var inc *IncompleteReadError
			if errors.As(err, &inc) {
				inc.Partial = out
			}
			return out, err
		}
	}
	return out, nil
}

// guess is how much room to make after have bytes: the length that is announced as
// far as it is small, else twice as much.
func (r *Response) guess(have int) int {
	if l := r.Length(); l > 0 && l <= 64<<10 {
		return int(l)
	}
	return min(max(512, have), 1<<20)
}

// ReadInto fills p from the body, and less only at its end: Python's readinto. If
// the body ends early, the error is an [*IncompleteReadError].
func (r *Response) ReadInto(p []byte) (int, error) {
	n, err := r.readInto(p)
	return n, r.short(err)
}

func (r *Response) readInto(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		m, err := r.read(p[n:])
		n += m
		if err == io.EOF {
			if n == 0 {
				r.touch()
				r.end(r.Status != httpx.StatusSwitchingProtocols)
			}
			break
		}
		if err != nil {
			var inc *IncompleteReadError
			if errors.As(err, &inc) {
				inc.Partial = append([]byte(nil), p[:n]...)
			}
			return n, err
		}
	}
	return n, nil
}

// Read1 returns up to n bytes with at most one read of the connection, or what comes
// if n is negative: Python's read1. It is empty at the end.
func (r *Response) Read1(n int) ([]byte, error) {
	if n == 0 {
		return nil, nil
	}
	if n < 0 {
		n = 8192
	}
	p := make([]byte, min(n, 8192))
	m, err := r.Read(p)
	if err == io.EOF {
		err = nil
	}
	return p[:m], r.short(err)
}

// Peek returns what of the body is at hand without taking it; if nothing is, it waits
// for some. It is empty at the end of the body. The bytes are valid until the next
// read. Python's peek.
func (r *Response) Peek() ([]byte, error) {
	b, err := r.peek()
	return b, r.peeked(err)
}

func (r *Response) peek() ([]byte, error) {
	r.reading.Lock()
	defer r.reading.Unlock()
	if r.over() {
		return nil, nil
	}
	r.w.armRead(r.cfg.Timeout)
	b, err := r.body.Peek()
	switch {
	case r.body.Done():
		if r.body.Kind() != http1.EOFBody {
			r.end(r.Status != httpx.StatusSwitchingProtocols)
		}
		return nil, nil
	case err == io.ErrUnexpectedEOF && !r.Chunked:
		return nil, nil // which the next read tells
	case err != nil:
		return nil, r.failed(err, nil)
	}
	return b, nil
}

// ReadLine reads a line with its end, at most limit bytes of it unless that is
// negative: Python's readline. It is empty at the end of the body. A line of more than
// 1 MiB without a limit is [ErrLineTooLong].
func (r *Response) ReadLine(limit int) ([]byte, error) {
	line, err := r.readLine(limit)
	return line, r.peeked(err)
}

func (r *Response) readLine(limit int) ([]byte, error) {
	var line []byte
	for limit < 0 || len(line) < limit {
		b, err := r.peek()
		if err != nil {
			return line, err
		}
		if len(b) == 0 {
			if len(line) == 0 {
				if _, err = r.read(make([]byte, 1)); err != io.EOF {
					return nil, err
				}
				if r.method != "HEAD" { // whose response has no lines at all, as in Python
					r.touch()
					r.end(r.Status != httpx.StatusSwitchingProtocols)
				}
			}
			break
		}
		if limit >= 0 {
			b = b[:min(len(b), limit-len(line))]
		}
		i := bytes.IndexByte(b, '\n')
		if i >= 0 {
			b = b[:i+1]
		}
		if limit < 0 && len(line)+len(b) > 1<<20 {
			return line, ErrLineTooLong
		}
		line = append(line, b...)
		if _, err := r.readInto(line[len(line)-len(b):]); err != nil {
			return line, err
		}
		if i >= 0 {
			break
		}
	}
	return line, nil
}

// Lines yields the lines of the rest of the body with their ends. An error comes at
// most once, last.
func (r *Response) Lines() func(yield func([]byte, error) bool) {
	return func(yield func([]byte, error) bool) {
		for {
			line, err := r.ReadLine(-1)
			if err != nil {
				yield(line, err)
				return
			}
			if len(line) == 0 || !yield(line, nil) {
				return
			}
		}
	}
}
