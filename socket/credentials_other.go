//go:build netbsd || openbsd

package socket

import "errors"

// PeerCredentials is not to be had on this system.
func (s *Socket) PeerCredentials() (Credentials, error) {
	return Credentials{}, opError("getsockopt", nil, errors.ErrUnsupported)
}
