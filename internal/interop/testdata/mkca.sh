#!/bin/sh
# Makes a small authority in the folder $1: server (RSA) and server-ec (ECDSA) for localhost,
# server.test, *.wild.test, 127.0.0.1 and ::1; other for other.test; expired; self (self-signed);
# leaf-chain through an intermediate; client, client-enc.key (pass phrase secret); revoked, which
# is in crl.pem; ocsp, the responder; and OCSP responses for server and revoked. X.both.pem is key
# and certificate in one.
set -eu
D=$1; mkdir -p "$D"; cd "$D"; umask 022
touch index.txt; echo 1000 > serial; echo 1000 > crlnumber
cat > ca.cnf <<X
[ca]
default_ca=d
[d]
dir=$D
database=$D/index.txt
new_certs_dir=$D
serial=$D/serial
crlnumber=$D/crlnumber
certificate=$D/ca.pem
private_key=$D/ca.key
default_md=sha256
default_days=3650
default_crl_days=3650
policy=p
unique_subject=no
copy_extensions=none
[p]
organizationName=optional
commonName=supplied
[req]
distinguished_name=dn
[dn]
[v3_ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[v3_int]
basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[server]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=DNS:localhost,DNS:server.test,DNS:*.wild.test,IP:127.0.0.1,IP:::1
authorityInfoAccess=OCSP;URI:http://127.0.0.1:18890/
[server2]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=DNS:other.test
[client]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[ocsp]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=OCSPSigning
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
X
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -sha256 \
  -subj "/O=Loopback Test/CN=Loopback Test CA" -config ca.cnf -extensions v3_ca 2>/dev/null
mk() { # name CN extensions keytype [options of openssl ca]
  n=$1 cn=$2 ext=$3 key=$4; shift 4
  openssl req -new -newkey $key -nodes -keyout $n.key -out $n.csr -config ca.cnf -subj "/O=Loopback Test/CN=$cn" 2>/dev/null
  openssl ca -batch -config ca.cnf -extensions $ext -notext -in $n.csr -out $n.pem "$@" 2>/dev/null
  rm -f $n.csr; cat $n.key $n.pem > $n.both.pem
}
EC="ec -pkeyopt ec_paramgen_curve:P-256"
mk server    localhost      server  rsa:2048
mk server-ec localhost      server  "$EC"
mk other     other.test     server2 rsa:2048
mk expired   localhost      server  rsa:2048 -startdate 20200101000000Z -enddate 20200201000000Z
mk client    "test client"  client  rsa:2048
mk revoked   "revoked client" client rsa:2048
mk ocsp      "OCSP signer"  ocsp    rsa:2048
openssl ca -batch -config ca.cnf -revoke revoked.pem 2>/dev/null
openssl ca -batch -config ca.cnf -gencrl -out crl.pem 2>/dev/null
mk int "Loopback Test Intermediate" v3_int rsa:2048
openssl req -new -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -config ca.cnf -subj "/O=Loopback Test/CN=localhost" 2>/dev/null
openssl x509 -req -in leaf.csr -CA int.pem -CAkey int.key -CAcreateserial -days 3650 -sha256 -extfile ca.cnf -extensions server -out leaf.pem 2>/dev/null
rm -f leaf.csr; cat leaf.pem int.pem > leaf-chain.pem
openssl rsa -aes256 -passout pass:secret -in client.key -out client-enc.key 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -days 3650 -config ca.cnf -extensions server -subj "/CN=localhost" 2>/dev/null
openssl pkcs12 -export -in client.pem -inkey client.key -certfile ca.pem -passout pass:secret -out client.p12
# a good and a "revoked" OCSP answer, DER, for stapling
openssl ocsp -index index.txt -CA ca.pem -rsigner ocsp.pem -rkey ocsp.key -issuer ca.pem -cert server.pem -respout server.ocsp -ndays 3650 >/dev/null 2>&1
openssl ocsp -index index.txt -CA ca.pem -rsigner ocsp.pem -rkey ocsp.key -issuer ca.pem -cert revoked.pem -respout revoked.ocsp -ndays 3650 >/dev/null 2>&1
chmod 644 *.key *.both.pem
