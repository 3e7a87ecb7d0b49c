// Package conformance replays what CPython answered against the Go packages.
//
// A vector file holds one JSON object a line: a Python call, its arguments,
// perhaps steps on its result, and what CPython gave. The package decodes a
// record, has the adapter of its module make the same call in Go, and compares.
// The command cmd/conformance runs files and prints a line for each; the test of
// this package runs the committed ones in testdata.
//
// # How an adapter is written
//
// An adapter is a value of type [Adapter], one for each Python module, in a
// package of its own below adapters, and listed in adapters.All. It translates,
// and nothing else: it maps a Python name to a Go function and values to values.
//
//   - [Adapter.Call] gets a [Call] and returns the Go result as a plain value
//     (nil, bool, string, []byte, any integer, *big.Int, float64, []any, [Tuple],
//     [*Dict], [Obj] and the other types of this package), or as a [Subject] if
//     steps can be applied to it.
//   - A [Subject] answers one [Step] after the other and gives its own value.
//   - What Go's types cannot express answers an error that wraps
//     [ErrNotApplicable], by a general rule, never by the record's id.
//   - [Adapter.Raises] says whether a Go error stands for a Python exception;
//     [Errors] is the usual implementation, a table of sentinels.
//
// Arguments that must themselves be made ({"$new":…}) have been made by the same
// adapter before it sees them; {"$ref":"self"} is the subject.
//
// # Deviations
//
// DEVIATIONS.tsv lists where the Go package answers otherwise on purpose: the
// module, the reason, and a regular expression over the input. The input of a
// record is the text
//
//	call args kwargs
//
// with args and kwargs as compact JSON ([] and {} if absent); that of a step is
// the record's, then " > ", then the step as compact JSON. A pattern that begins
// with "history:" is matched with the record's input and all steps up to the one that
// differs, for what an earlier step changes. A record deviates if each of its differences
// is matched by a rule. A rule that no committed vector needs fails the test.
package conformance
