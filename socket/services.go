package socket

import (
	"bufio"
	"errors"
	"os"
	"strconv"
	"strings"
	"sync"
)

// ErrNotFound is the cause where a service or protocol is in no database.
var ErrNotFound = errors.New("service or protocol not found")

// wellKnown are services and protocols that are the same on every machine, one a
// line as in /etc/services: name, port/protocol, aliases; a number alone is a protocol.
// The machine's own files are asked for others.
const wellKnown = `
tcpmux 1/tcp
echo 7/tcp
echo 7/udp
discard 9/tcp sink null
discard 9/udp sink null
systat 11/tcp users
daytime 13/tcp
daytime 13/udp
netstat 15/tcp
qotd 17/tcp quote
chargen 19/tcp ttytst source
chargen 19/udp ttytst source
ftp-data 20/tcp
ftp 21/tcp
fsp 21/udp fspd
ssh 22/tcp
telnet 23/tcp
smtp 25/tcp mail
time 37/tcp timserver
time 37/udp timserver
whois 43/tcp nicname
tacacs 49/tcp
tacacs 49/udp
domain 53/tcp
domain 53/udp
bootps 67/udp
bootpc 68/udp
tftp 69/udp
gopher 70/tcp
finger 79/tcp
http 80/tcp www
kerberos 88/tcp kerberos5 krb5 kerberos-sec
kerberos 88/udp kerberos5 krb5 kerberos-sec
pop3 110/tcp pop-3
sunrpc 111/tcp portmapper
sunrpc 111/udp portmapper
auth 113/tcp authentication tap ident
nntp 119/tcp readnews untp
ntp 123/udp
epmap 135/tcp loc-srv
netbios-ns 137/udp
netbios-dgm 138/udp
netbios-ssn 139/tcp
imap2 143/tcp imap
snmp 161/tcp
snmp 161/udp
snmp-trap 162/tcp snmptrap
snmp-trap 162/udp snmptrap
bgp 179/tcp
ldap 389/tcp
ldap 389/udp
svrloc 427/tcp
svrloc 427/udp
https 443/tcp
https 443/udp
microsoft-ds 445/tcp
kpasswd 464/tcp
kpasswd 464/udp
submissions 465/tcp ssmtp smtps urd
isakmp 500/udp
exec 512/tcp
login 513/tcp
who 513/udp whod
shell 514/tcp cmd syslog
syslog 514/udp
printer 515/tcp spooler
route 520/udp router routed
dhcpv6-client 546/udp
dhcpv6-server 547/udp
rtsp 554/tcp
rtsp 554/udp
nntps 563/tcp snntp
submission 587/tcp
ipp 631/tcp
ldaps 636/tcp
ldaps 636/udp
domain-s 853/tcp
domain-s 853/udp
rsync 873/tcp
ftps-data 989/tcp
ftps 990/tcp
telnets 992/tcp
imaps 993/tcp
pop3s 995/tcp
socks 1080/tcp
openvpn 1194/tcp
openvpn 1194/udp
ms-sql-s 1433/tcp
ms-sql-m 1434/udp
l2f 1701/udp l2tp
radius 1812/tcp
radius 1812/udp
radius-acct 1813/tcp radacct
radius-acct 1813/udp radacct
nfs 2049/tcp
nfs 2049/udp
iscsi-target 3260/tcp
mysql 3306/tcp
ms-wbt-server 3389/tcp
svn 3690/tcp subversion
ipsec-nat-t 4500/udp
sip 5060/tcp
sip 5060/udp
sip-tls 5061/tcp
sip-tls 5061/udp
xmpp-client 5222/tcp jabber-client
xmpp-server 5269/tcp jabber-server
mdns 5353/udp
postgresql 5432/tcp postgres
amqps 5671/tcp
amqp 5672/tcp
x11 6000/tcp x11-0
redis 6379/tcp
syslog-tls 6514/tcp
ircd 6667/tcp
ircs-u 6697/tcp
http-alt 8080/tcp webcache
git 9418/tcp
ip 0 IP
hopopt 0 HOPOPT
icmp 1 ICMP
igmp 2 IGMP
ipencap 4 IP-ENCAP
tcp 6 TCP
egp 8 EGP
pup 12 PUP
udp 17 UDP
idp 22 XNS-IDP
dccp 33 DCCP
ipv6 41 IPv6
ipv6-route 43 IPv6-Route
ipv6-frag 44 IPv6-Frag
rsvp 46 RSVP
gre 47 GRE
esp 50 IPSEC-ESP
ah 51 IPSEC-AH
ipv6-icmp 58 IPv6-ICMP
ipv6-nonxt 59 IPv6-NoNxt
ipv6-opts 60 IPv6-Opts
ospf 89 OSPFIGP
ipip 94 IPIP
pim 103 PIM
vrrp 112 VRRP
l2tp 115 L2TP
sctp 132 SCTP
udplite 136 UDPLite
mptcp 262 MPTCP
`

