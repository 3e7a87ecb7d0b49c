// Package uuid makes and reads UUIDs of all versions of RFC 9562. It is Python's
// module uuid.
//
//	id := uuid.NewV7()                                // sorts by time
//	key := uuid.NewV5(uuid.NamespaceURL, "http://example.org/")
//	u, err := uuid.Parse("{6fa459ea-ee8a-3ca4-894e-db77e160355e}")
//	t, ok := id.Time()
//
// A [UUID] is 16 bytes: comparable, a map key, and convertible to and from the
// [16]byte of other packages. It has text, binary, JSON and SQL forms; [NullUUID]
// may be absent.
//
// # Which version
//
// [NewV4] is random and the only one to use where nobody may guess it. [NewV7]
// begins with the time and sorts by it, which suits the keys of a database.
// [NewV5] (and, for old data, [NewV3]) always makes the same UUID of the same name.
// [NewV1] and [NewV6] are for systems that want them, and [NewV8] for bits of the
// caller's own.
//
// Versions 1, 3, 5, 6 and 7 are identifiers and no secrets. The time of one of
// versions 1, 6 and 7 can be read from it ([UUID.Time]); whoever gets one before
// and one after another's has narrowed it down to what is random between them, in
// version 1 to nothing much. One of version 3 or 5 can be found by trying names.
// Do not use them as session keys, links to reset a password, or the like.
//
// # Randomness
//
// All random bits have the quality of crypto/rand: the node and clock sequence of
// versions 1 and 6, the counter and tail of version 7 and the missing parts of
// version 8 as well. Without a [Generator], they come from small stores, each the
// expansion of 32 bytes of the operating system with ChaCha8 to 512 bytes, wiped as
// they are used up; in FIPS 140-3 mode a store holds the bytes of crypto/rand
// themselves. There is no fallback: without randomness there is no UUID.
//
// A Go program does not fork, but a virtual machine can be cloned, or set back to
// a snapshot, while a program runs in it. Both copies then find the same bytes in
// their stores: they make the same UUIDs of version 4, up to 32 for each processor,
// and for as long ones of versions 1, 6 and 7 that nothing but the time tells
// apart. Where that can happen, use a Generator whose Rand is [crypto/rand.Reader]:
// it keeps nothing, and the kernel knows of the clone. Make a new Generator after
// the event for versions 1 and 6, whose node stays.
//
// # Order
//
// UUIDs of versions 1, 6 and 7 of one process, or one [Generator], are distinct
// and strictly increasing in time, also when many fall into one tick of the clock
// and when the clock is set back; see the methods for how. Between processes
// nothing is coordinated: what keeps them apart is randomness.
//
// # Where it differs from Python
//
//   - The node of versions 1 and 6 is random and has the multicast bit unless a
//     Generator asks for the hardware address ([HardwareNode]); no program is run
//     to find one.
//   - Random bits are never those of a predictable generator; Python takes them
//     from its module random for the clock sequence and for version 8.
//   - [Parse] is as liberal as Python; [ParseStrict] takes one spelling only.
//   - A clock that has gone back pushes version 7 ahead by 100 ms at most.
//   - is_safe is always unknown ([UUID.IsSafe]).
package uuid
