/* site.h - under which names this server is known: which Host and which Origin a request may carry.
 *
 * The Host is checked so that no other name can be pointed at this server (DNS rebinding), the Origin so that no other site's script
 * can act with a visitor's cookie. */
#ifndef NINETWO_NET_SITE_H
#define NINETWO_NET_SITE_H

#include "base/error.h"

#include <stdbool.h>

struct site;

/* origins: "https://audit.example.org", separated by commas or spaces. */
struct site *site_new(const char *origins, struct error *err);
void site_free(struct site *s);		/* accepts NULL */

/* A listening address is a Host too; with_origin: and http://ADDRESS an origin (plain loopback, where nothing else is configured). */
bool site_add_listener(struct site *s, const char *address, bool loopback, bool with_origin);

bool site_host_allowed(const struct site *s, const char *host);
bool site_origin_allowed(const struct site *s, const char *origin);

#endif
