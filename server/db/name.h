/* name.h - the addresses of a host, looked up beside the loop by a thread of the C library. */
#ifndef NINETWO_DB_NAME_H
#define NINETWO_DB_NAME_H

#include <netdb.h>
#include <stdbool.h>

/* Waits for the answer. 0 and *found (freed by freeaddrinfo), or an error of getaddrinfo. */
int name_wait(const char *host, struct addrinfo **found);

struct name_lookup;
struct name_lookup *name_begin(const char *host);	/* NULL: cannot be begun */
bool name_under_way(struct name_lookup *l);
/* Once it is not under way any more: as name_wait. */
int name_take(struct name_lookup *l, struct addrinfo **found);
void name_drop(struct name_lookup *l);			/* also while it is under way. Accepts NULL */

#endif
