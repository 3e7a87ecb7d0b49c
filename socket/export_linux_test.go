package socket

// EncodeAddr gives an address as the kernel has it, written over bytes that were used
// before.
func EncodeAddr(a Addr) ([]byte, error) {
	var r rawAddr
	for i := range r.buf {
		r.buf[i] = 0xff
	}
	err := r.encode(a)
	return r.bytes(), err
}

// DecodeAddr reads an address as the kernel has it.
func DecodeAddr(b []byte, proto Proto) Addr {
	var r rawAddr
	r.len = uint32(copy(r.buf[:], b))
	return r.decode(proto)
}

// ParseControl takes control messages apart.
var ParseControl = parseControl
