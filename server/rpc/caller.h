/* caller.h - who is calling: what api.session_info said of a session, and the roles that it names. Shared and counted, because a call goes on
 * with what was known when it came in. */
#ifndef NINETWO_RPC_CALLER_H
#define NINETWO_RPC_CALLER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* A role is a bit; the last three stand in declarations only. */
enum {
	ROLE_ADMINISTRATOR = 1,
	ROLE_PROGRAMME_MANAGER = 2,
	ROLE_AUDITOR = 4,
	ROLE_AUDITEE = 8,
	ROLE_OBSERVER = 16,
	ROLE_MANAGEMENT = 32,
	ROLE_MEMBER = 64,		/* any role in the organisation */
	ROLE_SIGNED_IN = 128,		/* no organisation needed */
	ROLE_ANYONE = 256,		/* not even signed in */
};

unsigned int role_named(const char *name);	/* 0: there is no such role */
/* A JSON array of the names in a mask; NULL when out of memory. */
json_t *role_names(unsigned int mask);

struct membership {
	char organisation[37];
	unsigned int roles;
};

struct caller {
	int holds;
	char session[37];
	char person[37];
	json_t *scope;			/* of a bearer token: what it may call, as finding.*, finding.list, read or *; NULL: all */
	int64_t ends_ms;		/* of the wall clock: idle or absolute end, whichever comes first */
	bool ends_idle;			/* it is the idle one: a call puts it off */
	char ends_at[40];		/* the same, as the database wrote it; "": never */
	size_t count;
	struct membership memberships[];
};

/* Makes a caller of the answer of api.session_info, with one hold; NULL when it is not as agreed, or out of memory. */
struct caller *caller_new(const char *json, size_t length);
struct caller *caller_hold(struct caller *c);	/* accepts NULL */
void caller_drop(struct caller *c);		/* accepts NULL */

/* Whether the token that is called with reaches so far; reads: the method changes nothing. */
bool caller_in_scope(const struct caller *c, const char *method, bool reads);

/* The roles in an organisation; 0: none. */
unsigned int caller_roles(const struct caller *c, const char *organisation);

#endif
