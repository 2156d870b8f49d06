/* steady.c - writers and a subscriber that outlive the server. */
#include "tests/system/steady.h"

#include "base/error.h"
#include "tests/system/description.h"
#include "tests/system/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPLY_MS = 15000, AGAIN_MS = 20, OWN_PARTIES = 20, RUN_WRITES = 2 * OWN_PARTIES, WRITERS_MAX = 16 };

/* What a writer knows of a party that it made. */
struct own { char id[UUID_SIZE]; long version; };

struct writing {
	struct steady_writer *w;
	struct connection *connection;	/* NULL: lost */
	FILE *log;
	struct own own[OWN_PARTIES];
	int count;			/* writes so far */
};

static bool problem(char text[PROBLEM_MAX], const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool problem(char text[PROBLEM_MAX], const char *fmt, ...)
{
	va_list args;

	if (!text[0]) {
		va_start(args, fmt);
		vsnprintf(text, PROBLEM_MAX, fmt, args);
		va_end(args);
	}
	return false;
}

/* Until there is one, or `stop`. */
static struct connection *connect_again(const struct server *server, const char *token, atomic_bool *stop)
{
	struct connection_options o = { .server = server->address, .token = token, .timeout_ms = REPLY_MS };
	struct connection *c = NULL;

	while (!c && !*stop) {
		struct failure f = { 0 };

		c = connection_open(&o, &f);
		failure_clear(&f);
		if (!c)
			usleep(AGAIN_MS * 1000);
	}
	return c;
}

/* --- the writer --- */

static json_t *ask_once(struct writing *x, const char *method, json_t *params)
{
	struct failure f = { 0 };
	json_int_t id;
	json_t *reply;

	if (!x->connection)
		x->connection = connect_again(x->w->server, x->w->member.token, &x->w->stop);
	if (!x->connection)
		return NULL;
	reply = connection_post(x->connection, method, params, &id, &f) ? connection_reply(x->connection, id, REPLY_MS, &f) : NULL;
	if (!reply) {
		connection_free(x->connection);
		x->connection = NULL;
		x->w->lost++;
	}
	failure_clear(&f);
	return reply;
}

/* The answer to one request, asked for until it comes; NULL: stopped, or refused, which is a problem. */
static json_t *ask(struct writing *x, const char *method, json_t *params)
{
	json_t *reply, *error, *result;

	while (!x->w->stop) {
		reply = ask_once(x, method, params);
		error = json_object_get(reply, "error");
		result = json_incref(json_object_get(reply, "result"));
		if (error && json_integer_value(json_object_get(error, "code")) != E_NOT_NOW) {
			char *said = json_dumps(error, 0);

			problem(x->w->problem, "%s was refused: %s", method, said);
			free(said);
			json_decref(reply);
			return NULL;
		}
		x->w->put_off += error != NULL;
		json_decref(reply);
		if (result)
			return result;
		usleep(AGAIN_MS * 1000);
	}
	return NULL;
}

static bool write_one(struct writing *x, const char *method, json_t *params, struct own *own, const char *name)
{
	char request_id[UUID_SIZE], why[PROBLEM_MAX];
	json_t *result;
	bool changes = json_object_get(params, "version") != NULL;

	member_new_uuid(request_id);
	json_object_set_new(params, "request_id", json_string(request_id));
	json_object_set_new(params, "organisation", json_string(x->w->member.organisation));
	fprintf(x->log, "intent %s %s %s 0 %s\n", request_id, method, changes ? own->id : "-", name);
	fflush(x->log);
	result = ask(x, method, params);
	json_decref(params);
	if (!result)
		return false;
	if (!description_fits(method, result, why, sizeof why))
		problem(x->w->problem, "%s", why);
	snprintf(own->id, sizeof own->id, "%s", json_string_value(json_object_get(result, "id")));
	own->version = (long)json_integer_value(json_object_get(result, "version"));
	fprintf(x->log, "acknowledged %s %s %s %ld %s\n", request_id, method, own->id, own->version, name);
	fflush(x->log);
	x->w->acknowledged++;
	json_decref(result);
	return true;
}

static bool write_next(struct writing *x)
{
	struct own *own = &x->own[x->count % OWN_PARTIES];
	char name[64];

	snprintf(name, sizeof name, "%s-%d-%d", x->w->label, x->w->number, x->count);
	x->count++;
	if (!own->id[0] || x->count % 3 == 0)
		return write_one(x, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", name, "legal_identifier", name,
			"kinds", "supplier"), own, name);
	return write_one(x, "party.update", json_pack("{s:s, s:I, s:s, s:[s]}", "id", own->id, "version", (json_int_t)own->version,
		"name", name, "kinds", "supplier"), own, name);
}

static void *writer_run(void *arg)
{
	struct writing x = { .w = arg };

	x.log = fopen(x.w->path, "w");
	if (!x.log)
		problem(x.w->problem, "%s cannot be written", x.w->path);
	while (x.log && !x.w->stop && write_next(&x))
		;
	if (x.log)
		fclose(x.log);
	connection_free(x.connection);
	return NULL;
}

