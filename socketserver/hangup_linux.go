package socketserver

import "github.com/pynet-go/pynet/selectors"

// tellsHangup: the system tells when the peer's side ends, apart from there being
// something to read.
const tellsHangup = true

const hangup = selectors.ReadHangup
