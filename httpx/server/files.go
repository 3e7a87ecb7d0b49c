package server

import (
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/httpx"
)

// Files answers GET and HEAD with the files of a tree: Python's
// SimpleHTTPRequestHandler. A directory is answered by its index page, or a listing;
// without a slash at its end, by a redirect. Ranges, entity tags and times are
// understood (RFC 9110 sections 13 and 14).
//
// Whatever the target is, nothing outside the tree is served: [NewFiles] opens the
// directory as an os.Root, which no link leads out of.
type Files struct {
	// FS is the tree. The files of os.Root.FS and os.DirFS are sent within the system.
	FS fs.FS
	// Index are the names of index pages, in order. nil means index.html and index.htm;
	// an empty list means none. Python's index_pages.
	Index []string
	// NoListing answers 404 for directories without an index page.
	NoListing bool
	// Hidden serves and lists files whose name, or that of a directory above them, begins
	// with a dot. Otherwise they are not there. Python serves them.
	Hidden bool
	// Types are content types by suffix, ".txt", which come before the others; that of ""
	// is for all suffixes that are not in it. Python's extensions_map.
	Types map[string]string
	// DefaultType is the content type of files of unknown type. Empty means
	// application/octet-stream. Python's default_content_type.
	DefaultType string
	// Header are fields added to every answer that is a success, but for those that say
	// what the content is. Python's extra_response_headers.
	Header httpx.Header
	// Bare sends the fields that Python's handler sends and no others: no ETag,
	// Accept-Ranges, X-Content-Type-Options and Content-Security-Policy; ranges and
	// entity tags are not understood then.
	Bare bool

	root *os.Root
}

// NewFiles returns Files of a directory, confined to it. Close it when it is no longer
// used.
func NewFiles(dir string) (*Files, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Files{FS: root.FS(), root: root}, nil
}

// Close closes the directory of [NewFiles].
func (f *Files) Close() error {
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}

// ServeRequest answers GET and HEAD, and 501 to other methods.
func (f *Files) ServeRequest(r *Request) {
	if r.Method != "GET" && r.Method != "HEAD" {
		r.notImplemented()
		return
	}
	f.Serve(r)
}

// Serve answers as to GET or HEAD. Python's do_GET and send_head.
func (f *Files) Serve(r *Request) {
	name, dir, ok := f.Translate(r.Target)
	if !ok {
		notFound(r)
		return
	}
	info, err := fs.Stat(f.FS, name)
	if err == nil && info.IsDir() {
		f.serveDir(r, name, dir)
		return
	}
	if dir || err == nil && !info.Mode().IsRegular() { // a file has no slash at its end, and a pipe is none
		notFound(r)
		return
	}
	f.serveFile(r, name)
}

func notFound(r *Request) { r.SendError(httpx.StatusNotFound, "File not found", "") }

// Translate turns a request target into the name of a file in the tree, and reports
// whether it ended in a slash, as a directory does. ok is false for a target that can
// name none. Python's translate_path.
func (f *Files) Translate(target string) (name string, dir, ok bool) {
	target, _, _ = strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	p, ok := unquote(target)
	if !ok {
		p = unquoteLoosely(target)
	}
	name, ok = cleanName(p, windows)
	if !ok || !f.Hidden && hidden(name) {
		return "", false, false
	}
	return name, strings.HasSuffix(strings.TrimRight(p, " \t\r\n"), "/"), true
}

// unquoteLoosely leaves what is no escape as it is, as Python does.
func unquoteLoosely(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2]); hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// cleanName makes a name for an fs.FS of a decoded path: dots are resolved within the
// root. On Windows, what has a meaning of its own there is refused.
func cleanName(p string, windows bool) (string, bool) {
	if strings.IndexByte(p, 0) >= 0 {
		return "", false
	}
	if windows {
		if strings.ContainsAny(p, `\:`) {
			return "", false
		}
		for seg := range strings.SplitSeq(p, "/") {
			if isDevice(seg) {
				return "", false
			}
		}
	}
	name := strings.TrimPrefix(path.Clean("/"+p), "/")
	if name == "" {
		return ".", true
	}
	return name, fs.ValidPath(name)
}

// isDevice reports whether Windows takes a name for a device, whatever its suffix, or
// for another than it seems.
func isDevice(seg string) bool {
	base, _, _ := strings.Cut(seg, ".")
	switch b := strings.ToUpper(strings.TrimRight(base, " ")); b {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	default:
		if len(b) >= 4 && (b[:3] == "COM" || b[:3] == "LPT") && strings.Trim(b[3:], "0123456789¹²³") == "" {
			return true
		}
	}
	return seg != "." && seg != ".." && (strings.HasSuffix(seg, ".") || strings.HasSuffix(seg, " "))
}

