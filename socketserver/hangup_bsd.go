//go:build unix && !linux

package socketserver

import "github.com/pynet-go/pynet/selectors"

// tellsHangup: the system tells of what may stand behind the bytes of a short read.
const tellsHangup = false

const hangup selectors.Event = 0
