/* Prints the kernel's bytes of the addresses in sockaddr.txt: a name, a space, hexadecimal
 * digits. cc -o sockaddr sockaddr.c && ./sockaddr >sockaddr.txt (needs the kernel's headers
 * and those of BlueZ; recorded on x86-64, so little-endian). */
#include <stdio.h>
#include <string.h>
#include <stddef.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <bluetooth/bluetooth.h>
#include <bluetooth/hci.h>
#include <bluetooth/l2cap.h>
#include <bluetooth/rfcomm.h>
#include <bluetooth/sco.h>

static void show(const char *name, const void *p, size_t n)
{
	const unsigned char *b = p;
	printf("%s ", name);
	while (n--)
		printf("%02x", *b++);
	printf("\n");
}

#define ADDR(type, name) struct type name; memset(&name, 0, sizeof name)

int main(void)
{
	bdaddr_t bd = {{0x55, 0x44, 0x33, 0x22, 0x11, 0x00}}; /* 00:11:22:33:44:55 */
	ADDR(sockaddr_in, in); in.sin_family = AF_INET; in.sin_port = htons(8080); inet_pton(AF_INET, "192.0.2.1", &in.sin_addr); show("inet", &in, sizeof in);
	ADDR(sockaddr_in6, in6); in6.sin6_family = AF_INET6; in6.sin6_port = htons(443); in6.sin6_flowinfo = htonl(0x12345); in6.sin6_scope_id = 7; inet_pton(AF_INET6, "fe80::1", &in6.sin6_addr); show("inet6", &in6, sizeof in6);
	ADDR(sockaddr_un, un); un.sun_family = AF_UNIX; strcpy(un.sun_path, "/run/x"); show("unix", &un, offsetof(struct sockaddr_un, sun_path) + 7);
	ADDR(sockaddr_un, ab); ab.sun_family = AF_UNIX; memcpy(ab.sun_path, "\0abc", 4); show("abstract", &ab, offsetof(struct sockaddr_un, sun_path) + 4);
	show("unnamed", &ab, offsetof(struct sockaddr_un, sun_path));
	ADDR(sockaddr_nl, nl); nl.nl_family = AF_NETLINK; nl.nl_pid = 4711; nl.nl_groups = 0x11; show("netlink", &nl, sizeof nl);
	ADDR(sockaddr_ll, ll); ll.sll_family = AF_PACKET; ll.sll_protocol = htons(0x86dd); ll.sll_ifindex = 3; ll.sll_hatype = 1; ll.sll_pkttype = 4; ll.sll_halen = 6; memcpy(ll.sll_addr, "\x00\x11\x22\x33\x44\x55", 6); show("packet", &ll, sizeof ll);
	ADDR(sockaddr_can, can); can.can_family = AF_CAN; can.can_ifindex = 2; show("can", &can, sizeof can);
	can.can_addr.tp.rx_id = 0x123; can.can_addr.tp.tx_id = 0x80000456; show("isotp", &can, sizeof can);
	ADDR(sockaddr_can, j); j.can_family = AF_CAN; j.can_ifindex = 2; j.can_addr.j1939.name = 0x1122334455667788ULL; j.can_addr.j1939.pgn = 0x12300; j.can_addr.j1939.addr = 0x42; show("j1939", &j, sizeof j);
	ADDR(sockaddr_vm, vm); vm.svm_family = AF_VSOCK; vm.svm_cid = 2; vm.svm_port = 1024; show("vsock", &vm, sizeof vm);
	ADDR(sockaddr_alg, alg); alg.salg_family = AF_ALG; strcpy((char *)alg.salg_type, "skcipher"); strcpy((char *)alg.salg_name, "cbc(aes)"); alg.salg_feat = 1; alg.salg_mask = 2; show("alg", &alg, sizeof alg);
	ADDR(sockaddr_tipc, ti); ti.family = AF_TIPC; ti.addrtype = TIPC_SERVICE_RANGE; ti.scope = TIPC_CLUSTER_SCOPE; ti.addr.nameseq.type = 18888; ti.addr.nameseq.lower = 1; ti.addr.nameseq.upper = 9; show("tipc-nameseq", &ti, sizeof ti);
	ADDR(sockaddr_tipc, tn); tn.family = AF_TIPC; tn.addrtype = TIPC_SERVICE_ADDR; tn.scope = TIPC_NODE_SCOPE; tn.addr.name.name.type = 18888; tn.addr.name.name.instance = 17; tn.addr.name.domain = 0; show("tipc-name", &tn, sizeof tn);
	ADDR(sockaddr_tipc, tp); tp.family = AF_TIPC; tp.addrtype = TIPC_SOCKET_ADDR; tp.addr.id.node = 5; tp.addr.id.ref = 6; show("tipc-id", &tp, sizeof tp);
	ADDR(sockaddr_qrtr, q); q.sq_family = AF_QIPCRTR; q.sq_node = 1; q.sq_port = 16384; show("qipcrtr", &q, sizeof q);
	ADDR(sockaddr_l2, l2); l2.l2_family = AF_BLUETOOTH; l2.l2_psm = htobs(0x1001); l2.l2_bdaddr = bd; l2.l2_cid = htobs(0x40); l2.l2_bdaddr_type = BDADDR_LE_RANDOM; show("l2cap", &l2, sizeof l2);
	ADDR(sockaddr_rc, rc); rc.rc_family = AF_BLUETOOTH; rc.rc_bdaddr = bd; rc.rc_channel = 30; show("rfcomm", &rc, sizeof rc);
	ADDR(sockaddr_hci, hci); hci.hci_family = AF_BLUETOOTH; hci.hci_dev = 1; hci.hci_channel = HCI_CHANNEL_MONITOR; show("hci", &hci, sizeof hci);
	ADDR(sockaddr_sco, sco); sco.sco_family = AF_BLUETOOTH; sco.sco_bdaddr = bd; show("sco", &sco, sizeof sco);
	return 0;
}
