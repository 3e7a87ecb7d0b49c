package server

import "os"

// CleanName is for the names of Windows, on any system.
var CleanName = cleanName

// SendFile sends a file within the system, after the header, and reports whether it could.
func (r *Request) SendFile(f *os.File) (n int64, handled bool, err error) {
	n, handled, err = r.c.sendFile(f)
	r.c.resp.written += n
	return n, handled, err
}
