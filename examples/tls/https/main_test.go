package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHTTPS(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out))
	require.Equal(t, "alice: hello alice, over TLSv1.3\n"+
		"somebody: hello whoever you are, over TLSv1.3\n"+
		"a stranger: tls: failed to verify certificate: x509: certificate signed by unknown authority\n", out.String())
}
