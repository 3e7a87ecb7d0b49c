package socket

import (
	"context"
	"errors"
	"net"
	"slices"
	"time"
)

// A ConnectConfig says how [CreateConnection] connects. The zero value, or nil, does
// it as Python does.
type ConnectConfig struct {
	// Timeout bounds each attempt, and stays the timeout of the socket. Zero means
	// the default timeout (see [SetDefaultTimeout]).
	Timeout time.Duration
	// Source is the socket's own address, nil for one that the system chooses.
	// Attempts of another family leave it out.
	Source Addr
	// AllErrors joins the errors of all attempts; else it is the last one's.
	AllErrors bool
	// HappyEyeballs tries the families in turn and the next address when one has not
	// answered after Delay, and takes the first that does (RFC 8305).
	HappyEyeballs bool
	// Delay is that time. Zero means 250 ms, as RFC 8305 section 8 recommends.
	Delay time.Duration
	// Lookup finds the host's addresses. They are looked up once, and those are dialled.
	Lookup Lookup
	// Control, if not nil, sees the address that is about to be dialled, and the
	// socket; an error of its keeps the attempt from being made. A policy on addresses
	// belongs here: the name may change its address between a check and the dialling.
	Control func(ctx context.Context, a Addr, s *Socket) error
}

// CreateConnection connects a TCP socket to a host and service, each address in
// turn: `socket.create_connection`. ctx bounds the whole. The error is a *GAIError if
// the host has no address, else an *Error, or several of them joined.
func CreateConnection(ctx context.Context, host, service string, cfg *ConnectConfig) (*Socket, error) {
	if cfg == nil {
		cfg = &ConnectConfig{}
	}
	infos, err := cfg.Lookup.GetAddrInfo(ctx, host, service, AddrInfoHints{Type: SockStream})
	if err != nil {
		return nil, err
	}
	if cfg.HappyEyeballs {
		return cfg.race(ctx, interleave(infos))
	}
	var errs []error
	for _, info := range infos {
		s, err := cfg.attempt(ctx, info)
		if err == nil {
			return s, nil
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, cfg.failure(errs)
}

func (cfg *ConnectConfig) failure(errs []error) error {
	if cfg.AllErrors {
		return errors.Join(errs...)
	}
	return errs[len(errs)-1]
}

// attempt dials one address.
func (cfg *ConnectConfig) attempt(ctx context.Context, info AddrInfo) (*Socket, error) {
	s, err := New(info.Family, info.Type, info.Proto)
	if err != nil {
		return nil, err
	}
	if err := cfg.dial(ctx, s, info.Addr); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (cfg *ConnectConfig) dial(ctx context.Context, s *Socket, to Addr) error {
	if cfg.Timeout != 0 {
		if err := s.SetTimeout(cfg.Timeout); err != nil {
			return err
		}
	}
	if cfg.Source != nil && cfg.Source.Family() == to.Family() {
		if err := s.Bind(cfg.Source); err != nil {
			return err
		}
	}
	if cfg.Control != nil {
		if err := cfg.Control(ctx, to, s); err != nil {
			return opError("connect", to, err)
		}
	}
	return s.ConnectContext(ctx, to)
}

// interleave sorts the addresses so that the families take turns, each in its own
// order (RFC 8305 section 4).
func interleave(infos []AddrInfo) []AddrInfo {
	if len(infos) == 0 {
		return nil
	}
	first := infos[0].Family
	var mine, other []AddrInfo
	for _, i := range infos {
		if i.Family == first {
			mine = append(mine, i)
		} else {
			other = append(other, i)
		}
	}
	out := make([]AddrInfo, 0, len(infos))
	for i := range max(len(mine), len(other)) {
		if i < len(mine) {
			out = append(out, mine[i])
		}
		if i < len(other) {
			out = append(out, other[i])
		}
	}
	return out
}

// race dials the addresses one after the other without waiting longer than Delay for
// each, and returns the first connection; the others are ended and closed before it
// returns.
func (cfg *ConnectConfig) race(ctx context.Context, infos []AddrInfo) (*Socket, error) {
	type result struct {
		s   *Socket
		err error
	}
	delay := cfg.Delay
	if delay <= 0 {
		delay = 250 * time.Millisecond
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result)
	start := func(info AddrInfo) {
		s, err := cfg.attempt(ctx, info)
		results <- result{s, err}
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	var winner *Socket
	var errs []error
	for next, running := 0, 0; next < len(infos) && winner == nil || running > 0; {
		var tick <-chan time.Time
		if next < len(infos) && winner == nil {
			tick = timer.C
		}
		select {
		case <-tick:
			go start(infos[next])
			next++
			running++
			timer.Reset(delay)
		case r := <-results:
			running--
			switch {
			case r.err != nil:
				errs = append(errs, r.err)
				timer.Reset(0) // the next at once
			case winner == nil:
				winner = r.s
				cancel()
			default:
				r.s.Close()
			}
			if ctx.Err() != nil {
				next = len(infos)
			}
		}
	}
	if winner != nil {
		return winner, nil
	}
	return nil, cfg.failure(errs)
}

// Dialer adapts a configuration to the form in which others take a dial function, such
// as http.Transport.DialContext. The network is "tcp", "tcp4" or "tcp6".
func (cfg *ConnectConfig) Dialer() func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if !slices.Contains([]string{"tcp", "tcp4", "tcp6"}, network) {
			return nil, opError("connect", nil, net.UnknownNetworkError(network))
		}
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, opError("connect", nil, err)
		}
		c := *cfg
		if network != "tcp" {
			c.Control = onlyFamily(network, cfg.Control)
		}
		s, err := CreateConnection(ctx, host, port, &c)
		if err != nil {
			return nil, err
		}
		return s, nil
	}
}

type controlFunc = func(ctx context.Context, a Addr, s *Socket) error

// onlyFamily refuses the addresses of the other family, then asks next.
func onlyFamily(network string, next controlFunc) controlFunc {
	want := AFInet
	if network == "tcp6" {
		want = AFInet6
	}
	return func(ctx context.Context, a Addr, s *Socket) error {
		if a.Family() != want {
			return errFamily
		}
		if next == nil {
			return nil
		}
		return next(ctx, a, s)
	}
}
