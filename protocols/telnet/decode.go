package telnet

import "bytes"

const (
	iac = byte(CmdIAC)
	dc1 = 0x11
)

// A decoder tells data from commands (RFC 854, RFC 855). It is a machine whose state goes
// on from one piece of the stream to the next: where pieces end makes no difference.
type decoder struct {
	mode  Mode
	plain bool // OptBinary is in use: data are not changed
	maxSB int

	state state
	cmd   Command // the one that waits for its option
	cr    bool    // ModeNVT: a CR was the last byte
	inSB  bool
	sb    []byte // the subnegotiation, the option first
}

// A state is what the next byte is.
type state uint8

const (
	inData    state = iota
	inCommand       // the byte after IAC
	inOption        // the one after WILL, WONT, DO and DONT
)

// An events is told of what is no data. With an error the decoder stops.
type events interface {
	// command is told of each command; of SE when the subnegotiation is in decoder.sb.
	command(cmd Command, opt Option) error
	// subnegotiated is told of data within a subnegotiation.
	subnegotiated(data []byte)
}

// decode appends the data of src to dst, which may be src[:0] if the mode is not ModeNVT.
func (d *decoder) decode(dst, src []byte, ev events) ([]byte, error) {
	m := marks{src: src, at: [3]int{-1, -1, -1}}
	for pos := 0; pos < len(src); {
		if d.state != inData {
			b := src[pos]
			pos++
			var err error
			if dst, err = d.step(dst, b, ev); err != nil {
				return dst, err
			}
			continue
		}
		if d.cr && !d.inSB {
			d.cr = false
			switch src[pos] {
			case '\n':
				dst = append(dst, '\n')
				pos++
				continue
			case Null:
				dst = append(dst, '\r')
				pos++
				continue
			}
			dst = append(dst, '\r')
		}
		end := m.next(pos, d.marked())
		if end > pos {
			var err error
			if dst, err = d.run(dst, src[pos:end], ev); err != nil {
				return dst, err
			}
			if pos = end; pos == len(src) {
				break
			}
		}
		switch src[pos] {
		case iac:
			d.state = inCommand
		case '\r':
			d.cr = true
		}
		pos++ // NUL and DC1 are dropped
	}
	return dst, nil
}

// marked are the bytes that mean something in data.
func (d *decoder) marked() string {
	switch {
	case d.inSB || d.plain || d.mode == ModeRaw:
		return "\xff"
	case d.mode == ModeNVT:
		return "\xff\x00\r"
	}
	return "\xff\x00\x11"
}

// run takes bytes none of which means anything.
func (d *decoder) run(dst, b []byte, ev events) ([]byte, error) {
	if d.inSB {
		return dst, d.gather(b, ev)
	}
	n := len(dst)
	if n+len(b) <= cap(dst) && &dst[:n+1][n] == &b[0] {
		return dst[:n+len(b)], nil // it is where it belongs
	}
	return append(dst, b...), nil
}

// gather adds to the subnegotiation.
func (d *decoder) gather(b []byte, ev events) error {
	if len(d.sb)+len(b) > d.maxSB {
		return ErrSubnegotiation
	}
	d.sb = append(d.sb, b...)
	ev.subnegotiated(b)
	return nil
}

// step takes a byte of a command.
func (d *decoder) step(dst []byte, b byte, ev events) ([]byte, error) {
	if d.state == inOption {
		d.state = inData
		return dst, ev.command(d.cmd, Option(b))
	}
	d.state = inData
	switch c := Command(b); c {
	case CmdWill, CmdWont, CmdDo, CmdDont:
		d.state, d.cmd = inOption, c
		return dst, nil
	case CmdIAC:
		return d.literal(dst, ev)
	case CmdSB:
		d.inSB, d.sb = true, d.sb[:0]
		return dst, ev.command(c, OptNone)
	case CmdSE:
		d.inSB = false
		err := ev.command(c, OptNone)
		d.sb = d.sb[:0]
		return dst, err
	default:
		return dst, ev.command(c, OptNone)
	}
}

// literal takes an IAC that is data.
func (d *decoder) literal(dst []byte, ev events) ([]byte, error) {
	if d.inSB {
		return dst, d.gather(iacData, ev)
	}
	return append(dst, iac), nil
}

// finish appends what the end of the stream leaves: a CR.
func (d *decoder) finish(dst []byte) []byte {
	if d.cr {
		d.cr = false
		dst = append(dst, '\r')
	}
	return dst
}

// iacData is an IAC that is data.
var iacData = []byte{iac}

// marks finds the next of up to three bytes. It remembers where each of them is, so that
// the text is looked through once for each, also where they are many.
type marks struct {
	src []byte
	at  [3]int // the next of each, as of the last time that it was asked for
}

// next returns where, from pos on, the next byte of set is. All sets have IAC first, and
// sets of one decoder differ in nothing else but that the others may be left out.
func (m *marks) next(pos int, set string) int {
	first := len(m.src)
	for i := range len(set) {
		if m.at[i] < pos {
			m.at[i] = len(m.src)
			if k := bytes.IndexByte(m.src[pos:], set[i]); k >= 0 {
				m.at[i] = pos + k
			}
		}
		first = min(first, m.at[i])
	}
	return first
}
