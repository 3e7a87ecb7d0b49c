package ssl

import (
	"fmt"
	"strings"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/tlsutil"
)

var protocols = map[string]tlsutil.Protocol{
	"PROTOCOL_TLS": tlsutil.ProtocolTLS, "PROTOCOL_SSLv23": tlsutil.ProtocolTLS, "PROTOCOL_TLS_CLIENT": tlsutil.ProtocolTLSClient,
	"PROTOCOL_TLS_SERVER": tlsutil.ProtocolTLSServer, "PROTOCOL_TLSv1": tlsutil.ProtocolTLSv1, "PROTOCOL_TLSv1_1": tlsutil.ProtocolTLSv11,
	"PROTOCOL_TLSv1_2": tlsutil.ProtocolTLSv12,
}

var versions = map[string]tlsutil.TLSVersion{
	"MINIMUM_SUPPORTED": tlsutil.MinimumSupported, "MAXIMUM_SUPPORTED": tlsutil.MaximumSupported, "SSLv3": tlsutil.SSLv3,
	"TLSv1": tlsutil.TLSv1, "TLSv1_1": tlsutil.TLSv11, "TLSv1_2": tlsutil.TLSv12, "TLSv1_3": tlsutil.TLSv13,
}

var modes = map[string]tlsutil.VerifyMode{"CERT_NONE": tlsutil.CertNone, "CERT_OPTIONAL": tlsutil.CertOptional, "CERT_REQUIRED": tlsutil.CertRequired}

// named reads a constant by the last part of its dotted name; a plain number is itself.
func named[T ~int](v any, names map[string]T) (T, error) {
	switch v := v.(type) {
	case int64:
		return T(v), nil
	case conformance.Const:
		s := string(v)
		if x, ok := names[s[strings.LastIndexByte(s, '.')+1:]]; ok {
			return x, nil
		}
	}
	return 0, fmt.Errorf("%v: %w", v, conformance.ErrNotApplicable)
}

func back[T comparable](v T, names map[string]T, prefix string) any {
	for name, x := range names {
		if x == v && name != "PROTOCOL_SSLv23" {
			return conformance.Const(prefix + name)
		}
	}
	return v
}

func context(c *conformance.Call) (any, error) {
	if c.Name == "ssl.create_default_context" {
		purpose := tlsutil.ServerAuth
		if v, ok := c.Args.Lookup(0, "purpose"); ok {
			var err error
			if purpose, err = named(v, map[string]tlsutil.Purpose{"SERVER_AUTH": tlsutil.ServerAuth, "CLIENT_AUTH": tlsutil.ClientAuth}); err != nil {
				return nil, err
			}
		}
		ctx, err := tlsutil.NewDefaultContext(purpose)
		return subject{ctx}, err
	}
	p := tlsutil.ProtocolTLS
	if v, ok := c.Args.Lookup(0, "protocol"); ok {
		var err error
		if p, err = named(v, protocols); err != nil {
			return nil, err
		}
	}
	ctx, err := tlsutil.NewContext(p)
	return subject{ctx}, err
}

// subject is a context on which steps act.
type subject struct{ c *tlsutil.Context }

func (s subject) Value() any { return conformance.Obj{Class: "SSLContext"} }

// Step implements conformance.Subject.
func (s subject) Step(st *conformance.Step) (any, error) {
	switch st.Kind {
	case "get":
		return s.get(st.Name)
	case "set":
		return nil, s.set(st.Name, st.To)
	case "do":
		return s.do(st)
	}
	return nil, conformance.ErrNotApplicable
}

func (s subject) get(attr string) (any, error) {
	switch attr {
	case "protocol":
		return back(s.c.Protocol(), protocols, "_SSLMethod."), nil
	case "verify_mode":
		return back(s.c.VerifyMode(), modes, "VerifyMode."), nil
	case "check_hostname":
		return s.c.CheckHostname(), nil
	case "minimum_version":
		return back(s.c.MinimumVersion(), versions, "TLSVersion."), nil
	case "maximum_version":
		return back(s.c.MaximumVersion(), versions, "TLSVersion."), nil
	case "num_tickets":
		return s.c.NumTickets(), nil
	case "post_handshake_auth":
		return s.c.PostHandshakeAuth(), nil
	case "hostname_checks_common_name":
		return s.c.HostnameChecksCommonName(), nil
	case "security_level":
		return s.c.SecurityLevel(), nil
	case "keylog_filename":
		if f := s.c.KeyLogFilename(); f != "" {
			return f, nil
		}
		return nil, nil
	case "sni_callback":
		if s.c.SNICallback() == nil {
			return nil, nil
		}
	}
	return nil, conformance.ErrNotApplicable
}

