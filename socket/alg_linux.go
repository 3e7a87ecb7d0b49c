package socket

import (
	"context"
	"encoding/binary"
	"strings"
)

// An Alg is an address of AFAlg, a cipher or hash of the kernel: Python's (type, name [,
// feat [, mask]]).
type Alg struct {
	// Type is "hash", "skcipher", "aead" or "rng", at most 13 bytes, Name an algorithm
	// such as "sha256" or "cbc(aes)", at most 63.
	Type, Name string
	// Feat and Mask choose among implementations.
	Feat, Mask uint32
}

// sizeofAlg is that of struct sockaddr_alg.
const sizeofAlg = 88

// Family returns AFAlg.
func (Alg) Family() Family { return AFAlg }

// Network returns "alg".
func (Alg) Network() string { return "alg" }

// String gives the type and the name.
func (a Alg) String() string { return "alg:" + a.Type + "," + a.Name }

func (a Alg) encode(r *rawAddr) error {
	if len(a.Type) > 13 || len(a.Name) > 63 {
		return errTooLong
	}
	if strings.IndexByte(a.Type, 0) >= 0 || strings.IndexByte(a.Name, 0) >= 0 {
		return errBadText
	}
	b := r.begin(AFAlg, sizeofAlg)
	copy(b[2:16], a.Type)
	binary.NativeEndian.PutUint32(b[16:], a.Feat)
	binary.NativeEndian.PutUint32(b[20:], a.Mask)
	copy(b[24:], a.Name)
	return nil
}

func decodeAlg(b []byte) Addr {
	text := func(b []byte) string {
		s, _, _ := strings.Cut(string(b), "\x00")
		return s
	}
	return Alg{Type: text(b[2:16]), Name: text(b[24:88]),
		Feat: binary.NativeEndian.Uint32(b[16:]), Mask: binary.NativeEndian.Uint32(b[20:])}
}

// An AlgMessage says what the kernel's cipher shall do with the data that goes with it.
type AlgMessage struct {
	// Op is AlgOpEncrypt or AlgOpDecrypt.
	Op uint32
	// IV is the initialisation vector, nil for none.
	IV []byte
	// AssocLen is how much of the data is associated, for "aead"; below 0 it is not sent.
	AssocLen int
}

// SendMsgAlg sends data to a cipher of the kernel: `socket.socket.sendmsg_afalg`, whose
// flags are MsgMore by default. The socket is one that Accept gave of a bound AFAlg
// socket.
func (s *Socket) SendMsgAlg(ctx context.Context, buffers [][]byte, m AlgMessage, flags MsgFlag) (int, error) {
	return s.sendMsg(ctx, buffers, m.control(), flags, nil)
}

// control are the control messages for the message.
func (m AlgMessage) control() []ControlMessage {
	u32 := func(v uint32) []byte { return binary.NativeEndian.AppendUint32(nil, v) }
	cs := []ControlMessage{{SolAlg, int(AlgSetOp), u32(m.Op)}}
	if m.IV != nil {
		cs = append(cs, ControlMessage{SolAlg, int(AlgSetIV), append(u32(uint32(len(m.IV))), m.IV...)})
	}
	if m.AssocLen >= 0 {
		cs = append(cs, ControlMessage{SolAlg, int(AlgSetAEADAssocLen), u32(uint32(m.AssocLen))})
	}
	return cs
}
