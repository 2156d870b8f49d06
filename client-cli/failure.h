/* failure.h - why a command did not succeed: one kind, one sentence, and for a refusal what the server said of it.
 *
 * Functions of the client that can fail return false (or NULL) and fill a struct failure; a zeroed one means "no failure". */
#ifndef NINETWO_CLIENT_FAILURE_H
#define NINETWO_CLIENT_FAILURE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

enum { FAILURE_MESSAGE_MAX = 1024 };

enum failure_kind {
	FAILURE_NONE,
	FAILURE_LOCAL,		/* this machine: a file, the terminal, a name that does not resolve */
	FAILURE_USAGE,		/* what was typed */
	FAILURE_LOST,		/* no connection, or it broke: what was asked may or may not have happened */
	FAILURE_REFUSED,	/* the server answered with an error; code and data are its own */
};

struct failure {
	enum failure_kind kind;
	int code;				/* of the wire (base/error.h) when refused, else 0 */
	char message[FAILURE_MESSAGE_MAX];
	json_t *data;				/* error.data or NULL; owned */
};

/* Each replaces an earlier failure and returns false. */
bool failure_local(struct failure *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool failure_usage(struct failure *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool failure_lost(struct failure *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool failure_code(struct failure *f, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Takes code, message and data from a JSON-RPC error object (borrowed). */
bool failure_refused(struct failure *f, const json_t *error);
void failure_clear(struct failure *f);

/* Exit statuses, a contract with scripts: 0 ok, 1 local, 2 usage, 3 unauthenticated, 4 forbidden or separation, 5 not found,
 * 6 stale, 7 wrong state, 8 not now or slow down (also a lost connection), 9 business rule. */
int failure_exit_status(const struct failure *f);

#endif
