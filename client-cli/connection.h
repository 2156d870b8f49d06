/* connection.h - JSON-RPC 2.0 over one WebSocket: calls, their replies in any order, and notifications.
 *
 * Blocking. The command line uses connection_call; tests use the finer parts (post, reply, raw text) to be several calls in
 * flight or a peer that misbehaves. */
#ifndef NINETWO_CLIENT_CONNECTION_H
#define NINETWO_CLIENT_CONNECTION_H

#include "client-cli/failure.h"
#include "client-cli/websocket.h"

struct connection;

struct connection_options {
	const char *server;		/* as address_parse takes it */
	const char *token;		/* sent as bearer with the upgrade; NULL: not signed in */
	const char *ca_file;		/* or NULL: the system's authorities */
	const char *origin;		/* or NULL */
	int timeout_ms;			/* for connecting and for each reply; 0: 30 s */
};

struct connection *connection_open(const struct connection_options *options, struct failure *f);
/* Over a websocket already open (takes it). */
struct connection *connection_adopt(struct websocket *ws, int timeout_ms);
void connection_free(struct connection *c);	/* accepts NULL */

/* Makes one call and waits for its reply. The result is a new reference; NULL: f tells. params is borrowed; NULL sends
 * none. */
json_t *connection_call(struct connection *c, const char *method, json_t *params, struct failure *f);

/* The same in two halves. Ids count from 1. */
bool connection_post(struct connection *c, const char *method, json_t *params, json_int_t *id, struct failure *f);
/* The whole reply object (with result or error) to a posted call; NULL with FAILURE_NONE: the time is over. */
json_t *connection_reply(struct connection *c, json_int_t id, int timeout_ms, struct failure *f);

/* The result in a reply (taken), a new reference; NULL: f tells what its error says, or that there was no reply (NULL) in time. */
json_t *connection_result(json_t *reply, struct failure *f);
/* As connection_reply, handing over every notification that comes before it, in order, instead of keeping it. `take` may itself call. */
typedef void (*connection_take_fn)(void *arg, json_t *notification);	/* borrowed */
json_t *connection_reply_after(struct connection *c, json_int_t id, int timeout_ms, connection_take_fn take, void *arg, struct failure *f);

/* The next notification, in order of arrival; NULL with FAILURE_NONE: none within timeout_ms (negative: wait for ever). */
json_t *connection_next(struct connection *c, int timeout_ms, struct failure *f);

bool connection_send_text(struct connection *c, const char *text, size_t length, struct failure *f);
/* The next message of whatever kind that is not kept already; NULL with FAILURE_NONE: the time is over. */
json_t *connection_receive(struct connection *c, int64_t deadline, struct failure *f);
struct websocket *connection_websocket(struct connection *c);	/* borrowed */

#endif
