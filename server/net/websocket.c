/* websocket.c - is this upgrade one that we want? Everything is judged before libwebsockets switches protocols, because 4.1 itself
 * says 101 to a wrong version, another method and any host. */
#include "net/client.h"

#include "base/log.h"

#include <libwebsockets.h>
#include <string.h>
#include <strings.h>

enum { VALUE = 256 };

static bool is_get(struct client *c)
{
	char *uri;
	int length;

	return lws_http_get_uri_and_method(c->wsi, &uri, &length) == LWSHUMETH_GET;
}

static bool path_is(struct client *c, const char *path)
{
	char *uri;
	int length;

	return lws_http_get_uri_and_method(c->wsi, &uri, &length) >= 0 && (size_t)length == strlen(path) &&
		memcmp(uri, path, (size_t)length) == 0;
}

static bool header_is(struct client *c, enum lws_token_indexes token, const char *wanted)
{
	char value[VALUE];

	return client_header(c, token, value, sizeof(value)) && strcasecmp(value, wanted) == 0;
}

/* Does a comma-separated header name this one? Compared exactly unless it is a word of HTTP. */
static bool header_lists(struct client *c, enum lws_token_indexes token, const char *wanted, bool any_case)
{
	char value[VALUE], *rest = NULL, *one;

	if (!client_header(c, token, value, sizeof(value)))
		return false;
	for (one = strtok_r(value, ", \t", &rest); one; one = strtok_r(NULL, ", \t", &rest))
		if (any_case ? strcasecmp(one, wanted) == 0 : strcmp(one, wanted) == 0)
			return true;
	return false;
}

/* 16 bytes in base64: 22 characters and two for padding. */
static bool key_is_good(struct client *c)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char key[VALUE];

	return client_header(c, WSI_TOKEN_KEY, key, sizeof(key)) && strlen(key) == 24 && strspn(key, base64) == 22 &&
		strcmp(key + 22, "==") == 0;
}

/* A cookie goes along with whatever a browser is made to send, so with it the Origin must be there. */
static bool origin_is_good(struct client *c)
{
	char origin[VALUE], token[TOKEN_TEXT];
	bool good;

	if (lws_hdr_total_length(c->wsi, WSI_TOKEN_ORIGIN) > 0)
		return client_header(c, WSI_TOKEN_ORIGIN, origin, sizeof(origin)) && site_origin_allowed(c->server->site, origin);
	good = client_credential(c, "Bearer", token) || !client_cookie(c, token);
	explicit_bzero(token, sizeof(token));
	return good;
}

/* The status to refuse with, or 0; why is for the log. */
static int judge_handshake(struct client *c, const char **why)
{
	char host[VALUE];

	if (!header_is(c, WSI_TOKEN_UPGRADE, "websocket"))
		return *why = "upgrade", 400;
	if (c->kind != LISTEN_MAIN || !path_is(c, "/ws"))
		return *why = "path", 404;
	if (!is_get(c))
		return *why = "method", 405;
	if (!header_is(c, WSI_TOKEN_VERSION, "13"))
		return *why = "version", 426;
	if (!header_is(c, WSI_TOKEN_HTTP, "HTTP/1.1") || !header_lists(c, WSI_TOKEN_CONNECTION, "upgrade", true) || !key_is_good(c) ||
	    lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0 ||
	    lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0)
		return *why = "handshake", 400;
	if (!client_header(c, WSI_TOKEN_HOST, host, sizeof(host)))
		return *why = "no host", 400;
	if (!site_host_allowed(c->server->site, host))
		return *why = "host", 421;
	if (!origin_is_good(c))
		return *why = "origin", 403;
	if (!header_lists(c, WSI_TOKEN_PROTOCOL, "ninetwo.v1", false))
		return *why = "subprotocol", 400;
	if (c->server->stopping)
		return *why = "stopping", 503;
	return 0;
}

int websocket_confirm(struct client *c)
{
	const char *why = "";
	char address[ADDRESS_TEXT];
	int status;

	/* After an upgrade that it does not know, libwebsockets has answered 403 already and calls with the headers gone. */
	if (lws_hdr_total_length(c->wsi, WSI_TOKEN_UPGRADE) <= 0)
		return -1;
	status = judge_handshake(c, &why);
	if (status == 0) {
		c->checked = true;
		return 0;
	}
	c->server->statistics.refused_handshake++;
	address_text(&c->address, address);
	log_info("handshake.refused", "address=%s status=%d why=%s", address, status, why);
	return client_refuse(c, status, status == 426 ? "Sec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n" :
		status == 405 ? "Allow: GET\r\n" : status == 503 ? "Retry-After: 5\r\n" : "");
}
