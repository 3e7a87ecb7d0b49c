// Package parity checks that every documented name of Python's modules has its
// place in the Go packages, and writes PARITY.md, the table that someone coming
// from Python reads.
//
// # Files
//
// names/<module>.tsv lists the names that Python documents: name, kind, signature,
// summary, and the version since which it exists, with tabs between. The file
// <module>.tsv beside this one maps them: name, Go symbol, note.
//
//	name	go	note
//	ipaddress.ip_address	ipaddress.ParseAddr
//	ipaddress.IPv4Address.__hash__	ipaddress.Addr	comparable with ==, and a map key
//	uuid.UUID.__setattr__	-	a Go value is assigned as a whole
//
// A symbol is the package's folder, a dot, and a name or a type with its method or
// field; several are separated by ", ". A folder alone, written with a slash at its
// end (examples/uuid/), stands for a program. A hyphen is an excuse: the name
// cannot exist in Go, and the note says why.
//
// Every symbol must exist and have a doc comment. [Check] says what does not.
package parity
