package tlsutil_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/require"
)

// What crypto/x509 reads, DecodeCertificate reads too, with the same serial number and
// names; nothing that it reads is lost in JSON.
func FuzzDecodeCertificate(f *testing.F) {
	ca := newCA(f, "CA")
	f.Add(ca.cert.Raw)
	f.Add(ca.leaf([]string{"a.test", "*.b.test", "127.0.0.1", "::1"}, func(c *x509.Certificate) {
		c.CRLDistributionPoints, c.OCSPServer, c.IssuingCertificateURL = []string{"http://crl.test/"}, []string{"http://ocsp.test/"}, []string{"http://ca.test/"}
		c.EmailAddresses = []string{"a@b.test"}
	}).Certificate[0])
	if text, err := os.ReadFile("testdata/example.pem"); err == nil {
		b, _ := pem.Decode(text)
		f.Add(b.Bytes)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := tlsutil.DecodeCertificate(b)
		std, stdErr := x509.ParseCertificate(b)
		if err != nil {
			var e *tlsutil.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, tlsutil.ErrCertificate)
			if stdErr == nil && !errors.Is(err, tlsutil.ErrValue) {
				for _, n := range append(std.Subject.Names, std.Issuer.Names...) {
					if s, ok := n.Value.(string); !ok || !utf8.ValidString(s) {
						return // a type that OpenSSL does not have in names
					}
				}
			}
			return
		}
		if stdErr == nil {
			require.Equal(t, std.Version, c.Version)
			if len(c.SubjectAltName) > 0 {
				n := 0
				for _, a := range c.SubjectAltName {
					if a.Type == "DNS" {
						require.Equal(t, std.DNSNames[n], a.Value)
						n++
					}
				}
			}
		}
		text, err := json.Marshal(c)
		require.NoError(t, err)
		var again tlsutil.PeerCertificate
		require.NoError(t, json.Unmarshal(text, &again))
		require.Equal(t, c.SerialNumber, again.SerialNumber)
		require.Equal(t, c.Subject.String(), again.Subject.String())
		_ = tlsutil.DERToPEM(b)
	})
}

// Loading anything is an error or not, but no panic, and counts stay true.
func FuzzLoadVerifyLocations(f *testing.F) {
	ca := newCA(f, "CA")
	f.Add(ca.cert.Raw)
	f.Add(certPEM(ca.cert, ca.cert))
	f.Add(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: ca.crl(time.Hour)}))
	f.Add(ca.crl(time.Hour))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := clientContext(t)
		if len(b) > 0 {
			_ = c.LoadVerifyLocations("", "", b)
		}
		_ = c.AddCRL(b)
		n := c.CertStoreStats()
		require.LessOrEqual(t, n.X509CA, n.X509)
		require.Len(t, c.CACerts(), n.X509CA)
		if _, err := c.ClientConfig("x.test"); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzCiphers(f *testing.F) {
	for _, s := range []string{"DEFAULT", "ECDHE+AESGCM:!aRSA", "@SECLEVEL=1:ALL", "-ALL", "+:!:", "A,B;C D", "3DES:RC4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := clientContext(t)
		if err := c.SetCiphers(s); err == nil {
			require.NotEmpty(t, c.Ciphers())
			cfg, err := c.ClientConfig("x.test")
			require.NoError(t, err)
			require.NotEmpty(t, cfg.CipherSuites)
		} else {
			var e *tlsutil.Error
			require.ErrorAs(t, err, &e)
		}
		if err := c.SetGroups(s); err == nil {
			require.NotEmpty(t, c.Groups(false))
		} else {
			require.ErrorIs(t, err, tlsutil.ErrValue)
		}
		_ = c.SetCiphersuites(s)
	})
}

func FuzzPEM(f *testing.F) {
	f.Add("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n")
	files, _ := filepath.Glob("testdata/keys/*.pem")
	for _, p := range files {
		b, err := os.ReadFile(p)
		require.NoError(f, err)
		if !strings.Contains(p, "scrypt") { // too slow for a fuzzer
			f.Add(string(b))
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if der, err := tlsutil.PEMToDER(s); err == nil {
			back, err := tlsutil.PEMToDER(tlsutil.DERToPEM(der))
			require.NoError(t, err)
			require.True(t, bytes.Equal(der, back))
		} else {
			require.ErrorIs(t, err, tlsutil.ErrValue)
		}
		if len(s) > 4096 || strings.Contains(s, "ENCRYPTED PRIVATE KEY") {
			return // the derivation of a key takes its time
		}
		if _, err := tlsutil.ParsePrivateKey([]byte(s), tlsutil.Password("secret")); err != nil {
			var e *tlsutil.Error
			require.ErrorAs(t, err, &e)
			require.NotContains(t, err.Error(), "secret")
		}
	})
}

