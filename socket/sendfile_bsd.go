//go:build darwin || freebsd || netbsd || openbsd

package socket

import "errors"

// sysSendfile has no counterpart here that all of these systems share: the file is
// copied.
func sysSendfile(out, in int, offset int64, count int) (int, error) {
	return 0, errors.ErrUnsupported
}
