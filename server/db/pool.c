/* pool.c - see db.h. Which connection a request goes to, when it is tried again, and what is answered when it cannot be done.
 *
 * A job is on exactly one list: waiting (by kind), delayed (before another try) or in flight on a connection. `jobs` counts all. */
#include "db/db.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/conninfo.h"
#include "db/connection.h"
#include "db/job.h"
#include "db/sqlstate.h"
#include "db/statement.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

enum {
	KINDS = 2,
	TRIES_MAX = 5,			/* of a lost race */
	DOUBTS_MAX = 2,			/* of what may have been made anew while it ran */
	LOSSES_MAX_READ = 3,		/* connections that a read may lose */
	LOSSES_MAX_WRITE = 2,
	TIMEOUT_MS = 15000,
	SLOW_MS = 50,			/* a connection that works on one job for longer gets no further one behind it */
	SWEEP_MS = 100,
	FIRST_MS = 250,			/* for so long the first of each kind connects alone: a start asks for the description at once, and were
					 * all to connect then, a machine of few cores would answer that last */
	BARE_MS = 5000,			/* longer than the longest pause between two attempts to connect */
	COMPLAIN_MS = 60000		/* the same complaint is logged at most this often */
};

static const char away_sentence[] = "The database is away for a moment; try again.";
static const char busy_sentence[] = "Too much is being asked at once; try again in a moment.";
static const char closing_sentence[] = "The server is shutting down; try again.";
static const char bare_sentence[] = "the database was never migrated: run ninetwod migrate";
static const char late_sentence[] = "This was not done in time; try again.";

/* What only whoever operates the database can put right. */
struct complaint {
	int64_t at, logged_at;		/* clock_ms; 0: never */
	uint64_t count;
};

struct db {
	struct db_loop loop;
	struct conninfo *info[KINDS];
	struct connection **connections[KINDS];
	int count[KINDS];
	int pipeline_max, queue_max;
	unsigned int timeout_ms;
	struct statements statements;

	struct list waiting[KINDS];
	struct list delayed;
	int queued;			/* on waiting and delayed */
	int jobs;			/* not yet freed */
	void *sweep;			/* timer, while there are jobs */

	bool asked;			/* how many connections the server allows */
	bool closing;
	void *grace, *gone;		/* timers of a drain */
	void (*drained)(void *arg);
	void *drained_arg;

	void (*stale)(void *arg);
	void *stale_arg;
	void (*committed)(void *arg);
	void *committed_arg;
	uint64_t requests, retries, failures, reconnects;
	struct complaint full, bare;
};

static const char *const kind_name[KINDS] = { [DB_READ] = "reader", [DB_WRITE] = "writer" };

static void pool_pump(struct db *db, enum db_kind kind);
static void drain_end(struct db *db);

/* --- complaints --------------------------------------------------------------------------------------------------------- */

/* Whether it is to be logged this time. */
static bool complain(struct complaint *c)
{
	c->at = clock_ms();
	c->count++;
	if (c->logged_at && c->at - c->logged_at < COMPLAIN_MS)
		return false;
	c->logged_at = c->at;
	return true;
}

static bool stands(const struct complaint *c, unsigned int ms)
{
	return c->at && clock_ms() - c->at < ms;
}

static void pool_complain_full(struct db *db, const char *statement)
{
	if (complain(&db->full))
		log_error("db.full", "statement=%s sqlstate=53100 refused=%llu", statement, (unsigned long long)db->full.count);
}

static void complain_bare(struct db *db)
{
	if (complain(&db->bare))
		log_error("db.not-migrated", "why=%s", bare_sentence);
}

/* --- answers ------------------------------------------------------------------------------------------------------------- */

static void job_end(struct db *db, struct job *j)
{
	job_free(j);
	db->jobs--;
	if (db->jobs == 0)
		drain_end(db);
}

static void pool_answer(struct db *db, struct job *j, struct error *err)
{
	if (err->code == E_INTERNAL || err->code == E_NOT_NOW)
		db->failures++;
	job_answer(j, err);
}

static void answer_and_end(struct db *db, struct job *j, struct error *err)
{
	pool_answer(db, j, err);
	job_end(db, j);
}

static void answer_not_now(struct db *db, struct job *j, const char *sentence)
{
	struct error err = { 0 };

	sqlstate_not_now(&err, sentence);
	answer_and_end(db, j, &err);
}

