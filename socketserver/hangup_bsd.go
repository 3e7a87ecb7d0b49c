//go:build unix && !linux

package socketserver

import "github.com/pynet-go/pynet/selectors"

// tellsHangup: the system tells when the peer's side ends, apart from there being
// something to read.
const tellsHangup = false

const hangup selectors.Event = 0