type service struct {
	port  int
	proto string
	names []string // the name, then aliases
}

// A database has services in order, and protocols by name.
type database struct {
	services  []service
	protocols map[string]int
}

var builtin = sync.OnceValue(func() *database {
	d := &database{protocols: map[string]int{}}
	d.parse(strings.NewReader(wellKnown))
	return d
})

// installed is what the machine's files say.
var installed = sync.OnceValue(func() *database {
	d := &database{protocols: map[string]int{}}
	for _, path := range databaseFiles {
		if f, err := os.Open(path); err == nil {
			d.parse(f)
			f.Close()
		}
	}
	return d
})

// parse reads lines of services and protocols; what is neither is passed over.
func (d *database) parse(r interface{ Read([]byte) (int, error) }) {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		line, _, _ := strings.Cut(sc.Text(), "#")
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		number, proto, isService := strings.Cut(f[1], "/")
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			continue
		}
		names := append([]string{f[0]}, f[2:]...)
		if isService {
			d.services = append(d.services, service{int(n), proto, names})
			continue
		}
		for _, name := range names {
			if _, known := d.protocols[name]; !known {
				d.protocols[name] = int(n)
			}
		}
	}
}

// find returns the first service that ok accepts.
func findService(ok func(service) bool) (service, bool) {
	for _, d := range []func() *database{builtin, installed} {
		for _, s := range d().services {
			if ok(s) {
				return s, true
			}
		}
	}
	return service{}, false
}

// GetServByName returns the port of a service: `socket.getservbyname`. The protocol is
// "tcp", "udp" and so on; empty is any. The common services are the same on every
// machine, others stand in its /etc/services. Names are told apart by case. The cause
// of an error is ErrNotFound.
func GetServByName(name, proto string) (int, error) {
	s, ok := findService(func(s service) bool {
		if proto != "" && s.proto != proto {
			return false
		}
		for _, n := range s.names {
			if n == name {
				return true
			}
		}
		return false
	})
	if !ok {
		return 0, opError("getservbyname", nil, ErrNotFound)
	}
	return s.port, nil
}

// GetServByPort returns the name of the service at a port: `socket.getservbyport`. The
// protocol is as for GetServByName. The cause of an error is ErrNotFound, or
// ErrOverflow for a port outside 0 to 65535.
func GetServByPort(port int, proto string) (string, error) {
	if port < 0 || port > 65535 {
		return "", opError("getservbyport", nil, ErrOverflow)
	}
	s, ok := findService(func(s service) bool { return s.port == port && (proto == "" || s.proto == proto) })
	if !ok {
		return "", opError("getservbyport", nil, ErrNotFound)
	}
	return s.names[0], nil
}

// GetProtoByName returns the number of a protocol, such as 6 for "tcp" or "TCP":
// `socket.getprotobyname`. The common ones are the same on every machine, others stand
// in its /etc/protocols. The cause of an error is ErrNotFound.
func GetProtoByName(name string) (Proto, error) {
	for _, d := range []func() *database{builtin, installed} {
		if n, ok := d().protocols[name]; ok {
			return Proto(n), nil
		}
	}
	return 0, opError("getprotobyname", nil, ErrNotFound)
}
