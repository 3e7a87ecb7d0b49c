// Package parse does things.
package parse
