/* listen.c - see listen.h. */
#include "net/listen.h"

#include "base/log.h"
#include "net/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	BACKLOG = 1024,
	ACCEPT_AT_ONCE = 64,		/* then other events get their turn */
	PAUSE_MS = 200,			/* when descriptors have run out */
	SYSTEMD_FIRST_FD = 3,
};

static void listen_describe(struct listener *l)
{
	struct sockaddr_storage at = { 0 };
	socklen_t length = sizeof(at);
	struct address a;
	char text[ADDRESS_TEXT];
	unsigned int port;

	getsockname(l->fd, (struct sockaddr *)&at, &length);
	address_of(&at, &a);
	address_text(&a, text);
	port = ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&at)->sin6_port :
		((struct sockaddr_in *)(void *)&at)->sin_port);
	snprintf(l->name, sizeof(l->name), at.ss_family == AF_INET6 ? "[%s]:%u" : "%s:%u", text, port);
	l->loopback = address_is_loopback(&a);
}

/* Takes over fd. */
static enum error_code listen_add(struct list *listeners, enum listener_kind kind, int fd, struct error *err)
{
	struct listener *l = calloc(1, sizeof(*l));

	if (!l) {
		close(fd);
		return error_set(err, E_INTERNAL, "Out of memory.");
	}
	l->kind = kind;
	l->fd = fd;
	listen_describe(l);
	list_append(listeners, &l->node);
	return OK;
}

static int open_socket(const struct sockaddr_storage *at, socklen_t length)
{
	int fd = socket(at->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int on = 1, off = 0;

	if (fd < 0)
		return -1;
	/* REUSEADDR lets a restart bind while old connections linger; it does not let two processes listen. */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (at->ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	if (bind(fd, (const struct sockaddr *)at, length) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

static enum error_code open_one(struct list *listeners, enum listener_kind kind, const char *text, struct error *err)
{
	struct sockaddr_storage at;
	socklen_t length;
	int fd;

	if (!address_parse_listen(text, &at, &length))
		return error_set(err, E_PARAMS, "%s is not an address to listen on, such as 127.0.0.1:9200 or [::1]:9200.", text);
	fd = open_socket(&at, length);
	if (fd < 0)
		return error_set(err, E_INTERNAL, "Cannot listen on %s: %s.", text, strerror(errno));
	return listen_add(listeners, kind, fd, err);
}

enum error_code listen_open(struct list *listeners, enum listener_kind kind, const char *addresses, struct error *err)
{
	char *copy = strdup(addresses), *rest = NULL, *one;
	enum error_code rc = OK;

	if (!copy)
		return error_set(err, E_INTERNAL, "Out of memory.");
	for (one = strtok_r(copy, ", ", &rest); one && rc == OK; one = strtok_r(NULL, ", ", &rest))
		rc = open_one(listeners, kind, one, err);
	free(copy);
	return rc;
}

static bool for_this_process(const char *pid)
{
	return pid && strtol(pid, NULL, 10) == (long)getpid();
}

/* systemd's own name for a socket without FileDescriptorName= is the unit's, which counts as the main one. */
static enum error_code inherit_one(struct list *listeners, int fd, const char *name, unsigned int *taken, struct error *err)
{
	enum listener_kind kind = name && strcmp(name, "status") == 0 ? LISTEN_STATUS : LISTEN_MAIN;
	int listening = 0, flags = fcntl(fd, F_GETFL);
	socklen_t length = sizeof(listening);

	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0 || !listening)
		return error_set(err, E_PARAMS, "Descriptor %d of socket activation is not a listening socket.", fd);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	*taken |= 1u << kind;
	return listen_add(listeners, kind, fd, err);
}

enum error_code listen_inherit(struct list *listeners, unsigned int *taken, struct error *err)
{
	const char *count = getenv("LISTEN_FDS"), *names = getenv("LISTEN_FDNAMES");
	char *copy = strdup(names ? names : ""), *rest = copy;
	enum error_code rc = OK;
	long n = 0;

	*taken = 0;
	if (!copy)
		return error_set(err, E_INTERNAL, "Out of memory.");
	if (count && for_this_process(getenv("LISTEN_PID")))
		n = strtol(count, NULL, 10);
	for (long i = 0; i < n && rc == OK; i++)
		rc = inherit_one(listeners, SYSTEMD_FIRST_FD + (int)i, strsep(&rest, ":"), taken, err);
	free(copy);
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDNAMES");
	return rc;
}

static void listen_resume(void *arg)
{
	struct listener *l = arg;

	l->pause = NULL;
	loop_rewatch(l->watch, LOOP_READABLE);
}

/* The waiting connection stays readable: without a pause the loop would spin on it. */
static void out_of_descriptors(struct listener *l)
{
	log_warn("listen.exhausted", "listener=%s error=%s", l->name, strerror(errno));
	l->pause = loop_after(l->loop, PAUSE_MS, listen_resume, l);
	if (l->pause)
		loop_rewatch(l->watch, 0);
}

static void listen_ready(void *arg, int events)
{
	struct listener *l = arg;
	struct sockaddr_storage from = { 0 };
	struct address address;
	socklen_t length;
	int fd, on = 1;

	(void)events;
	for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
		length = sizeof(from);
		fd = accept4(l->fd, (struct sockaddr *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0)
			break;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		address_of(&from, &address);
		l->accepted(l->arg, l, fd, &address);
	}
	if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
		out_of_descriptors(l);
}

void listen_start(struct list *listeners, struct loop *loop,
	void (*accepted)(void *arg, const struct listener *l, int fd, const struct address *from), void *arg)
{
	struct list *node, *after;

	LIST_EACH(node, after, listeners) {
		struct listener *l = LIST_ITEM(node, struct listener, node);

		l->accepted = accepted;
		l->arg = arg;
		l->loop = loop;
		l->watch = loop_watch(loop, l->fd, LOOP_READABLE, listen_ready, l);
		log_info("listen.ready", "listener=%s kind=%s", l->name, l->kind == LISTEN_STATUS ? "status" : "main");
	}
}

void listen_close(struct list *listeners)
{
	struct list *node, *after;

	LIST_EACH(node, after, listeners) {
		struct listener *l = LIST_ITEM(node, struct listener, node);

		list_remove(node);
		loop_cancel(l->pause);
		loop_unwatch(l->watch);
		close(l->fd);
		free(l);
	}
}
