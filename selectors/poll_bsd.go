//go:build unix && !linux

package selectors

// Events of poll that these systems have beside those that are the same everywhere.
const (
	PollRDNorm PollMask = 0x40  // normal data to read: `POLLRDNORM`
	PollRDBand PollMask = 0x80  // priority data to read: `POLLRDBAND`
	PollWRNorm PollMask = 0x4   // normal data can be written: `POLLWRNORM`
	PollWRBand PollMask = 0x100 // priority data can be written: `POLLWRBAND`
)

// pollReadHangup is the event for ReadHangup, which these systems do not have.
const pollReadHangup = 0
