package server

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

// CGI runs the scripts below some directories of a tree, and answers with what they
// print (RFC 3875): Python's CGIHTTPRequestHandler. Other requests go to Files; GET and
// HEAD alone. The zero value with Files and Dir is ready, and runs what is below
// /cgi-bin and /htbin. It is for a trusted tree: whoever can write a file there can run
// it.
//
// A script runs as a process group of its own, which is killed when the client goes, the
// server is closed, or Timeout has passed; what it prints and its errors are bounded. It
// gets the variables of RFC 3875 and no other of the server's environment but PATH and
// those of Env: no header Proxy, and none whose name has an underscore, which could stand
// for another.
type CGI struct {
	// Files answers what is no script. nil answers 404.
	Files *Files
	// Dir is the directory in which the scripts are, the root of Files.
	Dir string
	// Dirs are the paths below which scripts are. nil means /cgi-bin and /htbin. Python's
	// cgi_directories.
	Dirs []string
	// Env are further variables, "NAME=value".
	Env []string
	// Timeout bounds a script. Zero means 1 minute, negative no bound.
	Timeout time.Duration
	// MaxOutput is how many bytes a script may print. Zero means 64 MiB, negative no
	// bound.
	MaxOutput int64
	// Command, if set, makes the command of a script, such as for one that needs an
	// interpreter; nil runs the file itself. Its directory and environment are set after.
	Command func(ctx context.Context, file string) *exec.Cmd
}

// ServeRequest runs a script, or serves a file.
func (g *CGI) ServeRequest(r *Request) {
	switch script, info, ok := g.Script(r.Target); {
	case ok:
		g.Run(r, script, info)
	case r.Method == "POST":
		r.SendError(httpx.StatusNotImplemented, "Can only POST to CGI scripts", "")
	case g.Files != nil:
		g.Files.ServeRequest(r)
	default:
		notFound(r)
	}
}

// Script reports whether a target is that of a script, and returns its path in the tree
// and the path behind it: Python's is_cgi. The path is decoded and cleaned before it is
// looked at, so that no spelling gives the source away.
func (g *CGI) Script(target string) (script, pathInfo string, ok bool) {
	target, _, _ = strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	p, ok := unquote(target)
	if !ok || strings.IndexByte(p, 0) >= 0 {
		return "", "", false
	}
	clean := path.Clean("/" + p)
	dirs := g.Dirs
	if dirs == nil {
		dirs = []string{"/cgi-bin", "/htbin"}
	}
	for _, d := range dirs {
		d = path.Clean("/" + d)
		if g.spells(clean, d) {
			return d, "", true
		}
		if rest, ok := g.within(clean, strings.TrimSuffix(d, "/")); ok {
			return g.split(d, rest, strings.HasSuffix(p, "/"))
		}
	}
	return "", "", false
}

// within returns what is behind a folder in a path that begins with it, in the same spelling
// or in one that the file system takes for the same.
func (g *CGI) within(p, dir string) (rest string, ok bool) {
	end := 0
	for range strings.Count(dir, "/") {
		i := strings.IndexByte(p[end+1:], '/')
		if i < 0 {
			return "", false
		}
		end += 1 + i
	}
	return p[end+1:], g.spells(p[:end], dir)
}

// spells reports whether a path in the tree is that folder.
func (g *CGI) spells(a, b string) bool {
	if a == b || !strings.EqualFold(a, b) {
		return a == b
	}
	x, err1 := os.Stat(filepath.Join(g.Dir, filepath.FromSlash(a)))
	y, err2 := os.Stat(filepath.Join(g.Dir, filepath.FromSlash(b)))
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// split finds the script in the rest of a path: directories, the file, and what is
// behind it.
func (g *CGI) split(dir, rest string, slash bool) (script, info string, ok bool) {
	script = dir
	for rest != "" {
		var seg string
		seg, rest, _ = strings.Cut(rest, "/")
		script = path.Join(script, seg)
		st, err := os.Stat(filepath.Join(g.Dir, filepath.FromSlash(script)))
		if err != nil || !st.IsDir() {
			break
		}
	}
	if rest != "" {
		info = "/" + rest
	}
	if slash {
		info += "/"
	}
	return script, info, true
}

// ErrCGI is wrapped by what the log says of a script that failed.
var ErrCGI = errors.New("server: CGI")

// Run runs a script of the tree and answers with what it prints. Python's run_cgi.
func (g *CGI) Run(r *Request, script, pathInfo string) {
	file := filepath.Join(g.Dir, filepath.FromSlash(script))
	real, err := g.inside(file)
	if err != nil {
		r.SendError(httpx.StatusNotFound, "No such CGI script", "")
		return
	}
	st, err := os.Stat(real)
	switch {
	case err != nil:
		r.SendError(httpx.StatusNotFound, "No such CGI script", "")
		return
	case !st.Mode().IsRegular():
		r.SendError(httpx.StatusForbidden, "CGI script is not a plain file", "")
		return
	case g.Command == nil && !executable(st):
		r.SendError(httpx.StatusForbidden, "CGI script is not executable", "")
		return
	}
	if r.ContentLength() < 0 {
		r.SendError(httpx.StatusLengthRequired, "", "")
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	if t := orDefault(g.Timeout, time.Minute); t > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, t)
		defer stop()
	}
	g.run(ctx, cancel, r, real, script, pathInfo)
}

