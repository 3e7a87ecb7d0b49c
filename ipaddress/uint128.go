package ipaddress

import (
	"math/big"
	"math/bits"
)

// uint128 is the number of an address. An IPv4 address has it in the low 32
// bits, so that one arithmetic serves both versions.
type uint128 struct{ hi, lo uint64 }

// hostMask returns the number whose n low bits are set, n from 0 to 128.
func hostMask(n uint) uint128 {
	if n >= 64 {
		return uint128{^uint64(0) >> (128 - n), ^uint64(0)}
	}
	return uint128{0, 1<<n - 1}
}

// bit returns the number that has bit n set (n from 0 to 127), and else no bit.
func bit(n uint) uint128 {
	if n >= 64 {
		return uint128{hi: 1 << (n - 64)}
	}
	return uint128{lo: 1 << n}
}

func (u uint128) isZero() bool          { return u.hi|u.lo == 0 }
func (u uint128) and(m uint128) uint128 { return uint128{u.hi & m.hi, u.lo & m.lo} }
func (u uint128) or(m uint128) uint128  { return uint128{u.hi | m.hi, u.lo | m.lo} }
func (u uint128) xor(m uint128) uint128 { return uint128{u.hi ^ m.hi, u.lo ^ m.lo} }
func (u uint128) not() uint128          { return uint128{^u.hi, ^u.lo} }

// add returns u+m and the carry, 0 or 1.
func (u uint128) add(m uint128) (uint128, uint64) {
	lo, c := bits.Add64(u.lo, m.lo, 0)
	hi, c := bits.Add64(u.hi, m.hi, c)
	return uint128{hi, lo}, c
}

// sub returns u-m and the borrow, 0 or 1.
func (u uint128) sub(m uint128) (uint128, uint64) {
	lo, b := bits.Sub64(u.lo, m.lo, 0)
	hi, b := bits.Sub64(u.hi, m.hi, b)
	return uint128{hi, lo}, b
}

// next and prev wrap around.
func (u uint128) next() uint128 { v, _ := u.add(uint128{lo: 1}); return v }
func (u uint128) prev() uint128 { v, _ := u.sub(uint128{lo: 1}); return v }

func (u uint128) less(m uint128) bool {
	return u.hi < m.hi || u.hi == m.hi && u.lo < m.lo
}

func (u uint128) compare(m uint128) int {
	switch {
	case u == m:
		return 0
	case u.less(m):
		return -1
	}
	return 1
}

// shl returns u shifted to the left by n bits, n from 0 to 128.
func (u uint128) shl(n uint) uint128 {
	if n >= 64 {
		return uint128{hi: u.lo << (n - 64)}
	}
	return uint128{u.hi<<n | u.lo>>(64-n), u.lo << n}
}

// shr returns u shifted to the right by n bits, n from 0 to 128.
func (u uint128) shr(n uint) uint128 {
	if n >= 64 {
		return uint128{lo: u.hi >> (n - 64)}
	}
	return uint128{u.hi >> n, u.lo>>n | u.hi<<(64-n)}
}

// bitLen returns the number of bits that u needs: 0 for 0.
func (u uint128) bitLen() int {
	if u.hi != 0 {
		return 64 + bits.Len64(u.hi)
	}
	return bits.Len64(u.lo)
}

// trailingZeros returns the number of zero bits at the low end: 128 for 0.
func (u uint128) trailingZeros() int {
	if u.lo != 0 {
		return bits.TrailingZeros64(u.lo)
	}
	return 64 + bits.TrailingZeros64(u.hi)
}

func (u uint128) big() *big.Int {
	n := new(big.Int).SetUint64(u.hi)
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(u.lo))
}

// uint128FromBig reports false if n is negative or needs more than 128 bits.
func uint128FromBig(n *big.Int) (uint128, bool) {
	if n == nil || n.Sign() < 0 || n.BitLen() > 128 {
		return uint128{}, false
	}
	var b [16]byte
	n.FillBytes(b[:])
	return uint128FromBytes(b), true
}
