/* connection.c - see connection.h.
 *
 * The socket may change while libpq connects (several hosts, TLS), so until it is up the watch is made anew after every step. */
#include "db/connection.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/primary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CONNECT_MS = 5000,	/* for one attempt */
	SETTLE_MS = 300,	/* for the first time, until the others have looked at the other hosts */
	PAUSE_MIN_MS = 50, PAUSE_MAX_MS = 2000,
	REFRESH_FROM = 3,	/* attempts in vain before names are looked up again */
	PREPARED_STEP = 64
};

enum state {
	STATE_PAUSE,		/* the timer ends it */
	STATE_CONNECTING,	/* the timer limits it */
	STATE_ASKING,		/* which primary it is; likewise */
	STATE_UP
};

struct prepared {
	bool ready;
	unsigned short generation;	/* in its name, so that one that PostgreSQL will not run again is never met again */
};

struct connection {
	struct conninfo *info;
	unsigned int turn;		/* at which host it begins */
	const char *label;
	struct db_loop loop;
	struct connection_handler handler;
	enum state state;
	PGconn *pg;
	struct db_watch *watch;
	int events;			/* that the watch is for */
	void *timer;
	unsigned int attempts;		/* since it was last up */
	bool settled;			/* it has been up before, or there is one host */
	struct primary_user primary;
	bool unknown;			/* the role is, as far as the last attempt could tell */
	const char *broken;		/* the reason; the timer will drop it */
	struct list jobs;		/* in flight */
	int in_flight;
	int64_t progress_at;		/* when the oldest job became the oldest */
	struct prepared *prepared;	/* by statement id */
	unsigned int prepared_count;
};

static void connection_begin(void *arg);

/* --- watching ------------------------------------------------------------------------------------------------------------ */

static void connection_ready(void *arg, int events);

static void connection_unwatch(struct connection *c)
{
	if (c->watch)
		c->loop.unwatch(c->watch);
	c->watch = NULL;
}

static void connection_watch(struct connection *c, int events)
{
	if (c->watch && c->events == events)
		return;
	c->events = events;
	if (c->watch)
		c->loop.rewatch(c->watch, events);
	else
		c->watch = c->loop.watch(c->loop.loop, PQsocket(c->pg), events, connection_ready, c);
	if (!c->watch)
		connection_break(c, "cannot be watched");
}

static void connection_set_timer(struct connection *c, unsigned int ms, void (*fn)(void *arg))
{
	if (c->timer)
		c->loop.cancel(c->timer);
	c->timer = c->loop.after(c->loop.loop, ms, fn, c);
}

static void clear_timer(struct connection *c)
{
	if (c->timer)
		c->loop.cancel(c->timer);
	c->timer = NULL;
}

/* --- going down ---------------------------------------------------------------------------------------------------------- */

static unsigned int connection_pause_ms(unsigned int attempts)
{
	unsigned int ms = (unsigned int)PAUSE_MIN_MS << (attempts < 6 ? attempts : 6);

	if (ms > PAUSE_MAX_MS)
		ms = PAUSE_MAX_MS;
	return ms - ms / 4 + arc4random_uniform(ms / 2);	/* so that many do not come at once */
}

/* Hands every job in flight back. The list is taken first: `finished` may not find half of it. */
static void lose_jobs(struct connection *c)
{
	struct list lost, *node;

	list_init(&lost);
	while ((node = list_first(&c->jobs)))
		list_move(&lost, node);
	c->in_flight = 0;
	while ((node = list_first(&lost))) {
		list_remove(node);
		c->handler.finished(c->handler.arg, c, LIST_ITEM(node, struct job, node), true);
	}
}

static void close_socket(struct connection *c)
{
	clear_timer(c);
	connection_unwatch(c);
	primary_leave(&c->primary);
	PQfinish(c->pg);
	c->pg = NULL;
	c->broken = NULL;
	if (c->prepared)
		memset(c->prepared, 0, c->prepared_count * sizeof(*c->prepared));
}

