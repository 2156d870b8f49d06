/* site.c - see site.h. */
#include "net/site.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAMES_MAX = 64, NAME_MAX_LENGTH = 280 };

struct names {
	size_t count;
	char *name[NAMES_MAX];
};

struct site {
	struct names hosts;
	struct names origins;
};

static bool names_have(const struct names *n, const char *name)
{
	for (size_t i = 0; i < n->count; i++)
		if (strcasecmp(n->name[i], name) == 0)
			return true;
	return false;
}

static bool names_add(struct names *n, const char *name)
{
	if (names_have(n, name))
		return true;
	if (n->count == NAMES_MAX)
		return false;
	n->name[n->count] = strdup(name);
	return n->name[n->count] && ++n->count;
}

/* The host of an origin: what stands behind the scheme. NULL when it is not an origin as browsers write them. */
static const char *authority(const char *origin)
{
	const char *host = strncmp(origin, "https://", 8) == 0 ? origin + 8 : strncmp(origin, "http://", 7) == 0 ? origin + 7 : NULL;

	if (!host || !*host || strlen(host) > NAME_MAX_LENGTH || strpbrk(host, "/?#@*"))
		return NULL;
	return host;
}

static enum error_code add_origins(struct site *s, char *origins, struct error *err)
{
	char *rest = NULL, *one;

	for (one = strtok_r(origins, ", ", &rest); one; one = strtok_r(NULL, ", ", &rest)) {
		if (!authority(one))
			return error_set(err, E_PARAMS, "%s is not an origin, such as https://audit.example.org.", one);
		if (!names_add(&s->origins, one) || !names_add(&s->hosts, authority(one)))
			return error_set(err, E_PARAMS, "There are too many origins.");
	}
	return OK;
}

struct site *site_new(const char *origins, struct error *err)
{
	struct site *s = calloc(1, sizeof(*s));
	char *copy = strdup(origins);

	if (!s || !copy)
		error_set(err, E_INTERNAL, "Out of memory.");
	if (!s || !copy || add_origins(s, copy, err) != OK) {
		site_free(s);
		s = NULL;
	}
	free(copy);
	return s;
}

void site_free(struct site *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->hosts.count; i++)
		free(s->hosts.name[i]);
	for (size_t i = 0; i < s->origins.count; i++)
		free(s->origins.name[i]);
	free(s);
}

static bool add_listener(struct site *s, const char *host, bool with_origin)
{
	char origin[NAME_MAX_LENGTH];

	snprintf(origin, sizeof(origin), "http://%s", host);
	return names_add(&s->hosts, host) && (!with_origin || names_add(&s->origins, origin));
}

bool site_add_listener(struct site *s, const char *address, bool loopback, bool with_origin)
{
	const char *port = strrchr(address, ':');
	char name[64];

	if (!add_listener(s, address, with_origin))
		return false;
	if (!loopback || !port)
		return true;
	snprintf(name, sizeof(name), "localhost%s", port);
	return add_listener(s, name, with_origin);
}

bool site_host_allowed(const struct site *s, const char *host)
{
	return names_have(&s->hosts, host);
}

bool site_origin_allowed(const struct site *s, const char *origin)
{
	return names_have(&s->origins, origin);
}
