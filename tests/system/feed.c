/* feed.c - subscribing, resuming, remembering. */
#include "tests/system/feed.h"

#include "base/error.h"
#include "tests/system/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As any client does: a server that has just come up says "not now" for a moment. */
static json_t *subscribe(struct member *m, const json_t *params)
{
	int64_t deadline = deadline_after(PATIENCE_MS);
	json_t *out;
	int code;

	while ((code = member_call(m, "events.subscribe", json_deep_copy(params), &out)) == E_NOT_NOW && deadline_left(deadline) > 0) {
		json_decref(out);
		usleep(50000);
	}
	expect(code == 0, "events.subscribe: %d", code);
	return out;
}

static void open_feed(struct feed *f, struct member *m, const json_t *params)
{
	json_t *opened = subscribe(m, params);
	const char *incarnation = json_string_value(json_object_get(opened, "incarnation"));

	f->member = m;
	f->resync = json_is_true(json_object_get(opened, "resync"));
	if (incarnation)
		snprintf(f->incarnation, sizeof f->incarnation, "%s", incarnation);
	if (f->resync || !json_object_get(params, "after"))
		f->position = json_integer_value(json_object_get(opened, "position"));
	json_decref(opened);
}

void feed_subscribe(struct feed *f, struct member *m)
{
	json_t *params = json_object();

	open_feed(f, m, params);
	json_decref(params);
}

static json_t *from_here(const struct feed *f)
{
	json_t *params = json_pack("{s:I}", "after", f->position);

	if (f->incarnation[0])
		json_object_set_new(params, "incarnation", json_string(f->incarnation));
	return params;
}

void feed_resume(struct feed *f, struct member *m)
{
	json_t *params = from_here(f);

	open_feed(f, m, params);
	json_decref(params);
}

void feed_ask(struct feed *f, struct member *m)
{
	struct failure failure = { 0 };
	json_t *params = member_parameters(m, "events.subscribe", from_here(f));
	json_int_t id;

	f->member = m;
	expect(connection_post(m->connection, "events.subscribe", params, &id, &failure), "events.subscribe: %s", failure.message);
	json_decref(params);
}

static void remember(struct feed *f, const json_t *e)
{
	struct seen s = { .position = json_integer_value(json_object_get(e, "position")),
			  .version = json_integer_value(json_object_get(e, "version")) };
	const char *kind = json_string_value(json_object_get(e, "kind")), *subject = json_string_value(json_object_get(e, "subject"));

	expect(s.position > f->position, "position %lld comes after %lld", (long long)s.position, (long long)f->position);
	snprintf(s.kind, sizeof s.kind, "%s", kind ? kind : "");
	snprintf(s.subject, sizeof s.subject, "%s", subject ? subject : "");
	if (f->count == f->room) {
		f->room = f->room ? 2 * f->room : 64;
		f->events = realloc(f->events, f->room * sizeof *f->events);
		expect(f->events, "memory");
	}
	f->events[f->count++] = s;
	f->position = s.position;
}

void feed_collect(struct feed *f, size_t count)
{
	json_t *e;

	while (f->count < count) {
		e = member_notified(f->member, "event");
		expect(e, "waited a minute in vain, or lost the connection: event %zu of %zu comes", f->count + 1, count);
		remember(f, e);
		json_decref(e);
	}
}

size_t feed_times(const struct feed *f, const char *kind, const char *subject)
{
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++)
		n += strcmp(f->events[i].kind, kind) == 0 && strcmp(f->events[i].subject, subject) == 0;
	return n;
}

const struct seen *feed_find(const struct feed *f, const char *kind, const char *subject)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->events[i].kind, kind) == 0 && strcmp(f->events[i].subject, subject) == 0)
			return &f->events[i];
	return NULL;
}

void feed_clear(struct feed *f)
{
	free(f->events);
	*f = (struct feed){ 0 };
}
