/* test_silence.c - peers that say nothing, with a clock that goes only as it is put forward: a ping after 30 seconds,
 * the end after 90. */
#include "tests/unit/forward.h"
#include "tests/unit/network.h"

#include "base/limits.h"

#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct network net;
static atomic_int opened, closed;
static atomic_ullong last_peer;

static void on_opened(void *arg, struct peer *p)
{
	(void)arg;
	peer_signed_in(p);
	last_peer = peer_id(p);
	opened++;
}

static void send_text(struct peer *p, const char *text, size_t length)
{
	struct message *m = message_new(text, length);

	peer_send(p, m);
	message_drop(m);
}

static void on_text(void *arg, struct peer *p, const char *text, size_t length)
{
	(void)arg;
	if (strcmp(text, "pause") == 0)
		peer_pause(p, true);
	send_text(p, text, length);
}

static void on_closed(void *arg, struct peer *p)
{
	(void)arg, (void)p;
	closed++;
}

static int start(void **state)
{
	const struct peer_handler handler = { .opened = on_opened, .text = on_text, .closed = on_closed };

	(void)state;
	clock_hold();
	network_start(&net, &(struct server_config){ 0 }, &handler, &(const struct http_handler){ .session = { 0 } });
	return 0;
}

static int stop(void **state)
{
	(void)state;
	network_stop(&net);
	return 0;
}

struct client { int fd; uint64_t id; };

static char ping[200];		/* what the last ping said */

static void says(const struct client *c, const char *said)
{
	char text[64];
	size_t length;

	client_text(c->fd, said);
	assert_int_equal(client_next(c->fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, said);
}

static struct client open_peer(void)
{
	struct client c = { .fd = client_connect(net.port) };

	assert_int_equal(client_upgrade(c.fd, &net, ""), 101);
	says(&c, "hello");
	c.id = last_peer;
	return c;
}

static void mark(void *arg)
{
	struct peer *p = peer_find(server_peers(net.server), *(uint64_t *)arg);

	assert_non_null(p);
	send_text(p, "mark", 4);
}

/* What the server says now, which is nothing heard from the client, is the next that comes. */
static void got_nothing(struct client *c)
{
	char text[64];
	size_t length;

	network_do(&net, mark, &c->id);
	assert_int_equal(client_next(c->fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "mark");
}

static void resume(void *arg)
{
	struct peer *p = peer_find(server_peers(net.server), *(uint64_t *)arg);

	if (p)
		peer_pause(p, false);
}

static void got_ping(const struct client *c)
{
	size_t length;

	assert_int_equal(client_next(c->fd, ping, sizeof(ping), &length), 9);
}

static void answer_ping(const struct client *c, const struct client *witness)
{
	got_ping(c);
	client_frame(c->fd, 10, true, ping, strlen(ping));
	says(witness, "heard");		/* and so is what the other said before, */
	says(witness, "heard");		/* if not in this turn of the loop, then in that */
}

static void pings_after_30_seconds_and_ends_after_90(void **state)
{
	struct client witness = open_peer(), silent, answering, paused;

	(void)state;
	clock_forward(1);
	silent = open_peer();
	answering = open_peer();
	paused = open_peer();
	says(&paused, "pause");
	clock_forward(LIMIT_PING_MS - 1);
	got_ping(&witness);		/* so that all have been looked at */
	got_nothing(&silent);
	got_nothing(&answering);
	clock_forward(1);
	got_ping(&silent);
	answer_ping(&answering, &witness);
	clock_forward(LIMIT_PING_MS);
	got_ping(&witness);
	answer_ping(&answering, &witness);
	/* One ping in a silence, not one whenever it is looked at. */
	got_nothing(&silent);
	clock_forward(LIMIT_SILENCE_MS - 2 * LIMIT_PING_MS);
	assert_int_equal(client_close_code(silent.fd), 1008);
	got_ping(&answering);
	says(&answering, "still here");
	/* While we do not read, silence is our own doing. */
	got_nothing(&paused);
	client_close(silent.fd);
	client_close(answering.fd);
	client_close(paused.fd);
	client_close(witness.fd);
	network_do(&net, resume, &paused.id);
	expect_soon(closed == opened, "%d of %d are closed", closed, opened);
}

static void a_close_that_is_not_answered_ends_all_the_same(void **state)
{
	struct client c = open_peer();

	(void)state;
	clock_forward(LIMIT_SILENCE_MS);
	assert_int_equal(client_close_code(c.fd), 1008);
	clock_forward(LIMIT_CLOSE_MS);
	assert_true(client_ended(c.fd));
	expect_soon(closed == opened, "%d of %d are closed", closed, opened);
	client_close(c.fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pings_after_30_seconds_and_ends_after_90),
		cmocka_unit_test(a_close_that_is_not_answered_ends_all_the_same),
	};

	return cmocka_run_group_tests_name("silence", tests, start, stop);
}
