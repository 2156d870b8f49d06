/* member.h - a person at a connection: sets a password, signs in, calls.
 *
 * `organisation` and `request_id` are filled in for the methods that take them. Every result is checked against the schema that the
 * server declares for its method; one that does not fit fails the test. */
#ifndef TESTS_SYSTEM_MEMBER_H
#define TESTS_SYSTEM_MEMBER_H

#include "client-cli/connection.h"
#include "tests/system/deployment.h"
#include "tests/system/raw.h"

#include <jansson.h>

enum { UUID_SIZE = 37, TOKEN_MAX = 96 };

struct member {
	struct connection *connection;
	const struct server *server;
	const char *email;
	char token[TOKEN_MAX];			/* of this sign-in, wire form */
	char person[UUID_SIZE], organisation[UUID_SIZE];	/* the first one they belong to */
};

/* Everybody's in these tests. */
#define MEMBER_PASSWORD "correct horse battery staple 92"

/* Sets the password with a one-time code, then signs in. */
void member_join(struct member *m, const struct server *s, const char *email, const char *code);
void member_sign_in(struct member *m, const struct server *s, const char *email);
/* A connection to `s` with the token that m has; one that m has already is forgotten. */
void member_connect(struct member *m, const struct server *s);
/* The same person at another connection. */
struct member member_again(const struct member *m);
void member_leave(struct member *m);

/* The result, a new reference; a refusal fails the test. Takes params (may be NULL). */
json_t *member_must(struct member *m, const char *method, json_t *params);
/* 0 and the result, or the code of the refusal and its error object; *out is a new reference. Takes params. FAILURE_LOST gives
 * MEMBER_LOST and NULL. */
enum { MEMBER_LOST = 1 };
int member_call(struct member *m, const char *method, json_t *params, json_t **out);
/* What member_call sends, for tests that send it themselves: a new reference. Takes params. */
json_t *member_parameters(const struct member *m, const char *method, json_t *params);

/* Waits for the next `event` (or other notification called so): its params, a new reference; NULL: the connection was lost, or none came. */
json_t *member_notified(struct member *m, const char *name);

void member_new_uuid(char out[UUID_SIZE]);

#endif
