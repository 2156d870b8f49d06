/* fake_listener.h - db/listener.h without a database: queries wait until the test answers them, with rows of text. Included by the one
 * file of a test program. */
#ifndef NINETWO_FAKE_LISTENER_H
#define NINETWO_FAKE_LISTENER_H

#include "db/listener.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAKE_QUERIES_MAX = 64, FAKE_COLUMNS_MAX = 12 };

struct fake_query {
	char name[64];
	char params[4][8192];
	db_done_fn done;
	void *arg;
};

struct listener {
	struct listener_config config;
	bool up;
	struct fake_query queries[FAKE_QUERIES_MAX];
	int count;
};

static struct listener *fake_listener;	/* the last that was made */

struct listener *listener_new(const struct listener_config *config, const struct db_loop *loop, struct error *err)
{
	struct listener *l = calloc(1, sizeof *l);

	(void)loop;
	(void)err;
	assert(l);
	l->config = *config;
	return fake_listener = l;
}

bool listener_up(const struct listener *l)
{
	return l->up;
}

enum error_code listener_query(struct listener *l, const struct db_request *request, struct error *err)
{
	struct fake_query *q;

	if (!l->up)
		return error_set(err, E_NOT_NOW, NULL);
	assert(l->count < FAKE_QUERIES_MAX);
	q = &l->queries[l->count++];
	*q = (struct fake_query){ .done = request->done, .arg = request->arg };
	snprintf(q->name, sizeof q->name, "%s", request->name);
	for (int i = 0; i < request->count; i++)
		snprintf(q->params[i], sizeof q->params[i], "%s", request->params[i].value);
	return OK;
}

/* The first waiting query of that name, or -1. */
static int fake_query_named(const struct listener *l, const char *name)
{
	for (int i = 0; i < l->count; i++)
		if (strcmp(l->queries[i].name, name) == 0)
			return i;
	return -1;
}

static struct fake_query fake_query_take(struct listener *l, int n)
{
	struct fake_query q;

	assert(n >= 0 && n < l->count);
	q = l->queries[n];
	l->count--;
	memmove(&l->queries[n], &l->queries[n + 1], (size_t)(l->count - n) * sizeof q);
	return q;
}

struct fake_rows { int columns; const char *const *cells; };

static const char *fake_get(const struct db_result *r, int row, int column)
{
	const struct fake_rows *rows = r->opaque;

	return rows->cells[row * rows->columns + column];
}

/* Answers the query of that name, which there must be. cells: row after row. */
static void fake_query_answer(struct listener *l, const char *name, int rows, int columns, const char *const *cells)
{
	struct fake_query q = fake_query_take(l, fake_query_named(l, name));
	struct fake_rows table = { .columns = columns, .cells = cells };
	struct db_result result = { .text = rows ? cells[0] : NULL, .length = rows && cells[0] ? strlen(cells[0]) : 0, .rows = rows,
		.get = fake_get, .opaque = &table };
	struct error err = { 0 };

	q.done(q.arg, &result, &err);
	error_clear(&err);
}

static void fake_query_answer_text(struct listener *l, const char *name, const char *text)
{
	fake_query_answer(l, name, 1, 1, (const char *const[]){ text });
}

static void fake_query_refuse(struct listener *l, const char *name, enum error_code code)
{
	struct fake_query q = fake_query_take(l, fake_query_named(l, name));
	struct error err = { 0 };

	error_set(&err, code, NULL);
	q.done(q.arg, NULL, &err);
	error_clear(&err);
}

/* The session comes, or goes with whatever is under way. */
__attribute__((unused)) static void fake_listener_state(struct listener *l, bool up)
{
	l->up = up;
	while (!up && l->count)
		fake_query_refuse(l, l->queries[0].name, E_NOT_NOW);
	if (l->config.state)
		l->config.state(l->config.arg, up);
}

void listener_free(struct listener *l)
{
	if (!l)
		return;
	l->up = false;
	while (l->count)
		fake_query_refuse(l, l->queries[0].name, E_NOT_NOW);
	free(l);
}

__attribute__((unused)) static const void *fake_listener_uses[] = { fake_query_answer_text };

#endif
