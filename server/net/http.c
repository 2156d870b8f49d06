/* http.c - one request from its head to the end of its answer.
 *
 * While a request is under way nothing is read from its connection but its own body: libwebsockets 4.1 would otherwise spin on bytes that
 * it does not want yet. But it also gives no turn to write to a connection that is not read. So the turns are our own: the socket is
 * watched for room, and then a slice is written, small enough to fit where there is room, or a handler above is asked for more
 * (no handler is ever called from inside its own call). Only the end, and what the socket did not take after all, happen in the
 * library's own writeable callback, with reading switched on.
 *
 * A connection serves one request. Keeping it for more is not worth its price: what comes early for the next request libwebsockets 4.1
 * takes for the body of this one, or loops over without end. */
#include "net/client.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "net/headers.h"
#include "net/loop.h"
#include "net/request.h"
#include "net/static.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	HEAD_MAX = 4096,
	EARLY_MAX = 128 * 1024,		/* of a body that comes before its handler wants it: a few reads of libwebsockets at most */
	SWALLOW_MAX = 4 * 1024 * 1024,	/* of a body that is not wanted, so that its sender gets to read the answer */
	SWALLOW_MS = 3 * 1000,
};

const char api_policy[] = "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
	"X-Frame-Options: DENY\r\n";

/* --- the request ------------------------------------------------------------------------------------------------------------- */

struct http_request *http_find(struct server *s, uint64_t id)
{
	struct list *node, *after;

	LIST_EACH(node, after, &s->requests)
		if (LIST_ITEM(node, struct http_request, node)->id == id)
			return LIST_ITEM(node, struct http_request, node);
	return NULL;
}

uint64_t http_id(const struct http_request *r)
{
	return r->id;
}

const char *http_address(const struct http_request *r)
{
	static char text[ADDRESS_TEXT];

	address_text(&r->client->address, text);
	return text;
}

const char *http_agent(const struct http_request *r)
{
	return r->agent;
}

void http_set_user(struct http_request *r, void *user)
{
	r->user = user;
}

void *http_user(const struct http_request *r)
{
	return r->user;
}

static void wish_for_turn(struct http_request *r)
{
	loop_rewatch(r->turn, LOOP_WRITEABLE);
}

/* Hands over to libwebsockets until its writeable callback comes. */
static void wish_for_callback(struct http_request *r)
{
	lws_rx_flow_control(r->client->wsi, 1);
	lws_callback_on_writable(r->client->wsi);
}

/* The room that lws_write wants before the first byte. */
static void out_begin(struct http_request *r)
{
	static const unsigned char room[LWS_PRE];

	buffer_reset(&r->out);
	buffer_append(&r->out, room, sizeof(room));
	r->sent = LWS_PRE;
}

static void turn(void *arg, int events);

static struct http_request *request_new(struct client *c)
{
	struct http_request *r = calloc(1, sizeof(*r));
	struct server *s = c->server;

	if (r)
		r->turn = loop_watch(s->loop, lws_get_socket_fd(c->wsi), 0, turn, r);
	if (!r || !r->turn) {
		free(r);
		return NULL;
	}
	r->id = ++s->request_serial;
	r->client = c;
	buffer_init(&r->in, EARLY_MAX);
	buffer_init(&r->out, STATIC_MAX + HEAD_MAX);
	buffer_init(&r->cookie, HEAD_MAX);
	out_begin(r);
	list_append(&s->requests, &r->node);
	c->request = r;
	s->statistics.requests++;
	return r;
}

void http_gone(struct client *c)
{
	struct http_request *r = c->request;

	c->request = NULL;
	list_remove(&r->node);
	if (r->transfer)
		r->transfer->gone(r->transfer->arg, r);
	buffer_wipe(&r->in);
	buffer_wipe(&r->cookie);
	buffer_clear(&r->out);
	loop_unwatch(r->turn);
	free(r);
}

/* --- answering --------------------------------------------------------------------------------------------------------------- */

static void finish_head(struct http_request *r, int status, uint64_t length)
{
	if (length == HTTP_UNENDED)
		buffer_append_text(&r->out, "Transfer-Encoding: chunked\r\n");
	else if (status != 204 && status != 304)
		buffer_append_format(&r->out, "Content-Length: %llu\r\n", (unsigned long long)length);
	if (r->cookie.length)
		buffer_append(&r->out, r->cookie.data, r->cookie.length);
	if (r->retry_after)
		buffer_append_format(&r->out, "Retry-After: %u\r\n", r->retry_after);
	buffer_append_text(&r->out, "Connection: close\r\n\r\n");
}

