package cookiejar

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"time"
)

// A Format reads and writes cookies as a file has them.
type Format interface {
	// Read calls keep with each cookie of the file. It fails with an *Error: ErrLoad, with
	// the number of the line, or ErrTooLarge for a line of more than 64 KiB. What keep
	// answers ends it.
	Read(r io.Reader, now time.Time, keep func(*Cookie) error) error
	// Write writes the cookies. One that would be read as another is left out, so that no
	// server keeps the others from being saved; the error is then an *Error with ErrFormat.
	Write(w io.Writer, cookies iter.Seq[*Cookie]) error
}

// A FileConfig says which cookies are saved and loaded. The zero value, or nil, is Python's
// default: those that outlive the session and have not expired.
type FileConfig struct {
	// IgnoreDiscard takes also those that end with the session: `ignore_discard`.
	IgnoreDiscard bool
	// IgnoreExpires takes also those that have expired: `ignore_expires`.
	IgnoreExpires bool
}

func (cfg *FileConfig) takes(c *Cookie, now time.Time) bool {
	if cfg == nil {
		cfg = &FileConfig{}
	}
	return (cfg.IgnoreDiscard || !c.Discard) && (cfg.IgnoreExpires || !c.IsExpired(now))
}

// Save writes the jar's cookies in the format. The errors are those of [Format] and of
// writing.
func (j *Jar) Save(w io.Writer, f Format, cfg *FileConfig) error {
	j.mu.Lock()
	now := j.time()
	j.mu.Unlock()
	b := bufio.NewWriter(w)
	err := f.Write(b, func(yield func(*Cookie) bool) {
		for c := range j.All() {
			if cfg.takes(c, now) && !yield(c) {
				return
			}
		}
	})
	return errors.Join(err, b.Flush())
}

// Load adds the cookies of a file in the format, without asking the policy. Those before a
// wrong line have been added when it fails.
func (j *Jar) Load(r io.Reader, f Format, cfg *FileConfig) error {
	j.mu.Lock()
	now := j.time()
	j.mu.Unlock()
	return f.Read(r, now, func(c *Cookie) error {
		if !cfg.takes(c, now) {
			return nil
		}
		j.mu.Lock()
		defer j.mu.Unlock()
		return j.put(c)
	})
}

// maxLine is the longest line of a file.
const maxLine = 64 << 10

// lines reads a text file line by line, without their ends, a bare CR among those, as Python
// reads text.
type lines struct {
	s    *bufio.Scanner
	line int
	last bool // the line at hand had no end
}

func newLines(r io.Reader) *lines {
	l := &lines{s: bufio.NewScanner(r)}
	l.s.Buffer(make([]byte, 0, 4096), maxLine)
	l.s.Split(l.split)
	return l
}

func (l *lines) split(data []byte, atEOF bool) (int, []byte, error) {
	for i, c := range data {
		switch {
		case c == '\n':
			l.last = false
			return i + 1, data[:i], nil
		case c != '\r':
			continue
		case i+1 < len(data):
			n := i + 1
			if data[n] == '\n' {
				n++
			}
			l.last = false
			return n, data[:i], nil
		case atEOF:
			l.last = false
			return i + 1, data[:i], nil
		default:
			return 0, nil, nil
		}
	}
	if atEOF && len(data) > 0 {
		l.last = true
		return len(data), data, nil
	}
	return 0, nil, nil
}

func (l *lines) next() (string, bool) {
	if !l.s.Scan() {
		return "", false
	}
	l.line++
	return l.s.Text(), true
}

// err is what reading ended with.
func (l *lines) err() error {
	switch err := l.s.Err(); err {
	case nil:
		return nil
	case bufio.ErrTooLong:
		return &Error{Op: "load", Line: l.line + 1, Kind: ErrTooLarge}
	default:
		return err
	}
}

func (l *lines) wrong(line string) error {
	return &Error{Op: "load", Name: line, Line: l.line, Kind: ErrLoad}
}

// unfit reports a text that would end a line.
func unfit(texts ...string) bool {
	for _, s := range texts {
		for _, r := range s {
			switch r {
			case '\r', '\n', 0, '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
				return true
			}
		}
	}
	return false
}
