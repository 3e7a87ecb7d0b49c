//go:build !linux

package socket

// otherFamilies are the names of the families that not every system has.
var otherFamilies map[Family]string
