//go:build unix && !solaris

package server_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/httpx/server"
)

// A named pipe in the tree is not there: opening it would wait for somebody to write.
func TestSecHSRV06NamedPipe(t *testing.T) {
	dir := tree(t, map[string]string{"x": ""})
	require.NoError(t, unix.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	f, err := server.NewFiles(dir)
	require.NoError(t, err)
	defer f.Close()
	assert.Equal(t, "404", status(ask(t, &server.Server{Handler: f}, "GET /pipe HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")))
}
