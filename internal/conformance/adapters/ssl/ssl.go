// Package ssl is the conformance adapter of Python's module ssl.
package ssl

import (
	"errors"
	"io/fs"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/tlsutil"
)

// Adapter translates the calls of ssl.
var Adapter conformance.Adapter = adapter{}

type adapter struct{}

// Raises translates Python's exceptions.
func (adapter) Raises(err error, e *conformance.Exception) bool {
	var own *tlsutil.Error
	switch {
	case e.Type == "FileNotFoundError":
		return errors.Is(err, fs.ErrNotExist)
	case e.Is("ValueError"), e.Type == "TypeError":
		return errors.Is(err, tlsutil.ErrValue)
	case e.Type == "SSLError":
		return errors.As(err, &own)
	}
	return false
}

// Call implements conformance.Adapter.
func (adapter) Call(c *conformance.Call) (any, error) {
	a := c.Args
	switch c.Name {
	case "ssl.PEM_cert_to_DER_cert":
		s, err := a.String(0, "pem_cert_string")
		if err != nil {
			return nil, err
		}
		return tlsutil.PEMToDER(s)
	case "ssl.DER_cert_to_PEM_cert":
		b, err := a.Bytes(0, "der_cert_bytes")
		if err != nil {
			return nil, err
		}
		return tlsutil.DERToPEM(b), nil
	case "ssl.cert_time_to_seconds":
		s, err := a.String(0, "cert_time")
		if err != nil {
			return nil, err
		}
		return tlsutil.CertTimeToSeconds(s)
	case "ssl._ssl._test_decode_cert":
		s, err := a.String(0, "path")
		if err != nil {
			return nil, err
		}
		cert, err := tlsutil.DecodeCertificatePEM([]byte(s))
		if err != nil {
			return nil, err
		}
		return dict(cert), nil
	case "ssl.MemoryBIO":
		return bio{new(tlsutil.MemoryBIO)}, nil
	case "ssl.SSLContext", "ssl.create_default_context":
		return context(c)
	}
	return nil, conformance.ErrNotApplicable
}

// dict is a certificate as Python's dict.
func dict(c *tlsutil.PeerCertificate) *conformance.Dict {
	d := &conformance.Dict{}
	add := func(key string, v any) { d.Pairs = append(d.Pairs, conformance.Pair{Key: key, Value: v}) }
	add("subject", name(c.Subject))
	add("issuer", name(c.Issuer))
	add("version", c.Version)
	add("serialNumber", c.SerialNumber)
	add("notBefore", c.NotBefore)
	add("notAfter", c.NotAfter)
	if c.SubjectAltName != nil {
		names := conformance.Tuple{}
		for _, n := range c.SubjectAltName {
			var v any = n.Value
			if n.Type == "DirName" {
				v = name(n.Dir)
			}
			names = append(names, conformance.Tuple{n.Type, v})
		}
		add("subjectAltName", names)
	}
	urls := func(key string, list []string) {
		if list == nil {
			return
		}
		t := conformance.Tuple{}
		for _, s := range list {
			t = append(t, s)
		}
		add(key, t)
	}
	urls("OCSP", c.OCSP)
	urls("caIssuers", c.CAIssuers)
	urls("crlDistributionPoints", c.CRLDistributionPoints)
	return d
}

func name(n tlsutil.Name) conformance.Tuple {
	out := conformance.Tuple{}
	for _, rdn := range n {
		set := conformance.Tuple{}
		for _, a := range rdn {
			set = append(set, conformance.Tuple{a.Type, a.Value})
		}
		out = append(out, set)
	}
	return out
}
