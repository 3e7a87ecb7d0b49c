package selectors

import (
	"math"
	"net"
	"reflect"
	"syscall"
)

// A filer has a descriptor, -1 once it is closed. A *socket.Socket is one.
type filer interface{ Fileno() int }

// A connFile is a syscall.Conn's descriptor as a filer. It is asked by one goroutine at a
// time.
type connFile struct {
	rc   syscall.RawConn
	fd   int
	look func(uintptr) // made once, for each wait asks
}

func newConnFile(rc syscall.RawConn) *connFile {
	c := &connFile{rc: rc}
	c.look = func(fd uintptr) { c.fd = int(fd) }
	return c
}

// Fileno returns the descriptor, -1 if the connection is closed.
func (c *connFile) Fileno() int {
	if c.rc.Control(c.look) != nil {
		return -1
	}
	return c.fd
}

// resolve finds the descriptor of obj, and for one that is no number what tells
// whether it is still open.
func resolve(obj any) (fd int, file filer, err error) {
	switch o := obj.(type) {
	case int:
		fd = o
	case uintptr:
		fd = int(min(o, math.MaxInt))
	case filer:
		if fd = o.Fileno(); fd < 0 {
			return -1, nil, net.ErrClosed
		}
		file = o
	case syscall.Conn:
		rc, err := o.SyscallConn()
		if err != nil {
			return -1, nil, net.ErrClosed
		}
		file = newConnFile(rc)
		if fd = file.Fileno(); fd < 0 {
			return -1, nil, net.ErrClosed
		}
	default:
		return -1, nil, ErrObject
	}
	if fd < 0 || fd > math.MaxInt32 {
		return -1, nil, ErrDescriptor
	}
	return fd, file, nil
}

// same reports whether two registered objects are one.
func same(a, b any) bool {
	t := reflect.TypeOf(a)
	return t == reflect.TypeOf(b) && t != nil && t.Comparable() && a == b
}
