#!/bin/sh
# Installs what the interop tests need, from Debian's packages. What is there
# already is left alone. Needs root for what is missing.
set -eu

need() { # need COMMAND PACKAGE...
	command -v "$1" >/dev/null 2>&1 && return
	shift
	missing="${missing:-} $*"
}

need python3 python3
need openssl openssl
need testssl testssl.sh
need tshark tshark
need socat socat
need nc netcat-openbsd
need curl curl
need wget wget
need chromium chromium
need ab apache2-utils
need wrk wrk
need h2load nghttp2-client
PATH=$PATH:/usr/sbin
need nginx nginx-light
need apache2 apache2
need tinyproxy tinyproxy
need telnetd inetutils-telnetd
need inetutils-telnet inetutils-telnet

if [ -n "${missing:-}" ]; then
	echo "installing:$missing"
	export DEBIAN_FRONTEND=noninteractive
	# Nothing is to start by itself.
	if [ ! -e /usr/sbin/policy-rc.d ]; then
		printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
		chmod +x /usr/sbin/policy-rc.d
	fi
	apt-get update -q
	# shellcheck disable=SC2086 # a list of names
	apt-get install -q -y --no-install-recommends $missing
fi
python3 --version
