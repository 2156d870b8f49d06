/* tail.c - see tail.h. */
#include "live/tail.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

struct tail {
	struct tail_config config;
	struct ring *ring;
	struct uuid incarnation;
	bool up, follows;
	bool asking, again;	/* a query is under way; something came meanwhile */
	bool look;		/* where the ledger stands is to be asked */
	int64_t lag_ms;
	void *poll;		/* timer */
};

static void tail_work(struct tail *t);

static void tail_asked(struct tail *t)
{
	t->asking = false;
	tail_work(t);
}

static void tail_ask(struct tail *t, const struct db_request *request)
{
	struct error err = { 0 };

	t->asking = listener_query(t->config.listener, request, &err) == OK;
	error_clear(&err);
}

/* --- where the ledger stands */

/* Follows from here on, whatever was followed before. */
static void begin_at(struct tail *t, const struct uuid *incarnation, int64_t position)
{
	bool before = t->follows;

	t->incarnation = *incarnation;
	t->follows = true;
	ring_reset(t->ring, position);
	if (before) {
		log_warn("ledger.anew", "position=%lld", (long long)position);
		t->config.anew(t->config.arg);
	}
}

static void head_done(void *arg, const struct db_result *result, struct error *err)
{
	struct tail *t = arg;
	struct uuid incarnation;

	if (err->code == OK && result->rows == 1 && uuid_read(result->get(result, 0, 0), &incarnation)) {
		int64_t position = strtoll(result->get(result, 0, 1), NULL, 10);

		t->lag_ms = strtoll(result->get(result, 0, 2), NULL, 10);
		if (!t->follows || !uuid_equal(&incarnation, &t->incarnation) || position < ring_last(t->ring))
			begin_at(t, &incarnation, position);
	} else if (err->code != E_NOT_NOW) {
		log_error("ledger.head", "error=%s", err->message);
	}
	tail_asked(t);
}

/* --- what is new */

/* A row that cannot be taken (no memory, or a position that is not the next) would be a hole: begin behind it, and say so. */
static bool tail_take(struct tail *t, const struct db_result *rows, int row)
{
	struct event *e = event_read(rows, row);

	if (!e || e->position != ring_last(t->ring) + 1) {
		event_free(e);
		log_error("ledger.unreadable", "after=%lld", (long long)ring_last(t->ring));
		t->look = true;
		begin_at(t, &t->incarnation, strtoll(rows->get(rows, rows->rows - 1, 0), NULL, 10));
		return false;
	}
	ring_push(t->ring, e);
	t->config.event(t->config.arg, e);
	return true;
}

static void tail_done(void *arg, const struct db_result *result, struct error *err)
{
	struct tail *t = arg;

	if (err->code == OK) {
		t->again = t->again || result->rows == TAIL_BATCH;
		for (int row = 0; row < result->rows && tail_take(t, result, row); row++)
			;
	} else if (err->code != E_NOT_NOW) {
		log_error("ledger.tail", "error=%s", err->message);
	}
	tail_asked(t);
}

static void read_on(struct tail *t)
{
	char after[24], most[16];

	snprintf(after, sizeof(after), "%lld", (long long)ring_last(t->ring));
	snprintf(most, sizeof(most), "%d", TAIL_BATCH);
	tail_ask(t, &(struct db_request){ .name = "ledger_tail",
		.sql = "select " EVENT_COLUMNS " from ledger.tail($1::bigint, $2::integer)",
		.count = 2, .params = { { .value = after }, { .value = most } }, .done = tail_done, .arg = t });
}

static void tail_work(struct tail *t)
{
	if (!t->up || t->asking)
		return;
	if (t->look) {
		t->look = false;
		tail_ask(t, &(struct db_request){ .name = "ledger_head",
			.sql = "select incarnation, position, lag_ms from ledger.head()",
			.done = head_done, .arg = t });
	} else if (t->again && t->follows) {
		t->again = false;
		read_on(t);
	}
}

static void tail_poll(void *arg)
{
	struct tail *t = arg;

	t->poll = t->config.loop->after(t->config.loop->loop, TAIL_POLL_MS, tail_poll, t);
	t->look = t->again = true;
	tail_work(t);
}

/* --- what happens to it */

struct tail *tail_new(const struct tail_config *config)
{
	struct tail *t = calloc(1, sizeof(*t));

	if (!t || !(t->ring = ring_new())) {
		free(t);
		return NULL;
	}
	t->config = *config;
	t->poll = config->loop->after(config->loop->loop, TAIL_POLL_MS, tail_poll, t);
	return t;
}

void tail_free(struct tail *t)
{
	if (!t)
		return;
	if (t->poll)
		t->config.loop->cancel(t->poll);
	ring_free(t->ring);
	free(t);
}

void tail_connected(struct tail *t, bool up)
{
	t->up = up;
	t->look = t->again = up;
	tail_work(t);
}

void tail_read(struct tail *t)
{
	t->again = true;
	tail_work(t);
}

const struct ring *tail_ring(const struct tail *t)
{
	return t->ring;
}

bool tail_follows(const struct tail *t)
{
	return t->follows;
}

const struct uuid *tail_incarnation(const struct tail *t)
{
	return &t->incarnation;
}

int64_t tail_lag_ms(const struct tail *t)
{
	return t->lag_ms;
}