static void answer_unknown(struct db *db, struct job *j)
{
	struct error err = { 0 };

	sqlstate_unknown(&err);
	answer_and_end(db, j, &err);
}

static void answer_failure(struct db *db, struct job *j, const struct sqlstate *s)
{
	struct error err = { 0 };

	if (sqlstate_error(&err, s) == E_INTERNAL)
		log_error("db.error", "statement=%s sqlstate=%s tries=%d", j->statement->name, s->state, j->tries);
	answer_and_end(db, j, &err);
}

/* What it is worth to say about a job that is given up before its answer came. */
static void job_give_up(struct db *db, struct job *j, bool may_be_done, const char *sentence)
{
	if (may_be_done && j->kind == DB_WRITE)
		answer_unknown(db, j);
	else
		answer_not_now(db, j, sentence);
}

/* --- queues -------------------------------------------------------------------------------------------------------------- */

static void enqueue(struct db *db, struct list *queue, struct job *j)
{
	list_move(queue, &j->node);
	db->queued++;
}

static struct job *dequeue(struct db *db, struct list *node)
{
	struct job *j = LIST_ITEM(node, struct job, node);

	list_remove(node);
	db->queued--;
	if (j->timer)
		db->loop.cancel(j->timer);
	j->timer = NULL;
	return j;
}

/* The connection with the least before it; NULL when all have enough. */
static struct connection *choose(const struct db *db, enum db_kind kind)
{
	struct connection *best = NULL;
	int64_t now = clock_ms();

	for (int i = 0; i < db->count[kind]; i++) {
		struct connection *c = db->connections[kind][i];
		int n = connection_in_flight(c);

		if (!connection_is_up(c) || n >= db->pipeline_max || connection_stall(c, now) > SLOW_MS)
			continue;
		if (!best || n < connection_in_flight(best))
			best = c;
		if (n == 0)
			break;
	}
	return best;
}

static void pool_pump(struct db *db, enum db_kind kind)
{
	struct connection *c;
	struct list *node;

	while ((node = list_first(&db->waiting[kind])) && (c = choose(db, kind)))
		connection_send(c, dequeue(db, node));
}

/* Puts the job before those that wait: it has waited already. */
static void again_now(struct db *db, struct job *j)
{
	db->retries++;
	job_rewind(j);
	db->queued++;
	list_append(db->waiting[j->kind].next, &j->node);
	pool_pump(db, j->kind);
}

static void delay_ended(void *arg)
{
	struct job *j = arg;
	struct db *db = j->owner;

	j->timer = NULL;
	dequeue(db, &j->node);
	again_now(db, j);
}

static void again_later(struct db *db, struct job *j)
{
	unsigned int most = 8u << j->tries;

	enqueue(db, &db->delayed, j);
	j->owner = db;
	j->timer = db->loop.after(db->loop.loop, 1 + arc4random_uniform(most), delay_ended, j);
	if (!j->timer)
		job_give_up(db, dequeue(db, &j->node), false, busy_sentence);
}

/* --- what a connection gives back ---------------------------------------------------------------------------------------- */

/* The job was rolled back, and this connection is of no use: another one may do it. */
static void job_unlucky(struct db *db, struct job *j, struct connection *c)
{
	connection_break(c, "refused by the server");
	if (j->losses++ < LOSSES_MAX_WRITE)
		again_now(db, j);
	else
		answer_not_now(db, j, away_sentence);
}

static void job_stale(struct db *db, struct job *j, struct connection *c, const struct sqlstate *s)
{
	bool forgotten = !strcmp(s->state, "26000");	/* by this connection; perhaps no more than that */
	int tries = j->tries++;

	connection_forget(c, j->statement);
	if (forgotten && tries == 0) {
		again_now(db, j);
	} else if (tries < DOUBTS_MAX) {
		again_later(db, j);
	} else {
		if (db->stale)
			db->stale(db->stale_arg);
		answer_failure(db, j, s);
	}
}

