package tlsutil

import (
	"crypto/tls"
	"fmt"
)

// A suite is a cipher suite up to TLS 1.2 or of TLS 1.3, with what OpenSSL says of it.
type suite struct {
	id       uint16
	name     string
	protocol string // the lowest version, as OpenSSL names it
	kx, auth string // "ECDHE", "RSA", "any"; "RSA", "ECDSA", "any"
	enc      string // "AESGCM", "AES", "CHACHA20/POLY1305", "3DES", "RC4"
	bits     int
	mac      string // "AEAD", "SHA1", "SHA256", "SHA384"
}

// suites are those of crypto/tls, the better first.
var suites = []suite{
	{tls.TLS_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384", "TLSv1.3", "any", "any", "AESGCM", 256, "AEAD"},
	{tls.TLS_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256", "TLSv1.3", "any", "any", "CHACHA20/POLY1305", 256, "AEAD"},
	{tls.TLS_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256", "TLSv1.3", "any", "any", "AESGCM", 128, "AEAD"},
	{tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECDHE-ECDSA-AES256-GCM-SHA384", "TLSv1.2", "ECDHE", "ECDSA", "AESGCM", 256, "AEAD"},
	{tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", "ECDHE", "RSA", "AESGCM", 256, "AEAD"},
	{tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-ECDSA-CHACHA20-POLY1305", "TLSv1.2", "ECDHE", "ECDSA", "CHACHA20/POLY1305", 256, "AEAD"},
	{tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-RSA-CHACHA20-POLY1305", "TLSv1.2", "ECDHE", "RSA", "CHACHA20/POLY1305", 256, "AEAD"},
	{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2", "ECDHE", "ECDSA", "AESGCM", 128, "AEAD"},
	{tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2", "ECDHE", "RSA", "AESGCM", 128, "AEAD"},
	{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "ECDHE-ECDSA-AES128-SHA256", "TLSv1.2", "ECDHE", "ECDSA", "AES", 128, "SHA256"},
	{tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, "ECDHE-RSA-AES128-SHA256", "TLSv1.2", "ECDHE", "RSA", "AES", 128, "SHA256"},
	{tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "ECDHE-ECDSA-AES256-SHA", "TLSv1.0", "ECDHE", "ECDSA", "AES", 256, "SHA1"},
	{tls.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, "ECDHE-RSA-AES256-SHA", "TLSv1.0", "ECDHE", "RSA", "AES", 256, "SHA1"},
	{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "ECDHE-ECDSA-AES128-SHA", "TLSv1.0", "ECDHE", "ECDSA", "AES", 128, "SHA1"},
	{tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, "ECDHE-RSA-AES128-SHA", "TLSv1.0", "ECDHE", "RSA", "AES", 128, "SHA1"},
	{tls.TLS_RSA_WITH_AES_256_GCM_SHA384, "AES256-GCM-SHA384", "TLSv1.2", "RSA", "RSA", "AESGCM", 256, "AEAD"},
	{tls.TLS_RSA_WITH_AES_128_GCM_SHA256, "AES128-GCM-SHA256", "TLSv1.2", "RSA", "RSA", "AESGCM", 128, "AEAD"},
	{tls.TLS_RSA_WITH_AES_128_CBC_SHA256, "AES128-SHA256", "TLSv1.2", "RSA", "RSA", "AES", 128, "SHA256"},
	{tls.TLS_RSA_WITH_AES_256_CBC_SHA, "AES256-SHA", "SSLv3", "RSA", "RSA", "AES", 256, "SHA1"},
	{tls.TLS_RSA_WITH_AES_128_CBC_SHA, "AES128-SHA", "SSLv3", "RSA", "RSA", "AES", 128, "SHA1"},
	{tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, "ECDHE-RSA-DES-CBC3-SHA", "TLSv1.0", "ECDHE", "RSA", "3DES", 112, "SHA1"},
	{tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA, "DES-CBC3-SHA", "SSLv3", "RSA", "RSA", "3DES", 112, "SHA1"},
	{tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA, "ECDHE-ECDSA-RC4-SHA", "TLSv1.0", "ECDHE", "ECDSA", "RC4", 128, "SHA1"},
	{tls.TLS_ECDHE_RSA_WITH_RC4_128_SHA, "ECDHE-RSA-RC4-SHA", "TLSv1.0", "ECDHE", "RSA", "RC4", 128, "SHA1"},
	{tls.TLS_RSA_WITH_RC4_128_SHA, "RC4-SHA", "SSLv3", "RSA", "RSA", "RC4", 128, "SHA1"},
}

// tls13 reports whether the suite is of TLS 1.3, which cannot be chosen.
func (s *suite) tls13() bool { return s.protocol == "TLSv1.3" }

// modern reports whether the suite is among the defaults: forward secrecy and AEAD.
func (s *suite) modern() bool { return s.kx == "ECDHE" && s.mac == "AEAD" }

// weak reports whether only naming it brings the suite in.
func (s *suite) weak() bool { return s.enc == "3DES" || s.enc == "RC4" }

func suiteByID(id uint16) (suite, bool) {
	for _, s := range suites {
		if s.id == id {
			return s, true
		}
	}
	return suite{}, false
}

// A Cipher describes a cipher suite. Its JSON is the dict of Python's get_ciphers.
type Cipher struct {
	// ID is OpenSSL's number: 0x03000000 and the number on the wire.
	ID   uint32 `json:"id"`
	Name string `json:"name"`
	// Protocol is the lowest version that has the suite.
	Protocol     string `json:"protocol"`
	Description  string `json:"description"`
	StrengthBits int    `json:"strength_bits"`
	AlgBits      int    `json:"alg_bits"`
	AEAD         bool   `json:"aead"`
	Symmetric    string `json:"symmetric"`
	Digest       string `json:"digest,omitempty"`
	KEA          string `json:"kea"`
	Auth         string `json:"auth"`
}

func (s *suite) describe() Cipher {
	c := Cipher{
		ID: 0x03000000 | uint32(s.id), Name: s.name, Protocol: s.protocol, StrengthBits: s.bits, AlgBits: s.bits, AEAD: s.mac == "AEAD",
	}
	enc := fmt.Sprintf("%s(%d)", s.enc, s.bits)
	kx := s.kx
	if kx == "ECDHE" {
		kx = "ECDH"
	}
	c.Description = fmt.Sprintf("%-30s %-7s Kx=%-8s Au=%-5s Enc=%-22s Mac=%-4s", s.name, s.protocol, kx, s.auth, enc, s.mac)
	c.KEA = map[string]string{"any": "kx-any", "ECDHE": "kx-ecdhe", "RSA": "kx-rsa"}[s.kx]
	c.Auth = map[string]string{"any": "auth-any", "ECDSA": "auth-ecdsa", "RSA": "auth-rsa"}[s.auth]
	switch s.enc {
	case "AESGCM":
		c.Symmetric = fmt.Sprintf("aes-%d-gcm", s.bits)
	case "AES":
		c.Symmetric = fmt.Sprintf("aes-%d-cbc", s.bits)
	case "CHACHA20/POLY1305":
		c.Symmetric = "chacha20-poly1305"
	case "3DES":
		c.Symmetric, c.AlgBits = "des-ede3-cbc", 168
	case "RC4":
		c.Symmetric = "rc4"
	}
	if !c.AEAD {
		c.Digest = map[string]string{"SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384"}[s.mac]
	}
	return c
}
