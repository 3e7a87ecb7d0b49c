//go:build !linux

package socket

import (
	"context"
	"errors"
)

// RecvBatch receives at least one datagram: it sets N, Addr and Flags of the first n. On
// this system it is one for each call.
func (s *Socket) RecvBatch(ds []Datagram, flags MsgFlag) (n int, err error) {
	return s.RecvBatchContext(context.Background(), ds, flags)
}

// RecvBatchContext is RecvBatch, ended by ctx.
func (s *Socket) RecvBatchContext(ctx context.Context, ds []Datagram, flags MsgFlag) (n int, err error) {
	if len(ds) == 0 {
		return 0, nil
	}
	d := &ds[0]
	got, from, err := s.RecvFromContext(ctx, d.Buf, flags)
	if err != nil {
		return 0, err
	}
	d.N, d.Flags, d.Segment = got, 0, 0
	switch a := from.(type) {
	case Inet:
		d.Addr = a.AddrPort()
	case Inet6:
		d.Addr = a.AddrPort()
	}
	return 1, nil
}

// SendBatch sends the datagrams one after the other and sets N of each that went. It
// tells how many went; fewer than all with an error.
func (s *Socket) SendBatch(ds []Datagram, flags MsgFlag) (n int, err error) {
	return s.SendBatchContext(context.Background(), ds, flags)
}

// SendBatchContext is SendBatch, ended by ctx.
func (s *Socket) SendBatchContext(ctx context.Context, ds []Datagram, flags MsgFlag) (n int, err error) {
	for i := range ds {
		d := &ds[i]
		if d.Segment != 0 {
			return i, opError("sendto", nil, errors.ErrUnsupported)
		}
		if d.Addr.IsValid() {
			d.N, err = s.SendToContext(ctx, d.Buf, flags, FromAddrPort(d.Addr))
		} else {
			d.N, err = s.SendContext(ctx, d.Buf, flags)
		}
		if err != nil {
			return i, err
		}
	}
	return len(ds), nil
}

// SetUDPSegment is not to be had on this system.
func (s *Socket) SetUDPSegment(int) error {
	return opError("setsockopt", nil, errors.ErrUnsupported)
}

// SetUDPGRO is not to be had on this system.
func (s *Socket) SetUDPGRO(bool) error { return opError("setsockopt", nil, errors.ErrUnsupported) }