static void job_failed(struct db *db, struct job *j, struct connection *c)
{
	char table[JOB_TABLE_MAX];
	struct sqlstate s;
	enum sqlstate_act act;

	job_sqlstate(j, &s, table);
	act = sqlstate_act(&s);
	if (j->kind == DB_READ && s.state && !strcmp(s.state, "25006")) {
		log_error("db.read_wrote", "statement=%s", j->statement->name);	/* declared wrongly: the connection is well */
		s.state = "";
		act = SQLSTATE_ANSWER;
	}
	if (act == SQLSTATE_FULL)
		pool_complain_full(db, j->statement->name);
	else if (act == SQLSTATE_BARE)
		complain_bare(db);
	if (act == SQLSTATE_AWAY)
		job_unlucky(db, j, c);
	else if (act == SQLSTATE_STALE)
		job_stale(db, j, c, &s);
	else if ((act == SQLSTATE_RETRY && j->tries++ < TRIES_MAX) || (act == SQLSTATE_DOUBT && j->tries++ < DOUBTS_MAX))
		again_later(db, j);
	else
		answer_failure(db, j, &s);
}

/* The connection went with the job in flight. What was refused before that is refused; what was not may or may not be done. */
static void job_lost(struct db *db, struct job *j, struct connection *c)
{
	char table[JOB_TABLE_MAX];
	struct sqlstate s = { 0 };
	bool unconfirmed = j->unconfirmed;

	if (j->failure)
		job_sqlstate(j, &s, table);
	if (s.state && sqlstate_act(&s) != SQLSTATE_AWAY) {
		job_failed(db, j, c);
		return;
	}
	j->losses++;
	if (unconfirmed || !j->repeatable || j->losses >= (j->kind == DB_READ ? LOSSES_MAX_READ : LOSSES_MAX_WRITE))
		job_give_up(db, j, true, away_sentence);
	else
		again_now(db, j);
}

static void pool_connection_finished(void *arg, struct connection *c, struct job *j, bool lost)
{
	struct db *db = arg;
	enum db_kind kind = j->kind;
	struct error err = { 0 };

	if (kind == DB_WRITE && !lost && !j->failure && db->committed)
		db->committed(db->committed_arg);
	if (!j->done)
		job_end(db, j);			/* its time was up, and it was answered then */
	else if (lost)
		job_lost(db, j, c);
	else if (j->failure)
		job_failed(db, j, c);
	else if (j->unconfirmed)
		answer_unknown(db, j);
	else
		answer_and_end(db, j, &err);
	pool_pump(db, kind);
}

static void room_told(void *arg, const struct db_result *result, struct error *err)
{
	const struct db *db = arg;
	int wanted = db->count[DB_READ] + db->count[DB_WRITE] + 2;	/* and the feed, and now and then the sweep */

	if (err->code == OK && result->text && atoi(result->text) < wanted)
		log_error("db.room", "wanted=%d max_connections=%s", wanted, result->text);
}

/* Asks, once, whether the server allows as many connections as this process alone would like. */
static void ask_room(struct db *db)
{
	struct db_request request = { .kind = DB_READ, .name = "room", .done = room_told, .arg = db,
		.sql = "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int" };
	struct error err = { 0 };

	if (!db->asked)
		db->asked = db_submit(db, &request, &err) == OK;
	error_clear(&err);
}

static void pool_connection_up(void *arg, struct connection *c)
{
	struct db *db = arg;

	ask_room(db);
	for (enum db_kind kind = DB_READ; kind <= DB_WRITE; kind++) {
		for (int i = 0; i < db->count[kind]; i++)
			if (db->connections[kind][i] != c)
				connection_nudge(db->connections[kind][i]);
		pool_pump(db, kind);
	}
}

static void pool_connection_down(void *arg, struct connection *c, bool was_up)
{
	struct db *db = arg;

	if (connection_is_unknown(c))
		complain_bare(db);
	db->reconnects += was_up;
}

/* --- time ---------------------------------------------------------------------------------------------------------------- */

static void sweep_queue(struct db *db, struct list *queue, int64_t now)
{
	struct list *node, *after;

	/* one at a time, from the front again: done may submit */
	do {
		LIST_EACH(node, after, queue)
			if (LIST_ITEM(node, struct job, node)->deadline <= now)
				break;
		if (node != queue) {
			struct job *j = dequeue(db, node);

			job_give_up(db, j, j->losses > 0, late_sentence);
		}
	} while (node != queue);
}

/* Answers those in flight whose time is up. They stay: their results are still to come. */
static void sweep_connection(struct db *db, struct connection *c, int64_t now, const char *sentence)
{
	struct list *jobs = connection_jobs(c), *node, *after;

	LIST_EACH(node, after, jobs) {
		struct job *j = LIST_ITEM(node, struct job, node);
		struct error err = { 0 };

		if (!j->done || j->deadline > now)
			continue;
		if (j->kind == DB_WRITE)
			sqlstate_unknown(&err);
		else
			sqlstate_not_now(&err, sentence);
		pool_answer(db, j, &err);
	}
}

