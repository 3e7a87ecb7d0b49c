package tlsutil

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"reflect"
	"strings"
)

// An ErrorNumber says which of Python's error classes an [Error] stands for. Python:
// ssl.SSLErrorNumber, with its numbers.
type ErrorNumber int

// The numbers of [Error].
const (
	// ErrorSSL is a failure of the protocol or of a setting. Python: SSL_ERROR_SSL.
	ErrorSSL ErrorNumber = 1
	// ErrorWantRead means that more records must arrive first. Python: SSL_ERROR_WANT_READ.
	ErrorWantRead ErrorNumber = 2
	// ErrorWantWrite means that records must be sent first. Python: SSL_ERROR_WANT_WRITE.
	ErrorWantWrite ErrorNumber = 3
	// ErrorWantX509Lookup is never returned. Python: SSL_ERROR_WANT_X509_LOOKUP.
	ErrorWantX509Lookup ErrorNumber = 4
	// ErrorSyscall is a failure of the connection below. Python: SSL_ERROR_SYSCALL.
	ErrorSyscall ErrorNumber = 5
	// ErrorZeroReturn means that the peer has closed TLS in form. Python:
	// SSL_ERROR_ZERO_RETURN.
	ErrorZeroReturn ErrorNumber = 6
	// ErrorWantConnect is never returned. Python: SSL_ERROR_WANT_CONNECT.
	ErrorWantConnect ErrorNumber = 7
	// ErrorEOF means that the connection ended without notice. Python: SSL_ERROR_EOF.
	ErrorEOF ErrorNumber = 8
	// ErrorInvalidErrorCode is never returned. Python: SSL_ERROR_INVALID_ERROR_CODE.
	ErrorInvalidErrorCode ErrorNumber = 10
)

// An Error is a failure of TLS. Every error of a handshake, of an [Object] and of a [Conn]
// is one, or wraps one, except [io.EOF] and use after Close, which is [net.ErrClosed].
//
// Python: ssl.SSLError. Its subclasses are asked for with [errors.Is] and [ErrWantRead],
// [ErrWantWrite], [ErrZeroReturn], [ErrEOF] and [ErrSyscall], and with [errors.As] and
// [*CertVerificationError].
type Error struct {
	// Op is what was being done: "handshake", "read", "write", "load_cert_chain" …; it
	// may be empty.
	Op string
	// Library is the part that failed: "SSL", "X509" or "PEM". Python: SSLError.library.
	Library string
	// Reason names the failure in OpenSSL's words, such as "CERTIFICATE_VERIFY_FAILED",
	// as far as they are known. Python: SSLError.reason.
	Reason string
	// Number is the class of the failure.
	Number ErrorNumber
	// Alert is the alert that ended the connection, if HasAlert. Remote tells that the
	// peer sent it.
	Alert    AlertDescription
	HasAlert bool
	Remote   bool
	// Err is the cause, mostly an error of crypto/tls, crypto/x509 or the connection.
	Err error
}

// Error returns the text of the error; what came from the peer is quoted, and the text is
// no longer than some hundred bytes.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("tlsutil: ")
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	switch {
	case e.Err != nil:
		b.WriteString(safeText(strings.TrimPrefix(e.Err.Error(), "tlsutil: ")))
	case e.Reason != "":
		b.WriteString(strings.ToLower(strings.ReplaceAll(e.Reason, "_", " ")))
	default:
		b.WriteString("error " + fmt.Sprint(int(e.Number)))
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is one of the sentinels of this package that stands for the
// same number, or the error of the standard library that says the same: [io.EOF] for
// ErrorZeroReturn, but not in a handshake, whose end is never that of data, and
// [io.ErrUnexpectedEOF] for ErrorEOF.
func (e *Error) Is(target error) bool {
	switch target {
	case io.EOF:
		return e.Number == ErrorZeroReturn && e.Op != "handshake"
	case io.ErrUnexpectedEOF:
		return e.Number == ErrorEOF
	case ErrWantRead, ErrWantWrite, ErrZeroReturn, ErrEOF, ErrSyscall:
		return e.Number == target.(*Error).Number
	}
	return false
}

// Timeout reports whether the cause is a deadline that has passed.
func (e *Error) Timeout() bool {
	var t interface{ Timeout() bool }
	return errors.As(e.Err, &t) && t.Timeout()
}

// Temporary is false: what can go on is ErrWantRead or ErrWantWrite. It makes an Error a
// [net.Error].
func (e *Error) Temporary() bool { return false }

// The classes of failure that a caller branches on. They are compared with [errors.Is].
var (
	// ErrWantRead means: put what has arrived into the incoming BIO, then call again.
	// Python: ssl.SSLWantReadError.
	ErrWantRead error = &Error{Library: "SSL", Reason: "WANT_READ", Number: ErrorWantRead}
	// ErrWantWrite means: send what the outgoing BIO holds, then call again. Python:
	// ssl.SSLWantWriteError.
	ErrWantWrite error = &Error{Library: "SSL", Reason: "WANT_WRITE", Number: ErrorWantWrite}
	// ErrZeroReturn means that the peer has closed TLS properly. Readers return [io.EOF]
	// itself. Python: ssl.SSLZeroReturnError.
	ErrZeroReturn error = &Error{Library: "SSL", Reason: "ZERO_RETURN", Number: ErrorZeroReturn}
	// ErrEOF means that the connection ended without close-notify, as when somebody cuts
	// it. It is also [io.ErrUnexpectedEOF]. Python: ssl.SSLEOFError.
	ErrEOF error = &Error{Library: "SSL", Reason: "UNEXPECTED_EOF_WHILE_READING", Number: ErrorEOF}
	// ErrSyscall means that the connection below has failed; the cause is wrapped. Python:
	// ssl.SSLSyscallError.
	ErrSyscall error = &Error{Library: "SSL", Reason: "SYSCALL", Number: ErrorSyscall}
)

// ErrValue is a setting or an argument that cannot be. It stands for Python's ValueError.
var ErrValue = errors.New("tlsutil: invalid value")

// ErrUnreadData means that data of the peer came before its close-notify and must be read
// first.
var ErrUnreadData = errors.New("tlsutil: application data before close-notify")

var errAfterEOF = &Error{Library: "SSL", Reason: "CANNOT_WRITE_AFTER_WRITE_EOF", Number: ErrorSSL}

var errClosed = fmt.Errorf("tlsutil: use of closed object: %w", net.ErrClosed)

// valueError is an ErrValue with its reason.
func valueError(format string, a ...any) error {
	return fmt.Errorf("%w: %s", ErrValue, fmt.Sprintf(format, a...))
}

// unsupported is what a call returns that crypto/tls cannot do.
func unsupported(op, why string) error {
	return &Error{Op: op, Library: "SSL", Reason: "UNSUPPORTED", Number: ErrorSSL, Err: fmt.Errorf("%s: %w", why, errors.ErrUnsupported)}
}

// maxErrorText bounds what an error quotes.
const maxErrorText = 512

// safeText escapes control characters and bounds the length.
func safeText(s string) string {
	cut := false
	if len(s) > maxErrorText {
		s, cut = strings.ToValidUTF8(s[:maxErrorText], ""), true
	}
	for _, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			q := fmt.Sprintf("%q", s)
			s = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
			break
		}
	}
	if cut {
		s += "…"
	}
	return s
}

