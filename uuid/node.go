package uuid

import (
	"encoding/binary"
	"fmt"
	"net"
)

// multicast is the bit that no hardware address of a machine has: the lowest of
// the first byte.
const multicast = 1 << 40

// NodeID returns the 48 bits of node that [NewV1] and [NewV6] use (`getnode`).
// Unlike Python's it is never a hardware address, but random, with the multicast
// bit set as RFC 9562 section 6.10 asks. It is the same as long as the program
// runs.
func NodeID() uint64 {
	n, _ := std.NodeID() // see std
	return n
}

// NodeID returns the node that g uses. The error is that of g.Node or g.Rand.
func (g *Generator) NodeID() (uint64, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.nodeID()
}

// nodeID is NodeID with g.mu held.
func (g *Generator) nodeID() (n uint64, err error) {
	if g.hasNode {
		return g.node, nil
	}
	if g.Node != nil {
		n, err = g.Node()
	} else {
		n, err = randomNode(g.random)
	}
	if err != nil {
		return 0, err
	}
	g.node, g.hasNode = n, true
	return n, nil
}

func randomNode(random func([]byte) error) (uint64, error) {
	var b [8]byte
	if err := random(b[2:]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint64(b[:]) | multicast, nil
}

// RandomNode returns 47 random bits and the multicast bit, which tells that this
// is no hardware address (RFC 9562 section 6.10). It is what a [Generator] without
// Node uses. The error is always nil.
func RandomNode() (uint64, error) {
	var g Generator
	return g.nodeID()
}

// FixedNode returns a function for [Generator.Node] that always gives n.
func FixedNode(n uint64) func() (uint64, error) {
	return func() (uint64, error) { return n, nil }
}

// HardwareNode returns the hardware address of a network interface as a number:
// of the first that has one of 48 bits, but rather one that is unique in the
// world than one which is only so in its network. It is meant for
// [Generator.Node], to have what Python's getnode gives. All UUIDs then tell on
// which machine they were made.
//
// It asks the operating system through package net and runs no program. The error
// is [ErrNoHardware], or that of [net.Interfaces].
func HardwareNode() (uint64, error) {
	list, err := net.Interfaces()
	if err != nil {
		return 0, fmt.Errorf("uuid: hardware address: %w", err)
	}
	addrs := make([]net.HardwareAddr, 0, len(list))
	for _, ifc := range list {
		addrs = append(addrs, ifc.HardwareAddr)
	}
	return pickHardware(addrs)
}

// pickHardware returns the first address that is unique in the world, or else the
// first.
func pickHardware(addrs []net.HardwareAddr) (uint64, error) {
	const local = 2 // in the first byte: given by an administrator
	found := uint64(0)
	for _, a := range addrs {
		if len(a) != 6 || a[0]&1 != 0 {
			continue
		}
		n := uint64(binary.BigEndian.Uint16(a))<<32 | uint64(binary.BigEndian.Uint32(a[2:]))
		if n != 0 && a[0]&local == 0 {
			return n, nil
		}
		if found == 0 {
			found = n
		}
	}
	if found == 0 {
		return 0, ErrNoHardware
	}
	return found, nil
}
