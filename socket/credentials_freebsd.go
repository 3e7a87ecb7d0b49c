package socket

// peerPID is the peer's process, which this system does not tell.
func peerPID(int) int32 { return 0 }
