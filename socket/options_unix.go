//go:build unix

package socket

import (
	"fmt"
	"reflect"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Option returns the value of an option that is an int: `socket.socket.getsockopt`
// without a buffer size.
func (s *Socket) Option(level Level, opt Option) (int, error) {
	var v int
	err := s.control("getsockopt", func(fd int) (err error) {
		v, err = unix.GetsockoptInt(fd, int(level), int(opt))
		return err
	})
	return v, err
}

// SetOption sets an option that is an int: `socket.socket.setsockopt`. A value that
// does not fit in 32 bits is syscall.EINVAL.
func (s *Socket) SetOption(level Level, opt Option, value int) error {
	if int(int32(value)) != value {
		return opError("setsockopt", nil, unix.EINVAL)
	}
	return s.control("setsockopt", func(fd int) error {
		return unix.SetsockoptInt(fd, int(level), int(opt), value)
	})
}

// maxOption bounds the size that OptionBytes takes, as Python does.
const maxOption = 1024

// OptionBytes returns an option's value as the system has it, at most size bytes, 1
// to 1024: `socket.socket.getsockopt` with a buffer size.
func (s *Socket) OptionBytes(level Level, opt Option, size int) ([]byte, error) {
	if size < 1 || size > maxOption {
		return nil, opError("getsockopt", nil, unix.EINVAL)
	}
	b := make([]byte, size)
	var n int
	err := s.control("getsockopt", func(fd int) (err error) {
		n, err = sysGetsockopt(fd, int(level), int(opt), b)
		return err
	})
	if err != nil {
		return nil, err
	}
	return b[:min(n, size)], nil
}

// SetOptionBytes sets an option to bytes as the system has them:
// `socket.socket.setsockopt` with bytes.
func (s *Socket) SetOptionBytes(level Level, opt Option, value []byte) error {
	return s.control("setsockopt", func(fd int) error {
		return sysSetsockopt(fd, int(level), int(opt), pointerTo(value), len(value))
	})
}

// SetOptionNil sets an option to a null pointer and a length:
// `socket.socket.setsockopt(level, option, None, length)`. AFAlg's authentication
// size is set so.
func (s *Socket) SetOptionNil(level Level, opt Option, length int) error {
	return s.control("setsockopt", func(fd int) error {
		return sysSetsockopt(fd, int(level), int(opt), nil, length)
	})
}

// OptionStruct returns an option whose value is a C struct, such as unix.TCPInfo or
// an array, laid out as the Go type T. T must hold no pointers. A kernel that knows
// less of the struct leaves the rest zero.
func OptionStruct[T any](s *Socket, level Level, opt Option) (T, error) {
	var v T
	if !plain(reflect.TypeFor[T]()) {
		return v, opError("getsockopt", nil, fmt.Errorf("%T is no plain struct", v))
	}
	b := unsafe.Slice((*byte)(unsafe.Pointer(&v)), unsafe.Sizeof(v))
	err := s.control("getsockopt", func(fd int) error {
		_, err := sysGetsockopt(fd, int(level), int(opt), b)
		return err
	})
	return v, err
}

// SetOptionStruct sets an option whose value is a C struct, laid out as the Go type
// T. T must hold no pointers.
func SetOptionStruct[T any](s *Socket, level Level, opt Option, value T) error {
	if !plain(reflect.TypeFor[T]()) {
		return opError("setsockopt", nil, fmt.Errorf("%T is no plain struct", value))
	}
	return s.control("setsockopt", func(fd int) error {
		return sysSetsockopt(fd, int(level), int(opt), unsafe.Pointer(&value), int(unsafe.Sizeof(value)))
	})
}

// plain reports whether a value of the type is its bytes alone.
func plain(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return true
	case reflect.Array:
		return plain(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !plain(t.Field(i).Type) {
				return false
			}
		}
		return true
	}
	return false
}

// SetLinger says what Close does with data that has not gone: wait for it at most d,
// in whole seconds; 0 throws it away and resets the connection; below 0 is the
// usual way, to send it in the background. SO_LINGER.
func (s *Socket) SetLinger(d time.Duration) error {
	l := unix.Linger{Onoff: 1, Linger: int32((d + time.Second - 1) / time.Second)}
	if d < 0 {
		l = unix.Linger{}
	}
	return s.control("setsockopt", func(fd int) error {
		return unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &l)
	})
}

// Ioctl performs a control request whose argument is an int: `socket.socket.ioctl`,
// and more systems' than Windows'.
func (s *Socket) Ioctl(request uint, value int) (int, error) {
	v := int32(value)
	err := s.control("ioctl", func(fd int) error { return sysIoctl(fd, request, unsafe.Pointer(&v)) })
	return int(v), err
}