static void sweep_one(struct db *db, struct connection *c, int64_t now)
{
	sweep_connection(db, c, now, late_sentence);
	if (connection_stall(c, now) > db->timeout_ms)
		connection_break(c, "silent");
}

static void pool_sweep(void *arg);

static void pool_sweep_later(struct db *db)
{
	if (!db->sweep && db->jobs > 0)
		db->sweep = db->loop.after(db->loop.loop, SWEEP_MS, pool_sweep, db);
}

static void pool_sweep(void *arg)
{
	struct db *db = arg;
	int64_t now = clock_ms();

	db->sweep = NULL;
	sweep_queue(db, &db->delayed, now);
	for (enum db_kind kind = DB_READ; kind <= DB_WRITE; kind++) {
		sweep_queue(db, &db->waiting[kind], now);
		for (int i = 0; i < db->count[kind]; i++)
			sweep_one(db, db->connections[kind][i], now);
		pool_pump(db, kind);
	}
	pool_sweep_later(db);
}

/* --- requests ------------------------------------------------------------------------------------------------------------ */

static bool is_up(const struct db *db, enum db_kind kind)
{
	for (int i = 0; i < db->count[kind]; i++)
		if (connection_is_up(db->connections[kind][i]))
			return true;
	return false;
}

/* All have been tried in vain; at start, before the first attempt has failed, requests wait. */
static bool is_away(const struct db *db, enum db_kind kind)
{
	for (int i = 0; i < db->count[kind]; i++)
		if (!connection_is_away(db->connections[kind][i]))
			return false;
	return true;
}

bool db_ready(const struct db *db)
{
	return !db->closing && is_up(db, DB_READ) && is_up(db, DB_WRITE);
}

const char *db_trouble(const struct db *db)
{
	if (db->closing)
		return "the server is ending";
	if (stands(&db->bare, BARE_MS))
		return bare_sentence;
	if (!db_ready(db))
		return "the database is away";
	if (stands(&db->full, db->timeout_ms))
		return "the database has no room: make some on its disk";
	return NULL;
}

static const char *refusal(const struct db *db, enum db_kind kind)
{
	if (db->closing)
		return closing_sentence;
	if (db->queued >= db->queue_max)
		return busy_sentence;
	return is_away(db, kind) ? away_sentence : NULL;
}

enum error_code db_submit(struct db *db, const struct db_request *request, struct error *err)
{
	const char *refused = refusal(db, request->kind);
	const struct statement *statement;
	struct job *j;

	if (refused) {
		db->failures++;
		return sqlstate_not_now(err, refused);
	}
	statement = statement_of(&db->statements, request->name, request->sql);
	j = statement ? job_new(request, statement, clock_ms() + db->timeout_ms) : NULL;
	if (!j)
		return sqlstate_not_now(err, busy_sentence);
	db->requests++;
	db->jobs++;
	enqueue(db, &db->waiting[j->kind], j);
	pool_pump(db, j->kind);
	pool_sweep_later(db);
	return OK;
}

void db_on_stale_catalogue(struct db *db, void (*fn)(void *arg), void *arg)
{
	db->stale = fn;
	db->stale_arg = arg;
}

void db_on_committed(struct db *db, void (*fn)(void *arg), void *arg)
{
	db->committed = fn;
	db->committed_arg = arg;
}

void db_statistics(const struct db *db, struct db_statistics *out)
{
	*out = (struct db_statistics){ .requests = db->requests, .retries = db->retries, .failures = db->failures,
		.reconnects = db->reconnects, .queued = db->queued };
	for (enum db_kind kind = DB_READ; kind <= DB_WRITE; kind++)
		for (int i = 0; i < db->count[kind]; i++) {
			out->connections += connection_is_up(db->connections[kind][i]);
			out->in_flight += connection_in_flight(db->connections[kind][i]);
		}
}

/* --- the end ------------------------------------------------------------------------------------------------------------- */

static void pool_cancel(struct db *db, void **timer)
{
	if (*timer)
		db->loop.cancel(*timer);
	*timer = NULL;
}

static void drain_gone(void *arg)
{
	struct db *db = arg;

	db->gone = NULL;
	db->drained(db->drained_arg);
}