void request_answer(struct http_request *r, int status, const char *type, const char *extra, const char *body, size_t length)
{
	if (r->state >= REQUEST_ANSWERED)
		return;
	r->state = REQUEST_ANSWERED;
	out_begin(r);
	headers_begin(&r->out, status, r->client->secure);
	buffer_append_text(&r->out, extra);
	if (length)
		buffer_append_format(&r->out, "Content-Type: %s\r\n", type);
	finish_head(r, status, length);
	if (r->method != LWSHUMETH_HEAD)
		buffer_append(&r->out, body, length);
	client_deadline(r->client, LIMIT_BODY_STALL_MS);
	wish_for_turn(r);
}

int request_answer_text(struct http_request *r, int status, const char *text)
{
	char extra[512];

	snprintf(extra, sizeof(extra), "%s%s", api_policy, r->allow);
	request_answer(r, status, "text/plain; charset=utf-8", extra, text, strlen(text));
	return 0;
}

int request_refuse(struct http_request *r, int status)
{
	char text[64];

	if (status == 426)
		snprintf(r->allow, sizeof(r->allow), "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
	snprintf(text, sizeof(text), "%s\n", headers_phrase(status));
	return request_answer_text(r, status, text);
}

void http_answer(struct http_request *r, int status, const char *json, size_t length)
{
	request_answer(r, status, "application/json; charset=utf-8", api_policy, json, json ? length : 0);
}

void http_cookie(struct http_request *r, const char *token, long max_age)
{
	const struct client *c = r->client;

	buffer_reset(&r->cookie);
	buffer_append_format(&r->cookie, "Set-Cookie: %s=%s; Path=/; Max-Age=%ld; HttpOnly; SameSite=Strict%s\r\n",
		client_cookie_name(c), token ? token : "", token ? max_age : 0, c->secure ? "; Secure" : "");
}

void http_retry_after(struct http_request *r, unsigned int seconds)
{
	r->retry_after = seconds;
}

static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~!#$&+^`|", c));
}

/* RFC 6266: an ASCII name for those who know no better, and the real one. */
static void append_disposition(struct buffer *b, const char *name)
{
	buffer_append_text(b, "Content-Disposition: attachment; filename=\"");
	for (const char *s = name; *s; s++)
		buffer_append(b, *s >= ' ' && *s < 0x7f && *s != '"' && *s != '\\' && *s != '%' ? s : "_", 1);
	buffer_append_text(b, "\"; filename*=UTF-8''");
	for (const char *s = name; *s; s++)
		if (unreserved((unsigned char)*s))
			buffer_append(b, s, 1);
		else
			buffer_append_format(b, "%%%02X", (unsigned char)*s);
	buffer_append_text(b, "\r\n");
}

void http_head(struct http_request *r, const struct http_head *head)
{
	if (r->state >= REQUEST_ANSWERED)
		return;
	out_begin(r);
	headers_begin(&r->out, head->status, r->client->secure);
	r->chunked = head->length == HTTP_UNENDED;
	if (!r->chunked)
		buffer_append_text(&r->out, "Accept-Ranges: bytes\r\n");
	buffer_append_text(&r->out, "Cache-Control: private, no-cache\r\n"
		"Content-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'\r\nX-Frame-Options: DENY\r\n");
	buffer_append_format(&r->out, "Content-Type: %s\r\n", head->type);
	if (head->etag)
		buffer_append_format(&r->out, "ETag: \"%s\"\r\n", head->etag);
	if (head->status == 206)
		buffer_append_format(&r->out, "Content-Range: bytes %llu-%llu/%llu\r\n", (unsigned long long)head->first,
			(unsigned long long)(head->first + head->length - 1), (unsigned long long)head->total);
	if (head->filename)
		append_disposition(&r->out, head->filename);
	finish_head(r, head->status, head->length);
	r->pieces_left = r->method == LWSHUMETH_HEAD ? 0 : head->length;
	r->state = r->pieces_left ? REQUEST_STREAMS : REQUEST_ANSWERED;
	client_deadline(r->client, LIMIT_BODY_STALL_MS);
	wish_for_turn(r);
}

/* What the handler was asked for is in `out`. */
static void give(struct http_request *r, bool last)
{
	r->asked = false;
	if (last)
		r->state = REQUEST_ANSWERED;
	client_deadline(r->client, LIMIT_BODY_STALL_MS);
	wish_for_turn(r);
}