/* Why an attempt failed, in libpq's words: they name hosts and users, never passwords. Of a connection that was up nothing is quoted,
 * because there they may be those of a statement. While it goes on failing, less and less is said. */
static void log_down(const struct connection *c, const char *reason, bool was_up)
{
	const char *words = c->pg && !was_up ? PQerrorMessage(c->pg) : "";
	char line[200];

	if (!was_up && (c->attempts & (c->attempts - 1)))
		return;
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(words, "\n"), words);
	log_warn("db.down", "connection=%s reason=%s detail=%s was_up=%d in_flight=%d attempts=%u", c->label, reason, *line ? line : NULL, was_up,
		c->in_flight, c->attempts);
}

/* SQLSTATE and the function that raised it are not translated; libpq has both nowhere but in its verbose text. */
static bool lacks_role(const struct connection *c)
{
	const char *words = c->pg ? PQerrorMessage(c->pg) : "";

	return strstr(words, " 28000:") && strstr(words, "InitializeSessionUserId");
}

static void connection_drop(struct connection *c, const char *reason)
{
	bool was_up = c->state == STATE_UP;

	c->unknown = !was_up && lacks_role(c);
	log_down(c, reason, was_up);
	close_socket(c);
	c->state = STATE_PAUSE;
	connection_set_timer(c, connection_pause_ms(c->attempts++), connection_begin);
	lose_jobs(c);
	c->handler.down(c->handler.arg, c, was_up);
}

static void drop_broken(void *arg)
{
	struct connection *c = arg;

	c->timer = NULL;
	connection_drop(c, c->broken);
}

void connection_break(struct connection *c, const char *reason)
{
	if (c->broken || c->state == STATE_PAUSE)
		return;
	c->broken = reason;
	connection_set_timer(c, 0, drop_broken);
}

/* --- coming up ----------------------------------------------------------------------------------------------------------- */

static void connection_late(void *arg)
{
	struct connection *c = arg;

	c->timer = NULL;
	connection_drop(c, "no answer in time");
}

/* PostgreSQL confirms a commit even when the wait for the standby was cancelled, and says so only in a warning. Its text is
 * translated, the name of its source file is not. */
static void connection_notice(void *arg, const PGresult *result)
{
	struct connection *c = arg;
	const char *file = PQresultErrorField(result, PG_DIAG_SOURCE_FILE);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	struct list *first = list_first(&c->jobs);

	if (!file || strcmp(file, "syncrep.c"))
		return;
	log_warn("db.unconfirmed", "connection=%s sqlstate=%s", c->label, state);
	if (first)
		LIST_ITEM(first, struct job, node)->unconfirmed = true;
}

static void come_up(struct connection *c)
{
	if (!PQenterPipelineMode(c->pg)) {
		connection_drop(c, "no pipeline mode");
		return;
	}
	clear_timer(c);
	c->state = STATE_UP;
	c->attempts = 0;
	c->settled = true;
	log_info("db.up", "connection=%s server_version=%d", c->label, PQserverVersion(c->pg));
	connection_watch(c, DB_READABLE);
	c->handler.up(c->handler.arg, c);
}

static void connection_settled(void *arg)
{
	struct connection *c = arg;

	c->timer = NULL;
	come_up(c);
}

static void fell_behind(void *arg)
{
	connection_break(arg, "an old primary");
}

static void connection_asked(struct connection *c)
{
	if (!primary_use(&c->primary)) {
		connection_drop(c, "an old primary");
	} else if (c->settled) {
		come_up(c);
	} else {
		connection_unwatch(c);
		connection_set_timer(c, SETTLE_MS, connection_settled);
	}
}

/* A server that may not be asked says so, and is taken as it is. */
static void ask_step(struct connection *c)
{
	bool alive = PQconsumeInput(c->pg);

	while (alive && !PQisBusy(c->pg)) {
		PGresult *r = PQgetResult(c->pg);

		if (!r) {
			connection_asked(c);
			return;
		}
		if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1)
			c->primary.at = primary_read(PQgetvalue(r, 0, 0));
		PQclear(r);
	}
	if (alive)
		connection_watch(c, PQflush(c->pg) ? DB_READABLE | DB_WRITEABLE : DB_READABLE);
	else
		connection_drop(c, "lost");
}

