//go:build !linux

package socket

import "errors"

// SetHostName is not to be had on this system.
func SetHostName(string) error {
	return opError("sethostname", nil, errors.ErrUnsupported)
}
