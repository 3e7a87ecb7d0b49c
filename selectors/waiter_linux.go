package selectors

import "errors"

// newWaiter opens the backend; wake is the descriptor that interrupts it.
func newWaiter(b Backend, wake int) (waiter, error) {
	switch b {
	case Best, BackendEpoll:
		return newEpollWaiter(wake)
	case BackendPoll:
		return newPollWaiter(wake), nil
	case BackendSelect:
		return newSelectWaiter(wake)
	}
	return nil, errors.ErrUnsupported
}
