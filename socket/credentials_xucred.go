//go:build darwin || freebsd

package socket

import "golang.org/x/sys/unix"

// PeerCredentials returns the credentials of the process that connected a Unix stream
// or made the pair, as they were then: LOCAL_PEERCRED.
func (s *Socket) PeerCredentials() (c Credentials, err error) {
	err = s.control("getsockopt", func(fd int) error {
		const solLocal = 0
		u, err := unix.GetsockoptXucred(fd, solLocal, unix.LOCAL_PEERCRED)
		if err != nil {
			return err
		}
		c.UID = u.Uid
		if u.Ngroups > 0 {
			c.GID = u.Groups[0]
		}
		c.PID = peerPID(fd)
		return nil
	})
	return c, err
}
