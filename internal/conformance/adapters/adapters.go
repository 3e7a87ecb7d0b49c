// Package adapters lists the conformance adapters, one for each Python module.
package adapters

import (
	"github.com/pynet-go/pynet/internal/conformance"
)

// All maps the name of a Python module to its adapter.
var All = map[string]conformance.Adapter{}
