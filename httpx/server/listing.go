package server

import (
	"encoding/json"
	"html"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx"
)

const listingStyle = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}` +
	`h1{font-size:1.2rem;overflow-wrap:anywhere}ul{list-style:none;padding:0}li{display:flex;gap:1rem;padding:.15rem .4rem;border-radius:.3rem}` +
	`li:hover{background:color-mix(in srgb,currentColor 8%,transparent)}a{flex:1;overflow-wrap:anywhere}span{opacity:.65;white-space:nowrap;font-variant-numeric:tabular-nums}`

// An Entry is a line of a listing in JSON, which a request gets that accepts
// application/json.
type Entry struct {
	Name     string    `json:"name"`
	Type     string    `json:"type"` // "file", "directory", "link" or "other"
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
}

// List answers with a page that lists a directory of the tree. Python's list_directory.
func (f *Files) List(r *Request, name string) {
	list, err := fs.ReadDir(f.FS, name)
	if err != nil {
		r.SendError(httpx.StatusNotFound, "No permission to list directory", "")
		return
	}
	list = slices.DeleteFunc(list, func(d fs.DirEntry) bool { return !f.Hidden && strings.HasPrefix(d.Name(), ".") })
	slices.SortStableFunc(list, func(a, b fs.DirEntry) int {
		return strings.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name()))
	})
	if !f.Bare && wantsJSON(r) {
		f.listJSON(r, list)
		return
	}
	page := f.page(r, name, list)
	r.SendResponse(httpx.StatusOK, "")
	r.SendHeader("Content-type", "text/html; charset=utf-8")
	r.SendHeader("Content-Length", strconv.Itoa(len(page)))
	if !f.Bare {
		r.SendHeader("X-Content-Type-Options", "nosniff")
		r.SendHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
		r.SendHeader("Vary", "Accept")
	}
	f.sendExtra(r)
	r.EndHeaders()
	r.WriteString(page)
}

// wantsJSON reports whether application/json is accepted and text/html is not.
func wantsJSON(r *Request) bool {
	accept, _ := r.Header.Join("Accept")
	accept = strings.ToLower(accept)
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

func (f *Files) listJSON(r *Request, list []fs.DirEntry) {
	entries := make([]Entry, 0, len(list))
	for _, d := range list {
		e := Entry{Name: d.Name(), Type: "other"}
		switch {
		case d.IsDir():
			e.Type = "directory"
		case d.Type().IsRegular():
			e.Type = "file"
		case d.Type()&fs.ModeSymlink != 0:
			e.Type = "link"
		}
		if info, err := d.Info(); err == nil {
			e.Size, e.Modified = info.Size(), info.ModTime().UTC()
		}
		entries = append(entries, e)
	}
	b, err := json.Marshal(entries)
	if err != nil {
		r.SendError(httpx.StatusInternalServerError, "", "")
		return
	}
	r.SendResponse(httpx.StatusOK, "")
	r.SendHeader("Content-type", "application/json")
	r.SendHeader("Content-Length", strconv.Itoa(len(b)))
	r.SendHeader("X-Content-Type-Options", "nosniff")
	r.SendHeader("Vary", "Accept")
	f.sendExtra(r)
	r.EndHeaders()
	r.Write(b)
}

// page writes the listing. Names are escaped, for the text and for the link each.
func (f *Files) page(r *Request, name string, list []fs.DirEntry) string {
	target, _, _ := strings.Cut(r.Target, "#")
	target, _, _ = strings.Cut(target, "?")
	title := "Directory listing for " + html.EscapeString(strings.ToValidUTF8(unquoteLoosely(target), "\ufffd"))
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<style>")
	b.WriteString(listingStyle)
	b.WriteString("</style>\n<title>" + title + "</title>\n</head>\n<body>\n<h1>" + title + "</h1>\n<ul>\n")
	for _, d := range list {
		text, link := d.Name(), d.Name()
		isDir := d.IsDir()
		if d.Type()&fs.ModeSymlink != 0 {
			text += "@"
			info, err := fs.Stat(f.FS, path.Join(name, d.Name()))
			isDir = err == nil && info.IsDir()
			if isDir {
				link += "/"
			}
		} else if isDir {
			text, link = text+"/", link+"/"
		}
		b.WriteString("<li><a href=\"" + quoteLink(link) + "\">" + html.EscapeString(strings.ToValidUTF8(text, "\ufffd")) + "</a>")
		if info, err := d.Info(); err == nil {
			if !isDir {
				b.WriteString("<span>" + sizeText(info.Size()) + "</span>")
			}
			b.WriteString("<span>" + info.ModTime().UTC().Format("2006-01-02 15:04") + "</span>")
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ul>\n</body>\n</html>\n")
	return b.String()
}

// quoteLink makes a link of a name, as Python's quote does.
func quoteLink(name string) string {
	const upper = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c == '/' || c == '-' || c == '_' || c == '.' || c == '~' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(upper[c>>4]) + string(upper[c&15]))
	}
	return b.String()
}

func sizeText(n int64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	v := float64(n)
	i := 0
	for v >= 1024 && i < len(units)-1 {
		v /= 1024
		i++
	}
	if i == 0 {
		return strconv.FormatInt(n, 10) + " B"
	}
	return strconv.FormatFloat(v, 'f', 1, 64) + " " + units[i]
}