// inside resolves links and refuses what is outside of Dir.
func (g *CGI) inside(file string) (string, error) {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return "", err
	}
	root, err := filepath.EvalSymlinks(g.Dir)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(root, real)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fs.ErrNotExist
	}
	return filepath.Abs(real)
}

func (g *CGI) run(ctx context.Context, cancel context.CancelFunc, r *Request, file, script, pathInfo string) {
	cmd := exec.CommandContext(ctx, file)
	if g.Command != nil {
		cmd = g.Command(ctx, file)
	}
	cmd.Dir = filepath.Dir(file)
	cmd.Env = append(g.environ(r, script, pathInfo), g.Env...)
	if r.Method == "GET" || r.Method == "HEAD" {
		cmd.Args = append(cmd.Args, searchWords(queryOf(r.Target))...)
	}
	killGroup(cmd)
	cmd.WaitDelay = 2 * time.Second
	var errs tail
	cmd.Stderr = &errs
	in, err := cmd.StdinPipe()
	if err != nil {
		r.SendError(httpx.StatusInternalServerError, "", "")
		return
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.SendError(httpx.StatusInternalServerError, "", "")
		return
	}
	if err := cmd.Start(); err != nil {
		r.logger().Error(ErrCGI.Error(), "script", script, "error", err.Error())
		r.SendError(httpx.StatusInternalServerError, "", "")
		return
	}
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		io.Copy(in, struct{ io.Reader }{r}) // which tells r's context when that is all
		in.Close()
	}()
	answered := g.answer(r, cancel, out)
	cancelled := ctx.Err() != nil
	if !answered {
		cancel()
	}
	io.Copy(io.Discard, io.LimitReader(out, 64<<10))
	werr := cmd.Wait()
	r.stopContext()
	r.c.nc.SetReadDeadline(time.Unix(1, 0)) // ends the feeding, if the script did not read it
	<-fed
	r.c.disarm()
	if werr != nil || errs.n > 0 || cancelled {
		r.logger().Warn(ErrCGI.Error(), "script", script, "error", errText(werr), "stderr", clean(errs.String()))
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func queryOf(target string) string {
	target, _, _ = strings.Cut(target, "#")
	_, query, _ := strings.Cut(target, "?")
	return query
}

// searchWords are the words of a query that is no form, for the command line (RFC 3875
// section 4.4): none if one of them could be taken for an option.
func searchWords(query string) (words []string) {
	if strings.Contains(query, "=") {
		return nil
	}
	for word := range strings.SplitSeq(query, "+") {
		word, ok := unquote(word)
		if !ok || strings.IndexByte(word, 0) >= 0 || strings.HasPrefix(word, "-") {
			return nil
		}
		if word != "" {
			words = append(words, word)
		}
	}
	return words
}

// environ are the variables of RFC 3875 section 4.1.
func (g *CGI) environ(r *Request, script, pathInfo string) []string {
	env := []string{
		"GATEWAY_INTERFACE=CGI/1.1", "SERVER_PROTOCOL=" + r.Version, "SERVER_SOFTWARE=" + r.VersionString(),
		"REQUEST_METHOD=" + r.Method, "QUERY_STRING=" + queryOf(r.Target), "SCRIPT_NAME=" + script,
		"REMOTE_ADDR=" + r.AddressString(), "REMOTE_HOST=" + r.AddressString(), "DOCUMENT_ROOT=" + g.Dir,
		"REQUEST_URI=" + r.Target,
	}
	if p := os.Getenv("PATH"); p != "" {
		env = append(env, "PATH="+p)
	}
	host, port, _ := net.SplitHostPort(r.LocalAddr().String())
	if h := r.Host(); h != "" {
		env = append(env, "HTTP_HOST="+h)
		if name, _, err := net.SplitHostPort(h); err == nil {
			h = name
		}
		host = strings.Trim(h, "[]")
	}
	env = append(env, "SERVER_NAME="+host, "SERVER_PORT="+port)
	if _, p, err := net.SplitHostPort(r.RemoteAddr().String()); err == nil {
		env = append(env, "REMOTE_PORT="+p)
	}
	if r.c.secure() {
		env = append(env, "HTTPS=on")
	}
	if pathInfo != "" {
		env = append(env, "PATH_INFO="+pathInfo, "PATH_TRANSLATED="+filepath.Join(g.Dir, filepath.FromSlash(path.Clean("/"+pathInfo))))
	}
	if n := r.ContentLength(); n > 0 {
		env = append(env, "CONTENT_LENGTH="+strconv.FormatInt(n, 10))
	}
	return append(env, headerVariables(r.Header)...)
}

// headerVariables makes variables of fields. One with an underscore could stand for
// another, and Proxy for a proxy of the script's own requests; credentials are none of
// a script's business (RFC 3875 section 4.1.18).
func headerVariables(h httpx.Header) (env []string) {
	seen := map[string]bool{}
	for _, f := range h {
		name := strings.ToUpper(f.Name)
		if strings.ContainsRune(name, '_') || seen[name] {
			continue
		}
		seen[name] = true
		value, _ := h.Join(f.Name)
		if name == "COOKIE" {
			value = strings.Join(slices.Collect(h.Values(f.Name)), "; ")
		}
		switch name {
		case "HOST", "PROXY", "CONTENT-LENGTH", "AUTHORIZATION", "PROXY-AUTHORIZATION", "CONNECTION":
			if name == "AUTHORIZATION" {
				scheme, _, _ := strings.Cut(value, " ")
				env = append(env, "AUTH_TYPE="+scheme)
			}
			continue
		case "CONTENT-TYPE":
			env = append(env, "CONTENT_TYPE="+value)
			continue
		}
		env = append(env, "HTTP_"+strings.ReplaceAll(name, "-", "_")+"="+value)
	}
	return env
}

// answer reads a script's header and sends the answer (RFC 3875 section 6). It reports
// whether the script has said all.
func (g *CGI) answer(r *Request, cancel context.CancelFunc, out io.Reader) bool {
	limit := g.MaxOutput
	if limit == 0 {
		limit = 64 << 20
	}
	left := &io.LimitedReader{R: out, N: limit}
	if limit < 0 {
		left.N = 1<<63 - 1
	}
	br := bufio.NewReader(left)
	h, err := client.ReadHeader(br, nil)
	if err != nil || len(h) == 0 {
		r.SendError(httpx.StatusBadGateway, "", "")
		return false
	}
	status, reason, local, ok := cgiStatus(h)
	if !ok {
		r.SendError(httpx.StatusBadGateway, "", "")
		return false
	}
	if local { // another page of the server; the client asks for it
		status = httpx.StatusFound
	}
	r.SendResponse(status, reason)
	for _, f := range h {
		switch strings.ToLower(f.Name) {
		case "status", "connection", "transfer-encoding", "server", "date":
			continue
		}
		if r.SendHeader(f.Name, f.Value) != nil {
			r.CloseConnection = true
		}
	}
	r.EndHeaders()
	_, err = io.Copy(struct{ io.Writer }{r}, br)
	if left.N == 0 && limit > 0 {
		var one [1]byte
		if n, _ := out.Read(one[:]); n > 0 { // more than it may
			r.CloseConnection = true
			r.c.werr = errAborted
			cancel()
			return false
		}
	}
	if err != nil {
		r.CloseConnection = true
		return false
	}
	return true
}

// cgiStatus is the status that a script's header asks for. Without a type, a status and a
// place it is no answer.
func cgiStatus(h httpx.Header) (code httpx.Status, reason string, local, ok bool) {
	code = httpx.StatusOK
	location, moved := h.Lookup("Location")
	if moved {
		code = httpx.StatusFound
		local = strings.HasPrefix(location, "/") && !strings.HasPrefix(location, "//")
	}
	if s, has := h.Lookup("Status"); has {
		text, why, _ := strings.Cut(s, " ")
		n, err := strconv.Atoi(text)
		if err != nil || n < 200 || n > 999 {
			return 0, "", false, false
		}
		code, reason, local = httpx.Status(n), why, false
	}
	if !h.Has("Content-Type") && !moved && code.HasBody() {
		return 0, "", false, false // nobody may guess that it is HTML
	}
	return code, reason, local, true
}

// tail keeps the end of what is written to it.
type tail struct {
	b bytes.Buffer
	n int64
}

func (t *tail) Write(p []byte) (int, error) {
	const max = 4096
	t.n += int64(len(p))
	n := len(p)
	if len(p) > max {
		p = p[len(p)-max:]
	}
	if over := t.b.Len() + len(p) - max; over > 0 {
		t.b.Next(over)
	}
	t.b.Write(p)
	return n, nil
}

func (t *tail) String() string { return t.b.String() }
