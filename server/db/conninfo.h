/* conninfo.h - where to connect and as whom: the operator's connection string with what this server adds to it. */
#ifndef NINETWO_DB_CONNINFO_H
#define NINETWO_DB_CONNINFO_H

#include "base/error.h"

#include <stdbool.h>

enum { CONNINFO_WORDS_MAX = 64, CONNINFO_HOSTS_MAX = 16 };

struct conninfo;
struct conninfo_options {
	const char *user;		/* instead of the string's; NULL: the string's */
	const char *application;	/* application_name where the string has none */
	bool read_only;			/* every transaction reads only, unless it says otherwise */
	const char *database;		/* instead of the string's; NULL: the string's */
	bool resolve;			/* look names up now, so that connecting never blocks on it */
	const char *password;		/* NULL: what libpq finds by itself; borrowed */
};

/* Parses and looks up; text is copied. NULL and err when it makes no sense or a name is unknown. */
struct conninfo *conninfo_new(const char *text, const struct conninfo_options *options, struct error *err);
void conninfo_free(struct conninfo *c);

/* For use between attempts that fail, without waiting: the first call begins to look the names up again, a later one takes over what was
 * found. A host that has moved is found in this way. */
void conninfo_refresh(struct conninfo *c);

/* For PQconnectStartParams, ended by NULL. `attempt` says at which of several hosts to begin: libpq, connecting without blocking, would
 * wait for a silent first one for ever. Borrowed until the next call. */
void conninfo_words(struct conninfo *c, unsigned int attempt, const char *const **keywords, const char *const **values);
/* How many hosts there are; and a number for each connection, at which it begins, so that between them they look at
 * all hosts. */
int conninfo_hosts(const struct conninfo *c);
unsigned int conninfo_turn(struct conninfo *c);

#endif
