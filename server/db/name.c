/* name.c - see name.h. */
#include "db/name.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct name_lookup {
	struct gaicb request;
	struct addrinfo hints;
	char host[];
};

static const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG };

int name_wait(const char *host, struct addrinfo **found)
{
	return getaddrinfo(host, NULL, &wanted, found);
}

struct name_lookup *name_begin(const char *host)
{
	size_t size = strlen(host) + 1;
	struct name_lookup *l = calloc(1, sizeof(*l) + size);

	if (!l)
		return NULL;
	memcpy(l->host, host, size);
	l->hints = wanted;
	l->request = (struct gaicb){ .ar_name = l->host, .ar_request = &l->hints };
	if (getaddrinfo_a(GAI_NOWAIT, &(struct gaicb *){ &l->request }, 1, NULL) == 0)
		return l;
	free(l);
	return NULL;
}

bool name_under_way(struct name_lookup *l)
{
	return gai_error(&l->request) == EAI_INPROGRESS;
}

int name_take(struct name_lookup *l, struct addrinfo **found)
{
	int rc = gai_error(&l->request);

	if (rc == 0) {
		*found = l->request.ar_result;
		l->request.ar_result = NULL;
	}
	return rc;
}

void name_drop(struct name_lookup *l)
{
	/* The thread writes into what cannot be cancelled any more: that one is left to it. */
	if (!l || (name_under_way(l) && gai_cancel(&l->request) == EAI_NOTCANCELED))
		return;
	if (l->request.ar_result)
		freeaddrinfo(l->request.ar_result);
	free(l);
}
