// Package cookiewire is the grammar of cookies on the wire and of hosts in them, as Python's
// http.cookiejar reads and writes it. It decides nothing and keeps nothing.
package cookiewire
