/* raw.h - bytes over TCP to a server, as a peer that keeps to no protocol would send them. */
#ifndef TESTS_SYSTEM_RAW_H
#define TESTS_SYSTEM_RAW_H

#include <stdbool.h>
#include <stddef.h>

enum { RAW_TEXT = 16 * 1024 };

struct raw {
	int fd;
	size_t filled;
	char text[RAW_TEXT + 1];	/* what has come back so far, up to its size; NUL-terminated */
	bool closed;			/* the server has closed */
};

/* False: refused. */
bool raw_open(struct raw *r, int port);
void raw_close(struct raw *r);
/* False: the server has closed. A server that takes nothing for five seconds counts as one that has. */
bool raw_send(struct raw *r, const void *bytes, size_t length);
bool raw_print(struct raw *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Reads on until the head of an HTTP answer is whole. Its status; 0: closed without one; -1: neither within timeout_ms. */
int raw_status(struct raw *r, int timeout_ms);
/* Reads and drops until the server closes; false: not within timeout_ms. */
bool raw_wait_closed(struct raw *r, int timeout_ms);
/* Whether something came, or the close, within timeout_ms. */
bool raw_receive(struct raw *r, int timeout_ms);

/* A correct upgrade at /ws, taken with 101: the descriptor then belongs to the caller of raw_take. */
bool raw_upgrade(struct raw *r, int port);
int raw_take(struct raw *r);

/* GET path at a port of this machine; as raw_status. */
int raw_http_status(int port, const char *path);

#endif
