/* client.h - the server and its clients, as the files of net/ share them. Nobody else includes this.
 *
 * A client is one accepted socket, from accept to the last callback of libwebsockets. It first is an arrival, whose head is judged here:
 * libwebsockets gets the socket, or within TLS the head, after that. It is on one of two lists: `timed`, where the
 * sweep looks at its deadline (a handshake, an HTTP request, a peer that has not signed in, a closing handshake), or `quiet`, the open
 * WebSockets in the order in which they were last heard. All deadlines are the sweep's own: on libev, timers of libwebsockets 4.1
 * fire late when a longer one was set before. */
#ifndef NINETWO_NET_CLIENT_H
#define NINETWO_NET_CLIENT_H

#include "base/buffer.h"
#include "base/limits.h"
#include "base/list.h"
#include "net/address.h"
#include "net/http.h"
#include "net/listen.h"
#include "net/peer.h"
#include "net/server.h"
#include "net/site.h"

#include <stdbool.h>
#include <stdint.h>

/* What the headers of one request may take. libwebsockets just hangs up beyond its own limit; ours is lower and answers
 * 431. */
enum { HEADER_BYTES = 2 * LIMIT_HTTP_HEADERS };

struct arrival;

struct lws;
struct lws_context;
struct lws_vhost;
struct tls;

struct server {
	struct loop *loop;
	struct lws_context *context;	/* set to NULL by libwebsockets when it is destroyed */
	struct lws_vhost *plain, *secure;
	struct tls *tls;		/* NULL: plain */
	struct list listeners;
	struct list timed, quiet;	/* clients */
	struct loop_timer *sweep;
	struct address_counts *counts;
	struct site *site;
	struct peers *peers;
	struct loop_hook *send;
	struct peer_handler peer_handler;
	struct http_handler http_handler;
	const char *web;
	bool behind_proxy, stopping;
	struct address proxy;
	unsigned int connections, connections_max, connections_per_address;
	struct client *adopting;	/* the one being handed to libwebsockets just now */
	struct buffer scratch;		/* a message that came in one piece */
	uint64_t request_serial;
	struct list requests;		/* HTTP requests that a handler above knows of */
	struct server_statistics statistics;
	void (*closed_all)(void *arg);
	void *closed_all_arg;
	struct loop_timer *close_timer;
};

struct client {
	struct list node;		/* server->timed or server->quiet */
	struct server *server;
	struct arrival *arrival;	/* until its head is whole */
	struct lws *wsi;		/* NULL while it is an arrival without TLS */
	enum listener_kind kind;
	bool secure;			/* by TLS, here or at the proxy */
	bool loopback;			/* the listener is bound to loopback */
	bool proxied;			/* came from the proxy */
	bool checked;			/* its upgrade was found good */
	bool ending;			/* a deadline passed; when it passes again the socket is shut */
	struct address_count *count;
	struct peer *peer;		/* once it is a WebSocket */
	struct http_request *request;	/* while one is under way */
	int64_t deadline;		/* clock_ms */
	struct address address;		/* of the client; behind a proxy, the one that it names */
};

void client_deadline(struct client *c, unsigned int ms);	/* puts it on `timed` */
void client_heard(struct client *c);	/* puts it at the end of `quiet` */
/* Ends the connection without ado. Not from within a callback of libwebsockets. The client may be freed when it returns. */
void client_kill(struct client *c);

/* Headers of the request that is being read, as text. False: absent, empty or longer than `room`. Token as in enum lws_token_indexes. */
bool client_header(struct client *c, unsigned int token, char *out, size_t room);
/* Takes the address that the proxy named, when that is one, and counts it. False: that address has too many connections. */
bool client_take_forwarded(struct client *c, const char *named);
/* A whole answer with `Connection: close`; the caller then returns -1 to libwebsockets. extra: lines ending in CRLF, or "". */
int client_refuse(struct client *c, int status, const char *extra);

/* The session's token as it came with the request: bearer or cookie. False: none. */
enum { TOKEN_TEXT = 64 };
bool client_credential(struct client *c, const char *scheme, char out[TOKEN_TEXT]);
bool client_cookie(struct client *c, char out[TOKEN_TEXT]);
const char *client_cookie_name(const struct client *c);

/* arrival.c: a connection whose head is not whole yet. */
bool arrival_begin(struct client *c, int fd);		/* takes over fd; false: out of memory, and fd is still the caller's */
bool arrival_begin_tls(struct client *c);		/* of one that libwebsockets has, to speak TLS; false: out of memory */
void arrival_swept(struct client *c);			/* its deadline passed */
void arrival_free(struct client *c);			/* closes the socket, if it is still here */

/* server.c, for arrival.c */
void client_adopt(struct client *c, int fd, const void *bytes, size_t length);	/* to libwebsockets, with what was read; c may be freed */
void client_gone(struct client *c);			/* frees it; libwebsockets does not know it, or has said its last */

/* peer.c, for websocket.c and server.c */
struct peers *peers_new(void);
void peers_free(struct peers *p);
struct peer *peer_new(struct client *c);
void peer_gone(struct peer *p);				/* tells the handler, frees */
int peer_received(struct peer *p, const void *bytes, size_t length);	/* what lws_callback returns */
int peer_writeable(struct peer *p);
bool peer_swept(struct peer *p, int64_t now);		/* one on `quiet`; false: it was heard lately, and so were all behind it */
void peer_deadline_passed(struct peer *p);		/* it has not signed in */
void peer_heard(struct peer *p);			/* a pong */
int peer_leaves(struct peer *p, const void *payload, size_t length);	/* the client began to close; what lws_callback returns */
void peer_close_now(struct peer *p, int code, const char *reason);
bool peers_send(struct peers *p);			/* what they have waiting; true: there is more to do at once */
unsigned int peers_count(const struct peers *p);
void peers_each(struct peers *p, void (*fn)(struct peer *peer, void *arg), void *arg);

/* websocket.c */
int websocket_confirm(struct client *c);		/* LWS_CALLBACK_HTTP_CONFIRM_UPGRADE */

/* http.c */
int http_begin(struct client *c, const char *path, size_t length);
int http_body(struct client *c, const void *bytes, size_t length);
int http_body_end(struct client *c);
int http_writeable(struct client *c);
void http_swept(struct client *c);			/* its deadline passed */
void http_gone(struct client *c);

#endif
