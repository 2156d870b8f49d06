/* network.h - for tests of the network side: a server on a loop of its own thread, and a client that writes raw bytes. */
#ifndef NINETWO_TESTS_UNIT_NETWORK_H
#define NINETWO_TESTS_UNIT_NETWORK_H

#include "net/server.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct network {
	struct loop *loop;
	struct server *server;
	char address[64];		/* "127.0.0.1:12345" */
	char status[64];
	int port, status_port;
	bool with_tls;
};

/* Starts a server whose listeners get any port; fields of config that are NULL or 0 get what is usual. Fails the test when it cannot. */
void network_start(struct network *n, const struct server_config *config, const struct peer_handler *peers,
	const struct http_handler *http);
/* Runs fn on the loop's thread and waits for it. */
void network_do(struct network *n, void (*fn)(void *arg), void *arg);
void network_stop(struct network *n);	/* stops the loop, frees the server */

/* A connection. -1 never: the test fails instead. */
int client_connect(int port);
/* The same with TLS, by the openssl library; alpn may be NULL. What follows works on both. */
int client_connect_tls(int port, const char *alpn);
void client_close(int fd);
void client_write(int fd, const void *bytes, size_t length);
void client_print(int fd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What is waited for has PATIENCE_MS (tests/patience.h) to come.
 * Reads until `length` bytes or the end; NUL-terminates; returns what it got. */
long client_read(int fd, char *out, size_t length);
/* Reads the head of an answer (to the empty line). Returns the status, 0: closed without one, -1: nothing came. */
int client_head(int fd, char *out, size_t room);
/* True when the other side ends the connection; what comes before is dropped. */
bool client_ended(int fd);

/* Upgrades with good headers; `extra` are header lines with CRLF. Returns the status. */
int client_upgrade(int fd, const struct network *n, const char *extra);
void client_frame(int fd, int opcode, bool final, const void *bytes, size_t length);
void client_text(int fd, const char *text);
/* The next frame from the server: its opcode, or -1 when the connection ended or none came. payload is
 * NUL-terminated. */
int client_next(int fd, char *payload, size_t room, size_t *length);
/* The code of the closing frame, skipping what comes before; -1: none. */
int client_close_code(int fd);

#endif
