package tlsutil

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// A PasswordFunc gives the password of an encrypted key. It is called at most once for a
// key, and only if the key is encrypted. An error ends the loading.
type PasswordFunc func() (string, error)

// Password returns a function that gives s.
func Password(s string) PasswordFunc { return func() (string, error) { return s, nil } }

// maxPassword is the longest password, in bytes, as in OpenSSL.
const maxPassword = 1024

// ErrPassword means that the password of a key is wrong, or that one is needed.
var ErrPassword = errors.New("tlsutil: wrong or missing password")

// ParsePrivateKey reads the first private key of a text in PEM: PKCS#8, PKCS#1 or SEC 1,
// plain or encrypted, as PKCS#8 by PBES2 (PBKDF2 or scrypt; AES or triple DES in CBC mode)
// or in the old way of PEM (RFC 1421). Other blocks are passed over.
//
// A wrong or missing password is [ErrPassword]; encryption of another kind is
// [errors.ErrUnsupported]; every error is an [*Error]. No error holds the password.
func ParsePrivateKey(text []byte, password PasswordFunc) (crypto.Signer, error) {
	for {
		var b *pem.Block
		if b, text = pem.Decode(text); b == nil {
			return nil, chainError("NO_START_LINE", errors.New("the text has no private key"))
		}
		if b.Type != "PRIVATE KEY" && !strings.HasSuffix(b.Type, " PRIVATE KEY") {
			continue
		}
		return decodeKey(b, password)
	}
}

// decodeKey reads a key; the block, and what is decrypted, are overwritten.
func decodeKey(b *pem.Block, password PasswordFunc) (crypto.Signer, error) {
	der := b.Bytes
	defer clear(der)
	//lint:ignore SA1019 files with such keys exist, and OpenSSL reads them
	legacy := x509.IsEncryptedPEMBlock(b)
	if legacy || b.Type == "ENCRYPTED PRIVATE KEY" {
		if password == nil {
			return nil, chainError("BAD_PASSWORD_READ", ErrPassword)
		}
		pass, err := password()
		if err != nil {
			return nil, chainError("BAD_PASSWORD_READ", err)
		}
		if len(pass) > maxPassword {
			return nil, chainError("BAD_PASSWORD_READ", valueError("a password has at most %d bytes", maxPassword))
		}
		if der, err = decryptKey(b, legacy, pass); err != nil {
			return nil, err
		}
		defer clear(der)
		key, err := parseKeyDER(der)
		if err != nil { // what came out is no key
			return nil, chainError("BAD_DECRYPT", ErrPassword)
		}
		return key, nil
	}
	key, err := parseKeyDER(der)
	if err != nil {
		return nil, chainError("ASN1_LIB", err)
	}
	return key, nil
}

func decryptKey(b *pem.Block, legacy bool, password string) ([]byte, error) {
	var der []byte
	var err error
	if legacy {
		//lint:ignore SA1019 files with such keys exist, and OpenSSL reads them
		der, err = x509.DecryptPEMBlock(b, []byte(password))
	} else {
		der, err = decryptPKCS8(b.Bytes, password)
	}
	switch {
	case err == nil:
		return der, nil
	case errors.Is(err, errors.ErrUnsupported):
		return nil, chainError("UNSUPPORTED_ENCRYPTION", err)
	case errors.Is(err, errDER):
		return nil, chainError("ASN1_LIB", errors.New("malformed private key"))
	}
	return nil, chainError("BAD_DECRYPT", ErrPassword)
}

// parseKeyDER reads a key in any of the three forms.
func parseKeyDER(der []byte) (crypto.Signer, error) {
	if k, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return k, nil
	}
	if k, err := x509.ParseECPrivateKey(der); err == nil {
		return k, nil
	}
	k, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, errors.New("malformed private key")
	}
	s, ok := k.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a key of type %T cannot sign: %w", k, errors.ErrUnsupported)
	}
	return s, nil
}
