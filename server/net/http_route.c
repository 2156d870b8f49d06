/* http_route.c - from path and method to who answers. */
#include "net/client.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "net/http_fields.h"
#include "net/request.h"
#include "net/static.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { VALUE = 256 };

static int not_allowed(struct http_request *r, const char *allow)
{
	snprintf(r->allow, sizeof(r->allow), "Allow: %s\r\n", allow);
	return request_refuse(r, 405);
}

static bool is_read(const struct http_request *r)
{
	return r->method == LWSHUMETH_GET || r->method == LWSHUMETH_HEAD;
}

/* --- /session ------------------------------------------------------------------------------------------------------------------ */

static bool is_json(struct http_request *r)
{
	char type[64];
	size_t n = strlen("application/json");

	if (!client_header(r->client, WSI_TOKEN_HTTP_CONTENT_TYPE, type, sizeof(type)) || strncasecmp(type, "application/json", n) != 0)
		return false;
	return !type[n] || strcasecmp(type + n, ";charset=utf-8") == 0 || strcasecmp(type + n, "; charset=utf-8") == 0;
}

static int begin_sign_out(struct http_request *r)
{
	const struct http_session_handler *h = &r->client->server->http_handler.session;
	char token[TOKEN_TEXT] = "";

	if (!client_cookie(r->client, token))
		token[0] = '\0';
	r->state = REQUEST_HANDLED;
	client_deadline(r->client, LIMIT_ANSWER_MS);
	h->sign_out(h->arg, r, token);
	explicit_bzero(token, sizeof(token));
	return 0;
}

static int begin_session(struct http_request *r)
{
	if (r->method != LWSHUMETH_POST && r->method != LWSHUMETH_DELETE)
		return not_allowed(r, "POST, DELETE");
	/* Browsers say where a request comes from; whoever is not one signs in over the WebSocket. */
	if (request_origin(r) != ORIGIN_GOOD)
		return request_refuse(r, 403);
	if (r->method == LWSHUMETH_DELETE)
		return begin_sign_out(r);
	if (!is_json(r))
		return request_refuse(r, 415);
	if (r->length > LIMIT_SESSION_BODY)
		return request_refuse(r, 413);
	r->route = ROUTE_SESSION;
	r->state = REQUEST_READS;
	return 0;
}

void route_body(struct http_request *r)
{
	const struct http_session_handler *h = &r->client->server->http_handler.session;

	r->state = REQUEST_HANDLED;
	client_deadline(r->client, LIMIT_ANSWER_MS);
	if (utf8_valid(buffer_text(&r->in), r->in.length))
		h->sign_in(h->arg, r, buffer_text(&r->in), r->in.length);
	else
		request_refuse(r, 400);
	buffer_wipe(&r->in);
}

/* --- /evidence/<uuid> ------------------------------------------------------------------------------------------------------------ */

static int begin_put(struct http_request *r, struct http_transfer *t)
{
	const struct http_evidence_handler *h = &r->client->server->http_handler.evidence;
	char value[VALUE];

	t->length = t->total = r->length;
	if (request_has(r, WSI_TOKEN_HTTP_CONTENT_RANGE) &&
	    (!client_header(r->client, WSI_TOKEN_HTTP_CONTENT_RANGE, value, sizeof(value)) || !field_content_range(value, t)))
		return request_refuse(r, 400);
	r->route = ROUTE_PUT;
	r->state = REQUEST_WAITS;
	r->told = true;
	client_deadline(r->client, LIMIT_ANSWER_MS);
	h->put_begin(h->arg, r, t);
	return 0;
}

static int begin_get(struct http_request *r, struct http_transfer *t)
{
	const struct http_evidence_handler *h = &r->client->server->http_handler.evidence;
	char value[VALUE];

	t->head = r->method == LWSHUMETH_HEAD;
	if (client_header(r->client, WSI_TOKEN_HTTP_RANGE, value, sizeof(value)))
		field_range(value, t);
	r->route = ROUTE_GET;
	r->state = REQUEST_HANDLED;
	r->told = true;
	client_deadline(r->client, LIMIT_ANSWER_MS);
	h->get_begin(h->arg, r, t);
	return 0;
}