func FuzzEncryptedKey(f *testing.F) {
	files, _ := filepath.Glob("testdata/keys/*.pem")
	for _, p := range files {
		b, err := os.ReadFile(p)
		require.NoError(f, err)
		if block, _ := pem.Decode(b); block.Type == "ENCRYPTED PRIVATE KEY" {
			f.Add(block.Bytes)
		}
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		if bytes.Contains(der, []byte{0x2b, 6, 1, 4, 1, 0xda, 0x47, 4, 11}) || len(der) > 1000 {
			return // scrypt takes its time
		}
		_, err := tlsutil.ParsePrivateKey(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der}), tlsutil.Password("secret"))
		if err != nil {
			var e *tlsutil.Error
			require.ErrorAs(t, err, &e)
		}
	})
}

func FuzzCertTime(f *testing.F) {
	f.Add("Jan  5 09:34:43 2018 GMT")
	f.Add("Feb 29 23:59:61 0001 gmt")
	f.Fuzz(func(t *testing.T, s string) {
		at, err := tlsutil.ParseCertTime(s)
		if err != nil {
			require.ErrorIs(t, err, tlsutil.ErrValue)
			return
		}
		n, err := tlsutil.CertTimeToSeconds(s)
		require.NoError(t, err)
		require.Equal(t, at.Unix(), n)
	})
}

// A name that we match crypto/x509 matches too: ours is the stricter.
func FuzzMatchHostname(f *testing.F) {
	for _, p := range [][2]string{{"*.example.com", "a.example.com"}, {"localhost", "LOCALHOST"}, {"*", "x"}, {"a\x00b", "a"}, {"xn--bcher-kva.example", "bücher.example"}} {
		f.Add(p[0], p[1])
	}
	f.Fuzz(func(t *testing.T, pattern, host string) {
		c := &x509.Certificate{DNSNames: []string{pattern}}
		err := tlsutil.MatchHostname(c, host)
		if err != nil {
			var ve *tlsutil.CertVerificationError
			require.True(t, errors.Is(err, tlsutil.ErrValue) || errors.As(err, &ve))
			require.Less(t, len(err.Error()), 2048)
			return
		}
		cfg, err := clientContext(t).ClientConfig(host)
		require.NoError(t, err)
		require.NoError(t, c.VerifyHostname(cfg.ServerName), "%q %q", pattern, host)
	})
}

// Bytes are moved, cut and mixed in any order: what is read is what was written, or there
// is an error. The script's bytes are commands.
func FuzzObject(f *testing.F) {
	f.Add([]byte("abcdefghabcdefghabcdefghaabbccddeeffgghh"), byte(13))
	f.Add(bytes.Repeat([]byte("abcdefgh"), 50), byte(12))
	cc12, sc12 := configs(f, tls.VersionTLS12)
	cc13, sc13 := configs(f, tls.VersionTLS13)
	cc13.CurvePreferences = []tls.CurveID{tls.X25519}
	f.Fuzz(func(t *testing.T, script []byte, version byte) {
		cc, sc := cc13, sc13
		if version%2 == 0 {
			cc, sc = cc12, sc12
		}
		sides := []*side{newSide(cc, false), newSide(sc, true)}
		defer sides[0].Close()
		defer sides[1].Close()
		sent, got := [2][]byte{}, [2][]byte{}
		whole := true // nobody has touched the wire
		dead, ended := [2]bool{}, [2]bool{}
		for i, op := range script[:min(len(script), 400)] {
			who := int(op) & 1
			o := sides[who]
			check := func(err error) {
				if err != nil && !errors.Is(err, tlsutil.ErrWantRead) && !errors.Is(err, tlsutil.ErrWantWrite) {
					if whole && err != io.EOF && !dead[0] && !dead[1] {
						t.Fatalf("step %d: %v", i, err)
					}
					dead[who] = true
				}
			}
			switch op >> 1 & 7 {
			case 0, 1:
				if !ended[1-who] {
					move(o, sides[1-who], 1+int(op)*8)
				}
			case 2:
				p := noise(int(op))
				n, err := o.Write(p)
				sent[who] = append(sent[who], p[:n]...)
				check(err)
			case 3, 4:
				p := make([]byte, 1+int(op))
				n, err := o.Read(p)
				got[1-who] = append(got[1-who], p[:n]...)
				check(err)
			case 5:
				check(o.DoHandshake())
			case 6:
				if op > 0xf0 {
					whole = false
					o.in.Write([]byte{op, byte(i)})
				} else {
					o.Pending()
				}
			case 7:
				if op > 0xf8 {
					whole = false
					ended[who] = true
					o.in.WriteEOF()
				}
			}
		}
		for who := range sides {
			require.True(t, bytes.HasPrefix(sent[who], got[who]), "what was read is not what was sent")
		}
	})
}
