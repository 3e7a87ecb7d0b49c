package server

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx"
)

// A byteRange is a part of a file.
type byteRange struct{ start, length int64 }

// maxRanges is how many parts a request may ask for.
const maxRanges = 16

var errRange = errors.New("server: no part of the file")

// ranges reads the field Range (RFC 9110 section 14.2): none if it is absent, not
// understood, or of another version of the file, errRange if the file has no such part.
// Parts that overlap or touch are one. An empty file has no parts and is sent as it is.
func (e *entity) ranges(r *Request) ([]byteRange, error) {
	v, ok := r.Header.Lookup("Range")
	if !ok || e.bare || e.size == 0 || r.Method != "GET" || !e.ifRange(r) {
		return nil, nil
	}
	unit, list, ok := strings.Cut(v, "=")
	if !ok || !strings.EqualFold(strings.TrimSpace(unit), "bytes") || strings.Count(list, ",") >= 4*maxRanges {
		return nil, nil
	}
	var out []byteRange
	some := false
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.Trim(part, " \t"); part == "" {
			continue
		}
		b, in, ok := parseRange(part, e.size)
		if !ok {
			return nil, nil // it is no range at all: as if it were absent
		}
		some = true
		if in {
			out = append(out, b)
		}
	}
	if !some {
		return nil, nil
	}
	if len(out) == 0 {
		return nil, errRange
	}
	if out = coalesce(out); len(out) > maxRanges {
		return nil, nil
	}
	return out, nil
}

// parseRange reads "first-last", "first-" or "-suffix". in tells whether the file has
// a part of it.
func parseRange(s string, size int64) (b byteRange, in, ok bool) {
	first, last, ok := strings.Cut(s, "-")
	if !ok {
		return b, false, false
	}
	if first == "" {
		n, ok := parseDigits(last)
		if !ok {
			return b, false, false
		}
		n = min(n, size)
		return byteRange{size - n, n}, n > 0, true
	}
	start, ok := parseDigits(first)
	if !ok {
		return b, false, false
	}
	end := size - 1
	if last != "" {
		l, ok := parseDigits(last)
		if !ok || l < start {
			return b, false, false
		}
		end = min(end, l)
	}
	if start >= size {
		return b, false, true
	}
	return byteRange{start, end - start + 1}, true, true
}

// parseDigits reads a number; one that is too large is the largest.
func parseDigits(s string) (int64, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		n = 1<<63 - 1
	}
	return n, true
}

// coalesce makes one of parts that overlap or touch, in the order of the file.
func coalesce(in []byteRange) []byteRange {
	slices.SortFunc(in, func(a, b byteRange) int { return int(min(max(a.start-b.start, -1), 1)) })
	out := in[:1]
	for _, b := range in[1:] {
		last := &out[len(out)-1]
		if b.start <= last.start+last.length {
			last.length = max(last.length, b.start+b.length-last.start)
			continue
		}
		out = append(out, b)
	}
	return out
}

// ifRange reports whether If-Range names this version of the file.
func (e *entity) ifRange(r *Request) bool {
	v, ok := r.Header.Lookup("If-Range")
	if !ok {
		return true
	}
	if strings.HasPrefix(v, `"`) || strings.HasPrefix(v, "W/") {
		return v == e.tag()
	}
	t, ok := parseTime(v)
	return ok && e.modified.Truncate(time.Second).Equal(t)
}

func (b byteRange) contentRange(size int64) string {
	return "bytes " + strconv.FormatInt(b.start, 10) + "-" + strconv.FormatInt(b.start+b.length-1, 10) + "/" + strconv.FormatInt(size, 10)
}

func (f *Files) unsatisfiable(r *Request, e *entity) {
	r.SendResponse(httpx.StatusRangeNotSatisfiable, "")
	r.SendHeader("Content-Range", "bytes */"+strconv.FormatInt(e.size, 10))
	r.SendHeader("Content-Length", "0")
	r.EndHeaders()
}

// seek goes to a place in a file.
func seek(file fs.File, to int64) error {
	s, ok := file.(io.Seeker)
	if !ok {
		return errNoSeek
	}
	_, err := s.Seek(to, io.SeekStart)
	return err
}

func (f *Files) sendRange(r *Request, file fs.File, e *entity, ctype string, b byteRange) {
	if seek(file, b.start) != nil {
		f.sendWhole(r, file, e, ctype)
		return
	}
	r.SendResponse(httpx.StatusPartialContent, "")
	r.SendHeader("Content-Range", b.contentRange(e.size))
	f.sendFields(r, e, ctype, b.length)
	r.Copy(io.LimitReader(file, b.length))
}

// sendRanges sends several parts as multipart/byteranges.
func (f *Files) sendRanges(r *Request, file fs.File, e *entity, ctype string, parts []byteRange) {
	if seek(file, 0) != nil {
		f.sendWhole(r, file, e, ctype)
		return
	}
	var random [12]byte
	rand.Read(random[:])
	boundary := hex.EncodeToString(random[:])
	heads := make([]string, len(parts))
	total := int64(0)
	for i, b := range parts {
		heads[i] = "\r\n--" + boundary + "\r\nContent-Type: " + ctype + "\r\nContent-Range: " + b.contentRange(e.size) + "\r\n\r\n"
		total += int64(len(heads[i])) + b.length
	}
	end := "\r\n--" + boundary + "--\r\n"
	r.SendResponse(httpx.StatusPartialContent, "")
	f.sendFields(r, e, "multipart/byteranges; boundary="+boundary, total+int64(len(end)))
	for i, b := range parts {
		r.WriteString(heads[i])
		if seek(file, b.start) != nil {
			r.CloseConnection = true
			return
		}
		if _, err := r.Copy(io.LimitReader(file, b.length)); err != nil {
			return
		}
	}
	r.WriteString(end)
}
