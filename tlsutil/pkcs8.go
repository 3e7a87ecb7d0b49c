package tlsutil

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"hash"

	"golang.org/x/crypto/scrypt"
)

// Bounds of the work that a file may ask for.
const (
	maxIterations = 10_000_000
	maxScrypt     = 1 << 30 // N·r·128 bytes
)

// decryptPKCS8 decrypts an EncryptedPrivateKeyInfo (RFC 5958 section 3) by PBES2 (RFC 8018
// section 6.2).
func decryptPKCS8(b []byte, password string) ([]byte, error) {
	f, err := oneDER(b)
	if err != nil || len(f) != 2 || !f[1].is(tagOctetString) {
		return nil, errDER
	}
	id, params, err := algorithmOf(f[0])
	if err != nil {
		return nil, err
	}
	if id != "1.2.840.113549.1.5.13" {
		return nil, fmt.Errorf("key encryption %s: %w", id, errors.ErrUnsupported)
	}
	p, err := params.sequence()
	if err != nil || len(p) != 2 {
		return nil, errDER
	}
	enc, iv, keyLen, err := cipherOf(p[1])
	if err != nil {
		return nil, err
	}
	key, err := derive(p[0], password, keyLen)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	block, err := enc(key)
	if err != nil {
		return nil, err
	}
	return decryptCBC(block, iv, f[1].body)
}

// algorithmOf splits an AlgorithmIdentifier.
func algorithmOf(e der) (id string, params der, err error) {
	f, err := e.sequence()
	if err != nil || len(f) == 0 || len(f) > 2 || !f[0].is(tagOID) {
		return "", der{}, errDER
	}
	if id, err = oid(f[0].body); err == nil && len(f) == 2 {
		params = f[1]
	}
	return id, params, err
}

func cipherOf(e der) (enc func([]byte) (cipher.Block, error), iv []byte, keyLen int, err error) {
	id, params, err := algorithmOf(e)
	if err != nil {
		return nil, nil, 0, err
	}
	size := aes.BlockSize
	switch id {
	case "2.16.840.1.101.3.4.1.2":
		enc, keyLen = aes.NewCipher, 16
	case "2.16.840.1.101.3.4.1.22":
		enc, keyLen = aes.NewCipher, 24
	case "2.16.840.1.101.3.4.1.42":
		enc, keyLen = aes.NewCipher, 32
	case "1.2.840.113549.3.7":
		enc, keyLen, size = des.NewTripleDESCipher, 24, des.BlockSize
	default:
		return nil, nil, 0, fmt.Errorf("key encryption %s: %w", id, errors.ErrUnsupported)
	}
	if !params.is(tagOctetString) || len(params.body) != size {
		return nil, nil, 0, errDER
	}
	return enc, params.body, keyLen, nil
}

// derive makes the key of the password.
func derive(e der, password string, keyLen int) ([]byte, error) {
	id, params, err := algorithmOf(e)
	if err != nil {
		return nil, err
	}
	switch id {
	case "1.2.840.113549.1.5.12":
		return derivePBKDF2(params, password, keyLen)
	case "1.3.6.1.4.1.11591.4.11":
		return deriveScrypt(params, password, keyLen)
	}
	return nil, fmt.Errorf("key derivation %s: %w", id, errors.ErrUnsupported)
}

func derivePBKDF2(params der, password string, keyLen int) ([]byte, error) {
	f, err := params.sequence()
	if err != nil || len(f) < 2 || !f[0].is(tagOctetString) {
		return nil, errDER
	}
	n, err := smallInt(f[1], maxIterations)
	if err != nil {
		return nil, err
	}
	newHash := sha1.New
	for _, e := range f[2:] {
		if !e.is(tagSequence) { // the length of the key is known
			continue
		}
		id, _, err := algorithmOf(e)
		if err != nil {
			return nil, err
		}
		hashes := map[string]func() hash.Hash{
			"1.2.840.113549.2.7": sha1.New, "1.2.840.113549.2.8": sha256.New224, "1.2.840.113549.2.9": sha256.New,
			"1.2.840.113549.2.10": sha512.New384, "1.2.840.113549.2.11": sha512.New,
		}
		if newHash = hashes[id]; newHash == nil {
			return nil, fmt.Errorf("key derivation with %s: %w", id, errors.ErrUnsupported)
		}
	}
	return pbkdf2.Key(newHash, password, f[0].body, n, keyLen)
}

func deriveScrypt(params der, password string, keyLen int) ([]byte, error) {
	f, err := params.sequence()
	if err != nil || len(f) < 4 || !f[0].is(tagOctetString) {
		return nil, errDER
	}
	n, err1 := smallInt(f[1], maxScrypt)
	r, err2 := smallInt(f[2], 1<<20)
	p, err3 := smallInt(f[3], 1<<10)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, errDER
	}
	if work := int64(n) * int64(r); work > maxScrypt/128 || work*int64(p) > 1<<26 {
		return nil, fmt.Errorf("scrypt with N=%d, r=%d, p=%d: %w", n, r, p, errors.ErrUnsupported)
	}
	return scrypt.Key([]byte(password), f[0].body, n, r, p, keyLen)
}

// smallInt reads an integer from 1 to most.
func smallInt(e der, most int) (int, error) {
	n, err := e.integer()
	if err != nil || !n.IsInt64() || n.Int64() < 1 || n.Int64() > int64(most) {
		return 0, errDER
	}
	return int(n.Int64()), nil
}

var errPadding = errors.New("wrong padding")

func decryptCBC(block cipher.Block, iv, data []byte) ([]byte, error) {
	size := block.BlockSize()
	if len(data) == 0 || len(data)%size != 0 {
		return nil, errDER
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, data)
	pad := int(out[len(out)-1])
	if pad == 0 || pad > size {
		return nil, errPadding
	}
	for _, c := range out[len(out)-pad:] {
		if int(c) != pad {
			return nil, errPadding
		}
	}
	return out[:len(out)-pad], nil
}
