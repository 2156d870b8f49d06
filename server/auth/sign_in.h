/* sign_in.h - from an e-mail address and a password to a session: challenge, scrypt, session_open, session_info. Used by the method and by
 * POST /session alike. */
#ifndef NINETWO_AUTH_SIGN_IN_H
#define NINETWO_AUTH_SIGN_IN_H

#include "auth/auth.h"
#include "rpc/token.h"

enum { EMAIL_MAX = 254 };	/* characters */

struct signed_in {
	unsigned char token[TOKEN_SIZE];
	const char *info;	/* what api.session_info says, JSON text; borrowed until done returns */
	size_t info_length;
};

/* Called once, never from inside sign_in. NULL with err set: E_UNAUTHENTICATED, E_SLOW_DOWN with retry_after_ms,
 * E_NOT_NOW. */
typedef void (*sign_in_done_fn)(void *arg, const struct signed_in *who, struct error *err);

/* Copies its texts; `password` is wiped when it was used. agent may be "". When it refuses, done is not called. */
enum error_code sign_in(struct auth *a, const char *email, const char *password, const char *address, const char *agent,
	sign_in_done_fn done, void *arg, struct error *err);

/* Ends a session that nobody is there to use. */
void sign_in_discard(struct auth *a, const unsigned char token[TOKEN_SIZE]);

#endif
