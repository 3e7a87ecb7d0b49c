package selectors

import (
	"errors"
	"time"
)

type waker struct{}

func newWaker() (*waker, error) { return nil, errors.ErrUnsupported }
func (*waker) fd() int          { return -1 }
func (*waker) wake()            {}
func (*waker) drain()           {}
func (*waker) close() error     { return nil }

type parker struct{}

func newParker(int, func() bool) *parker { return nil }
func (*parker) wait(time.Duration) error { return errors.ErrUnsupported }
func (*parker) close() error             { return nil }

func newWaiter(Backend, int) (waiter, error) { return nil, errors.ErrUnsupported }

type fileID struct{}

func identify(int) fileID { return fileID{} }
