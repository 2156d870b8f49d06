/* listener.c - see listener.h. One connection of the pool's kind; LISTEN is sent first whenever it comes up, and the session counts
 * as up when every LISTEN has been answered. */
#include "db/listener.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/conninfo.h"
#include "db/connection.h"
#include "db/job.h"
#include "db/sqlstate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_MS = 15000, SWEEP_MS = 500, SQL_MAX = 128, COMPLAIN_MS = 60000 };

static const char away_sentence[] = "The database is away for a moment; try again.";

struct listener {
	struct db_loop loop;
	struct listener_config config;
	unsigned int timeout_ms;
	struct conninfo *info, *own_info;
	struct connection *connection;
	struct statements statements;
	int listens;			/* LISTENs still to be answered */
	bool up, freeing;
	int64_t complained_at;		/* clock_ms; that there is no room was logged; 0: never */
	void *sweep;			/* timer, while something is in flight */
};

static void listener_sweep(void *arg);

static void listener_sweep_later(struct listener *l)
{
	if (!l->sweep && !l->freeing && connection_in_flight(l->connection) > 0)
		l->sweep = l->loop.after(l->loop.loop, SWEEP_MS, listener_sweep, l);
}

/* A silent session is given up as a whole: its queries run one after another. */
static void listener_sweep(void *arg)
{
	struct listener *l = arg;

	l->sweep = NULL;
	if (connection_stall(l->connection, clock_ms()) > l->timeout_ms)
		connection_break(l->connection, "silent");
	listener_sweep_later(l);
}

static enum error_code listener_send(struct listener *l, const struct db_request *request, struct error *err)
{
	const struct statement *statement = statement_of(&l->statements, request->name, request->sql);
	struct job *j = statement ? job_new(request, statement, 0) : NULL;

	if (!j)
		return sqlstate_not_now(err, away_sentence);
	connection_send(l->connection, j);
	listener_sweep_later(l);
	return OK;
}

static void listened(void *arg, const struct db_result *result, struct error *err)
{
	struct listener *l = arg;

	(void)result;
	if (err->code != OK) {
		connection_break(l->connection, "cannot listen");
	} else if (--l->listens == 0) {
		l->up = true;
		l->config.state(l->config.arg, true);
	}
}

static void listener_connection_up(void *arg, struct connection *c)
{
	struct listener *l = arg;
	char sql[SQL_MAX];
	struct error err = { 0 };

	l->listens = 0;
	for (int i = 0; i < LISTENER_CHANNELS_MAX && l->config.channels[i]; i++) {
		l->listens++;
		snprintf(sql, sizeof(sql), "listen %s", l->config.channels[i]);
		if (listener_send(l, &(struct db_request){ .name = "listen", .sql = sql, .done = listened,
				.arg = l }, &err) != OK)
			connection_break(c, "out of memory");
		error_clear(&err);
	}
	if (l->listens == 0) {
		l->up = true;
		l->config.state(l->config.arg, true);
	}
}

static void listener_connection_down(void *arg, struct connection *c, bool was_up)
{
	struct listener *l = arg;
	bool told = l->up;

	(void)c;
	(void)was_up;
	l->up = false;
	if (told && !l->freeing)
		l->config.state(l->config.arg, false);
}

/* It will ask again in a second, and be told the same. */
static void listener_complain_full(struct listener *l, const char *statement)
{
	int64_t now = clock_ms();

	if (!l->complained_at || now - l->complained_at >= COMPLAIN_MS)
		log_error("db.full", "statement=%s sqlstate=53100", statement);
	else
		now = l->complained_at;
	l->complained_at = now;
}

static void listener_connection_finished(void *arg, struct connection *c, struct job *j, bool lost)
{
	struct error err = { 0 };
	char table[JOB_TABLE_MAX];
	struct sqlstate s;

	if (lost) {
		sqlstate_not_now(&err, away_sentence);
	} else if (j->failure) {
		job_sqlstate(j, &s, table);
		if (sqlstate_act(&s) == SQLSTATE_STALE)
			connection_forget(c, j->statement);
		if (sqlstate_act(&s) == SQLSTATE_AWAY)
			connection_break(c, "refused by the server");
		if (sqlstate_act(&s) == SQLSTATE_FULL)
			listener_complain_full(arg, j->statement->name);
		if (sqlstate_error(&err, &s) == E_INTERNAL)
			log_error("listener.error", "statement=%s sqlstate=%s", j->statement->name, s.state);
	}
	job_answer(j, &err);
	job_free(j);
}

static void listener_connection_notified(void *arg, const char *channel, const char *payload)
{
	struct listener *l = arg;

	if (l->up)
		l->config.notify(l->config.arg, channel, payload);
}

bool listener_up(const struct listener *l)
{
	return l->up && connection_is_up(l->connection);
}

enum error_code listener_query(struct listener *l, const struct db_request *request, struct error *err)
{
	if (!listener_up(l) || l->freeing || connection_in_flight(l->connection) >= LISTENER_QUEUE_MAX)
		return sqlstate_not_now(err, away_sentence);
	return listener_send(l, request, err);
}

void listener_free(struct listener *l)
{
	if (!l)
		return;
	l->freeing = true;
	if (l->sweep)
		l->loop.cancel(l->sweep);
	connection_free(l->connection);
	conninfo_free(l->own_info);
	statements_clear(&l->statements);
	free(l);
}

struct listener *listener_new(const struct listener_config *config, const struct db_loop *loop, struct error *err)
{
	struct conninfo_options options = { .user = config->user, .application = "ninetwod feed", .resolve = true };
	struct listener *l = calloc(1, sizeof(*l));
	struct connection_handler handler = {
		.up = listener_connection_up, .finished = listener_connection_finished,
		.down = listener_connection_down, .notified = listener_connection_notified, .arg = l,
	};

	if (!l) {
		error_set(err, E_INTERNAL, NULL);
		return NULL;
	}
	l->loop = *loop;
	l->config = *config;
	l->timeout_ms = config->timeout_ms ? config->timeout_ms : TIMEOUT_MS;
	if (!config->info)
		l->own_info = conninfo_new(config->conninfo, &options, err);
	l->info = config->info ? config->info : l->own_info;
	if (!l->info)
		goto fail;
	l->connection = connection_new(l->info, config->label ? config->label : "feed", loop, &handler, 0);
	if (!l->connection) {
		error_set(err, E_INTERNAL, NULL);
		goto fail;
	}
	return l;
fail:
	listener_free(l);
	return NULL;
}
