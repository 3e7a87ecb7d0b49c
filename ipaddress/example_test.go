package ipaddress_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/pynet-go/pynet/ipaddress"
)

func Example() {
	n := ipaddress.MustParseNetwork("192.0.2.0/29")
	for host := range n.Hosts() {
		fmt.Println(host)
	}
	fmt.Println(n.Contains(ipaddress.MustParseAddr("192.0.2.9")))
	// Output:
	// 192.0.2.1
	// 192.0.2.2
	// 192.0.2.3
	// 192.0.2.4
	// 192.0.2.5
	// 192.0.2.6
	// false
}

func ExampleParseAddr() {
	for _, s := range []string{"192.0.2.1", "2001:DB8:0:0::1", "fe80::1%eth0", "010.0.0.1"} {
		a, err := ipaddress.ParseAddr(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a, a.Version(), a.IsGlobal())
	}
	// Output:
	// 192.0.2.1 IPv4 false
	// 2001:db8::1 IPv6 false
	// fe80::1%eth0 IPv6 false
	// ipaddress: ParseAddr("010.0.0.1"): octet with a leading zero at offset 1
}

// The methods of V4 and V6 are Python's classes.
func ExampleVersion_ParseAddr() {
	_, err := ipaddress.V4.ParseAddr("2001:db8::1")
	fmt.Println(errors.Is(err, ipaddress.ErrAddress))
	a, _ := ipaddress.V6.AddrFromBig(big.NewInt(1))
	fmt.Println(a)
	// Output:
	// true
	// ::1
}

func ExampleParseNetwork() {
	_, err := ipaddress.ParseNetwork("10.1.2.3/8")
	fmt.Println(errors.Is(err, ipaddress.ErrHostBits))

	n, _ := ipaddress.ParseNetworkLoose("10.1.2.3/8")
	fmt.Println(n, n.Netmask(), n.Broadcast(), n.Len())

	n, _ = ipaddress.ParseNetwork("10.0.0.0/255.255.255.0")
	fmt.Println(n, n.WithHostmask())
	// Output:
	// true
	// 10.0.0.0/8 255.0.0.0 10.255.255.255 16777216
	// 10.0.0.0/24 10.0.0.0/0.0.0.255
}

func ExampleParseInterface() {
	i := ipaddress.MustParseInterface("192.0.2.5/255.255.255.0")
	fmt.Println(i, i.IP(), i.Network())
	// Output: 192.0.2.5/24 192.0.2.5 192.0.2.0/24
}

// A pair of address and mask, as Python takes it in a tuple.
func ExampleNetworkFrom() {
	bits, err := ipaddress.V4.ParseMask("255.255.0.0")
	if err != nil {
		fmt.Println(err)
		return
	}
	n, err := ipaddress.NetworkFrom(ipaddress.MustParseAddr("172.16.0.0"), bits)
	fmt.Println(n, err)
	// Output: 172.16.0.0/16 <nil>
}

