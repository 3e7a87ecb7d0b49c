package telnet

// Decode decodes the pieces of a stream, as one connection would, and tells the data, and
// the commands with the subnegotiations.
func Decode(mode Mode, pieces ...[]byte) (data []byte, cmds []Seen, err error) {
	d := decoder{mode: mode, maxSB: 1 << 20}
	n := &note{d: &d}
	for _, p := range pieces {
		if data, err = d.decode(data, p, n); err != nil {
			return data, n.seen, err
		}
	}
	return d.finish(data), n.seen, nil
}

// DecodeInPlace decodes p into itself.
func DecodeInPlace(mode Mode, p []byte) ([]byte, []Seen, error) {
	d := decoder{mode: mode, maxSB: 1 << 20}
	n := &note{d: &d}
	data, err := d.decode(p[:0], p, n)
	return data, n.seen, err
}

// Seen is a command; of SE, with the subnegotiation.
type Seen struct {
	Cmd Command
	Opt Option
	SB  string
}

type note struct {
	d    *decoder
	seen []Seen
}

func (n *note) command(cmd Command, opt Option) error {
	s := Seen{Cmd: cmd, Opt: opt}
	if cmd == CmdSE {
		s.SB = string(n.d.sb)
	}
	n.seen = append(n.seen, s)
	return nil
}

func (*note) subnegotiated([]byte) {}

// Escape doubles IAC.
func Escape(p []byte) []byte { return appendEscaped(nil, p) }

// The machine of RFC 1143, for a comparison with one written down as its tables.
type Phase = phase

const (
	Off       = off
	On        = on
	WantOff   = wantOff
	WantOffOn = wantOffOn
	WantOn    = wantOn
	WantOnOff = wantOnOff
)

// Receive and Ask tell what is sent: "", "yes" or "no".
func Receive(p Phase, is, allowed bool) (Phase, string) {
	q, r := p.receive(is, allowed)
	return q, [...]string{"", "yes", "no"}[r]
}

func Ask(p Phase, is bool) (Phase, string) {
	q, r := p.ask(is)
	return q, [...]string{"", "yes", "no"}[r]
}