void http_piece(struct http_request *r, const void *bytes, size_t length)
{
	if (r->state != REQUEST_STREAMS)
		return;
	if (length > r->pieces_left) {
		http_abort(r);
		return;
	}
	if (r->sent == r->out.length)
		out_begin(r);
	if (r->chunked)
		buffer_append_format(&r->out, "%zx\r\n", length);
	buffer_append(&r->out, bytes, length);
	if (r->chunked)
		buffer_append_text(&r->out, "\r\n");
	else
		r->pieces_left -= length;
	give(r, r->pieces_left == 0);
}

void http_end(struct http_request *r)
{
	if (r->state != REQUEST_STREAMS || !r->chunked)
		return;
	if (r->sent == r->out.length)
		out_begin(r);
	buffer_append_text(&r->out, "0\r\n\r\n");
	give(r, true);
}

void http_abort(struct http_request *r)
{
	r->state = REQUEST_ABORTED;
	r->client->ending = true;
	client_deadline(r->client, 0);	/* also when there is never room */
	wish_for_turn(r);
}

/* --- taking a body -------------------------------------------------------------------------------------------------------------- */

/* Answers a client that waits for this before it sends its body. */
static void say_continue(struct http_request *r)
{
	if (!r->expects || r->in.length > 0 || r->body_left == 0)
		return;
	out_begin(r);
	buffer_append_text(&r->out, "HTTP/1.1 100 Continue\r\n\r\n");
	wish_for_turn(r);
}

void http_accept(struct http_request *r)
{
	if (r->state != REQUEST_WAITS)
		return;
	r->state = REQUEST_READS;
	client_deadline(r->client, LIMIT_BODY_STALL_MS);
	say_continue(r);
	wish_for_turn(r);
}

static void reading(struct client *c, bool on)
{
	lws_rx_flow_control(c->wsi, on);
	/* What was read already is handed on only when libwebsockets next looks after its pending connections. */
	if (on)
		lws_cancel_service(c->server->context);
}

void http_pause(struct http_request *r, bool paused)
{
	if (r->state != REQUEST_READS || r->paused == paused)
		return;
	r->paused = paused;
	client_deadline(r->client, paused ? LIMIT_ANSWER_MS : LIMIT_BODY_STALL_MS);
	reading(r->client, !paused);
}

/* Hands over, in a turn of its own, what came along with the head before the handler had accepted. */
static void hand_over(struct http_request *r)
{
	const struct http_transfer_handler *h = r->transfer;

	if (r->route != ROUTE_PUT || r->state != REQUEST_READS)
		return;
	if (r->in.length > 0)
		h->put_data(h->arg, r, r->in.data, r->in.length);
	buffer_clear(&r->in);
	if (r->state == REQUEST_READS && r->body_left == 0) {
		r->state = REQUEST_HANDLED;
		client_deadline(r->client, LIMIT_ANSWER_MS);
		h->put_end(h->arg, r);
	} else if (r->state == REQUEST_READS && !r->paused) {
		reading(r->client, true);
	}
}

/* --- what libwebsockets says ----------------------------------------------------------------------------------------------------- */

static void take_agent(struct http_request *r)
{
	if (!client_header(r->client, WSI_TOKEN_HTTP_USER_AGENT, r->agent, sizeof(r->agent)) || !utf8_valid(r->agent, strlen(r->agent)))
		r->agent[0] = '\0';
}

static void take_expectation(struct http_request *r)
{
	char value[32];

	r->expects = client_header(r->client, WSI_TOKEN_HTTP_EXPECT, value, sizeof(value)) && strcasecmp(value, "100-continue") == 0;
}

int http_begin(struct client *c, const char *path, size_t length)
{
	char copy[LIMIT_HTTP_PATH + 1] = "", *uri;
	struct http_request *r;
	int status, uri_length;

	r = c->request ? NULL : request_new(c);
	if (!r)
		return -1;
	/* Its own timers are of no use to us, and would end a request that a handler is still busy with. */
	lws_set_timeout(c->wsi, NO_PENDING_TIMEOUT, 0);
	client_deadline(c, LIMIT_BODY_STALL_MS);
	r->method = lws_http_get_uri_and_method(c->wsi, &uri, &uri_length);
	take_agent(r);
	take_expectation(r);
	if (length <= LIMIT_HTTP_PATH)
		memcpy(copy, path, length);
	status = r->method < 0 || strlen(copy) != (length <= LIMIT_HTTP_PATH ? length : 0) ? 400 : request_judge(r, length);
	if (status)
		request_refuse(r, status);
	else
		route_request(r, copy);
	if (r->state == REQUEST_READS)
		say_continue(r);
	else
		lws_rx_flow_control(c->wsi, 0);
	/* An empty body ends here: libwebsockets tells of it for some methods only. */
	if (r->state == REQUEST_READS && r->body_left == 0)
		return http_body_end(c);
	return 0;
}

