//go:build unix && !linux

package selectors

const pipeBuf = 512
