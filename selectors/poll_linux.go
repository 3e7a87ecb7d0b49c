package selectors

import "golang.org/x/sys/unix"

// Events of poll that Linux has beside those of POSIX.
const (
	PollRDHup  PollMask = unix.POLLRDHUP // the peer closed its side: `POLLRDHUP`
	PollRDNorm PollMask = 0x40           // normal data to read: `POLLRDNORM`
	PollRDBand PollMask = 0x80           // priority data to read: `POLLRDBAND`
	PollWRNorm PollMask = 0x100          // normal data can be written: `POLLWRNORM`
	PollWRBand PollMask = 0x200          // priority data can be written: `POLLWRBAND`
	PollMsg    PollMask = 0x400          // unused by the system: `POLLMSG`
)

// pollReadHangup is the event for ReadHangup.
const pollReadHangup = int16(PollRDHup)
