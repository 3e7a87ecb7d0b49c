package socket

import "golang.org/x/sys/unix"

func sysSendfile(out, in int, offset int64, count int) (int, error) {
	n, err := unix.Sendfile(out, in, &offset, count)
	return max(n, 0), err
}
