/* listen.h - listening sockets of our own: opened here or handed over by systemd, accepted here and then given to libwebsockets.
 *
 * Sockets are opened exclusively; several processes on one port share a socket that systemd opened. */
#ifndef NINETWO_NET_LISTEN_H
#define NINETWO_NET_LISTEN_H

#include "base/error.h"
#include "base/list.h"
#include "net/address.h"

#include <stdbool.h>

struct loop;
struct loop_watch;
struct loop_timer;

enum listener_kind { LISTEN_MAIN, LISTEN_STATUS };

struct listener {
	struct list node;
	enum listener_kind kind;
	int fd;
	bool loopback;			/* bound to a loopback address */
	char name[ADDRESS_TEXT + 8];	/* "127.0.0.1:9200", with the port that it got */
	/* The new socket becomes the callee's. */
	void (*accepted)(void *arg, const struct listener *l, int fd, const struct address *from);
	void *arg;
	struct loop *loop;
	struct loop_watch *watch;
	struct loop_timer *pause;
};

/* Opens what `addresses` (separated by commas or spaces) names and appends it to `listeners`, not yet listening for events. */
enum error_code listen_open(struct list *listeners, enum listener_kind kind, const char *addresses, struct error *err);

/* Takes what systemd handed over (LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES: "main" or "status"). *taken says of which kinds (mask of
 * 1 << kind); nothing handed over is no error. The variables are removed from the environment. */
enum error_code listen_inherit(struct list *listeners, unsigned int *taken, struct error *err);

void listen_start(struct list *listeners, struct loop *loop,
	void (*accepted)(void *arg, const struct listener *l, int fd, const struct address *from), void *arg);
void listen_close(struct list *listeners);	/* stops, closes and frees all */

#endif
