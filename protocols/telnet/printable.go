package telnet

import "io"

// Printable returns a writer that passes to w what is text, and leaves out what commands a
// terminal: escape sequences with all that belongs to them, such as colours, titles and
// what reads or fills the clipboard, and control characters other than "\t", "\n", "\r" and
// "\b". UTF-8 passes; control characters within it do not. What a sequence is does not depend
// on how the text is split into writes. The writer is not for concurrent use; its Write
// returns the number of bytes taken, and the errors of w.
func Printable(w io.Writer) io.Writer { return &printable{w: w} }

type printable struct {
	w     io.Writer
	state scan
	lead  bool // C2 has come, behind which 80 to 9F are controls
	more  int  // bytes of a character that are to come
	buf   []byte
}

// A scan is where in a sequence the next byte stands (ECMA-48, section 5).
type scan uint8

const (
	scanText   scan = iota
	scanEscape      // behind ESC
	scanCSI         // up to a byte from 0x40 to 0x7E
	scanString      // up to BEL or ST
	scanST          // behind the ESC of ST
)

// Write implements io.Writer.
func (p *printable) Write(b []byte) (int, error) {
	p.buf = p.buf[:0]
	for _, x := range b {
		p.take(x)
	}
	if len(p.buf) > 0 {
		if _, err := p.w.Write(p.buf); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

func (p *printable) take(x byte) {
	switch p.state {
	case scanText:
		p.text(x)
	case scanEscape:
		p.state = scanText
		p.escape(x)
	case scanCSI:
		if x >= 0x40 && x <= 0x7e {
			p.state = scanText
		} else if x == 0x1b {
			p.state = scanEscape
		}
	case scanString:
		switch x {
		case 0x07, 0x9c:
			p.state = scanText
		case 0x1b:
			p.state = scanST
		}
	case scanST:
		p.state = scanString
		if x == '\\' {
			p.state = scanText
		} else if x == 0x07 {
			p.state = scanText
		}
	}
}

// escape takes the byte behind ESC.
func (p *printable) escape(x byte) {
	switch {
	case x == 0x1b:
		p.state = scanEscape
	case x >= 0x20 && x <= 0x2f: // intermediate bytes, then a final one
		p.state = scanEscape
	case x >= 0x40 && x <= 0x5f:
		p.control(x + 0x40)
	}
}

// control takes a control character of the upper half.
func (p *printable) control(x byte) {
	switch x {
	case 0x9b:
		p.state = scanCSI
	case 0x90, 0x98, 0x9d, 0x9e, 0x9f: // DCS, SOS, OSC, PM, APC
		p.state = scanString
	}
}

// text takes a byte outside of sequences.
func (p *printable) text(x byte) {
	if p.lead {
		p.lead = false
		if x >= 0x80 && x <= 0x9f {
			p.control(x)
			return
		}
		if x >= 0xa0 && x <= 0xbf {
			p.buf = append(p.buf, 0xc2, x)
			return
		}
	}
	if p.more > 0 && x >= 0x80 && x <= 0xbf {
		p.more--
		p.buf = append(p.buf, x)
		return
	}
	p.more = 0
	switch {
	case x == 0x1b:
		p.state = scanEscape
		return
	case x < 0x20 && x != '\t' && x != '\n' && x != '\r' && x != '\b', x == 0x7f:
		return
	case x >= 0x80 && x <= 0x9f:
		p.control(x)
		return
	case x == 0xc2:
		p.lead = true
		return
	case x >= 0xf0:
		p.more = 3
	case x >= 0xe0:
		p.more = 2
	case x >= 0xc0:
		p.more = 1
	}
	p.buf = append(p.buf, x)
}
