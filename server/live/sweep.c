/* sweep.c - see sweep.h. */
#include "live/sweep.h"

#include "base/log.h"
#include "db/conninfo.h"
#include "db/listener.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_TEXT = 16 };

struct sweep {
	struct sweep_config config;
	struct conninfo *info;
	struct listener *listener;	/* while one is under way */
	void *timer;			/* until the next; while one is under way, limits connecting or closes the connection */
	unsigned int failures;		/* sweeps in a row that did not do all of it */
	int piece;			/* rows */
	unsigned int pieces;
	bool failed;			/* something was left out */
	json_t *place;			/* of the piece that is asked for; NULL: the first */
	json_t *removed;		/* name: how many so far */
};

static void sweep_begin(void *arg);
static void sweep_ask(struct sweep *s);

static void sweep_set_timer(struct sweep *s, unsigned int ms, void (*fn)(void *arg))
{
	if (s->timer)
		s->config.loop->cancel(s->timer);
	s->timer = s->config.loop->after(s->config.loop->loop, ms, fn, s);
}

static unsigned int jittered(unsigned int ms)
{
	return ms / 2 + arc4random_uniform(ms);
}

/* After a failure the next sweep comes soon, then less and less often. */
static unsigned int sweep_pause_ms(const struct sweep *s)
{
	unsigned int ms = (unsigned int)SWEEP_FIRST_MS << (s->failures < 6 ? s->failures - (s->failures > 0) : 6);

	return s->failures && ms < SWEEP_PERIOD_MS ? jittered(ms) : SWEEP_PERIOD_MS;
}

/* --- the end of one */

static void close_connection(void *arg)
{
	struct sweep *s = arg;
	struct listener *l = s->listener;

	s->timer = NULL;
	s->listener = NULL;
	listener_free(l);
	json_decref(s->place);
	json_decref(s->removed);
	s->place = s->removed = NULL;
	sweep_set_timer(s, sweep_pause_ms(s), sweep_begin);
}

static void sweep_end(struct sweep *s)
{
	char *result = json_dumps(s->removed, JSON_COMPACT | JSON_PRESERVE_ORDER);

	s->failures = s->failed ? s->failures + 1 : 0;
	if (s->pieces > 0)
		log_info("sweep.done", "pieces=%u all=%d result=%s", s->pieces, !s->failed, result);
	free(result);
	sweep_set_timer(s, 0, close_connection);
}

static void sweep_fail(struct sweep *s, const char *why)
{
	const char *step = json_string_value(json_object_get(s->place, "step"));

	s->failed = true;
	if (s->piece / 4 >= SWEEP_PIECE_MIN)
		s->piece /= 4;
	log_error("sweep.failed", "step=%s error=%s", step, why);
}

/* --- pieces */

static void sweep_add(struct sweep *s, const json_t *piece)
{
	json_t *count;
	const char *name;

	json_object_foreach(json_object_get(piece, "removed"), name, count)
		json_object_set_new(s->removed, name,
			json_integer(json_integer_value(json_object_get(s->removed, name)) + json_integer_value(count)));
}

/* What failed is left out; when leaving it out fails as well, there is nothing more to be done now. */
static void sweep_piece_failed(struct sweep *s, const char *why)
{
	bool skipping = json_is_true(json_object_get(s->place, "skip"));

	sweep_fail(s, why);
	if (skipping || !listener_up(s->listener)) {
		sweep_end(s);
		return;
	}
	if (!s->place)
		s->place = json_object();
	json_object_set_new(s->place, "skip", json_true());
	sweep_ask(s);
}

static void sweep_piece_done(void *arg, const struct db_result *result, struct error *err)
{
	struct sweep *s = arg;
	json_t *piece = err->code == OK && result->text ? json_loads(result->text, 0, NULL) : NULL;

	if (!s->listener)
		goto out;			/* it is being freed */
	if (!piece) {
		sweep_piece_failed(s, err->code == OK ? "no answer" : err->message);
		goto out;
	}
	s->pieces++;
	sweep_add(s, piece);
	json_decref(s->place);
	s->place = json_incref(json_object_get(piece, "next"));
	if (json_is_object(s->place))
		sweep_ask(s);
	else
		sweep_end(s);
out:
	json_decref(piece);
}

static void sweep_ask(struct sweep *s)
{
	struct error err = { 0 };
	char *place = s->place ? json_dumps(s->place, JSON_COMPACT) : NULL, many[NUMBER_TEXT];

	snprintf(many, sizeof many, "%d", s->piece);
	if (listener_query(s->listener, &(struct db_request){ .name = "operator_sweep_piece", .sql = "select operator.sweep_piece($1, $2)", .count = 2,
			.params = { { .value = place }, { .value = many } }, .done = sweep_piece_done, .arg = s },
			&err) != OK) {
		sweep_fail(s, err.message);
		sweep_end(s);
	}
	free(place);
	error_clear(&err);
}

/* --- its connection */

static void sweep_connect_late(void *arg)
{
	struct sweep *s = arg;

	s->timer = NULL;
	sweep_fail(s, "the database is away");
	sweep_end(s);
}

/* A connection that goes takes the piece with it, which says so. */
static void sweep_connected(void *arg, bool up)
{
	struct sweep *s = arg;

	if (!up || s->pieces > 0 || s->failed)
		return;
	s->config.loop->cancel(s->timer);
	s->timer = NULL;
	sweep_ask(s);
}

static void sweep_notified(void *arg, const char *channel, const char *payload)
{
	(void)arg, (void)channel, (void)payload;
}

static void sweep_begin(void *arg)
{
	struct sweep *s = arg;
	const struct listener_config config = { .info = s->info, .user = s->config.user, .label = "sweep",
		.notify = sweep_notified, .state = sweep_connected, .arg = s };
	struct error err = { 0 };

	s->timer = NULL;
	if (!s->config.due(s->config.arg)) {
		sweep_set_timer(s, jittered(SWEEP_FIRST_MS), sweep_begin);
		return;
	}
	s->pieces = 0;
	s->failed = false;
	s->piece = s->failures ? s->piece : SWEEP_PIECE;
	s->removed = json_object();
	s->listener = s->removed ? listener_new(&config, s->config.loop, &err) : NULL;
	if (s->listener) {
		sweep_set_timer(s, SWEEP_CONNECT_MS, sweep_connect_late);
	} else {
		sweep_fail(s, "out of memory");
		sweep_end(s);
	}
	error_clear(&err);
}

/* --- life */

struct sweep *sweep_new(const struct sweep_config *config)
{
	struct sweep *s = calloc(1, sizeof *s);
	struct error err = { 0 };

	if (!s)
		return NULL;
	s->config = *config;
	s->piece = SWEEP_PIECE;
	s->info = conninfo_new(config->conninfo, &(struct conninfo_options){ .user = config->user, .application = "ninetwod sweep", .resolve = true }, &err);
	error_clear(&err);
	if (!s->info) {
		free(s);
		return NULL;
	}
	sweep_set_timer(s, jittered(SWEEP_FIRST_MS), sweep_begin);
	return s;
}

void sweep_free(struct sweep *s)
{
	struct listener *l;

	if (!s)
		return;
	if (s->timer)
		s->config.loop->cancel(s->timer);
	l = s->listener;
	s->listener = NULL;
	listener_free(l);
	conninfo_free(s->info);
	json_decref(s->place);
	json_decref(s->removed);
	free(s);
}
