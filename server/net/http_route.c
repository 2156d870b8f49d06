/* http_route.c - from path and method to who answers. */
#include "net/client.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "net/http_fields.h"
#include "net/request.h"
#include "net/static.h"

#include <assert.h>
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { VALUE = 256 };

static_assert((int)LIMIT_DESCRIPTION <= (int)STATIC_MAX, "an answer takes it");

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

/* --- /evidence/<uuid>, /export/<uuid> ------------------------------------------------------------------------------------------------------------ */

static int begin_put(struct http_request *r, struct http_transfer *t, const struct http_transfer_handler *h)
{
	char value[VALUE];

	t->length = t->total = r->length;
	if (request_has(r, WSI_TOKEN_HTTP_CONTENT_RANGE) &&
	    (!client_header(r->client, WSI_TOKEN_HTTP_CONTENT_RANGE, value, sizeof(value)) || !field_content_range(value, t)))
		return request_refuse(r, 400);
	r->route = ROUTE_PUT;
	r->state = REQUEST_WAITS;
	r->transfer = h;
	client_deadline(r->client, LIMIT_ANSWER_MS);
	h->put_begin(h->arg, r, t);
	return 0;
}

static int begin_get(struct http_request *r, struct http_transfer *t, const struct http_transfer_handler *h)
{
	char value[VALUE];

	t->head = r->method == LWSHUMETH_HEAD;
	if (client_header(r->client, WSI_TOKEN_HTTP_RANGE, value, sizeof(value)))
		field_range(value, t);
	r->route = ROUTE_GET;
	r->state = REQUEST_HANDLED;
	r->transfer = h;
	client_deadline(r->client, LIMIT_ANSWER_MS);
	h->get_begin(h->arg, r, t);
	return 0;
}

static bool is_1_0(struct http_request *r)
{
	char version[16];

	return client_header(r->client, WSI_TOKEN_HTTP, version, sizeof(version)) && strcmp(version, "HTTP/1.0") == 0;
}

static int begin_transfer(struct http_request *r, const char *name, const struct http_transfer_handler *h)
{
	struct http_transfer t = { 0 };
	char ticket[TOKEN_TEXT], token[TOKEN_TEXT];
	enum request_origin origin = request_origin(r);
	int rc;

	if (!is_read(r) && (r->method != LWSHUMETH_PUT || !h->put_begin))
		return not_allowed(r, h->put_begin ? "GET, HEAD, PUT" : "GET, HEAD");
	/* What has no length beforehand is sent in chunks. */
	if (!h->put_begin && is_1_0(r))
		return request_refuse(r, 505);
	if (!field_uuid(name, t.id))
		return request_refuse(r, 404);
	if (origin == ORIGIN_BAD)
		return request_refuse(r, 403);
	t.ticket = client_credential(r->client, "Ticket", ticket) ? ticket : NULL;
	if (client_credential(r->client, "Bearer", token) || client_cookie(r->client, token))
		t.token = token;
	rc = is_read(r) ? begin_get(r, &t, h) : begin_put(r, &t, h);
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

/* A file, whatever it is made of: whoever has that of the tag is told so. `extra` are more header lines. */
static void answer_tagged(struct http_request *r, const char *type, const char *tag, const char *kept, const char *extra,
	const char *bytes, size_t length)
{
	char lines[2048], match[VALUE];
	bool same = client_header(r->client, WSI_TOKEN_HTTP_IF_NONE_MATCH, match, sizeof(match)) && field_names_tag(match, tag);

	snprintf(lines, sizeof(lines), "Cache-Control: %s\r\nETag: %s\r\n%s", kept, tag, extra);
	request_answer(r, same ? 304 : 200, type, lines, bytes, same ? 0 : length);
}

/* The file of that name. Or, where a browser would show a page and there is no such file, the one page that there is: it knows its own
 * addresses (/audits/IA-2026-02). */
static bool find_file(struct http_request *r, const char *path, struct static_file *file, const char **vary)
{
	const char *web = r->client->server->web;
	char accepts[VALUE], types[2 * VALUE];

	if (!client_header(r->client, WSI_TOKEN_HTTP_ACCEPT_ENCODING, accepts, sizeof(accepts)))
		accepts[0] = '\0';
	*vary = "Accept-Encoding";
	if (!web)
		return false;
	if (static_read(web, path, accepts, file))
		return true;
	*vary = "Accept, Accept-Encoding";
	return static_is_address(path) && client_header(r->client, WSI_TOKEN_HTTP_ACCEPT, types, sizeof(types)) && strstr(types, "text/html") &&
		static_read(web, "/", accepts, file);
}

static int answer_file(struct http_request *r, const char *path)
{
	struct static_file file;
	char extra[2048 - 256];
	const char *vary;

	if (!is_read(r))
		return not_allowed(r, "GET, HEAD");
	if (!find_file(r, path, &file, &vary))
		return request_refuse(r, 404);
	snprintf(extra, sizeof(extra), "Vary: %s\r\n%s%s%s%s", vary,
		file.encoding ? "Content-Encoding: " : "", file.encoding ? file.encoding : "", file.encoding ? "\r\n" : "", static_policy);
	answer_tagged(r, file.type, file.etag, file.hashed ? "public, max-age=31536000, immutable" : "no-cache", extra,
		buffer_text(&file.bytes), file.bytes.length);
	buffer_clear(&file.bytes);
	return 0;
}

/* --- /openrpc.json ------------------------------------------------------------------------------------------------ */

#define DOCUMENT_POLICY "Vary: Accept-Encoding\r\nX-Frame-Options: DENY\r\n" \
	"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"

static bool takes_gzip(struct http_request *r)
{
	char codings[VALUE];

	return client_header(r->client, WSI_TOKEN_HTTP_ACCEPT_ENCODING, codings, sizeof(codings)) &&
		field_takes_coding(codings, "gzip");
}

/* The two codings are two representations, each with a tag of its own. */
static int answer_document(struct http_request *r)
{
	static const char type[] = "application/json; charset=utf-8";
	const struct http_document_handler *h = &r->client->server->http_handler.document;
	struct http_document d;
	const char *why = "";
	char line[VALUE];

	if (!is_read(r))
		return not_allowed(r, "GET, HEAD");
	if (!h->get(h->arg, &d, &why)) {
		snprintf(line, sizeof(line), "%s\n", why);
		return request_answer_text(r, 503, line);
	}
	if (d.packed && takes_gzip(r)) {
		snprintf(line, sizeof(line), "\"%s-gzip\"", d.digest);
		answer_tagged(r, type, line, "no-cache", DOCUMENT_POLICY "Content-Encoding: gzip\r\n", d.packed, d.packed_length);
	} else {
		snprintf(line, sizeof(line), "\"%s\"", d.digest);
		answer_tagged(r, type, line, "no-cache", DOCUMENT_POLICY, d.text, d.length);
	}
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
	if (strncmp(path, "/evidence/", 10) == 0 && h->evidence.get_begin)
		return begin_transfer(r, path + 10, &h->evidence);
	if (strncmp(path, "/export/", 8) == 0 && h->exports.get_begin)
		return begin_transfer(r, path + 8, &h->exports);
	if (strcmp(path, "/openrpc.json") == 0 && h->document.get)
		return answer_document(r);
	if (strcmp(path, "/ws") == 0)
		return request_refuse(r, 426);
	return answer_file(r, path);
}
