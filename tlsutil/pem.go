package tlsutil

import (
	"encoding/base64"
	"encoding/pem"
	"strings"
)

const (
	pemHeader = "-----BEGIN CERTIFICATE-----"
	pemFooter = "-----END CERTIFICATE-----"
)

// DERToPEM returns a certificate in PEM. The bytes may be any. Python:
// DER_cert_to_PEM_cert.
func DERToPEM(der []byte) string {
	text := base64.StdEncoding.EncodeToString(der)
	var b strings.Builder
	b.Grow(len(text) + len(text)/64 + 64)
	b.WriteString(pemHeader + "\n")
	for len(text) > 64 {
		b.WriteString(text[:64] + "\n")
		text = text[64:]
	}
	b.WriteString(text + "\n" + pemFooter + "\n")
	return b.String()
}

// PEMToDER returns the bytes of a certificate in PEM, which must be the whole text but for
// white space at the end. As in Python, characters that are not of base64 are passed over.
// An error is [ErrValue]. Python: PEM_cert_to_DER_cert.
func PEMToDER(text string) ([]byte, error) {
	if !strings.HasPrefix(text, pemHeader) {
		return nil, valueError("PEM must start with %s", pemHeader)
	}
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, pemFooter) || len(text) < len(pemHeader)+len(pemFooter) {
		return nil, valueError("PEM must end with %s", pemFooter)
	}
	return decodeBase64(text[len(pemHeader) : len(text)-len(pemFooter)])
}

// decodeBase64 is Python's base64.decodebytes: it passes over what is not of the alphabet,
// and goes on behind padding.
func decodeBase64(s string) ([]byte, error) {
	out := make([]byte, 0, len(s)*3/4)
	var acc byte
	quad, pads := 0, 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			return nil, valueError("base64 holds a character that is not ASCII")
		case c == '=':
			pads++
			continue
		}
		v := strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", c)
		if v < 0 {
			continue
		}
		pads = 0
		b := byte(v)
		switch quad {
		case 0:
			acc = b << 2
		case 1:
			out = append(out, acc|b>>4)
			acc = b << 4
		case 2:
			out = append(out, acc|b>>2)
			acc = b << 6
		case 3:
			out = append(out, acc|b)
		}
		quad = (quad + 1) % 4
	}
	if quad == 1 || quad > 1 && quad+pads < 4 {
		return nil, valueError("base64 has incorrect padding")
	}
	return out, nil
}

// DecodeCertificatePEM reads the first certificate of a text in PEM; other blocks and text
// around them are passed over. Errors are those of [DecodeCertificate].
func DecodeCertificatePEM(text []byte) (*PeerCertificate, error) {
	for rest := text; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return nil, &Error{Op: "certificate", Library: "PEM", Reason: "NO_START_LINE", Number: ErrorSSL, Err: ErrCertificate}
		}
		if isCertificate(b.Type) {
			return DecodeCertificate(b.Bytes)
		}
	}
}

// isCertificate reports whether the label is one under which certificates are kept.
func isCertificate(label string) bool {
	return label == "CERTIFICATE" || label == "X509 CERTIFICATE"
}
