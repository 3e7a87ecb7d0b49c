package telnet

import (
	"context"
	"errors"
	"io"
	"time"
)

// Interact passes what is read from in to the host, and what the host says to out, as it
// comes, until in or the stream ends (nil), one of the three fails, or ctx ends (its error).
// It is a very dumb terminal: what the host sends goes to out as it is, and that may be
// commands to the terminal; give it [Printable] of the terminal if the host is not trusted.
//
// When Interact returns it uses the connection no more. A Read of in that is under way
// is ended if in has a SetReadDeadline that works, as sockets, pipes and most terminals do;
// otherwise it remains until something is typed, which is lost. Python's `interact` and
// `mt_interact`.
func (c *Client) Interact(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	typed := make(chan struct{})
	sending := make(chan struct{}, 1) // held by who uses the connection for what was typed
	go func() {
		defer close(typed)
		cancel(c.typing(ctx, in, sending))
	}()
	err := c.showing(ctx, out)
	why := context.Cause(ctx)
	cancel(io.EOF)
	sending <- struct{}{} // what is being sent ends with ctx, and nothing more is sent
	if d, ok := in.(interface{ SetReadDeadline(time.Time) error }); ok && d.SetReadDeadline(longAgo) == nil {
		<-typed
		d.SetReadDeadline(time.Time{})
	}
	switch {
	case err == nil || errors.Is(why, errTyped):
		return nil
	case why != nil:
		return wrap("interact", why)
	}
	return err
}

// errTyped is the end of what is typed.
var errTyped = errors.New("the end of the input")

// typing passes what is typed to the host.
func (c *Client) typing(ctx context.Context, in io.Reader, sending chan struct{}) error {
	buf := make([]byte, 4096)
	for {
		n, err := in.Read(buf)
		if n > 0 {
			if err := lock(ctx, sending); err != nil {
				return err
			}
			_, err := c.WriteContext(ctx, buf[:n])
			<-sending
			if err != nil {
				return err
			}
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == io.EOF:
			return errTyped
		case err != nil:
			return err
		}
	}
}

// showing passes what the host says to out, until the stream ends.
func (c *Client) showing(ctx context.Context, out io.Writer) error {
	for {
		data, err := c.ReadSome(ctx)
		if len(data) > 0 {
			if _, err := out.Write(data); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
