//go:build unix

package selectors

import "golang.org/x/sys/unix"

// A fileID tells what is open under a number. The zero fileID is nothing.
type fileID struct{ dev, ino uint64 }

// identify returns what is open under fd.
func identify(fd int) fileID {
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil {
		return fileID{}
	}
	return fileID{uint64(st.Dev) + 1, uint64(st.Ino)}
}
