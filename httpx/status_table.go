package httpx

// The status codes of Python's http.HTTPStatus, each with its source.
const (
	StatusContinue           Status = 100 // Continue; RFC 9110 section 15.2.1
	StatusSwitchingProtocols Status = 101 // Switching Protocols; RFC 9110 section 15.2.2
	StatusProcessing         Status = 102 // Processing; RFC 2518 section 10.1
	StatusEarlyHints         Status = 103 // Early Hints; RFC 8297

	StatusOK                          Status = 200 // OK; RFC 9110 section 15.3.1
	StatusCreated                     Status = 201 // Created; RFC 9110 section 15.3.2
	StatusAccepted                    Status = 202 // Accepted; RFC 9110 section 15.3.3
	StatusNonAuthoritativeInformation Status = 203 // Non-Authoritative Information; RFC 9110 section 15.3.4
	StatusNoContent                   Status = 204 // No Content; RFC 9110 section 15.3.5
	StatusResetContent                Status = 205 // Reset Content; RFC 9110 section 15.3.6
	StatusPartialContent              Status = 206 // Partial Content; RFC 9110 section 15.3.7
	StatusMultiStatus                 Status = 207 // Multi-Status; RFC 4918 section 11.1
	StatusAlreadyReported             Status = 208 // Already Reported; RFC 5842 section 7.1
	StatusIMUsed                      Status = 226 // IM Used; RFC 3229 section 10.4.1

	StatusMultipleChoices   Status = 300 // Multiple Choices; RFC 9110 section 15.4.1
	StatusMovedPermanently  Status = 301 // Moved Permanently; RFC 9110 section 15.4.2
	StatusFound             Status = 302 // Found; RFC 9110 section 15.4.3
	StatusSeeOther          Status = 303 // See Other; RFC 9110 section 15.4.4
	StatusNotModified       Status = 304 // Not Modified; RFC 9110 section 15.4.5
	StatusUseProxy          Status = 305 // Use Proxy; RFC 9110 section 15.4.6
	StatusTemporaryRedirect Status = 307 // Temporary Redirect; RFC 9110 section 15.4.8
	StatusPermanentRedirect Status = 308 // Permanent Redirect; RFC 9110 section 15.4.9

	StatusBadRequest                  Status = 400 // Bad Request; RFC 9110 section 15.5.1
	StatusUnauthorized                Status = 401 // Unauthorized; RFC 9110 section 15.5.2
	StatusPaymentRequired             Status = 402 // Payment Required; RFC 9110 section 15.5.3
	StatusForbidden                   Status = 403 // Forbidden; RFC 9110 section 15.5.4
	StatusNotFound                    Status = 404 // Not Found; RFC 9110 section 15.5.5
	StatusMethodNotAllowed            Status = 405 // Method Not Allowed; RFC 9110 section 15.5.6
	StatusNotAcceptable               Status = 406 // Not Acceptable; RFC 9110 section 15.5.7
	StatusProxyAuthenticationRequired Status = 407 // Proxy Authentication Required; RFC 9110 section 15.5.8
	StatusRequestTimeout              Status = 408 // Request Timeout; RFC 9110 section 15.5.9
	StatusConflict                    Status = 409 // Conflict; RFC 9110 section 15.5.10
	StatusGone                        Status = 410 // Gone; RFC 9110 section 15.5.11
	StatusLengthRequired              Status = 411 // Length Required; RFC 9110 section 15.5.12
	StatusPreconditionFailed          Status = 412 // Precondition Failed; RFC 9110 section 15.5.13
	StatusContentTooLarge             Status = 413 // Content Too Large; RFC 9110 section 15.5.14
	StatusURITooLong                  Status = 414 // URI Too Long; RFC 9110 section 15.5.15
	StatusUnsupportedMediaType        Status = 415 // Unsupported Media Type; RFC 9110 section 15.5.16
	StatusRangeNotSatisfiable         Status = 416 // Range Not Satisfiable; RFC 9110 section 15.5.17
	StatusExpectationFailed           Status = 417 // Expectation Failed; RFC 9110 section 15.5.18
	StatusImATeapot                   Status = 418 // I'm a Teapot; RFC 2324 section 2.3.2
	StatusMisdirectedRequest          Status = 421 // Misdirected Request; RFC 9110 section 15.5.20
	StatusUnprocessableContent        Status = 422 // Unprocessable Content; RFC 9110 section 15.5.21
	StatusLocked                      Status = 423 // Locked; RFC 4918 section 11.3
	StatusFailedDependency            Status = 424 // Failed Dependency; RFC 4918 section 11.4
	StatusTooEarly                    Status = 425 // Too Early; RFC 8470
	StatusUpgradeRequired             Status = 426 // Upgrade Required; RFC 9110 section 15.5.22
	StatusPreconditionRequired        Status = 428 // Precondition Required; RFC 6585 section 3
	StatusTooManyRequests             Status = 429 // Too Many Requests; RFC 6585 section 4
	StatusRequestHeaderFieldsTooLarge Status = 431 // Request Header Fields Too Large; RFC 6585 section 5
	StatusUnavailableForLegalReasons  Status = 451 // Unavailable For Legal Reasons; RFC 7725

	StatusInternalServerError           Status = 500 // Internal Server Error; RFC 9110 section 15.6.1
	StatusNotImplemented                Status = 501 // Not Implemented; RFC 9110 section 15.6.2
	StatusBadGateway                    Status = 502 // Bad Gateway; RFC 9110 section 15.6.3
	StatusServiceUnavailable            Status = 503 // Service Unavailable; RFC 9110 section 15.6.4
	StatusGatewayTimeout                Status = 504 // Gateway Timeout; RFC 9110 section 15.6.5
	StatusHTTPVersionNotSupported       Status = 505 // HTTP Version Not Supported; RFC 9110 section 15.6.6
	StatusVariantAlsoNegotiates         Status = 506 // Variant Also Negotiates; RFC 2295 section 8.1
	StatusInsufficientStorage           Status = 507 // Insufficient Storage; RFC 4918 section 11.5
	StatusLoopDetected                  Status = 508 // Loop Detected; RFC 5842 section 7.2
	StatusNotExtended                   Status = 510 // Not Extended; RFC 2774 section 7
	StatusNetworkAuthenticationRequired Status = 511 // Network Authentication Required; RFC 6585 section 6
)

