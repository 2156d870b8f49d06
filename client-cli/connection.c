/* connection.c - matching replies to calls. What arrives while something else is awaited is kept: replies by id,
 * notifications in order. */
#include "client-cli/connection.h"

#include "base/error.h"
#include "client-cli/deadline.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_TIMEOUT_MS = 30000, KEPT_MAX = 100000, CLOSE_SESSION_ENDED = 4401 };

struct connection {
	struct websocket *ws;
	json_int_t last_id;
	json_t *replies;		/* object: id as text -> reply */
	json_t *notifications;		/* array */
	size_t taken;			/* notifications handed out from its front */
	int timeout_ms;
};

struct connection *connection_adopt(struct websocket *ws, int timeout_ms)
{
	struct connection *c = calloc(1, sizeof *c);

	if (!c) {
		websocket_free(ws);
		return NULL;
	}
	c->ws = ws;
	c->timeout_ms = timeout_ms ? timeout_ms : DEFAULT_TIMEOUT_MS;
	c->replies = json_object();
	c->notifications = json_array();
	return c;
}

struct connection *connection_open(const struct connection_options *options, struct failure *f)
{
	int timeout_ms = options->timeout_ms ? options->timeout_ms : DEFAULT_TIMEOUT_MS;
	char host[300], bearer[512];
	struct websocket_request request = { .host = host, .path = "/ws", .protocol = "ninetwo.v1",
					     .origin = options->origin, .timeout_ms = timeout_ms };
	struct address address;
	struct stream *stream;
	struct websocket *ws;

	if (!address_parse(&address, options->server, f))
		return NULL;
	address_host_header(&address, host, sizeof host);
	if (options->token) {
		snprintf(bearer, sizeof bearer, "Bearer %s", options->token);
		request.authorization = bearer;
	}
	stream = stream_open(&address, options->ca_file, timeout_ms, f);
	ws = stream ? websocket_open(stream, &request, f) : NULL;
	return ws ? connection_adopt(ws, timeout_ms) : NULL;
}

void connection_free(struct connection *c)
{
	if (!c)
		return;
	websocket_free(c->ws);
	json_decref(c->replies);
	json_decref(c->notifications);
	free(c);
}

bool connection_send_text(struct connection *c, const char *text, size_t length, struct failure *f)
{
	return websocket_send(c->ws, WEBSOCKET_TEXT, text, length, f);
}

bool connection_post(struct connection *c, const char *method, json_t *params, json_int_t *id, struct failure *f)
{
	json_t *request = json_pack("{s:s, s:I, s:s}", "jsonrpc", "2.0", "id", c->last_id + 1, "method", method);
	char *text;
	bool sent;

	if (params)
		json_object_set(request, "params", params);
	text = json_dumps(request, JSON_COMPACT);
	json_decref(request);
	if (!text)
		return failure_local(f, "The request cannot be written as JSON.");
	sent = connection_send_text(c, text, strlen(text), f);
	free(text);
	*id = ++c->last_id;
	return sent;
}

static bool closed_in_order(struct websocket *ws, struct failure *f)
{
	const char *reason = websocket_close_reason(ws);
	int code = websocket_close_code(ws);

	/* The server's word for a session that ended or was revoked. */
	if (code == CLOSE_SESSION_ENDED)
		return failure_code(f, E_UNAUTHENTICATED, "The server ended the connection%s%s.", *reason ? ": " : "", reason);
	return failure_lost(f, "The server closed the connection (%d%s%s).", code, *reason ? ": " : "", reason);
}

json_t *connection_receive(struct connection *c, int64_t deadline, struct failure *f)
{
	size_t length = 0;
	char *text = NULL;
	json_error_t error;
	json_t *message = NULL;

	switch (websocket_receive(c->ws, &text, &length, deadline, f)) {
	case WEBSOCKET_GOT_MESSAGE:
		message = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
		if (!message)
			failure_lost(f, "The server's message is not JSON: %s.", error.text);
		free(text);
		break;
	case WEBSOCKET_GOT_CLOSE:
		closed_in_order(c->ws, f);
		break;
	case WEBSOCKET_GOT_NOTHING:
	case WEBSOCKET_GOT_LOST:
		break;
	}
	return message;
}

/* Keeps a message for whoever will ask; takes the reference. */
static bool keep(struct connection *c, json_t *message, struct failure *f)
{
	json_t *id = json_object_get(message, "id");
	char key[32];

	if (json_array_size(c->notifications) - c->taken + json_object_size(c->replies) >= KEPT_MAX) {
		json_decref(message);
		return failure_lost(f, "More arrived than was read.");
	}
	if (json_is_integer(id)) {
		snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
		json_object_set_new(c->replies, key, message);
	} else {
		json_array_append_new(c->notifications, message);
	}
	return true;
}

static bool receive_and_keep(struct connection *c, int64_t deadline, struct failure *f)
{
	json_t *message = connection_receive(c, deadline, f);

	return message && keep(c, message, f);
}

static json_t *take_reply(struct connection *c, json_int_t id)
{
	json_t *reply;
	char key[32];

	snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT, id);
	reply = json_incref(json_object_get(c->replies, key));
	json_object_del(c->replies, key);
	return reply;
}

static json_t *take_kept_notification(struct connection *c)
{
	if (c->taken < json_array_size(c->notifications))
		return json_incref(json_array_get(c->notifications, c->taken++));
	json_array_clear(c->notifications);
	c->taken = 0;
	return NULL;
}

json_t *connection_reply(struct connection *c, json_int_t id, int timeout_ms, struct failure *f)
{
	int64_t deadline = deadline_after(timeout_ms);
	json_t *reply;

	while (!(reply = take_reply(c, id)))
		if (!receive_and_keep(c, deadline, f))
			return NULL;
	return reply;
}

json_t *connection_reply_after(struct connection *c, json_int_t id, int timeout_ms, connection_take_fn take, void *arg, struct failure *f)
{
	int64_t deadline = deadline_after(timeout_ms);
	json_t *notification, *reply;

	for (;;) {
		while ((notification = take_kept_notification(c))) {
			take(arg, notification);
			json_decref(notification);
			deadline = deadline_after(timeout_ms);		/* the peer is not silent */
		}
		reply = take_reply(c, id);
		if (reply || !receive_and_keep(c, deadline, f))
			return reply;
	}
}

json_t *connection_next(struct connection *c, int timeout_ms, struct failure *f)
{
	int64_t deadline = deadline_after(timeout_ms);
	json_t *notification;

	while (!(notification = take_kept_notification(c)))
		if (!receive_and_keep(c, deadline, f))
			return NULL;
	return notification;
}

json_t *connection_result(json_t *reply, struct failure *f)
{
	json_t *error = json_object_get(reply, "error"), *result = NULL;

	if (!reply) {
		if (f->kind == FAILURE_NONE)
			failure_lost(f, "The server did not answer in time.");
		return NULL;
	}
	if (error)
		failure_refused(f, error);
	else
		result = json_incref(json_object_get(reply, "result"));
	if (!error && !result)
		failure_lost(f, "The server's reply holds neither result nor error.");
	json_decref(reply);
	return result;
}

json_t *connection_call(struct connection *c, const char *method, json_t *params, struct failure *f)
{
	json_int_t id;

	return connection_post(c, method, params, &id, f) ? connection_result(connection_reply(c, id, c->timeout_ms, f), f) : NULL;
}

struct websocket *connection_websocket(struct connection *c)
{
	return c->ws;
}
