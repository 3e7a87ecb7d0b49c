//go:build unix

package socket_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

func TestTypeNames(t *testing.T) {
	for want, v := range map[string]fmt.Stringer{
		"AF_INET": socket.AFInet, "AF_INET6": socket.AFInet6, "AF_UNIX": socket.AFUnix, "AF_UNSPEC": socket.AFUnspec, "Family(-7)": socket.Family(-7),
		"SOCK_STREAM": socket.SockStream, "SOCK_DGRAM": socket.SockDgram, "SOCK_RAW": socket.SockRaw, "SOCK_SEQPACKET": socket.SockSeqpacket, "SOCK_RDM": socket.SockRDM, "Type(77)": socket.Type(77),
	} {
		require.Equal(t, want, v.String())
	}
}
