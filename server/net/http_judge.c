/* http_judge.c - what a request is for and from, before anybody looks at its path. Its form head.c has judged. */
#include "net/client.h"

#include "base/limits.h"
#include "net/http_fields.h"
#include "net/request.h"

#include <libwebsockets.h>

enum { VALUE = 256 };

bool request_has(struct http_request *r, unsigned int token)
{
	return lws_hdr_total_length(r->client->wsi, (enum lws_token_indexes)token) > 0;
}

static size_t header_bytes(struct http_request *r)
{
	size_t sum = 0;

	for (int token = 0; token < WSI_TOKEN_COUNT; token++)
		sum += (size_t)lws_hdr_total_length(r->client->wsi, (enum lws_token_indexes)token);
	return sum;
}

/* Status to refuse with, or 0. */
static int judge_length(struct http_request *r)
{
	char value[32];
	bool takes_body = r->method == LWSHUMETH_POST || r->method == LWSHUMETH_PUT;

	if (request_has(r, WSI_TOKEN_HTTP_TRANSFER_ENCODING))
		return 411;
	if (!request_has(r, WSI_TOKEN_HTTP_CONTENT_LENGTH))
		return takes_body ? 411 : 0;
	if (!client_header(r->client, WSI_TOKEN_HTTP_CONTENT_LENGTH, value, sizeof(value)) || !field_number(value, &r->length))
		return 400;
	if (!takes_body && r->length > 0)
		return 413;
	r->body_left = r->length;
	return 0;
}

int request_judge(struct http_request *r, size_t path_length)
{
	char host[VALUE];
	int status;

	if (header_bytes(r) > LIMIT_HTTP_HEADERS)
		return 431;
	if (path_length > LIMIT_HTTP_PATH)
		return 414;
	status = judge_length(r);
	if (status)
		return status;
	if (!client_header(r->client, WSI_TOKEN_HOST, host, sizeof(host)))
		return 400;
	if (r->client->kind == LISTEN_MAIN && !site_host_allowed(r->client->server->site, host))
		return 421;
	return 0;
}

enum request_origin request_origin(struct http_request *r)
{
	char origin[VALUE];

	if (!request_has(r, WSI_TOKEN_ORIGIN))
		return ORIGIN_ABSENT;
	return client_header(r->client, WSI_TOKEN_ORIGIN, origin, sizeof(origin)) &&
		site_origin_allowed(r->client->server->site, origin) ? ORIGIN_GOOD : ORIGIN_BAD;
}