// wrapError turns an error of crypto/tls into an *Error; nil, io.EOF, net.ErrClosed and
// what is one already stay as they are.
func wrapError(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	var own *Error
	if errors.As(err, &own) {
		return err
	}
	if errors.Is(err, net.ErrClosed) {
		return err
	}
	e := &Error{Op: op, Library: "SSL", Number: ErrorSSL, Err: err}
	if a, remote, ok := alertOf(err); ok {
		e.Alert, e.HasAlert, e.Remote = a, true, remote
		e.Reason = a.reason(remote)
		return e
	}
	var cert *CertVerificationError
	var rec tls.RecordHeaderError
	var ne net.Error
	switch {
	case errors.As(err, &cert), certFailure(err):
		e.Reason = "CERTIFICATE_VERIFY_FAILED"
		if cert == nil {
			e.Err = newCertError(err)
		}
	case errors.As(err, &rec):
		e.Reason = "WRONG_VERSION_NUMBER"
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Reason, e.Number = "UNEXPECTED_EOF_WHILE_READING", ErrorEOF
	case strings.HasPrefix(err.Error(), "tls: "):
		e.Reason = reasonOf(err.Error())
	case errors.As(err, &ne):
		e.Reason, e.Number = "SYSCALL", ErrorSyscall
	}
	return e
}

// alertOf finds the alert in an error of crypto/tls, whose type for it is not exported.
func alertOf(err error) (a AlertDescription, remote, ok bool) {
	var op *net.OpError
	if errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error") {
		if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
			return AlertDescription(v.Uint()), op.Op == "remote error", true
		}
	}
	var ae tls.AlertError
	if errors.As(err, &ae) {
		return AlertDescription(ae), false, true
	}
	return 0, false, false
}

// reasons maps words of crypto/tls to OpenSSL's names.
var reasons = []struct{ words, reason string }{
	{"no supported versions", "UNSUPPORTED_PROTOCOL"},
	{"unsupported version", "UNSUPPORTED_PROTOCOL"},
	{"unsupported versions", "UNSUPPORTED_PROTOCOL"},
	{"protocol version not supported", "UNSUPPORTED_PROTOCOL"},
	{"selected unsupported protocol version", "UNSUPPORTED_PROTOCOL"},
	{"no cipher suite supported by both", "NO_SHARED_CIPHER"},
	{"unconfigured cipher suite", "WRONG_CIPHER_RETURNED"},
	{"no ECDHE curve supported by both", "NO_SHARED_GROUP"},
	{"no key exchanges supported by both", "NO_SHARED_GROUP"},
	{"unsupported application protocols", "NO_APPLICATION_PROTOCOL"},
	{"client didn't provide a certificate", "PEER_DID_NOT_RETURN_A_CERTIFICATE"},
	{"no certificates configured", "NO_CERTIFICATE_SET"},
	{"first record does not look like a TLS", "WRONG_VERSION_NUMBER"},
	{"unexpected message", "UNEXPECTED_MESSAGE"},
	{"received unexpected handshake message", "UNEXPECTED_MESSAGE"},
	{"protocol is shutdown", "PROTOCOL_IS_SHUTDOWN"},
	{"exceeds maximum", "EXCESSIVE_MESSAGE_SIZE"},
	{"RSA key larger than", "EE_KEY_TOO_LARGE"},
	{"handshake buffer not empty", "NOT_ON_RECORD_BOUNDARY"},
	{"either ServerName or InsecureSkipVerify", "NO_HOSTNAME"},
}

func reasonOf(text string) string {
	for _, r := range reasons {
		if strings.Contains(text, r.words) {
			return r.reason
		}
	}
	return "HANDSHAKE_FAILURE"
}
