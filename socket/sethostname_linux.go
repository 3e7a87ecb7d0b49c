package socket

import "golang.org/x/sys/unix"

// SetHostName sets the name of this machine, for which the process needs the right:
// `socket.sethostname`.
func SetHostName(name string) error {
	if badText(name) {
		return opError("sethostname", nil, errBadText)
	}
	return opError("sethostname", nil, unix.Sethostname([]byte(name)))
}