static void connection_ask(struct connection *c)
{
	const char *superuser = PQparameterStatus(c->pg, "is_superuser");

	c->primary.at = (struct primary){ 0 };
	if (superuser && !strcmp(superuser, "on")) {
		connection_drop(c, "is a superuser, whom no policy binds");
	} else if (PQsetnonblocking(c->pg, 1) || !PQsendQuery(c->pg, primary_sql)) {
		connection_drop(c, "cannot be asked");
	} else {
		c->state = STATE_ASKING;
		connection_watch(c, DB_READABLE | DB_WRITEABLE);
	}
}

static void connect_step(struct connection *c)
{
	PostgresPollingStatusType step;

	connection_unwatch(c);
	step = PQconnectPoll(c->pg);
	if (step == PGRES_POLLING_READING)
		connection_watch(c, DB_READABLE);
	else if (step == PGRES_POLLING_WRITING)
		connection_watch(c, DB_WRITEABLE);
	else if (step == PGRES_POLLING_OK)
		connection_ask(c);
	else
		connection_drop(c, "cannot connect");
}

static void connection_begin(void *arg)
{
	struct connection *c = arg;
	const char *const *keywords, *const *values;

	c->timer = NULL;
	if (c->attempts >= REFRESH_FROM)
		conninfo_refresh(c->info);
	conninfo_words(c->info, c->turn + c->attempts, &keywords, &values);
	c->state = STATE_CONNECTING;
	c->pg = PQconnectStartParams(keywords, values, 0);
	if (!c->pg || PQstatus(c->pg) == CONNECTION_BAD) {
		connection_drop(c, "cannot begin to connect");
		return;
	}
	PQsetErrorVerbosity(c->pg, PQERRORS_VERBOSE);
	PQsetNoticeReceiver(c->pg, connection_notice, c);
	connection_set_timer(c, CONNECT_MS, connection_late);
	connection_watch(c, DB_WRITEABLE);
}

void connection_nudge(struct connection *c)
{
	if (c->state == STATE_PAUSE && c->attempts > 0) {
		c->attempts = 1;
		connection_set_timer(c, 0, connection_begin);
	}
}

/* --- results ------------------------------------------------------------------------------------------------------------- */

/* Takes what belongs to the job. Returns whether it was its sync. */
static bool take_result(struct connection *c, struct job *j, PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	if (status == PGRES_FATAL_ERROR && !j->failure) {
		if (j->preparing)
			connection_forget(c, j->statement);
		j->failure = r;
	} else if (j->preparing && status == PGRES_COMMAND_OK) {
		j->preparing = false;
		PQclear(r);
	} else if ((status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) && !j->result) {
		j->result = r;
	} else {
		PQclear(r);
	}
	return status == PGRES_PIPELINE_SYNC;
}

static void finish_first(struct connection *c, struct job *j)
{
	list_remove(&j->node);
	c->in_flight--;
	c->progress_at = clock_ms();
	c->handler.finished(c->handler.arg, c, j, false);
}

/* Results of one query end with a NULL; two in a row mean that there is nothing to be had. */
static void take_results(struct connection *c)
{
	int nulls = 0;

	while (!c->broken && nulls < 2 && c->in_flight > 0 && !PQisBusy(c->pg)) {
		PGresult *r = PQgetResult(c->pg);
		struct job *j = LIST_ITEM(list_first(&c->jobs), struct job, node);

		nulls = r ? 0 : nulls + 1;
		if (r && take_result(c, j, r))
			finish_first(c, j);
	}
	if (!c->broken && c->in_flight == 0)
		PQisBusy(c->pg);	/* for its side effect: parses notices and notifications */
}

static void take_notifications(struct connection *c)
{
	PGnotify *n;

	while (!c->broken && (n = PQnotifies(c->pg))) {
		if (c->handler.notified)
			c->handler.notified(c->handler.arg, n->relname, n->extra);
		PQfreemem(n);
	}
}

