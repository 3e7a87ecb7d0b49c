package socketserver

import "errors"

func (EventLoop) newRunner(*Server) (runner, error) { return nil, errors.ErrUnsupported }
