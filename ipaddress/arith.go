package ipaddress

import (
	"math/big"
	"strconv"
)

// in returns the address with the number n, of the version of a and without
// zone: whatever is computed has none, as in Python.
func (a Addr) in(n uint128) Addr { return Addr{num: n, fam: a.WithoutZone().fam} }

// last returns the highest number of an address of a's version.
func (a Addr) last() uint128 { return hostMask(uint(a.MaxBits())) }

// Add returns the address n places further on, without zone. The error matches
// [ErrOverflow] and [ErrAddress]: the address space ends before. Python writes
// it a + n.
func (a Addr) Add(n int64) (Addr, error) {
	if n < 0 {
		return a.move(uint128{lo: uint64(-n)}, true)
	}
	return a.move(uint128{lo: uint64(n)}, false)
}

// Sub returns the address n places back, without zone. The error matches
// [ErrOverflow] and [ErrAddress]: the address space begins after it. Python
// writes it a - n.
func (a Addr) Sub(n int64) (Addr, error) {
	if n < 0 {
		return a.move(uint128{lo: uint64(-n)}, false)
	}
	return a.move(uint128{lo: uint64(n)}, true)
}

// AddBig is [Addr.Add] for a number of any size.
func (a Addr) AddBig(n *big.Int) (Addr, error) { return a.moveBig(n, false) }

// SubBig is [Addr.Sub] for a number of any size.
func (a Addr) SubBig(n *big.Int) (Addr, error) { return a.moveBig(n, true) }

func (a Addr) moveBig(n *big.Int, back bool) (Addr, error) {
	if n == nil {
		return Addr{}, &overflowError{a.String() + " moved by no number"}
	}
	u, ok := uint128FromBig(new(big.Int).Abs(n))
	if !ok {
		return Addr{}, &overflowError{a.String() + " moved by a number of " + strconv.Itoa(n.BitLen()) + " bits"}
	}
	return a.move(u, back != (n.Sign() < 0))
}

// move returns the address n places further on, or back.
func (a Addr) move(n uint128, back bool) (Addr, error) {
	if !a.IsValid() {
		return Addr{}, &overflowError{"no address"}
	}
	var sum uint128
	var carry uint64
	if back {
		sum, carry = a.num.sub(n)
	} else {
		sum, carry = a.num.add(n)
	}
	if carry != 0 || a.last().less(sum) {
		sign := " + "
		if back {
			sign = " - "
		}
		return Addr{}, &overflowError{a.String() + sign + n.big().String()}
	}
	return a.in(sum), nil
}

// Next returns the address after a, with its zone, and the zero Addr after the
// last one of the version.
func (a Addr) Next() Addr {
	if !a.IsValid() || a.num == a.last() {
		return Addr{}
	}
	a.num = a.num.next()
	return a
}

// Prev returns the address before a, with its zone, and the zero Addr before
// the first one of the version.
func (a Addr) Prev() Addr {
	if a.num.isZero() {
		return Addr{}
	}
	a.num = a.num.prev()
	return a
}
