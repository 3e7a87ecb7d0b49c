//go:build unix

package socket

// LoopbackPair and SamePair are what makes pairs on systems without them.
var (
	LoopbackPair = loopbackPair
	SamePair     = samePair
	ErrBadText   = errBadText
)
