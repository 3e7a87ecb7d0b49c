package socketserver

import "errors"

func (Forking) newRunner(*Server) (runner, error) { return nil, errors.ErrUnsupported }
