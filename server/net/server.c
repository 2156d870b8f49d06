/* server.c - builds the network side and holds it together: libwebsockets as a guest on our loop, one callback for everything it
 * says, and one sweep for every deadline. */
#include "net/server.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "net/client.h"
#include "net/loop.h"
#include "net/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LIBRARY_TIMEOUT_S = 120,		/* its own deadlines: behind ours, which answer before they end a connection */
	READ_BYTES = 32 * 1024,
	SEND_BYTES = 64 * 1024,			/* a system call; without it libwebsockets takes rx_buffer_size */
	DESCRIPTORS_BESIDE = 64,		/* listeners, database, timers, files */
};

/* --- what libwebsockets says --------------------------------------------------------------------------------------------------- */

static void tell_closed(void *arg)
{
	struct server *s = arg;
	void (*closed)(void *) = s->closed_all;

	s->close_timer = NULL;
	s->closed_all = NULL;
	if (closed)
		closed(s->closed_all_arg);
}

/* Not at once: we are within a callback of libwebsockets, which `closed` may want to destroy. */
static void all_closed_soon(struct server *s)
{
	loop_cancel(s->close_timer);
	s->close_timer = loop_after(s->loop, 0, tell_closed, s);
}

void client_gone(struct client *c)
{
	struct server *s = c->server;

	if (s->adopting == c)
		s->adopting = NULL;
	if (c->arrival)
		arrival_free(c);
	if (c->request)
		http_gone(c);
	if (c->peer)
		peer_gone(c->peer);
	list_remove(&c->node);
	address_leave(s->counts, c->count);
	s->connections--;
	free(c);
	if (s->closed_all && peers_count(s->peers) == 0)
		all_closed_soon(s);
}

static int established(struct client *c)
{
	if (!c->checked || c->peer)
		return -1;
	return peer_new(c) ? 0 : -1;
}

static int on_websocket(struct client *c, enum lws_callback_reasons reason, void *in, size_t length)
{
	switch (reason) {
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
		return c->checked ? 0 : -1;
	case LWS_CALLBACK_ESTABLISHED:
		return established(c);
	case LWS_CALLBACK_RECEIVE:
		return c->peer ? peer_received(c->peer, in, length) : -1;
	case LWS_CALLBACK_RECEIVE_PONG:
		if (c->peer)
			peer_heard(c->peer);
		return 0;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return c->peer ? peer_writeable(c->peer) : -1;
	case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
		return c->peer ? peer_leaves(c->peer, in, length) : 0;
	default:
		return 0;
	}
}

static int on_http(struct client *c, enum lws_callback_reasons reason, void *in, size_t length)
{
	switch (reason) {
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		return websocket_confirm(c);
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:	/* an upgrade that bound to no subprotocol of ours */
		return -1;
	case LWS_CALLBACK_HTTP:
		return http_begin(c, in, length);
	case LWS_CALLBACK_HTTP_BODY:
		return http_body(c, in, length);
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
		return http_body_end(c);
	case LWS_CALLBACK_HTTP_WRITEABLE:
		return http_writeable(c);
	default:
		return 0;
	}
}

/* CONNECT, and whatever else libwebsockets would hand over as a raw stream: no thanks. */
static bool is_raw(enum lws_callback_reasons reason)
{
	return reason == LWS_CALLBACK_RAW_ADOPT || reason == LWS_CALLBACK_RAW_RX || reason == LWS_CALLBACK_RAW_WRITEABLE ||
		reason == LWS_CALLBACK_RAW_SKT_BIND_PROTOCOL;
}

/* The call that hands over what was read takes no pointer along: the new wsi is that of the client being adopted. */
static bool begun(struct lws *wsi)
{
	struct server *s = lws_context_user(lws_get_context(wsi));
	struct client *c = s->adopting;

	if (!c)
		return true;
	c->wsi = wsi;
	lws_set_opaque_user_data(wsi, c);
	return !lws_is_ssl(wsi) || arrival_begin_tls(c);
}

static int server_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct client *c;

	if (reason == LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS) {
		struct server *s = lws_context_user(lws_get_context(wsi));

		return tls_attach(s->tls, user);
	}
	/* Callbacks about the library itself come with no connection of ours, or with no wsi that may be asked. */
	if (reason == LWS_CALLBACK_PROTOCOL_INIT || reason == LWS_CALLBACK_PROTOCOL_DESTROY || !wsi)
		return 0;
	if (reason == LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED && !begun(wsi))
		return -1;
	c = lws_get_opaque_user_data(wsi);
	if (!c)
		return 0;
	if (is_raw(reason))
		return -1;
	if (reason == LWS_CALLBACK_WSI_DESTROY) {
		lws_set_opaque_user_data(wsi, NULL);
		client_gone(c);
		return 0;
	}
	return lws_get_protocol(wsi)->id == LISTEN_MAIN + 1 ? on_websocket(c, reason, in, length) : on_http(c, reason, in, length);
}

