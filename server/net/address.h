/* address.h - network addresses: reading and writing them, and counting connections by address. */
#ifndef NINETWO_NET_ADDRESS_H
#define NINETWO_NET_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

enum { ADDRESS_TEXT = INET6_ADDRSTRLEN };

struct address {
	unsigned char bytes[16];	/* IPv4 as ::ffff:a.b.c.d, so that an address has one form */
};

void address_of(const struct sockaddr_storage *from, struct address *out);
bool address_parse(const char *text, struct address *out);	/* numeric, IPv4 or IPv6 */
void address_text(const struct address *a, char out[ADDRESS_TEXT]);
bool address_equal(const struct address *a, const struct address *b);
bool address_is_loopback(const struct address *a);

/* "127.0.0.1:9200", "[::1]:9200" or ":9200" (every address). False: not of that form. */
bool address_parse_listen(const char *text, struct sockaddr_storage *out, socklen_t *length);

/* How many connections an address has. IPv6 counts by /64, because that is what one customer gets. */
struct address_counts;
struct address_count;
struct address_counts *address_counts_new(void);
void address_counts_free(struct address_counts *counts);	/* accepts NULL */
/* One more; NULL when `most` are there already, or out of memory. */
struct address_count *address_enter(struct address_counts *counts, const struct address *a, unsigned int most);
void address_leave(struct address_counts *counts, struct address_count *count);	/* accepts NULL */

#endif
