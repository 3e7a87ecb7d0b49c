// Package telnetlib is the conformance adapter of Python's telnetlib.
package telnetlib

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"regexp"
	"time"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/protocols/telnet"
)

// Adapter translates calls of telnetlib.
type Adapter struct{}

// Raises implements [conformance.Adapter]. EOFError is the end, and what reads from a
// connection that was closed.
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	return e.Type == "EOFError" && (err == io.EOF || errors.Is(err, net.ErrClosed))
}

// Agrees implements [conformance.Agreer]: before the first read Python has 0 in place of False.
func (Adapter) Agrees(_ *conformance.Record, want, got any) bool {
	n, ok := want.(int64)
	b, is := got.(bool)
	return ok && is && (n != 0) == b
}

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	if c.Name != "telnetlib.Telnet" {
		return nil, conformance.ErrNotApplicable
	}
	v, _ := c.Args.Lookup(-1, "sock")
	o, ok := v.(conformance.Other)
	chunks, is := o.V.([]any)
	if !ok || !is || o.Tag != "sock" {
		return nil, conformance.ErrNotApplicable
	}
	sock := &sock{chunks: chunks}
	return &subject{sock: sock, c: telnet.NewClient(sock, &telnet.Config{BufferSize: 50})}, nil
}

// subject is a Telnet.
type subject struct {
	c         *telnet.Client
	sock      *sock
	collected []any
}

// Value implements [conformance.Subject].
func (*subject) Value() any { return conformance.Obj{Class: "Telnet"} }

// Extra implements [conformance.Extras].
func (s *subject) Extra(key string) (any, error) {
	switch key {
	case "sent":
		return s.sock.sent, nil
	case "collected":
		return s.collected, nil
	}
	return nil, conformance.ErrNotApplicable
}

// Step implements [conformance.Subject].
func (s *subject) Step(st *conformance.Step) (any, error) {
	s.sock.sent, s.collected = nil, nil
	switch st.Kind + " " + st.Name {
	case "get eof":
		return s.c.EOF(), nil
	case "get cookedq":
		return s.c.Peek(), nil
	case "do set_option_negotiation_callback":
		return nil, s.setCallback(st.Args)
	case "do write":
		b, err := st.Args.Bytes(0, "buffer")
		if err != nil {
			return nil, err
		}
		_, err = s.c.Write(b)
		return nil, err
	case "do close":
		return nil, s.c.Close()
	case "do read_until":
		return s.readUntil(st.Args)
	case "do expect":
		return s.expect(st.Args)
	case "do read_all":
		return toEnd(s.c.ReadAll(context.Background()))
	case "do read_some":
		return toEnd(s.c.ReadSome(context.Background()))
	case "do read_very_eager":
		return data(s.c.ReadVeryEager(context.Background()))
	case "do read_eager":
		return data(s.c.ReadEager(context.Background()))
	case "do read_lazy":
		return data(s.c.ReadLazy())
	case "do read_very_lazy":
		return data(s.c.ReadVeryLazy())
	case "do read_sb_data":
		return s.c.ReadSBData(), nil
	}
	return nil, conformance.ErrNotApplicable // rawq too: nothing waits to be decoded in Go
}

// data is what a method returned.
func data(b []byte, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return b, nil
}

// toEnd is data of a method for which the end of the connection is no exception in Python.
func toEnd(b []byte, err error) (any, error) {
	if err == io.EOF || errors.Is(err, net.ErrClosed) {
		err = nil
	}
	return data(b, err)
}

// search is data of a method that looks for something: there is no exception in Python if
// anything was read, or if it was the time that ended it.
func search(b []byte, err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) || len(b) > 0 {
		return nil
	}
	return err
}

func (s *subject) setCallback(a conformance.Args) error {
	v, _ := a.Lookup(0, "callback")
	switch o, ok := v.(conformance.Other); {
	case v == nil:
		s.c.SetCommandFunc(nil)
	case ok && o.Tag == "collect":
		s.c.SetCommandFunc(func(_ *telnet.Conn, cmd telnet.Command, opt telnet.Option) {
			s.collected = append(s.collected, conformance.Tuple{conformance.Obj{Class: "socket"}, []byte{byte(cmd)}, []byte{byte(opt)}})
		})
	default:
		return conformance.ErrNotApplicable
	}
	return nil
}

func (s *subject) readUntil(a conformance.Args) (any, error) {
	match, err := a.Bytes(0, "match")
	if err != nil {
		return nil, err
	}
	ctx, cancel, err := timeout(a)
	if err != nil {
		return nil, err
	}
	defer cancel()
	b, err := s.c.ReadUntil(ctx, match)
	return data(b, search(b, err))
}

func (s *subject) expect(a conformance.Args) (any, error) {
	v, _ := a.Lookup(0, "list")
	list, ok := v.([]any)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	var exprs []*regexp.Regexp
	for _, v := range list {
		b, ok := v.([]byte)
		if !ok {
			return nil, conformance.ErrNotApplicable
		}
		re, err := regexp.Compile(string(b))
		if err != nil {
			return nil, conformance.ErrNotApplicable // RE2 has no such expression
		}
		exprs = append(exprs, re)
	}
	ctx, cancel, err := timeout(a)
	if err != nil {
		return nil, err
	}
	defer cancel()
	m, err := s.c.Expect(ctx, exprs...)
	if err := search(m.Text, err); err != nil {
		return nil, err
	}
	return conformance.Tuple{m.Index, match(&m), m.Text}, nil
}

// match is a re.Match.
func match(m *telnet.Match) any {
	if m.Index < 0 {
		return nil
	}
	groups := conformance.Tuple{}
	for i := 1; 2*i < len(m.Loc); i++ {
		if b := m.Group(i); b != nil {
			groups = append(groups, b)
		} else {
			groups = append(groups, nil)
		}
	}
	return conformance.Obj{Class: "Match", Fields: map[string]any{
		"span": []any{m.Loc[0], m.Loc[1]}, "group": m.Group(0), "groups": groups,
	}}
}

// timeout is the argument of that name as a context.
func timeout(a conformance.Args) (context.Context, context.CancelFunc, error) {
	var seconds float64
	switch v, _ := a.Lookup(1, "timeout"); v := v.(type) {
	case nil:
		return context.Background(), func() {}, nil
	case int64:
		seconds = float64(v)
	case float64:
		seconds = v
	default:
		return nil, nil, conformance.ErrNotApplicable
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds*float64(time.Second)))
	return ctx, cancel, nil
}
