package tlsutil

import "strconv"

// An AlertDescription is the number of a TLS alert (RFC 8446 section 6). Python:
// ssl.AlertDescription.
type AlertDescription uint8

// The alerts that Python names.
const (
	AlertCloseNotify                  AlertDescription = 0   // Python: ALERT_DESCRIPTION_CLOSE_NOTIFY.
	AlertUnexpectedMessage            AlertDescription = 10  // Python: ALERT_DESCRIPTION_UNEXPECTED_MESSAGE.
	AlertBadRecordMAC                 AlertDescription = 20  // Python: ALERT_DESCRIPTION_BAD_RECORD_MAC.
	AlertRecordOverflow               AlertDescription = 22  // Python: ALERT_DESCRIPTION_RECORD_OVERFLOW.
	AlertDecompressionFailure         AlertDescription = 30  // Python: ALERT_DESCRIPTION_DECOMPRESSION_FAILURE.
	AlertHandshakeFailure             AlertDescription = 40  // Python: ALERT_DESCRIPTION_HANDSHAKE_FAILURE.
	AlertBadCertificate               AlertDescription = 42  // Python: ALERT_DESCRIPTION_BAD_CERTIFICATE.
	AlertUnsupportedCertificate       AlertDescription = 43  // Python: ALERT_DESCRIPTION_UNSUPPORTED_CERTIFICATE.
	AlertCertificateRevoked           AlertDescription = 44  // Python: ALERT_DESCRIPTION_CERTIFICATE_REVOKED.
	AlertCertificateExpired           AlertDescription = 45  // Python: ALERT_DESCRIPTION_CERTIFICATE_EXPIRED.
	AlertCertificateUnknown           AlertDescription = 46  // Python: ALERT_DESCRIPTION_CERTIFICATE_UNKNOWN.
	AlertIllegalParameter             AlertDescription = 47  // Python: ALERT_DESCRIPTION_ILLEGAL_PARAMETER.
	AlertUnknownCA                    AlertDescription = 48  // Python: ALERT_DESCRIPTION_UNKNOWN_CA.
	AlertAccessDenied                 AlertDescription = 49  // Python: ALERT_DESCRIPTION_ACCESS_DENIED.
	AlertDecodeError                  AlertDescription = 50  // Python: ALERT_DESCRIPTION_DECODE_ERROR.
	AlertDecryptError                 AlertDescription = 51  // Python: ALERT_DESCRIPTION_DECRYPT_ERROR.
	AlertProtocolVersion              AlertDescription = 70  // Python: ALERT_DESCRIPTION_PROTOCOL_VERSION.
	AlertInsufficientSecurity         AlertDescription = 71  // Python: ALERT_DESCRIPTION_INSUFFICIENT_SECURITY.
	AlertInternalError                AlertDescription = 80  // Python: ALERT_DESCRIPTION_INTERNAL_ERROR.
	AlertUserCancelled                AlertDescription = 90  // Python: ALERT_DESCRIPTION_USER_CANCELLED.
	AlertNoRenegotiation              AlertDescription = 100 // Python: ALERT_DESCRIPTION_NO_RENEGOTIATION.
	AlertUnsupportedExtension         AlertDescription = 110 // Python: ALERT_DESCRIPTION_UNSUPPORTED_EXTENSION.
	AlertCertificateUnobtainable      AlertDescription = 111 // Python: ALERT_DESCRIPTION_CERTIFICATE_UNOBTAINABLE.
	AlertUnrecognizedName             AlertDescription = 112 // Python: ALERT_DESCRIPTION_UNRECOGNIZED_NAME.
	AlertBadCertificateStatusResponse AlertDescription = 113 // Python: ALERT_DESCRIPTION_BAD_CERTIFICATE_STATUS_RESPONSE.
	AlertBadCertificateHashValue      AlertDescription = 114 // Python: ALERT_DESCRIPTION_BAD_CERTIFICATE_HASH_VALUE.
	AlertUnknownPSKIdentity           AlertDescription = 115 // Python: ALERT_DESCRIPTION_UNKNOWN_PSK_IDENTITY.
	AlertCertificateRequired          AlertDescription = 116 // RFC 8446.
	AlertNoApplicationProtocol        AlertDescription = 120 // RFC 7301.
)

var alertNames = map[AlertDescription]string{
	0: "CLOSE_NOTIFY", 10: "UNEXPECTED_MESSAGE", 20: "BAD_RECORD_MAC", 21: "DECRYPTION_FAILED", 22: "RECORD_OVERFLOW",
	30: "DECOMPRESSION_FAILURE", 40: "HANDSHAKE_FAILURE", 42: "BAD_CERTIFICATE", 43: "UNSUPPORTED_CERTIFICATE",
	44: "CERTIFICATE_REVOKED", 45: "CERTIFICATE_EXPIRED", 46: "CERTIFICATE_UNKNOWN", 47: "ILLEGAL_PARAMETER",
	48: "UNKNOWN_CA", 49: "ACCESS_DENIED", 50: "DECODE_ERROR", 51: "DECRYPT_ERROR", 60: "EXPORT_RESTRICTION",
	70: "PROTOCOL_VERSION", 71: "INSUFFICIENT_SECURITY", 80: "INTERNAL_ERROR", 86: "INAPPROPRIATE_FALLBACK",
	90: "USER_CANCELLED", 100: "NO_RENEGOTIATION", 109: "MISSING_EXTENSION", 110: "UNSUPPORTED_EXTENSION",
	111: "CERTIFICATE_UNOBTAINABLE", 112: "UNRECOGNIZED_NAME", 113: "BAD_CERTIFICATE_STATUS_RESPONSE",
	114: "BAD_CERTIFICATE_HASH_VALUE", 115: "UNKNOWN_PSK_IDENTITY", 116: "CERTIFICATE_REQUIRED",
	120: "NO_APPLICATION_PROTOCOL", 121: "ECH_REQUIRED",
}

// String returns the name of the alert in capitals, such as "UNKNOWN_CA", or its number.
func (a AlertDescription) String() string {
	if s, ok := alertNames[a]; ok {
		return s
	}
	return strconv.Itoa(int(a))
}

// reason is OpenSSL's name for having received or sent the alert.
func (a AlertDescription) reason(remote bool) string {
	if !remote {
		return a.String()
	}
	switch a {
	case 20, 22, 30, 40, 41, 42, 43, 44, 45, 46, 47:
		return "SSLV3_ALERT_" + a.String()
	case 116, 109:
		return "TLSV13_ALERT_" + a.String()
	}
	return "TLSV1_ALERT_" + a.String()
}