static void drain_end(struct db *db)
{
	if (!db->drained || db->gone)
		return;
	pool_cancel(db, &db->grace);
	db->gone = db->loop.after(db->loop.loop, 0, drain_gone, db);
}

/* Answers all that is still open; what is in flight goes with its connection. */
static void give_all_up(struct db *db)
{
	struct list *queues[] = { &db->delayed, &db->waiting[DB_READ], &db->waiting[DB_WRITE] };
	struct list *node;

	for (size_t i = 0; i < sizeof(queues) / sizeof(*queues); i++)
		while ((node = list_first(queues[i]))) {
			struct job *j = dequeue(db, node);

			job_give_up(db, j, j->losses > 0, closing_sentence);
		}
	for (enum db_kind kind = DB_READ; kind <= DB_WRITE; kind++)
		for (int i = 0; i < db->count[kind]; i++)
			sweep_connection(db, db->connections[kind][i], INT64_MAX, closing_sentence);
}

static void drain_grace_over(void *arg)
{
	struct db *db = arg;

	db->grace = NULL;
	log_warn("db.drain", "unfinished=%d", db->jobs);
	give_all_up(db);
	drain_end(db);
}

void db_drain(struct db *db, unsigned int grace_ms, void (*drained)(void *arg), void *arg)
{
	db->closing = true;
	db->drained = drained;
	db->drained_arg = arg;
	if (db->jobs == 0)
		drain_end(db);
	else
		db->grace = db->loop.after(db->loop.loop, grace_ms, drain_grace_over, db);
}

void db_free(struct db *db)
{
	if (!db)
		return;
	db->closing = true;
	db->drained = NULL;
	pool_cancel(db, &db->sweep);
	pool_cancel(db, &db->grace);
	pool_cancel(db, &db->gone);
	give_all_up(db);
	for (enum db_kind kind = DB_READ; kind <= DB_WRITE; kind++) {
		for (int i = 0; i < db->count[kind]; i++)
			connection_free(db->connections[kind][i]);
		free(db->connections[kind]);
		conninfo_free(db->info[kind]);
	}
	statements_clear(&db->statements);
	free(db);
}

/* --- the beginning ------------------------------------------------------------------------------------------------------- */

static enum error_code add_connections(struct db *db, enum db_kind kind, int count, const struct db_config *config, struct error *err)
{
	struct conninfo_options options = {
		.user = config->user, .application = "ninetwod", .read_only = kind == DB_READ, .resolve = true,
	};
	struct connection_handler handler = {
		.up = pool_connection_up, .finished = pool_connection_finished, .down = pool_connection_down, .arg = db,
	};

	db->info[kind] = conninfo_new(config->conninfo, &options, err);
	if (!db->info[kind])
		return err->code;
	db->connections[kind] = calloc((size_t)count, sizeof(*db->connections[kind]));
	for (int i = 0; db->connections[kind] && i < count; i++) {
		db->connections[kind][i] = connection_new(db->info[kind], kind_name[kind], &db->loop, &handler, i ? FIRST_MS : 0);
		if (!db->connections[kind][i])
			break;
		db->count[kind]++;
	}
	return db->count[kind] == count ? OK : error_set(err, E_INTERNAL, NULL);
}

struct db *db_new(const struct db_config *config, const struct db_loop *loop, struct error *err)
{
	struct db *db = NULL;

	if (config->writers < 1 || config->readers < 1 || config->queue_max < 1 || config->pipeline_max < 1) {
		error_set(err, E_PARAMS, "The pool needs at least one writer, one reader, a queue of one and a pipeline of one.");
		return NULL;
	}
	db = calloc(1, sizeof(*db));
	if (!db) {
		error_set(err, E_INTERNAL, NULL);
		return NULL;
	}
	db->loop = *loop;
	db->pipeline_max = config->pipeline_max;
	db->queue_max = config->queue_max;
	db->timeout_ms = config->timeout_ms ? config->timeout_ms : TIMEOUT_MS;
	list_init(&db->waiting[DB_READ]);
	list_init(&db->waiting[DB_WRITE]);
	list_init(&db->delayed);
	if (add_connections(db, DB_READ, config->readers, config, err) != OK
			|| add_connections(db, DB_WRITE, config->writers, config, err) != OK) {
		db_free(db);
		return NULL;
	}
	return db;
}