/* The first name holds a space, so that no client can ask for it as a subprotocol. */
static const struct lws_protocols protocols[] = {
	{ .name = "no subprotocol", .callback = server_callback, .id = 0 },
	{ .name = "ninetwo.v1", .callback = server_callback, .rx_buffer_size = 512, .tx_packet_size = SEND_BYTES,
		.id = LISTEN_MAIN + 1 },
	{ .name = NULL },
};

static void emit(int level, const char *line)
{
	char text[256];
	size_t n = strcspn(line, "\n");

	/* At each connection, as an error, that all goes as it should. */
	if (strstr(line, "adopt_socket_readbuf: "))
		return;
	if (n >= sizeof(text))
		n = sizeof(text) - 1;
	memcpy(text, line, n);
	text[n] = '\0';
	log_event(level == LLL_ERR ? LEVEL_INFO : LEVEL_DEBUG, "libwebsockets", "says=%s", text);
}

/* --- accepting --------------------------------------------------------------------------------------------------------------- */

static struct client *client_new(struct server *s, const struct listener *l, const struct address *from)
{
	struct client *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->server = s;
	c->kind = l->kind;
	c->loopback = l->loopback;
	c->address = *from;
	c->proxied = s->behind_proxy && l->kind == LISTEN_MAIN && address_equal(from, &s->proxy);
	c->secure = l->kind == LISTEN_MAIN && (s->tls || c->proxied);
	list_init(&c->node);
	if (!c->proxied) {
		c->count = address_enter(s->counts, from, s->connections_per_address);
		if (!c->count) {
			free(c);
			return NULL;
		}
	}
	return c;
}

/* Behind a proxy the socket may be open to the network; only the proxy and this machine are let in. */
static bool welcome(const struct server *s, const struct listener *l, const struct address *from)
{
	if (s->connections >= s->connections_max)
		return false;
	return l->kind == LISTEN_STATUS || !s->behind_proxy || address_equal(from, &s->proxy) || address_is_loopback(from);
}

/* It closes the socket when it fails, with or without having told us. */
void client_adopt(struct client *c, int fd, const void *bytes, size_t length)
{
	struct server *s = c->server;
	struct lws_vhost *vhost = s->tls && c->kind == LISTEN_MAIN ? s->secure : s->plain;

	s->adopting = c;
	/* Whoever has gone by then is not the one any more. */
	if (!lws_adopt_socket_vhost_readbuf(vhost, fd, bytes, length) && s->adopting == c)
		client_gone(c);
	s->adopting = NULL;
}

/* TLS is libwebsockets' to speak: it gets the socket at once, and the head after that. */
static void begin_client(struct client *c, int fd)
{
	if (c->server->tls && c->kind == LISTEN_MAIN) {
		client_adopt(c, fd, NULL, 0);
	} else if (!arrival_begin(c, fd)) {
		close(fd);
		client_gone(c);
	}
}

static void accepted(void *arg, const struct listener *l, int fd, const struct address *from)
{
	struct server *s = arg;
	struct client *c = welcome(s, l, from) ? client_new(s, l, from) : NULL;

	if (!c) {
		s->statistics.refused_full++;
		close(fd);
		return;
	}
	s->connections++;
	s->statistics.accepted++;
	client_deadline(c, LIMIT_HANDSHAKE_MS);
	begin_client(c, fd);
}

/* --- the sweep --------------------------------------------------------------------------------------------------------------- */

static void deadline_passed(struct client *c)
{
	if (c->arrival)
		arrival_swept(c);
	else if (c->ending || !(c->peer || c->request))
		client_kill(c);
	else if (c->peer)
		peer_deadline_passed(c->peer);
	else
		http_swept(c);
}

