//go:build unix && !linux

package selectors

import "errors"

// newWaiter opens the backend; wake is the descriptor that interrupts it.
func newWaiter(b Backend, wake int) (waiter, error) {
	switch b {
	case Best, BackendKqueue:
		kq, err := NewKqueue()
		if err != nil {
			return nil, errors.Unwrap(err)
		}
		return newKqueueWaiter(kq, filters{int32(KqFilterRead), int32(KqFilterWrite)}, wake)
	case BackendPoll:
		return newPollWaiter(wake), nil
	case BackendSelect:
		return newSelectWaiter(wake)
	}
	return nil, errors.ErrUnsupported
}