void steady_write(struct steady_writer *w)
{
	expect(pthread_create(&w->thread, NULL, writer_run, w) == 0, "a thread");
}

void steady_write_end(struct steady_writer *w)
{
	w->stop = true;
	pthread_join(w->thread, NULL);
}

int steady_acknowledged(const struct steady_writer *w, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += w[i].acknowledged;
	return sum;
}

void steady_let_run(const struct steady_writer *w, size_t count)
{
	int from[WRITERS_MAX];

	expect(count <= WRITERS_MAX, "room for %zu writers", count);
	for (size_t i = 0; i < count; i++)
		from[i] = w[i].acknowledged;
	for (size_t i = 0; i < count; i++)
		expect_soon(w[i].acknowledged - from[i] >= RUN_WRITES || w[i].problem[0], "writer %d goes on", w[i].number);
	for (size_t i = 0; i < count; i++)
		expect(!w[i].problem[0], "writer %d: %s", w[i].number, w[i].problem);
}

/* --- the subscriber --- */

static struct connection *subscribe(struct steady_subscriber *s)
{
	struct connection *c = connect_again(s->server, s->member.token, &s->stop);
	json_t *params = json_pack("{s:s, s:I}", "organisation", s->member.organisation, "after", s->feed.position), *opened = NULL;
	struct failure f = { 0 };

	if (c && s->feed.incarnation[0])
		json_object_set_new(params, "incarnation", json_string(s->feed.incarnation));
	if (c)
		opened = connection_call(c, "events.subscribe", params, &f);
	if (opened && json_is_true(json_object_get(opened, "resync")))
		problem(s->problem, "a resync after position %lld", (long long)s->feed.position);
	if (!opened) {
		connection_free(c);
		c = NULL;
		usleep(AGAIN_MS * 1000);
	}
	failure_clear(&f);
	json_decref(params);
	json_decref(opened);
	return c;
}

static bool remember(struct steady_subscriber *s, const json_t *e)
{
	struct feed *f = &s->feed;
	struct seen one = { .position = json_integer_value(json_object_get(e, "position")),
			    .version = json_integer_value(json_object_get(e, "version")) };
	const char *kind = json_string_value(json_object_get(e, "kind")), *subject = json_string_value(json_object_get(e, "subject"));

	if (one.position <= f->position)
		return problem(s->problem, "position %lld came after %lld", (long long)one.position, (long long)f->position);
	snprintf(one.kind, sizeof one.kind, "%s", kind ? kind : "");
	snprintf(one.subject, sizeof one.subject, "%s", subject ? subject : "");
	if (f->count == f->room) {
		f->room = f->room ? 2 * f->room : 1024;
		f->events = realloc(f->events, f->room * sizeof *f->events);
		if (!f->events)
			abort();
	}
	f->events[f->count++] = one;
	f->position = one.position;
	s->reached = one.position;
	return true;
}

static void *subscriber_run(void *arg)
{
	struct steady_subscriber *s = arg;
	struct connection *c = NULL;

	while (!s->stop) {
		struct failure f = { 0 };
		json_t *notification;

		if (!c && !(c = subscribe(s)))
			continue;
		notification = connection_next(c, 100, &f);
		if (notification && strcmp(json_string_value(json_object_get(notification, "method")), "event") == 0)
			remember(s, json_object_get(notification, "params"));
		if (!notification && f.kind != FAILURE_NONE) {
			connection_free(c);
			c = NULL;
			s->lost++;
		}
		json_decref(notification);
		failure_clear(&f);
	}
	connection_free(c);
	return NULL;
}

void steady_subscribe(struct steady_subscriber *s)
{
	struct member m = s->member;
	json_t *opened;

	member_connect(&m, s->server);
	opened = member_must(&m, "events.subscribe", NULL);
	s->from = s->feed.position = json_integer_value(json_object_get(opened, "position"));
	snprintf(s->feed.incarnation, sizeof s->feed.incarnation, "%s", json_string_value(json_object_get(opened, "incarnation")));
	json_decref(opened);
	member_leave(&m);
	expect(pthread_create(&s->thread, NULL, subscriber_run, s) == 0, "a thread");
}

void steady_subscribe_end(struct steady_subscriber *s, json_int_t position)
{
	expect_soon(s->reached >= position, "the subscriber, who has seen up to %lld, sees position %lld", (long long)s->reached, (long long)position);
	s->stop = true;
	pthread_join(s->thread, NULL);
}

/* --- the log --- */

size_t steady_log_read(const char *path, void (*fn)(void *arg, const struct steady_entry *e), void *arg)
{
	char line[512], what[16];
	size_t count = 0;
	FILE *file = fopen(path, "r");

	expect(file, "%s can be read", path);
	while (fgets(line, sizeof line, file)) {
		struct steady_entry e = { 0 };

		expect(sscanf(line, "%15s %36s %31s %36s %ld %63s", what, e.request_id, e.method, e.subject, &e.version, e.name) == 6, "%s", line);
		e.acknowledged = strcmp(what, "acknowledged") == 0;
		fn(arg, &e);
		count++;
	}
	fclose(file);
	return count;
}