static void server_sweep(void *arg)
{
	struct server *s = arg;
	struct list *node, *after, *last = s->timed.prev;
	int64_t now = clock_ms();
	struct client *c;

	/* A connection whose deadline is set anew goes to the end: stop where the end was. */
	for (node = s->timed.next; node != &s->timed; node = after) {
		bool end = node == last;

		after = node->next;
		c = LIST_ITEM(node, struct client, node);
		if (c->deadline <= now)
			deadline_passed(c);
		if (end)
			break;
	}
	LIST_EACH(node, after, &s->quiet)
		if (!peer_swept(LIST_ITEM(node, struct client, node)->peer, now))
			break;
}

static bool send_waiting(void *arg)
{
	struct server *s = arg;

	return peers_send(s->peers);
}

/* --- building ---------------------------------------------------------------------------------------------------------------- */

static struct lws_vhost *make_vhost(struct server *s, const char *name, bool secure)
{
	/* No validity checks by libwebsockets: each would be a step through a sorted list of all connections. */
	static const lws_retry_bo_t no_idle_policy = { 0 };
	struct lws_context_creation_info info = { 0 };

	info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
	info.vhost_name = name;
	info.protocols = protocols;
	info.alpn = "http/1.1";
	info.retry_and_idle_policy = &no_idle_policy;
	info.timeout_secs = LIBRARY_TIMEOUT_S;
	if (secure)
		info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX |
			LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;
	return lws_create_vhost(s->context, &info);
}

static enum error_code make_context(struct server *s, struct error *err)
{
	struct lws_context_creation_info info = { 0 };
	void *loops[1] = { loop_handle(s->loop) };

	lws_set_log_level(LLL_ERR | LLL_WARN, emit);
	info.options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
		(s->tls ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0);
	info.foreign_loops = loops;
	info.pcontext = &s->context;
	info.user = s;
	info.fd_limit_per_thread = s->connections_max + DESCRIPTORS_BESIDE;
	info.max_http_header_data = HEADER_BYTES;
	info.pt_serv_buf_size = READ_BYTES;
	info.timeout_secs = LIBRARY_TIMEOUT_S;
	s->context = lws_create_context(&info);
	if (!s->context)
		return error_set(err, E_INTERNAL, "libwebsockets could not start; is its libev plug-in (libwebsockets-evlib-ev) installed?");
	s->plain = make_vhost(s, "plain", false);
	if (s->tls)
		s->secure = make_vhost(s, "secure", true);
	if (!s->plain || (s->tls && !s->secure))
		return error_set(err, E_INTERNAL, "libwebsockets could not set up TLS.");
	return OK;
}

static enum error_code open_listeners(struct server *s, const struct server_config *config, struct error *err)
{
	unsigned int taken;
	enum error_code rc = listen_inherit(&s->listeners, &taken, err);

	if (rc == OK && !(taken & 1u << LISTEN_MAIN))
		rc = listen_open(&s->listeners, LISTEN_MAIN, config->listen, err);
	if (rc == OK && !(taken & 1u << LISTEN_STATUS))
		rc = listen_open(&s->listeners, LISTEN_STATUS, config->status_listen, err);
	return rc;
}

/* Plain text only where nobody can listen in: on loopback, or from a proxy that is named. */
static enum error_code check_listeners(struct server *s, const struct server_config *config, struct error *err)
{
	struct list *node, *after;
	bool plain = !s->tls && !s->behind_proxy;

	LIST_EACH(node, after, &s->listeners) {
		const struct listener *l = LIST_ITEM(node, struct listener, node);

		if (l->kind == LISTEN_MAIN && plain && !l->loopback)
			return error_set(err, E_PARAMS, "%s is not a loopback address: give --tls-certificate and --tls-key, or --behind-proxy ADDRESS.",
				l->name);
		if (l->kind == LISTEN_MAIN && !site_add_listener(s->site, l->name, l->loopback, plain && !*config->origins))
			return error_set(err, E_INTERNAL, "There are too many addresses.");
		/* What is asked of the status listener goes by address. */
		if (l->kind == LISTEN_STATUS && !site_add_listener(s->site, l->name, l->loopback, false))
			return error_set(err, E_INTERNAL, "There are too many addresses.");
	}
	if (!plain && !*config->origins)
		return error_set(err, E_PARAMS, "Give the origin under which browsers reach this server, such as --origin https://audit.example.org.");
	return OK;
}

/* It would be answered 404, and nobody would know why. The folder may come later: whatever is asked for is looked for then. */
static void say_when_there_is_no_web(const char *folder)
{
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (folder && fd < 0)
		log_warn("web.unreadable", "folder=%s error=%s", folder, strerror(errno));
	if (fd >= 0)
		close(fd);
}