// Older names of status codes, which mean the same.
const (
	StatusRequestEntityTooLarge        = StatusContentTooLarge      // older name of StatusContentTooLarge
	StatusRequestURITooLong            = StatusURITooLong           // older name of StatusURITooLong
	StatusRequestedRangeNotSatisfiable = StatusRangeNotSatisfiable  // older name of StatusRangeNotSatisfiable
	StatusUnprocessableEntity          = StatusUnprocessableContent // older name of StatusUnprocessableContent
)

// statuses is the registry, in ascending order.
var statuses = [...]statusRow{
	{StatusContinue, "CONTINUE", "Continue", "Request received, please continue"},
	{StatusSwitchingProtocols, "SWITCHING_PROTOCOLS", "Switching Protocols", "Switching to new protocol; obey Upgrade header"},
	{StatusProcessing, "PROCESSING", "Processing", "Server is processing the request"},
	{StatusEarlyHints, "EARLY_HINTS", "Early Hints", "Headers sent to prepare for the response"},
	{StatusOK, "OK", "OK", "Request fulfilled, document follows"},
	{StatusCreated, "CREATED", "Created", "Document created, URL follows"},
	{StatusAccepted, "ACCEPTED", "Accepted", "Request accepted, processing continues off-line"},
	{StatusNonAuthoritativeInformation, "NON_AUTHORITATIVE_INFORMATION", "Non-Authoritative Information", "Request fulfilled from cache"},
	{StatusNoContent, "NO_CONTENT", "No Content", "Request fulfilled, nothing follows"},
	{StatusResetContent, "RESET_CONTENT", "Reset Content", "Clear input form for further input"},
	{StatusPartialContent, "PARTIAL_CONTENT", "Partial Content", "Partial content follows"},
	{StatusMultiStatus, "MULTI_STATUS", "Multi-Status", "Response contains multiple statuses in the body"},
	{StatusAlreadyReported, "ALREADY_REPORTED", "Already Reported", "Operation has already been reported"},
	{StatusIMUsed, "IM_USED", "IM Used", "Request completed using instance manipulations"},
	{StatusMultipleChoices, "MULTIPLE_CHOICES", "Multiple Choices", "Object has several resources -- see URI list"},
	{StatusMovedPermanently, "MOVED_PERMANENTLY", "Moved Permanently", "Object moved permanently -- see URI list"},
	{StatusFound, "FOUND", "Found", "Object moved temporarily -- see URI list"},
	{StatusSeeOther, "SEE_OTHER", "See Other", "Object moved -- see Method and URL list"},
	{StatusNotModified, "NOT_MODIFIED", "Not Modified", "Document has not changed since given time"},
	{StatusUseProxy, "USE_PROXY", "Use Proxy", "You must use proxy specified in Location to access this resource"},
	{StatusTemporaryRedirect, "TEMPORARY_REDIRECT", "Temporary Redirect", "Object moved temporarily -- see URI list"},
	{StatusPermanentRedirect, "PERMANENT_REDIRECT", "Permanent Redirect", "Object moved permanently -- see URI list"},
	{StatusBadRequest, "BAD_REQUEST", "Bad Request", "Bad request syntax or unsupported method"},
	{StatusUnauthorized, "UNAUTHORIZED", "Unauthorized", "No permission -- see authorization schemes"},
	{StatusPaymentRequired, "PAYMENT_REQUIRED", "Payment Required", "No payment -- see charging schemes"},
	{StatusForbidden, "FORBIDDEN", "Forbidden", "Request forbidden -- authorization will not help"},
	{StatusNotFound, "NOT_FOUND", "Not Found", "Nothing matches the given URI"},
	{StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "Method Not Allowed", "Specified method is invalid for this resource"},
	{StatusNotAcceptable, "NOT_ACCEPTABLE", "Not Acceptable", "URI not available in preferred format"},
	{StatusProxyAuthenticationRequired, "PROXY_AUTHENTICATION_REQUIRED", "Proxy Authentication Required", "You must authenticate with this proxy before proceeding"},
	{StatusRequestTimeout, "REQUEST_TIMEOUT", "Request Timeout", "Request timed out; try again later"},
	{StatusConflict, "CONFLICT", "Conflict", "Request conflict"},
	{StatusGone, "GONE", "Gone", "URI no longer exists and has been permanently removed"},
	{StatusLengthRequired, "LENGTH_REQUIRED", "Length Required", "Client must specify Content-Length"},
	{StatusPreconditionFailed, "PRECONDITION_FAILED", "Precondition Failed", "Precondition in headers is false"},
	{StatusContentTooLarge, "CONTENT_TOO_LARGE", "Content Too Large", "Content is too large"},
	{StatusURITooLong, "URI_TOO_LONG", "URI Too Long", "URI is too long"},
	{StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type", "Entity body in unsupported format"},
	{StatusRangeNotSatisfiable, "RANGE_NOT_SATISFIABLE", "Range Not Satisfiable", "Cannot satisfy request range"},
	{StatusExpectationFailed, "EXPECTATION_FAILED", "Expectation Failed", "Expect condition could not be satisfied"},
	{StatusImATeapot, "IM_A_TEAPOT", "I'm a Teapot", "Server refuses to brew coffee because it is a teapot"},
	{StatusMisdirectedRequest, "MISDIRECTED_REQUEST", "Misdirected Request", "Server is not able to produce a response"},
	{StatusUnprocessableContent, "UNPROCESSABLE_CONTENT", "Unprocessable Content", "Server is not able to process the contained instructions"},
	{StatusLocked, "LOCKED", "Locked", "Resource of a method is locked"},
	{StatusFailedDependency, "FAILED_DEPENDENCY", "Failed Dependency", "Dependent action of the request failed"},
	{StatusTooEarly, "TOO_EARLY", "Too Early", "Server refuses to process a request that might be replayed"},
	{StatusUpgradeRequired, "UPGRADE_REQUIRED", "Upgrade Required", "Server refuses to perform the request using the current protocol"},
	{StatusPreconditionRequired, "PRECONDITION_REQUIRED", "Precondition Required", "The origin server requires the request to be conditional"},
	{StatusTooManyRequests, "TOO_MANY_REQUESTS", "Too Many Requests", "The user has sent too many requests in a given amount of time (\"rate limiting\")"},
	{StatusRequestHeaderFieldsTooLarge, "REQUEST_HEADER_FIELDS_TOO_LARGE", "Request Header Fields Too Large", "The server is unwilling to process the request because its header fields are too large"},
	{StatusUnavailableForLegalReasons, "UNAVAILABLE_FOR_LEGAL_REASONS", "Unavailable For Legal Reasons", "The server is denying access to the resource as a consequence of a legal demand"},
	{StatusInternalServerError, "INTERNAL_SERVER_ERROR", "Internal Server Error", "Server got itself in trouble"},
	{StatusNotImplemented, "NOT_IMPLEMENTED", "Not Implemented", "Server does not support this operation"},
	{StatusBadGateway, "BAD_GATEWAY", "Bad Gateway", "Invalid responses from another server/proxy"},
	{StatusServiceUnavailable, "SERVICE_UNAVAILABLE", "Service Unavailable", "The server cannot process the request due to a high load"},
	{StatusGatewayTimeout, "GATEWAY_TIMEOUT", "Gateway Timeout", "The gateway server did not receive a timely response"},
	{StatusHTTPVersionNotSupported, "HTTP_VERSION_NOT_SUPPORTED", "HTTP Version Not Supported", "Cannot fulfill request"},
	{StatusVariantAlsoNegotiates, "VARIANT_ALSO_NEGOTIATES", "Variant Also Negotiates", "Server has an internal configuration error"},
	{StatusInsufficientStorage, "INSUFFICIENT_STORAGE", "Insufficient Storage", "Server is not able to store the representation"},
	{StatusLoopDetected, "LOOP_DETECTED", "Loop Detected", "Server encountered an infinite loop while processing a request"},
	{StatusNotExtended, "NOT_EXTENDED", "Not Extended", "Request does not meet the resource access policy"},
	{StatusNetworkAuthenticationRequired, "NETWORK_AUTHENTICATION_REQUIRED", "Network Authentication Required", "The client needs to authenticate to gain network access"},
}
