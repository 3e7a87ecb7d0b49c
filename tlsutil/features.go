package tlsutil

import (
	"crypto/rand"
	"crypto/x509"
	"os"
	"runtime"
)

// What can be had. Python: ssl.HAS_….
const (
	HasALPN                 = true  // Python: HAS_ALPN.
	HasECDH                 = true  // Python: HAS_ECDH.
	HasNeverCheckCommonName = true  // Python: HAS_NEVER_CHECK_COMMON_NAME.
	HasNPN                  = false // Python: HAS_NPN.
	HasPHA                  = false // Python: HAS_PHA.
	HasPSK                  = false // Python: HAS_PSK.
	HasPSKTLS13             = false // Python: HAS_PSK_TLS13.
	HasSNI                  = true  // Python: HAS_SNI.
	HasSSLv2                = false // Python: HAS_SSLv2.
	HasSSLv3                = false // Python: HAS_SSLv3.
	HasTLSv1                = true  // Python: HAS_TLSv1.
	HasTLSv11               = true  // Python: HAS_TLSv1_1.
	HasTLSv12               = true  // Python: HAS_TLSv1_2.
	HasTLSv13               = true  // Python: HAS_TLSv1_3.
)

// Implementation names what TLS is done by, such as "crypto/tls go1.26". Python:
// OPENSSL_VERSION.
func Implementation() string { return "crypto/tls " + runtime.Version() }

// RandBytes returns n random bytes that are good for keys. An n below 0 or above 2³¹-1 is
// [ErrValue]. Python: RAND_bytes.
func RandBytes(n int) ([]byte, error) {
	if n < 0 || int64(n) > 1<<31-1 {
		return nil, valueError("%d random bytes", n)
	}
	b := make([]byte, n)
	rand.Read(b) // it never fails
	return b, nil
}

// RandStatus is true: the system's randomness is always there. Python: RAND_status.
func RandStatus() bool { return true }

// RandAdd does nothing: the system's randomness needs no help. Python: RAND_add.
func RandAdd(data []byte, entropy float64) {}

// DefaultVerifyPaths are the places where crypto/x509 looks for authorities on Unix. A
// place is empty if it does not exist. Python: ssl.DefaultVerifyPaths.
type DefaultVerifyPaths struct {
	// CAFile and CAPath are a file and a folder that exist.
	CAFile, CAPath string
	// CAFileEnv and CAPathEnv are the environment variables that say otherwise. Python:
	// openssl_cafile_env, openssl_capath_env.
	CAFileEnv, CAPathEnv string
	// DefaultCAFile and DefaultCAPath are the first places without them. Python:
	// openssl_cafile, openssl_capath.
	DefaultCAFile, DefaultCAPath string
}

var caFiles = []string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
	"/etc/pki/tls/cacert.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
	"/usr/local/share/certs/ca-root-nss.crt", "/etc/openssl/certs/ca-certificates.crt",
}

var caPaths = []string{"/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/openssl/certs", "/usr/local/share/certs"}

// GetDefaultVerifyPaths returns where authorities are looked for. macOS and Windows ask the
// system instead. Python: get_default_verify_paths.
func GetDefaultVerifyPaths() DefaultVerifyPaths {
	p := DefaultVerifyPaths{CAFileEnv: "SSL_CERT_FILE", CAPathEnv: "SSL_CERT_DIR", DefaultCAFile: caFiles[0], DefaultCAPath: caPaths[0]}
	for _, f := range append([]string{os.Getenv(p.CAFileEnv)}, caFiles...) {
		if info, err := os.Stat(f); f != "" && err == nil && !info.IsDir() {
			p.CAFile = f
			break
		}
	}
	for _, d := range append([]string{os.Getenv(p.CAPathEnv)}, caPaths...) {
		if info, err := os.Stat(d); d != "" && err == nil && info.IsDir() {
			p.CAPath = d
			break
		}
	}
	return p
}

// EnumCertificates is [errors.ErrUnsupported]: crypto/x509 asks the stores of Windows by
// itself, see [Context.LoadDefaultCerts]. Python: enum_certificates, on Windows alone.
func EnumCertificates(store string) ([]*x509.Certificate, error) {
	return nil, unsupported("enum_certificates", "listing the stores of Windows")
}

// EnumCRLs is [errors.ErrUnsupported]. Python: enum_crls, on Windows alone.
func EnumCRLs(store string) ([]*x509.RevocationList, error) {
	return nil, unsupported("enum_crls", "listing the stores of Windows")
}
