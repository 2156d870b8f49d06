/* http.h - the few things that are HTTP: /session, /evidence/<uuid>, /export/<uuid>, /openrpc.json, static files, /healthz; /readyz
 * and /metrics on the status listener.
 *
 * This file says what the layers above do for them, as tables of functions. A request is named by an id that is never used again:
 * continuations keep the id and look the request up when they resume. All calls are on the loop's thread, and no function of a table
 * is called from inside http_answer, http_head or http_piece. */
#ifndef NINETWO_NET_HTTP_H
#define NINETWO_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct http_request;

/* POST and DELETE /session. The handler ends with http_answer. */
struct http_session_handler {
	/* The body: one JSON text of at most LIMIT_SESSION_BODY bytes, NUL-terminated, not yet parsed; borrowed until it returns, then wiped. */
	void (*sign_in)(void *arg, struct http_request *r, const char *json, size_t length);
	void (*sign_out)(void *arg, struct http_request *r, const char *token);	/* wire form; borrowed; "" when none came */
	void *arg;
};

/* One file on its way. */
struct http_transfer {
	char id[37];			/* the uuid of the path, lower case */
	const char *ticket;		/* of `Authorization: Ticket …`, or NULL; borrowed until begin returns */
	const char *token;		/* session's token (cookie with an allowed Origin or none, or bearer), or NULL; borrowed likewise */
	/* PUT: bytes [offset, offset + length) of total; total is UINT64_MAX when it was not said. */
	uint64_t offset, length, total;
	/* GET: as asked by Range. */
	bool ranged;			/* a single `bytes=` range was asked for */
	bool suffix;			/* of the last `length` bytes */
	uint64_t first, last;		/* inclusive; last is UINT64_MAX for an open end */
	bool head;			/* HEAD: the head is answered, no piece is asked for */
};

#define HTTP_UNENDED UINT64_MAX

struct http_head {
	int status;			/* 200, 206 */
	uint64_t length;		/* bytes that will follow in pieces; HTTP_UNENDED: until http_end, in chunks */
	uint64_t first, total;		/* for 206 */
	const char *type;		/* Content-Type */
	const char *filename;		/* UTF-8, for Content-Disposition: attachment; NULL for none */
	const char *etag;		/* without quotes, or NULL */
};

/* PUT and GET (HEAD) /evidence/<uuid>, GET (HEAD) /export/<uuid>. Either begin may answer at once, with http_answer. */
struct http_transfer_handler {
	/* Accept with http_accept (data then comes), now or later, or refuse with http_answer. */
	void (*put_begin)(void *arg, struct http_request *r, const struct http_transfer *t);
	/* Takes all of it. Call http_pause when no more is wanted yet; a little more may still come before it takes effect. */
	void (*put_data)(void *arg, struct http_request *r, const void *bytes, size_t length);
	/* All `length` bytes were given. Ends with http_answer. */
	void (*put_end)(void *arg, struct http_request *r);
	/* Answer with http_head, then a piece each time it is asked for, until all of head's length was given, or with http_end. */
	void (*get_begin)(void *arg, struct http_request *r, const struct http_transfer *t);
	void (*get_piece)(void *arg, struct http_request *r);
	/* Last call for a request on which put_begin or get_begin was called: it is answered, or the client has left. */
	void (*gone)(void *arg, struct http_request *r);
	void *arg;
};

/* GET (HEAD) /openrpc.json: JSON that is there before anybody asks for it. */
struct http_document {
	const char *text;
	size_t length;			/* at most LIMIT_DESCRIPTION */
	const char *packed;		/* the same by gzip, or NULL */
	size_t packed_length;
	const char *digest;		/* of text: at most 64 letters and digits */
};
struct http_document_handler {
	/* False: there is none now, and *why says so. Both are borrowed until control returns to the loop. */
	bool (*get)(void *arg, struct http_document *out, const char **why);
	void *arg;
};

/* GET /readyz and /metrics on the status listener, and whether /healthz is fine. */
struct http_status_handler {
	bool (*ready)(void *arg, const char **why);	/* why: a few words, static */
	/* Prometheus text exposition; malloc'd, freed by the caller; NULL when out of memory. */
	char *(*metrics)(void *arg, size_t *length);
	void *arg;
};

/* A part whose functions are NULL answers 404. */
struct http_handler {
	struct http_session_handler session;
	struct http_transfer_handler evidence, exports;		/* exports: nothing is put */
	struct http_document_handler document;
	struct http_status_handler status;
};

struct http_request *http_find(struct server *s, uint64_t id);	/* NULL: gone */
uint64_t http_id(const struct http_request *r);
const char *http_address(const struct http_request *r);		/* of the client, numeric */
const char *http_agent(const struct http_request *r);		/* User-Agent, cut to 200 bytes, valid UTF-8; "" when absent */
void http_set_user(struct http_request *r, void *user);
void *http_user(const struct http_request *r);

/* The whole answer; json NULL or empty for none. The request is over. */
void http_answer(struct http_request *r, int status, const char *json, size_t length);
/* With the next answer: sets the session cookie (max_age seconds), or takes it away (token NULL). */
void http_cookie(struct http_request *r, const char *token, long max_age);
void http_retry_after(struct http_request *r, unsigned int seconds);	/* with the next answer */

void http_accept(struct http_request *r);
void http_pause(struct http_request *r, bool paused);

void http_head(struct http_request *r, const struct http_head *head);
/* One piece, at most LIMIT_EVIDENCE_CHUNK bytes, copied. */
void http_piece(struct http_request *r, const void *bytes, size_t length);
void http_end(struct http_request *r);		/* in place of a piece, when the length was HTTP_UNENDED: that was all */
void http_abort(struct http_request *r);	/* after http_head: ends the connection, so that a cut file cannot look whole */

#endif