func (s subject) set(attr string, to any) error {
	yes, isBool := to.(bool)
	switch attr {
	case "check_hostname":
		if isBool {
			s.c.SetCheckHostname(yes)
			return nil
		}
	case "post_handshake_auth":
		if isBool {
			return s.c.SetPostHandshakeAuth(yes)
		}
	case "hostname_checks_common_name":
		if isBool {
			return s.c.SetHostnameChecksCommonName(yes)
		}
	case "verify_mode":
		m, err := named(to, modes)
		if err != nil {
			return err
		}
		return s.c.SetVerifyMode(m)
	case "minimum_version", "maximum_version":
		v, err := named(to, versions)
		if err != nil {
			return err
		}
		if attr == "minimum_version" {
			return s.c.SetMinimumVersion(v)
		}
		return s.c.SetMaximumVersion(v)
	case "num_tickets":
		if n, ok := to.(int64); ok {
			return s.c.SetNumTickets(int(n))
		}
	}
	return conformance.ErrNotApplicable
}

func (s subject) do(st *conformance.Step) (any, error) {
	a := st.Args
	switch st.Name {
	case "cert_store_stats":
		n := s.c.CertStoreStats()
		return dictOf("x509", n.X509, "crl", n.CRL, "x509_ca", n.X509CA), nil
	case "session_stats":
		n := s.c.SessionStats()
		return dictOf("number", n.Number, "connect", n.Connect, "connect_good", n.ConnectGood, "connect_renegotiate", n.ConnectRenegotiate,
			"accept", n.Accept, "accept_good", n.AcceptGood, "accept_renegotiate", n.AcceptRenegotiate, "hits", n.Hits, "misses", n.Misses,
			"timeouts", n.Timeouts, "cache_full", n.CacheFull), nil
	case "get_ca_certs":
		binary, err := a.BoolOr(0, "binary_form", false)
		if err != nil {
			return nil, err
		}
		out := []any{}
		for _, c := range s.c.CACerts() {
			if binary {
				out = append(out, c.Raw)
			} else {
				out = append(out, dict(c))
			}
		}
		return out, nil
	case "load_verify_locations":
		return nil, s.load(a)
	case "load_cert_chain":
		cert, err := a.String(0, "certfile")
		if err != nil {
			return nil, err
		}
		key, err := a.StringOr(1, "keyfile", "")
		if err != nil {
			return nil, err
		}
		return nil, s.c.LoadCertChain(cert, key, nil)
	case "set_alpn_protocols":
		v, _ := a.Lookup(0, "alpn_protocols")
		list, ok := v.([]any)
		if !ok {
			return nil, conformance.ErrNotApplicable
		}
		var names []string
		for _, n := range list {
			text, ok := n.(string)
			if !ok {
				return nil, conformance.ErrNotApplicable
			}
			names = append(names, text)
		}
		return nil, s.c.SetALPNProtocols(names)
	case "set_ciphers", "set_ciphersuites", "set_groups", "set_ecdh_curve":
		list, err := a.String(0, "list")
		if err != nil {
			return nil, err
		}
		f := map[string]func(string) error{
			"set_ciphers": s.c.SetCiphers, "set_ciphersuites": s.c.SetCiphersuites, "set_groups": s.c.SetGroups, "set_ecdh_curve": s.c.SetECDHCurve,
		}[st.Name]
		return nil, f(list)
	}
	return nil, conformance.ErrNotApplicable
}

// load calls load_verify_locations; None and an absent argument are empty ones.
func (s subject) load(a conformance.Args) error {
	file, err := a.StringOr(0, "cafile", "")
	if err != nil {
		return err
	}
	dir, err := a.StringOr(1, "capath", "")
	if err != nil {
		return err
	}
	var data []byte
	switch v, _ := a.Lookup(2, "cadata"); v := v.(type) {
	case nil:
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return conformance.ErrNotApplicable
	}
	return s.c.LoadVerifyLocations(file, dir, data)
}

func dictOf(pairs ...any) *conformance.Dict {
	d := &conformance.Dict{}
	for i := 0; i < len(pairs); i += 2 {
		d.Pairs = append(d.Pairs, conformance.Pair{Key: pairs[i], Value: pairs[i+1]})
	}
	return d
}