static int begin_evidence(struct http_request *r, const char *name)
{
	struct http_transfer t = { 0 };
	char ticket[TOKEN_TEXT], token[TOKEN_TEXT];
	enum request_origin origin = request_origin(r);
	int rc;

	if (!is_read(r) && r->method != LWSHUMETH_PUT)
		return not_allowed(r, "GET, HEAD, PUT");
	if (!field_uuid(name, t.evidence))
		return request_refuse(r, 404);
	if (origin == ORIGIN_BAD)
		return request_refuse(r, 403);
	t.ticket = client_credential(r->client, "Ticket", ticket) ? ticket : NULL;
	if (client_credential(r->client, "Bearer", token) || client_cookie(r->client, token))
		t.token = token;
	rc = is_read(r) ? begin_get(r, &t) : begin_put(r, &t);
	explicit_bzero(ticket, sizeof(ticket));
	explicit_bzero(token, sizeof(token));
	return rc;
}

/* --- the status listener and static files -------------------------------------------------------------------------------------- */

static int answer_health(struct http_request *r)
{
	if (!is_read(r))
		return not_allowed(r, "GET, HEAD");
	return request_answer_text(r, r->client->server->stopping ? 503 : 200, r->client->server->stopping ? "stopping\n" : "ok\n");
}

static int answer_status(struct http_request *r, const char *path)
{
	const struct http_status_handler *h = &r->client->server->http_handler.status;
	const char *why = "ready";
	char *text, line[128];
	size_t length = 0;
	bool ready;

	if (!is_read(r))
		return not_allowed(r, "GET, HEAD");
	if (strcmp(path, "/readyz") == 0) {
		ready = h->ready(h->arg, &why) && !r->client->server->stopping;
		snprintf(line, sizeof(line), "%s\n", r->client->server->stopping ? "stopping" : why);
		return request_answer_text(r, ready ? 200 : 503, line);
	}
	if (strcmp(path, "/metrics") != 0)
		return request_refuse(r, 404);
	text = h->metrics(h->arg, &length);
	request_answer(r, text ? 200 : 500, "text/plain; version=0.0.4; charset=utf-8", api_policy, text ? text : "", length);
	free(text);
	return 0;
}

static int answer_file(struct http_request *r, const char *path)
{
	struct static_file file;
	char extra[1024], match[64];
	bool same;

	if (!is_read(r))
		return not_allowed(r, "GET, HEAD");
	if (!r->client->server->web || !static_read(r->client->server->web, path, &file))
		return request_refuse(r, 404);
	same = client_header(r->client, WSI_TOKEN_HTTP_IF_NONE_MATCH, match, sizeof(match)) && strcmp(match, file.etag) == 0;
	snprintf(extra, sizeof(extra), "Cache-Control: no-cache\r\nETag: %s\r\n%s", file.etag, static_policy);
	request_answer(r, same ? 304 : 200, file.type, extra, buffer_text(&file.bytes), same ? 0 : file.bytes.length);
	buffer_clear(&file.bytes);
	return 0;
}

int route_request(struct http_request *r, const char *path)
{
	const struct http_handler *h = &r->client->server->http_handler;

	if (strcmp(path, "/healthz") == 0)
		return answer_health(r);
	if (r->client->kind == LISTEN_STATUS)
		return answer_status(r, path);
	if (r->client->server->stopping)
		return request_refuse(r, 503);
	if (strcmp(path, "/session") == 0 && h->session.sign_in)
		return begin_session(r);
	if (strncmp(path, "/evidence/", 10) == 0 && h->evidence.put_begin)
		return begin_evidence(r, path + 10);
	if (strcmp(path, "/ws") == 0)
		return request_refuse(r, 426);
	return answer_file(r, path);
}
