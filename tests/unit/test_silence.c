/* test_silence.c - peers that say nothing, with a clock that can be put forward: a ping after 30 seconds, the end after 90. */
#include "tests/unit/network.h"

#include "base/clock.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static atomic_llong forward;

/* In place of server/base/clock.c. */
static int64_t read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + forward;
}

int64_t clock_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall_ms(void)
{
	return read_clock(CLOCK_REALTIME);
}

void clock_text(int64_t wall_ms, char out[CLOCK_TEXT])
{
	(void)wall_ms;
	strcpy(out, "-");
}

static struct network net;
static atomic_int closed;

static void on_opened(void *arg, struct peer *p)
{
	(void)arg;
	peer_signed_in(p);
}

static void on_text(void *arg, struct peer *p, const char *text, size_t length)
{
	struct message *m = message_new(text, length);

	(void)arg;
	if (strcmp(text, "pause") == 0)
		peer_pause(p, true);
	peer_send(p, m);
	message_drop(m);
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
	network_start(&net, &(struct server_config){ 0 }, &handler, &(const struct http_handler){ .session = { 0 } });
	return 0;
}

static int stop(void **state)
{
	(void)state;
	network_stop(&net);
	return 0;
}

static int open_peer(void)
{
	char text[64];
	size_t length;
	int fd = client_connect(net.port);

	assert_int_equal(client_upgrade(fd, &net, ""), 101);
	client_text(fd, "hello");
	assert_int_equal(client_next(fd, text, sizeof(text), &length, 2000), 1);
	return fd;
}

static void pings_after_30_seconds_and_ends_after_90(void **state)
{
	int silent = open_peer(), answering = open_peer(), paused = open_peer();
	char text[200];
	size_t length;

	(void)state;
	client_text(paused, "pause");
	assert_int_equal(client_next(paused, text, sizeof(text), &length, 2000), 1);
	forward += 29 * 1000 - 500;
	assert_int_equal(client_next(silent, text, sizeof(text), &length, 1200), -1);
	forward += 2000;
	assert_int_equal(client_next(silent, text, sizeof(text), &length, 2500), 9);
	assert_int_equal(client_next(answering, text, sizeof(text), &length, 2500), 9);
	client_frame(answering, 10, true, text, length);
	usleep(200000);
	forward += 31 * 1000;
	assert_int_equal(client_next(answering, text, sizeof(text), &length, 2500), 9);
	client_frame(answering, 10, true, text, length);
	/* One ping in a silence, not one a second. */
	assert_int_equal(client_next(silent, text, sizeof(text), &length, 2200), -1);
	forward += 31 * 1000;
	assert_int_equal(client_close_code(silent, 3000), 1008);
	assert_int_equal(client_next(answering, text, sizeof(text), &length, 2500), 9);
	client_text(answering, "still here");
	assert_int_equal(client_next(answering, text, sizeof(text), &length, 2500), 1);
	/* While we do not read, silence is our own doing. */
	assert_true(closed <= 1);
	assert_int_equal(client_next(paused, text, sizeof(text), &length, 500), -1);
	client_close(silent);
	client_close(answering);
	client_close(paused);
}

static void a_close_that_is_not_answered_ends_all_the_same(void **state)
{
	int fd = open_peer(), before = closed;

	(void)state;
	forward += 91 * 1000;
	assert_int_equal(client_close_code(fd, 3000), 1008);
	forward += LIMIT_CLOSE_MS + 1000;
	assert_true(client_ended(fd, 3000));
	for (int i = 0; i < 100 && closed == before; i++)
		usleep(10000);
	assert_true(closed > before);
	client_close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pings_after_30_seconds_and_ends_after_90),
		cmocka_unit_test(a_close_that_is_not_answered_ends_all_the_same),
	};

	return cmocka_run_group_tests_name("silence", tests, start, stop);
}
