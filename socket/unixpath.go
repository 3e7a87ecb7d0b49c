package socket

import (
	"io/fs"
	"os"
	"syscall"
)

// checkUnixName says whether a name can be an address of AFUnix: at most
// maxUnixName bytes, and no NUL byte but at the beginning of an abstract name.
func checkUnixName(name string) error {
	abstract := name != "" && name[0] == 0
	limit := maxUnixName
	if abstract {
		limit++ // it has no NUL byte at the end
	}
	if len(name) > limit {
		return errTooLong
	}
	for i := range len(name) {
		if name[i] == 0 && !abstract {
			return errBadText
		}
	}
	return nil
}

// A unixPath is a socket file that this process made.
type unixPath struct {
	path string
	info fs.FileInfo
}

// remove removes the file if it still is the one that was made.
func (p *unixPath) remove() {
	if info, err := os.Lstat(p.path); err == nil && os.SameFile(p.info, info) {
		os.Remove(p.path)
	}
}

// removeStale removes a socket file at the path on which nobody listens any more. One on
// which somebody does, or anything else at the path, a symbolic link too, is left alone and
// is syscall.EADDRINUSE.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil // Bind tells what is wrong with the path
	}
	if info.Mode().Type() != fs.ModeSocket {
		return syscall.EADDRINUSE
	}
	s, err := New(AFUnix, SockStream, 0)
	if err != nil {
		return err
	}
	defer s.Close()
	s.SetBlocking(false)
	if s.ConnectEx(Unix{path}) != syscall.ECONNREFUSED {
		return syscall.EADDRINUSE
	}
	return os.Remove(path)
}
