// Package interop runs pynet's packages against real other ends: CPython's own
// modules, and servers and clients of Debian's packages. Its tests need the build
// tag interop and what setup.sh installs:
//
//	sh internal/interop/setup.sh
//	go test -tags interop ./internal/interop/...
//
// A missing program fails the test there. Everything is started on loopback ports
// by the tests and ended by them.
package interop
