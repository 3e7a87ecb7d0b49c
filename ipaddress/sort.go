package ipaddress

import (
	"math/bits"
	"slices"
)

// SortAddrs sorts addresses in the order of [Addr.Compare], in place and without
// allocating. It is faster than [slices.SortFunc] with it: it distributes them by
// the first byte in which they differ, and only compares what falls together.
func SortAddrs(a []Addr) { radixSort(a, Addr.sortKey, Addr.Compare) }

// SortNetworks sorts networks in the order of [Network.Compare], in place and
// without allocating. See [SortAddrs].
func SortNetworks(n []Network) { radixSort(n, Network.sortKey, Network.Compare) }

// sortKey returns the version and the 64 most significant bits. They order as
// Compare does, as far as they go.
func (a Addr) sortKey() (Version, uint64) {
	if a.fam == fam4 {
		return V4, a.num.lo << 32
	}
	return a.Version(), a.num.hi
}

func (n Network) sortKey() (Version, uint64) { return n.addr.sortKey() }

// radixMin is the length from which distributing pays.
const radixMin = 128

// radixSort sorts x by compare, with which key must agree.
func radixSort[T any](x []T, key func(T) (Version, uint64), compare func(a, b T) int) {
	if len(x) < radixMin {
		slices.SortFunc(x, compare)
		return
	}
	// What lies above the highest bit in which any key differs from the first is
	// common to all.
	version, first := key(x[0])
	diff, mixed := uint64(0), false
	for _, v := range x {
		ver, k := key(v)
		diff |= k ^ first
		mixed = mixed || ver != version
	}
	shift := max(bits.Len64(diff)-8, 0)
	digit := func(v T) uint8 {
		ver, k := key(v)
		if mixed {
			return uint8(ver)
		}
		return uint8(k >> shift)
	}
	if diff == 0 && !mixed {
		slices.SortFunc(x, compare)
		return
	}
	ends := distribute(x, digit)
	start := 0
	for _, end := range ends {
		if end-start > 1 {
			radixSort(x[start:end], key, compare)
		}
		start = end
	}
}

// distribute orders x by digit, in place, and returns where each digit ends.
func distribute[T any](x []T, digit func(T) uint8) (ends [256]int) {
	for _, v := range x {
		ends[digit(v)]++
	}
	var next [256]int
	sum := 0
	for d, count := range ends {
		next[d] = sum
		sum += count
		ends[d] = sum
	}
	// An element that stands in the wrong place goes to the next one of its digit,
	// and what stood there goes on, until one belongs where the first one stood.
	for d := range ends {
		for next[d] < ends[d] {
			v := x[next[d]]
			for e := digit(v); int(e) != d; e = digit(v) {
				x[next[e]], v = v, x[next[e]]
				next[e]++
			}
			x[next[d]] = v
			next[d]++
		}
	}
	return ends
}
