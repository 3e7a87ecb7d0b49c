package socket

import (
	"encoding/binary"
	"fmt"
)

// A CAN is an address of AFCAN with CANRaw or CANBCM: Python's (interface,).
type CAN struct {
	// Interface is the index of the interface, 0 for all; see [IfNameToIndex].
	Interface int
}

// A CANIsoTPAddr is an address of AFCAN with CANIsoTP: Python's (interface, rx_addr,
// tx_addr).
type CANIsoTPAddr struct {
	Interface int
	// Rx and Tx are the identifiers of frames that come and go, with CANEFFFlag for those
	// of 29 bits.
	Rx, Tx uint32
}

// A CANJ1939Addr is an address of AFCAN with CANJ1939: Python's (interface, name, pgn,
// addr).
type CANJ1939Addr struct {
	Interface int
	// Name is the ECU's name, J1939NoName for none.
	Name uint64
	// PGN is the group of parameters, J1939NoPGN for none.
	PGN uint32
	// Addr is the ECU's address, J1939NoAddr for none.
	Addr uint8
}

// Family returns AFCAN.
func (CAN) Family() Family { return AFCAN }

// Family returns AFCAN.
func (CANIsoTPAddr) Family() Family { return AFCAN }

// Family returns AFCAN.
func (CANJ1939Addr) Family() Family { return AFCAN }

// Network returns "can".
func (CAN) Network() string { return "can" }

// Network returns "can-isotp".
func (CANIsoTPAddr) Network() string { return "can-isotp" }

// Network returns "can-j1939".
func (CANJ1939Addr) Network() string { return "can-j1939" }

// String gives the interface.
func (a CAN) String() string { return fmt.Sprintf("can:%d", a.Interface) }

// String gives the interface and the identifiers.
func (a CANIsoTPAddr) String() string {
	return fmt.Sprintf("can:%d,rx=%#x,tx=%#x", a.Interface, a.Rx, a.Tx)
}

// String gives the interface, name, group and address.
func (a CANJ1939Addr) String() string {
	return fmt.Sprintf("can:%d,name=%#x,pgn=%#x,addr=%#x", a.Interface, a.Name, a.PGN, a.Addr)
}

// sizeofCAN is that of struct sockaddr_can.
const sizeofCAN = 24

func beginCAN(r *rawAddr, index int) ([]byte, error) {
	if index < 0 || int64(index) > 1<<31-1 {
		return nil, ErrOverflow
	}
	b := r.begin(AFCAN, sizeofCAN)
	binary.NativeEndian.PutUint32(b[4:], uint32(index))
	return b, nil
}

func (a CAN) encode(r *rawAddr) error {
	_, err := beginCAN(r, a.Interface)
	return err
}

func (a CANIsoTPAddr) encode(r *rawAddr) error {
	b, err := beginCAN(r, a.Interface)
	if err != nil {
		return err
	}
	binary.NativeEndian.PutUint32(b[8:], a.Rx)
	binary.NativeEndian.PutUint32(b[12:], a.Tx)
	return nil
}

func (a CANJ1939Addr) encode(r *rawAddr) error {
	b, err := beginCAN(r, a.Interface)
	if err != nil {
		return err
	}
	binary.NativeEndian.PutUint64(b[8:], a.Name)
	binary.NativeEndian.PutUint32(b[16:], a.PGN)
	b[20] = a.Addr
	return nil
}

func decodeCAN(proto Proto, b []byte) Addr {
	if len(b) < 8 {
		return Unknown{AF: AFCAN, Data: string(b[2:])}
	}
	var full [sizeofCAN]byte // what is not there is zero
	copy(full[:], b)
	index := int(int32(binary.NativeEndian.Uint32(full[4:])))
	switch proto {
	case CANIsoTP:
		return CANIsoTPAddr{index, binary.NativeEndian.Uint32(full[8:]), binary.NativeEndian.Uint32(full[12:])}
	case CANJ1939:
		return CANJ1939Addr{index, binary.NativeEndian.Uint64(full[8:]), binary.NativeEndian.Uint32(full[16:]), full[20]}
	}
	return CAN{index}
}