static int http_swallow(struct http_request *r, size_t length)
{
	r->swallowed += length;
	r->body_left -= length < r->body_left ? length : r->body_left;
	return r->swallowed > SWALLOW_MAX || (r->state == REQUEST_DONE && r->body_left == 0) ? -1 : 0;
}

int http_body(struct client *c, const void *bytes, size_t length)
{
	struct http_request *r = c->request;

	if (!r)
		return -1;
	if (r->state >= REQUEST_ANSWERED)
		return http_swallow(r, length);
	/* What goes beyond the body is no part of it: later versions of the library hand that over too. */
	if (length > r->body_left)
		length = (size_t)r->body_left;
	r->body_left -= length;
	if (r->state == REQUEST_HANDLED || length == 0)
		return 0;
	if (r->state == REQUEST_WAITS || r->route == ROUTE_SESSION)
		return buffer_append(&r->in, bytes, length) ? 0 : -1;
	client_deadline(c, r->paused ? LIMIT_ANSWER_MS : LIMIT_BODY_STALL_MS);
	if (r->in.length > 0)
		return buffer_append(&r->in, bytes, length) ? 0 : -1;
	r->transfer->put_data(r->transfer->arg, r, bytes, length);
	return 0;
}

int http_body_end(struct client *c)
{
	struct http_request *r = c->request;

	if (!r)
		return -1;
	if (r->state == REQUEST_DONE)
		return -1;
	if (r->state == REQUEST_WAITS || r->state == REQUEST_READS)
		lws_rx_flow_control(c->wsi, 0);
	if (r->state != REQUEST_READS)
		return 0;
	if (r->route == ROUTE_SESSION)
		route_body(r);
	else
		wish_for_turn(r);
	return 0;
}

/* The answer is out. What is left of a body that nobody wants is read for a while: closing on it would make the kernel reset the
 * connection, and the client lose the answer. */
static void swallow_rest(struct http_request *r)
{
	r->state = REQUEST_DONE;
	r->client->ending = true;
	client_deadline(r->client, SWALLOW_MS);
	reading(r->client, true);
}

static void write_slice(struct http_request *r)
{
	struct client *c = r->client;
	size_t length = r->out.length - r->sent;

	if (length > LIMIT_HTTP_SLICE)
		length = LIMIT_HTTP_SLICE;
	if (lws_write(c->wsi, (unsigned char *)r->out.data + r->sent, length, LWS_WRITE_HTTP) < 0) {
		client_kill(c);
		return;
	}
	r->sent += length;
	if (r->state != REQUEST_READS)
		client_deadline(c, LIMIT_BODY_STALL_MS);
	if (lws_partial_buffered(c->wsi))
		wish_for_callback(r);
	else
		wish_for_turn(r);
}

/* There is room to write. */
static void turn(void *arg, int events)
{
	struct http_request *r = arg;

	(void)events;
	loop_rewatch(r->turn, 0);
	if (r->state == REQUEST_ABORTED || r->out.failed) {
		client_kill(r->client);
	} else if (r->sent < r->out.length) {
		write_slice(r);
	} else if (r->state == REQUEST_ANSWERED && r->body_left > 0) {
		swallow_rest(r);
	} else if (r->state == REQUEST_ANSWERED) {
		r->state = REQUEST_FINISHES;
		wish_for_callback(r);
	} else if (r->state == REQUEST_STREAMS && !r->asked) {
		r->asked = true;
		client_deadline(r->client, LIMIT_ANSWER_MS);
		r->transfer->get_piece(r->transfer->arg, r);
	} else {
		hand_over(r);
	}
}

int http_writeable(struct client *c)
{
	struct http_request *r = c->request;

	if (!r || r->state == REQUEST_DONE)
		return 0;
	if (r->state == REQUEST_FINISHES)
		return -1;
	/* What the socket had not taken is out now. */
	if (r->state != REQUEST_READS || r->paused)
		lws_rx_flow_control(c->wsi, 0);
	wish_for_turn(r);
	return 0;
}

void http_swept(struct client *c)
{
	struct http_request *r = c->request;
	bool late = r->state == REQUEST_HANDLED || r->state == REQUEST_WAITS;

	if (late || (r->state == REQUEST_READS && r->sent == r->out.length)) {
		request_refuse(r, late || r->paused ? 504 : 408);
		return;
	}
	client_kill(c);
}
