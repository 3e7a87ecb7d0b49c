package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func Example() {
	if err := run(nil, os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// part    hosts  subnet          net mask         gateway      last host    PTR of the gateway
	// office  200    10.20.1.0/24    255.255.255.0    10.20.1.1    10.20.1.254  1.1.20.10.in-addr.arpa
	// guests  120    10.20.0.128/25  255.255.255.128  10.20.0.129  10.20.0.254  129.0.20.10.in-addr.arpa
	// lab     50     10.20.0.64/26   255.255.255.192  10.20.0.65   10.20.0.126  65.0.20.10.in-addr.arpa
	// uplink  2      10.20.2.0/30    255.255.255.252  10.20.2.1    10.20.2.2    1.2.20.10.in-addr.arpa
	// free: 10.20.2.4/30, 10.20.2.8/29, 10.20.2.16/28, 10.20.2.32/27, 10.20.2.64/26, 10.20.2.128/25, 10.20.3.0/24, 508 addresses
}

func TestRunErrors(t *testing.T) {
	for want, args := range map[string][]string{
		"no room":                {"-block", "10.0.0.0/28", "big:100"},
		"number of hosts":        {"office"},
		"host bits set":          {"-used", "10.0.0.1/8"},
		"neither an IPv4 nor":    {"-used", "x"},
		"zone not permitted":     {"-block", "fe80::%eth0/64", "a:1"},
		"want a name, a colon a": {"office:0"},
	} {
		var out strings.Builder
		err := run(args, &out)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", args, err, want)
		}
	}
}
