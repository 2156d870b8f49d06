/* client.c - what HTTP and WebSocket share: headers, credentials, refusals, deadlines. */
#include "net/client.h"

#include "base/clock.h"
#include "base/limits.h"
#include "net/headers.h"

#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

void client_deadline(struct client *c, unsigned int ms)
{
	c->deadline = clock_ms() + ms;
	list_move(&c->server->timed, &c->node);
}

void client_heard(struct client *c)
{
	list_move(&c->server->quiet, &c->node);
}

/* What waits to be written holds a close up for as long as the socket takes nothing: with the socket shut, writing fails, and that ends it. */
void client_kill(struct client *c)
{
	c->ending = true;
	client_deadline(c, LIMIT_SWEEP_MS);
	shutdown(lws_get_socket_fd(c->wsi), SHUT_RDWR);
	lws_rx_flow_control(c->wsi, 1);
	lws_set_timeout(c->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

bool client_header(struct client *c, unsigned int token, char *out, size_t room)
{
	int n = lws_hdr_copy(c->wsi, out, (int)room, (enum lws_token_indexes)token);

	return n > 0 && strlen(out) == (size_t)n;
}

/* Of whom the proxy names nobody, it is the proxy's own connection, and counted as one. */
bool client_take_forwarded(struct client *c, const char *named)
{
	struct server *s = c->server;
	struct address address;

	if (!c->proxied)
		return true;
	if (address_parse(named, &address))
		c->address = address;
	c->count = address_enter(s->counts, &c->address, s->connections_per_address);
	return c->count;
}

bool client_credential(struct client *c, const char *scheme, char out[TOKEN_TEXT])
{
	size_t n = strlen(scheme);
	char value[256];
	bool found;

	if (!client_header(c, WSI_TOKEN_HTTP_AUTHORIZATION, value, sizeof(value)))
		return false;
	found = strncasecmp(value, scheme, n) == 0 && value[n] == ' ' && strlen(value + n + 1) < TOKEN_TEXT && value[n + 1];
	if (found)
		strcpy(out, value + n + 1);
	explicit_bzero(value, sizeof(value));
	return found;
}

/* The __Host- prefix binds the cookie to this host and to TLS. On plain loopback a browser would not take it. */
const char *client_cookie_name(const struct client *c)
{
	return c->secure ? "__Host-ninetwo" : "ninetwo";
}

bool client_cookie(struct client *c, char out[TOKEN_TEXT])
{
	const char *name = client_cookie_name(c);
	char value[4096], *rest = NULL, *one;
	size_t n = strlen(name);
	bool found = false;

	if (!client_header(c, WSI_TOKEN_HTTP_COOKIE, value, sizeof(value)))
		return false;
	for (one = strtok_r(value, "; ", &rest); one && !found; one = strtok_r(NULL, "; ", &rest)) {
		found = strncmp(one, name, n) == 0 && one[n] == '=' && one[n + 1] && strlen(one + n + 1) < TOKEN_TEXT;
		if (found)
			strcpy(out, one + n + 1);
	}
	explicit_bzero(value, sizeof(value));
	return found;
}

int client_refuse(struct client *c, int status, const char *extra)
{
	unsigned char room[LWS_PRE + 1024];
	struct buffer head;

	buffer_init(&head, 1024);
	headers_begin(&head, status, c->secure);
	buffer_append_format(&head, "%sConnection: close\r\nContent-Length: 0\r\n\r\n", extra);
	if (!head.failed) {
		memcpy(room + LWS_PRE, head.data, head.length);
		lws_write(c->wsi, room + LWS_PRE, head.length, LWS_WRITE_HTTP_HEADERS);
	}
	buffer_clear(&head);
	return -1;
}
