//go:build unix

package socket

// AcceptFD is Accept that returns the bare descriptor of the connection, non-blocking and
// closed on exec, for a program that keeps many and does its own waiting: CPython's
// `socket._accept`. The caller owns it; [FromFD] makes a Socket of it.
func (s *Socket) AcceptFD() (fd int, from Addr, err error) {
	s.rd.mu.Lock()
	defer s.rd.mu.Unlock()
	s.rd.flags = 0
	if err := s.rd.perform(background, accepts); err != nil {
		return -1, nil, opError("accept", nil, err)
	}
	return s.rd.n, s.rd.addr.decode(s.proto), nil
}