func ExampleNetwork_Subnets() {
	subnets, err := ipaddress.MustParseNetwork("10.0.0.0/8").Subnets(10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range subnets {
		fmt.Println(n)
	}
	// Output:
	// 10.0.0.0/10
	// 10.64.0.0/10
	// 10.128.0.0/10
	// 10.192.0.0/10
}

func ExampleNetwork_At() {
	n := ipaddress.MustParseNetwork("2001:db8::/32")
	gateway, _ := n.At(1)
	last, _ := n.At(-1)
	fmt.Println(gateway, last)
	_, err := ipaddress.MustParseNetwork("192.0.2.0/30").At(4)
	fmt.Println(errors.Is(err, ipaddress.ErrIndex))
	// Output:
	// 2001:db8::1 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
	// true
}

func ExampleNetwork_AddressExclude() {
	rest, err := ipaddress.MustParseNetwork("192.0.2.0/28").AddressExclude(ipaddress.MustParseNetwork("192.0.2.1/32"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(slices.Collect(rest))
	// Output: [192.0.2.8/29 192.0.2.4/30 192.0.2.2/31 192.0.2.0/32]
}

func ExampleCollapse() {
	out, err := ipaddress.Collapse([]ipaddress.Network{
		ipaddress.MustParseNetwork("192.0.2.128/25"),
		ipaddress.MustParseNetwork("192.0.2.0/25"),
		ipaddress.MustParseAddr("192.0.2.7").Network(),
	})
	fmt.Println(out, err)
	// Output: [192.0.2.0/24] <nil>
}

func ExampleSummarizeRange() {
	networks, err := ipaddress.SummarizeRange(ipaddress.MustParseAddr("192.0.2.0"), ipaddress.MustParseAddr("192.0.2.130"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(slices.Collect(networks))
	// Output: [192.0.2.0/25 192.0.2.128/31 192.0.2.130/32]
}

func ExampleAddr_Add() {
	a, _ := ipaddress.MustParseAddr("192.0.2.255").Add(1)
	fmt.Println(a)
	_, err := ipaddress.MustParseAddr("255.255.255.255").Add(1)
	fmt.Println(errors.Is(err, ipaddress.ErrOverflow))
	// Output:
	// 192.0.3.0
	// true
}

func ExampleAddr_FormatSpec() {
	a := ipaddress.MustParseAddr("192.0.2.1")
	for _, spec := range []string{"", ">12s", "#x", "_b"} {
		s, _ := a.FormatSpec(spec)
		fmt.Println(s)
	}
	fmt.Printf("%v %x %d\n", a, a, a)
	// Output:
	// 192.0.2.1
	//    192.0.2.1
	// 0xc0000201
	// 1100_0000_0000_0000_0000_0010_0000_0001
	// 192.0.2.1 c0000201 3221225985
}

func ExampleAddr_ReversePointer() {
	fmt.Println(ipaddress.MustParseAddr("192.0.2.1").ReversePointer())
	// Output: 1.2.0.192.in-addr.arpa
}

func ExampleAddr_Special() {
	if b, ok := ipaddress.MustParseAddr("198.51.100.7").Special(); ok {
		fmt.Println(b.Network, b.Name, b.RFC, "global:", b.Global)
	}
	// Output: 198.51.100.0/24 Documentation (TEST-NET-2) RFC 5737 global: False
}

// A server that fetches what its users name must not reach its own network.
func ExampleAddr_IsPublic() {
	for _, s := range []string{"93.184.215.14", "127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1"} {
		a := ipaddress.MustParseAddr(s)
		fmt.Println(a, a.IsPublic(), a.EmbeddedIPv4s())
	}
	// Output:
	// 93.184.215.14 true []
	// 127.0.0.1 false []
	// ::ffff:169.254.169.254 false [169.254.169.254]
	// 64:ff9b::a00:1 false [10.0.0.1]
}

func ExampleACL() {
	allowed, err := ipaddress.ParseACL("10.0.0.0/8", "2001:db8::/32")
	if err != nil {
		fmt.Println(err)
		return
	}
	peer := ipaddress.MustParseAddr("::ffff:10.0.0.7") // as a dual-stack socket reports it
	fmt.Println(allowed.Contains(peer))
	fmt.Println(ipaddress.MustParseNetwork("10.0.0.0/8").Contains(peer))
	// Output:
	// true
	// false
}

func ExampleSet() {
	ours, _ := ipaddress.NewSet(ipaddress.MustParseNetwork("10.0.0.0/24"), ipaddress.MustParseNetwork("10.0.1.0/24"))
	used, _ := ipaddress.NewSet(ipaddress.MustParseRange("10.0.0.0-10.0.0.191"))
	free := ours.Difference(used)
	fmt.Println(free, free.Len())
	// Output: 10.0.0.192/26, 10.0.1.0/24 320
}

func ExampleTable() {
	var routes ipaddress.Table[string]
	for network, via := range map[string]string{"0.0.0.0/0": "uplink", "10.0.0.0/8": "vpn", "10.1.0.0/16": "lab"} {
		if err := routes.Insert(ipaddress.MustParseNetwork(network), via); err != nil {
			fmt.Println(err)
		}
	}
	for _, s := range []string{"10.1.2.3", "10.2.2.3", "192.0.2.1"} {
		network, via, _ := routes.LookupNetwork(ipaddress.MustParseAddr(s))
		fmt.Println(s, network, via)
	}
	// Output:
	// 10.1.2.3 10.1.0.0/16 lab
	// 10.2.2.3 10.0.0.0/8 vpn
	// 192.0.2.1 0.0.0.0/0 uplink
}

// Addresses, networks and interfaces in one list.
func ExampleCompareMixed() {
	items := []ipaddress.Item{
		ipaddress.MustParseNetwork("2001:db8::/32"),
		ipaddress.MustParseNetwork("10.0.0.0/8"),
		ipaddress.MustParseAddr("10.0.0.0"),
		ipaddress.MustParseAddr("9.9.9.9"),
	}
	slices.SortFunc(items, ipaddress.CompareMixed)
	fmt.Println(items)
	// Output: [9.9.9.9 10.0.0.0 10.0.0.0/8 2001:db8::/32]
}

func ExampleFromNetip() {
	p, exact := ipaddress.MustParseNetwork("10.0.0.0/8").Netip()
	fmt.Println(p, exact)
	fmt.Println(ipaddress.FromNetip(p.Addr()).Next())
	// Output:
	// 10.0.0.0/8 true
	// 10.0.0.1
}

func ExampleNetwork_MarshalText() {
	out, _ := json.Marshal(map[string]ipaddress.Network{"lan": ipaddress.MustParseNetwork("10.0.0.0/8")})
	fmt.Println(string(out))
	// Output: {"lan":"10.0.0.0/8"}
}
