package socketserver

import "github.com/pynet-go/pynet/selectors"

// tellsHangup: the system tells of what may stand behind the bytes of a short read, and is
// not told anew: the end of the stream, and urgent data, at which a read stops.
const tellsHangup = true

const hangup = selectors.ReadHangup | selectors.Priority
