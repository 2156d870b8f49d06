/* address.h - where a server is, as people write it: wss://audit.example.org, https://…, 127.0.0.1:9200, [::1]:9200. */
#ifndef NINETWO_CLIENT_ADDRESS_H
#define NINETWO_CLIENT_ADDRESS_H

#include "client-cli/failure.h"

struct address {
	char host[256];		/* name or numeric address, without brackets */
	char port[6];
	bool tls;
};

/* Without a scheme, loopback is plain and everything else TLS. A plain address that is not loopback is refused: a password or
 * token would cross the network in the clear. */
bool address_parse(struct address *a, const char *text, struct failure *f);
/* As a Host header has it: brackets around IPv6, the port unless it is the scheme's own. */
void address_host_header(const struct address *a, char *out, size_t size);
bool address_is_loopback(const char *host);

#endif
