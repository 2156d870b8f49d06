/* server.h - the network side of ninetwod as app.c builds it: listeners, TLS, WebSockets, HTTP. */
#ifndef NINETWO_NET_SERVER_H
#define NINETWO_NET_SERVER_H

#include "base/error.h"
#include "net/http.h"
#include "net/peer.h"

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct server;

struct server_config {		/* all text is borrowed until server_new returns, but for `web` */
	const char *listen;		/* addresses, separated by commas */
	const char *status_listen;	/* likewise; "" for none */
	const char *origins;		/* "" on plain loopback: those of the listening addresses */
	const char *tls_certificate;	/* PEM files; NULL for plain */
	const char *tls_key;
	const char *behind_proxy;	/* numeric address of the proxy that ends TLS; NULL for none */
	const char *web;		/* folder of static files; NULL for none; borrowed until server_free */
	unsigned int connections_max;
	unsigned int connections_per_address;
};

/* Opens the sockets and starts accepting when the loop runs. The handlers are copied. */
struct server *server_new(struct loop *loop, const struct server_config *config, const struct peer_handler *peers,
	const struct http_handler *http, struct error *err);
void server_free(struct server *s);	/* every peer gets its `closed` and every transfer its `gone`; accepts NULL */

/* Reads the certificate files again for connections from now on. On error the old ones stay. */
enum error_code server_reload_tls(struct server *s, struct error *err);

/* Closes the listening sockets; requests on open connections are answered 503, upgrades refused. */
void server_stop_listening(struct server *s);
/* Sends every peer what waits for it, then 1001; `closed` is called once when none is left, or after ms. */
void server_close_all(struct server *s, unsigned int ms, void (*closed)(void *arg), void *arg);

struct peers *server_peers(struct server *s);

struct server_statistics {
	unsigned int connections, peers;
	uint64_t accepted, refused_full, refused_heads, refused_handshake, messages_in, messages_out, bytes_in, bytes_out, requests, closed_slow;
};
void server_statistics(const struct server *s, struct server_statistics *out);

#endif