func hidden(name string) bool {
	return name != "." && (name[0] == '.' || strings.Contains(name, "/."))
}

// serveDir answers for a directory.
func (f *Files) serveDir(r *Request, name string, slash bool) {
	if !slash {
		f.redirect(r)
		return
	}
	index := f.Index
	if index == nil {
		index = []string{"index.html", "index.htm"}
	}
	for _, i := range index {
		p := path.Join(name, i)
		if info, err := fs.Stat(f.FS, p); err == nil && info.Mode().IsRegular() {
			f.serveFile(r, p)
			return
		}
	}
	if f.NoListing {
		notFound(r)
		return
	}
	f.List(r, name)
}

// redirect adds the slash. The answer names a path alone, and never another host.
func (f *Files) redirect(r *Request) {
	target, frag, hasFrag := strings.Cut(r.Target, "#")
	p, query, hasQuery := strings.Cut(target, "?")
	if u, err := url.Parse(p); err == nil && u.IsAbs() {
		p = u.EscapedPath()
	}
	p = "/" + strings.TrimLeft(p, `/\`) + "/"
	if strings.HasPrefix(p, "//") {
		p = "/"
	}
	if hasQuery && query != "" {
		p += "?" + query
	}
	if hasFrag && frag != "" {
		p += "#" + frag
	}
	r.SendResponse(httpx.StatusMovedPermanently, "")
	r.SendHeader("Location", p)
	r.SendHeader("Content-Length", "0")
	r.EndHeaders()
}

// ContentType returns the content type of a file by its name. Python's guess_type.
func (f *Files) ContentType(name string) string {
	ext := path.Ext(name)
	if base := path.Base(name); ext == base { // .profile has no suffix
		ext = ""
	}
	if t, ok := f.Types[ext]; ok && ext != "" {
		return t
	}
	if t, ok := f.Types[strings.ToLower(ext)]; ok && ext != "" {
		return t
	}
	if t, ok := types[strings.ToLower(ext)]; ok && ext != "" {
		return t
	}
	if t, ok := f.Types[""]; ok {
		return t
	}
	if f.DefaultType != "" {
		return f.DefaultType
	}
	return "application/octet-stream"
}

// serveFile answers with a file.
func (f *Files) serveFile(r *Request, name string) {
	file, err := f.FS.Open(name)
	if err != nil {
		notFound(r)
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.IsDir() || !info.Mode().IsRegular() {
		notFound(r)
		return
	}
	e := entity{size: info.Size(), modified: info.ModTime(), bare: f.Bare}
	switch e.conditions(r) {
	case httpx.StatusNotModified:
		f.notModified(r, &e)
		return
	case httpx.StatusPreconditionFailed:
		r.SendError(httpx.StatusPreconditionFailed, "", "")
		return
	}
	ranges, err := e.ranges(r)
	if err != nil {
		f.unsatisfiable(r, &e)
		return
	}
	ctype := f.ContentType(name)
	switch len(ranges) {
	case 0:
		f.sendWhole(r, file, &e, ctype)
	case 1:
		f.sendRange(r, file, &e, ctype, ranges[0])
	default:
		f.sendRanges(r, file, &e, ctype, ranges)
	}
}

func (f *Files) notModified(r *Request, e *entity) {
	r.SendResponse(httpx.StatusNotModified, "")
	if !f.Bare {
		r.SendHeader("ETag", e.tag())
	}
	f.sendExtra(r)
	r.EndHeaders()
}

// sendExtra sends the fields that the caller adds.
func (f *Files) sendExtra(r *Request) {
	for name, value := range f.Header.All() {
		switch strings.ToLower(name) {
		case "content-type", "content-length", "last-modified", "etag", "content-range":
			continue
		}
		r.SendHeader(name, value)
	}
}

// sendFields sends the fields of all answers with a file.
func (f *Files) sendFields(r *Request, e *entity, ctype string, length int64) {
	r.SendHeader("Content-type", ctype)
	r.SendHeader("Content-Length", strconv.FormatInt(length, 10))
	r.SendHeader("Last-Modified", httpDate(e.modified))
	if !f.Bare {
		r.SendHeader("ETag", e.tag())
		r.SendHeader("Accept-Ranges", "bytes")
		r.SendHeader("X-Content-Type-Options", "nosniff")
	}
	f.sendExtra(r)
	r.EndHeaders()
}

func (f *Files) sendWhole(r *Request, file fs.File, e *entity, ctype string) {
	r.SendResponse(httpx.StatusOK, "")
	f.sendFields(r, e, ctype, e.size)
	if r.Method != "HEAD" {
		r.Copy(io.LimitReader(file, e.size))
	}
}

// errNoSeek is a file in which no range can be found.
var errNoSeek = errors.New("server: the file cannot be read from the middle")