static void flush(struct connection *c)
{
	int left = PQflush(c->pg);

	if (left < 0)
		connection_break(c, "cannot send");
	else
		connection_watch(c, left ? DB_READABLE | DB_WRITEABLE : DB_READABLE);
}

static void connection_ready(void *arg, int events)
{
	struct connection *c = arg;
	bool alive = true;

	if (c->broken)
		return;
	if (c->state == STATE_CONNECTING) {
		connect_step(c);
		return;
	}
	if (c->state == STATE_ASKING) {
		ask_step(c);
		return;
	}
	if (events & DB_READABLE)
		alive = PQconsumeInput(c->pg);
	take_results(c);
	take_notifications(c);
	if (!alive || PQstatus(c->pg) == CONNECTION_BAD)
		connection_drop(c, "lost");
	else if (!c->broken)
		flush(c);
}

/* --- sending ------------------------------------------------------------------------------------------------------------- */

static struct prepared *prepared_of(struct connection *c, const struct statement *s)
{
	if (s->id >= c->prepared_count) {
		unsigned int count = s->id + PREPARED_STEP;
		struct prepared *more = realloc(c->prepared, count * sizeof(*more));

		if (!more)
			return NULL;
		memset(more + c->prepared_count, 0, (count - c->prepared_count) * sizeof(*more));
		c->prepared = more;
		c->prepared_count = count;
	}
	return &c->prepared[s->id];
}

void connection_forget(struct connection *c, const struct statement *s)
{
	struct prepared *p = prepared_of(c, s);

	if (p && p->ready) {
		p->ready = false;
		p->generation++;
	}
}

static bool send_job(struct connection *c, struct job *j)
{
	char name[STATEMENT_NAME_MAX];
	struct prepared *p = prepared_of(c, j->statement);

	if (!p)
		return false;
	snprintf(name, sizeof(name), "%u.%hu.%.40s", j->statement->id, p->generation, j->statement->name);
	if (!p->ready) {
		if (!PQsendPrepare(c->pg, name, j->statement->sql, 0, NULL))
			return false;
		p->ready = j->preparing = true;
	}
	return PQsendQueryPrepared(c->pg, name, j->count, j->values, j->lengths, j->formats, 0) && PQpipelineSync(c->pg);
}

void connection_send(struct connection *c, struct job *j)
{
	list_move(&c->jobs, &j->node);
	if (c->in_flight++ == 0)
		c->progress_at = clock_ms();
	if (c->broken)
		return;
	if (send_job(c, j))
		flush(c);
	else
		connection_break(c, "cannot send");
}

/* --- life ---------------------------------------------------------------------------------------------------------------- */

struct connection *connection_new(struct conninfo *info, const char *label, const struct db_loop *loop,
	const struct connection_handler *handler, unsigned int pause_ms)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->info = info;
	c->turn = conninfo_turn(info);
	c->settled = conninfo_hosts(info) < 2;
	c->primary.behind = fell_behind;
	c->primary.arg = c;
	c->label = label;
	c->loop = *loop;
	c->handler = *handler;
	list_init(&c->jobs);
	connection_set_timer(c, pause_ms, connection_begin);
	return c;
}

void connection_free(struct connection *c)
{
	if (!c)
		return;
	close_socket(c);
	c->state = STATE_PAUSE;
	lose_jobs(c);
	free(c->prepared);
	free(c);
}

bool connection_is_up(const struct connection *c)
{
	return c->state == STATE_UP && !c->broken;
}

bool connection_is_away(const struct connection *c)
{
	return c->state != STATE_UP && c->attempts > 0;
}

bool connection_is_unknown(const struct connection *c)
{
	return c->unknown;
}

int connection_in_flight(const struct connection *c)
{
	return c->in_flight;
}

struct list *connection_jobs(struct connection *c)
{
	return &c->jobs;
}

int64_t connection_stall(const struct connection *c, int64_t now)
{
	return c->in_flight ? now - c->progress_at : 0;
}
