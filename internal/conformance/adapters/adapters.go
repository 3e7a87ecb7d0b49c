// Package adapters lists the conformance adapters, one for each Python module.
package adapters

import (
	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/internal/conformance/adapters/httpclient"
	"github.com/pynet-go/pynet/internal/conformance/adapters/httpcookiejar"
	"github.com/pynet-go/pynet/internal/conformance/adapters/httpcookies"
	"github.com/pynet-go/pynet/internal/conformance/adapters/httpserver"
	"github.com/pynet-go/pynet/internal/conformance/adapters/httpstatus"
	"github.com/pynet-go/pynet/internal/conformance/adapters/ipaddress"
	"github.com/pynet-go/pynet/internal/conformance/adapters/robotparser"
	"github.com/pynet-go/pynet/internal/conformance/adapters/ssl"
	"github.com/pynet-go/pynet/internal/conformance/adapters/telnetlib"
	"github.com/pynet-go/pynet/internal/conformance/adapters/urllibparse"
	"github.com/pynet-go/pynet/internal/conformance/adapters/uuid"
)

// All maps the name of a Python module to its adapter.
var All = map[string]conformance.Adapter{
	"http":           httpstatus.Adapter{},
	"http.client":    httpclient.Adapter{},
	"http.cookiejar": httpcookiejar.Adapter{},
	"http.cookies":   httpcookies.Adapter{},
	"http.server":    httpserver.Adapter{},
	"ipaddress":      ipaddress.Adapter{},
	"ssl":            ssl.Adapter,
	"telnetlib":      telnetlib.Adapter{},
	"urllib.parse":   urllibparse.Adapter{},

	"urllib.robotparser": robotparser.Adapter{},
	"uuid":               uuid.Adapter,
}

// Elsewhere lists the modules whose adapter other systems have.
var Elsewhere []string
