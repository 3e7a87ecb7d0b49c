package socket

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// A SysControl is an address of AFSystem with SysProtoControl, a control of the kernel:
// Python's (id, unit). [ControlID] finds the id of a name.
type SysControl struct {
	ID uint32
	// Unit is 0 for one that the system chooses.
	Unit uint32
}

// Family returns AFSystem.
func (SysControl) Family() Family { return AFSystem }

// Network returns "system".
func (SysControl) Network() string { return "system" }

// String gives the id and the unit.
func (a SysControl) String() string { return fmt.Sprintf("control:%d,unit=%d", a.ID, a.Unit) }

func (a SysControl) encode(r *rawAddr) error {
	r.sa = &unix.SockaddrCtl{ID: a.ID, Unit: a.Unit}
	return nil
}

// ControlID returns the id of a kernel control by its name, such as
// "com.apple.net.utun_control". The socket must be of AFSystem.
func ControlID(s *Socket, name string) (uint32, error) {
	if badText(name) || len(name) > 95 {
		return 0, opError("ioctl", nil, errTooLong)
	}
	var info unix.CtlInfo
	copy(info.Name[:], name)
	err := s.control("ioctl", func(fd int) error { return unix.IoctlCtlInfo(fd, &info) })
	return info.Id, err
}

// A VM is an address of AFVsock: Python's (CID, port).
type VM struct{ CID, Port uint32 }

// Family returns the number of the family of virtual machines.
func (VM) Family() Family { return unix.AF_VSOCK }

// Network returns "vsock".
func (VM) Network() string { return "vsock" }

// String gives the CID and the port.
func (a VM) String() string { return fmt.Sprintf("vm(%d):%d", a.CID, a.Port) }

func (a VM) encode(r *rawAddr) error {
	r.sa = &unix.SockaddrVM{CID: a.CID, Port: a.Port}
	return nil
}

func decodeFamily(sa unix.Sockaddr) Addr {
	switch sa := sa.(type) {
	case *unix.SockaddrCtl:
		return SysControl{ID: sa.ID, Unit: sa.Unit}
	case *unix.SockaddrVM:
		return VM{CID: sa.CID, Port: sa.Port}
	}
	return nil
}
