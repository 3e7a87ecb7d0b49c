//go:build unix

package socket

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A ControlMessage is one piece of ancillary data beside a message: Python's
// (cmsg_level, cmsg_type, cmsg_data). Its methods decode the kinds that are known;
// functions such as [Rights] make them.
type ControlMessage struct {
	// Level and Type say what Data is; the types of a level have the numbers of
	// constants such as SCMRights.
	Level Level
	Type  int
	// Data is as the system has it.
	Data []byte
}

const (
	sizeofInt  = 4
	maxRights  = 253 // SCM_MAX_FD
	maxOOB     = 1 << 20
	maxIov     = 1024
	maxCmsgLen = math.MaxInt32
)

// Causes of errors of control messages.
var (
	errOOBSize = errors.New("size of control messages out of range")
	// ErrControlData is the cause for a control message that is cut or malformed.
	ErrControlData = errors.New("malformed control message")
)

// CmsgLen returns the length of a control message with n bytes of data, without
// padding at its end: `socket.CMSG_LEN`. The cause of an error is ErrOverflow, for an n
// below 0 or one that is too large.
func CmsgLen(n int) (int, error) {
	if !cmsgFits(n, unix.CmsgLen(0)) {
		return 0, opError("CMSG_LEN", nil, ErrOverflow)
	}
	return unix.CmsgLen(n), nil
}

// CmsgSpace returns the room that a control message with n bytes of data takes:
// `socket.CMSG_SPACE`. The cause of an error is ErrOverflow, for an n below 0 or one
// that is too large.
func CmsgSpace(n int) (int, error) {
	if !cmsgFits(n, unix.CmsgSpace(1)) {
		return 0, opError("CMSG_SPACE", nil, ErrOverflow)
	}
	return unix.CmsgSpace(n), nil
}

func cmsgFits(n, header int) bool { return n >= 0 && n <= maxCmsgLen-header }

// parseControl takes control messages apart. Every length is checked; descriptors in
// what came before an error are returned with it.
func parseControl(b []byte) ([]ControlMessage, error) {
	var out []ControlMessage
	for len(b) >= unix.SizeofCmsghdr {
		h := (*unix.Cmsghdr)(unsafe.Pointer(&b[0]))
		n := int(h.Len)
		if n < unix.SizeofCmsghdr || n > len(b) {
			return out, ErrControlData
		}
		data := b[unix.CmsgLen(0):n]
		out = append(out, ControlMessage{Level: Level(h.Level), Type: int(h.Type), Data: append([]byte(nil), data...)})
		b = b[min(len(b), unix.CmsgSpace(len(data))):]
	}
	return out, nil
}

// appendControl appends the control messages as the system wants them.
func appendControl(b []byte, cs []ControlMessage) []byte {
	for _, c := range cs {
		at := len(b)
		b = append(b, make([]byte, unix.CmsgSpace(len(c.Data)))...)
		h := (*unix.Cmsghdr)(unsafe.Pointer(&b[at]))
		h.Level, h.Type = int32(c.Level), int32(c.Type)
		h.SetLen(unix.CmsgLen(len(c.Data)))
		copy(b[at+unix.CmsgLen(0):], c.Data)
	}
	return b
}

// Rights makes the control message that sends descriptors: SCM_RIGHTS.
func Rights(fds ...int) ControlMessage {
	b := make([]byte, 0, len(fds)*sizeofInt)
	for _, fd := range fds {
		b = binary.NativeEndian.AppendUint32(b, uint32(fd))
	}
	return ControlMessage{Level: SolSocket, Type: SCMRights, Data: b}
}

// FDs returns the descriptors of an SCM_RIGHTS message; ok is false for any other.
func (c ControlMessage) FDs() (fds []int, ok bool) {
	if c.Level != SolSocket || c.Type != SCMRights {
		return nil, false
	}
	for b := c.Data; len(b) >= sizeofInt; b = b[sizeofInt:] {
		fds = append(fds, int(int32(binary.NativeEndian.Uint32(b))))
	}
	return fds, true
}

func closeFDs(fds []int) {
	for _, fd := range fds {
		unix.Close(fd)
	}
}

// Int returns the value of a message that is one C int, such as a TTL, a hop limit,
// or a type of service (which may be one byte); ok is false for any other length.
func (c ControlMessage) Int() (v int, ok bool) {
	switch len(c.Data) {
	case 1:
		return int(c.Data[0]), true
	case sizeofInt:
		return int(int32(binary.NativeEndian.Uint32(c.Data))), true
	}
	return 0, false
}

// IntMessage makes a message that is one C int, such as IPTTL, IPTOS or IPV6HopLimit.
func IntMessage(level Level, typ, value int) ControlMessage {
	return ControlMessage{Level: level, Type: typ, Data: binary.NativeEndian.AppendUint32(nil, uint32(int32(value)))}
}

// timevalOf and timespecOf decode a time in the system's form.
func timevalOf(b []byte) (time.Time, bool) {
	if len(b) < int(unsafe.Sizeof(unix.Timeval{})) {
		return time.Time{}, false
	}
	var tv unix.Timeval
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&tv)), unsafe.Sizeof(tv)), b)
	return time.Unix(tv.Unix()), true
}

func timespecOf(b []byte) (time.Time, bool) {
	if len(b) < int(unsafe.Sizeof(unix.Timespec{})) {
		return time.Time{}, false
	}
	var ts unix.Timespec
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&ts)), unsafe.Sizeof(ts)), b)
	return time.Unix(ts.Unix()), true
}
