/* steady.h - writers and a subscriber that go on whatever happens to the server, each in a thread with a connection of its own.
 *
 * A writer notes in a file of its own what it means to do before it asks, and what was acknowledged when the answer is there; after a
 * lost connection it asks again with the same request_id. These files, and the subscriber's, are what is checked. In a thread
 * nothing can fail a test: what is wrong is kept in `problem`. */
#ifndef TESTS_SYSTEM_STEADY_H
#define TESTS_SYSTEM_STEADY_H

#include "tests/system/feed.h"
#include "tests/system/member.h"

#include <pthread.h>
#include <stdatomic.h>

enum { PROBLEM_MAX = 512 };

struct steady_writer {
	pthread_t thread;
	const char *label;		/* of this stream: its parties are called LABEL-NUMBER-COUNT, which is their legal identifier too */
	int number;
	const struct server *server;	/* may be changed for another between two calls: set before the start only */
	struct member member;		/* its token and organisation */
	char path[2 * DEPLOYMENT_PATH];	/* of its log */
	atomic_bool stop;
	atomic_int acknowledged;
	atomic_int lost;		/* connections */
	atomic_int put_off;		/* times it was told "not now" */
	char problem[PROBLEM_MAX];	/* "" when all is well */
};

struct steady_subscriber {
	pthread_t thread;
	const struct server *server;
	struct member member;
	struct feed feed;		/* what it saw; to be looked at after the end */
	atomic_llong reached;		/* its position, at any time */
	json_int_t from;		/* where it began */
	atomic_bool stop;
	int lost;
	char problem[PROBLEM_MAX];
};

void steady_write(struct steady_writer *w);		/* starts the thread */
void steady_write_end(struct steady_writer *w);		/* stops and joins it */
int steady_acknowledged(const struct steady_writer *w, size_t count);	/* by all of them */
/* Lets them run until each has made several writes more, new records and changes of them. */
void steady_let_run(const struct steady_writer *w, size_t count);
void steady_subscribe(struct steady_subscriber *s);	/* is subscribed when this returns */
/* Stops it once it has seen everything up to `position`. */
void steady_subscribe_end(struct steady_subscriber *s, json_int_t position);

/* Lines of a writer's log, in order. */
struct steady_entry {
	bool acknowledged;		/* else an intent */
	char request_id[UUID_SIZE];
	char method[32];
	char subject[UUID_SIZE];	/* of an acknowledgement, and of an intent to change */
	long version;			/* of an acknowledgement */
	char name[64];
};
/* Calls fn for each line; returns how many. */
size_t steady_log_read(const char *path, void (*fn)(void *arg, const struct steady_entry *e), void *arg);

#endif