static enum error_code prepare(struct server *s, const struct server_config *config, struct error *err)
{
	s->counts = address_counts_new();
	s->peers = peers_new();
	if (!s->counts || !s->peers)
		return error_set(err, E_INTERNAL, "Out of memory.");
	if (config->behind_proxy) {
		s->behind_proxy = true;
		if (!address_parse(config->behind_proxy, &s->proxy))
			return error_set(err, E_PARAMS, "%s is not the numeric address of a proxy.", config->behind_proxy);
	}
	if (!config->tls_certificate != !config->tls_key)
		return error_set(err, E_PARAMS, "--tls-certificate and --tls-key belong together.");
	if (config->tls_certificate && config->behind_proxy)
		return error_set(err, E_PARAMS, "Give --tls-certificate and --tls-key, or --behind-proxy: TLS ends here or at the proxy, not at both.");
	if (config->tls_certificate) {
		s->tls = tls_new(config->tls_certificate, config->tls_key, err);
		if (!s->tls)
			return err->code;
	}
	s->site = site_new(config->origins, err);
	return s->site ? OK : err->code;
}

static enum error_code server_begin(struct server *s, struct error *err)
{
	s->send = loop_before_waiting(s->loop, send_waiting, s);
	s->sweep = loop_every(s->loop, LIMIT_SWEEP_MS, server_sweep, s);
	return s->send && s->sweep ? OK : error_set(err, E_INTERNAL, "Out of memory.");
}

struct server *server_new(struct loop *loop, const struct server_config *config, const struct peer_handler *peers,
	const struct http_handler *http, struct error *err)
{
	struct server *s = calloc(1, sizeof(*s));

	if (!s) {
		error_set(err, E_INTERNAL, "Out of memory.");
		return NULL;
	}
	s->loop = loop;
	s->peer_handler = *peers;
	s->http_handler = *http;
	s->web = config->web;
	s->connections_max = config->connections_max;
	s->connections_per_address = config->connections_per_address;
	list_init(&s->listeners);
	list_init(&s->timed);
	list_init(&s->quiet);
	list_init(&s->requests);
	buffer_init(&s->scratch, LIMIT_MESSAGE);
	if (prepare(s, config, err) != OK || open_listeners(s, config, err) != OK || check_listeners(s, config, err) != OK ||
	    make_context(s, err) != OK || server_begin(s, err) != OK) {
		server_free(s);
		return NULL;
	}
	say_when_there_is_no_web(s->web);
	listen_start(&s->listeners, loop, accepted, s);
	return s;
}

/* Frees the clients that libwebsockets does not know. */
static void arrivals_free(struct server *s)
{
	struct list *node, *after;

	LIST_EACH(node, after, &s->timed)
		if (!LIST_ITEM(node, struct client, node)->wsi)
			client_gone(LIST_ITEM(node, struct client, node));
}

void server_free(struct server *s)
{
	if (!s)
		return;
	listen_close(&s->listeners);
	loop_cancel(s->sweep);
	loop_hook_free(s->send);
	loop_cancel(s->close_timer);
	arrivals_free(s);
	/* Later versions finish destroying on a foreign loop in several steps; context becomes NULL at the last. */
	for (int i = 0; s->context && i < 100; i++) {
		lws_context_destroy(s->context);
		if (s->context)
			loop_turn(s->loop);
	}
	site_free(s->site);
	tls_free(s->tls);
	peers_free(s->peers);
	address_counts_free(s->counts);
	buffer_clear(&s->scratch);
	free(s);
}

enum error_code server_reload_tls(struct server *s, struct error *err)
{
	return s->tls ? tls_reload(s->tls, err) : OK;
}

void server_stop_listening(struct server *s)
{
	s->stopping = true;
	listen_close(&s->listeners);
}

static void close_one(struct peer *p, void *arg)
{
	(void)arg;
	peer_close(p, LWS_CLOSE_STATUS_GOINGAWAY, "the server is shutting down");
}

void server_close_all(struct server *s, unsigned int ms, void (*closed)(void *arg), void *arg)
{
	s->closed_all = closed;
	s->closed_all_arg = arg;
	peers_each(s->peers, close_one, NULL);
	s->close_timer = loop_after(s->loop, peers_count(s->peers) ? ms : 0, tell_closed, s);
}

struct peers *server_peers(struct server *s)
{
	return s->peers;
}

void server_statistics(const struct server *s, struct server_statistics *out)
{
	*out = s->statistics;
	out->connections = s->connections;
	out->peers = peers_count(s->peers);
}
