/* fake_db.h - db/db.h without a database: what is submitted waits until the test answers it. Included by the one file of a test program. */
#ifndef NINETWO_FAKE_DB_H
#define NINETWO_FAKE_DB_H

#include "db/db.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FAKE_PENDING_MAX = 256 };

struct fake_request {
	enum db_kind kind;
	bool repeatable;
	char name[128];
	char sql[2048];
	int count;
	char *params[DB_PARAMS_MAX];
	db_done_fn done;
	void *arg;
};

struct db {
	struct fake_request pending[FAKE_PENDING_MAX];
	int count;
	int submitted;
	bool full;		/* refuses with E_NOT_NOW */
};

static struct db *fake_db_new(void)
{
	return calloc(1, sizeof(struct db));
}

static char *fake_copy(const struct db_param *p)
{
	size_t length = p->binary ? (size_t)p->length : p->value ? strlen(p->value) : 0;
	char *copy = p->value ? calloc(1, length + 1) : NULL;

	if (copy)
		memcpy(copy, p->value, length);
	return copy;
}

enum error_code db_submit(struct db *db, const struct db_request *request, struct error *err)
{
	struct fake_request *f;

	if (db->full)
		return error_set(err, E_NOT_NOW, NULL);
	assert(db->count < FAKE_PENDING_MAX);
	f = &db->pending[db->count++];
	db->submitted++;
	*f = (struct fake_request){ .kind = request->kind, .repeatable = request->repeatable, .count = request->count,
		.done = request->done, .arg = request->arg };
	strncpy(f->name, request->name, sizeof f->name - 1);
	strncpy(f->sql, request->sql, sizeof f->sql - 1);
	for (int i = 0; i < request->count; i++)
		f->params[i] = fake_copy(&request->params[i]);
	return OK;
}

static void fake_forget(struct fake_request *f)
{
	for (int i = 0; i < f->count; i++)
		free(f->params[i]);
}

/* Takes the nth waiting request out. */
static struct fake_request fake_take(struct db *db, int n)
{
	struct fake_request f;

	assert(n < db->count);
	f = db->pending[n];
	db->count--;
	memmove(&db->pending[n], &db->pending[n + 1], (size_t)(db->count - n) * sizeof f);
	return f;
}

__attribute__((unused)) static void fake_db_answer_nth(struct db *db, int n, const char *text)
{
	struct fake_request f = fake_take(db, n);
	struct db_result result = { .text = text, .length = text ? strlen(text) : 0, .rows = text ? 1 : 0 };
	struct error err = { 0 };

	f.done(f.arg, &result, &err);
	error_clear(&err);
	fake_forget(&f);
}

__attribute__((unused)) static void fake_db_answer(struct db *db, const char *text)
{
	fake_db_answer_nth(db, 0, text);
}

__attribute__((unused)) static void fake_db_refuse(struct db *db, enum error_code code, const char *message, const char *data)
{
	struct fake_request f = fake_take(db, 0);
	struct error err = { 0 };

	error_set(&err, code, "%s", message);
	if (data)
		error_set_data(&err, data);
	f.done(f.arg, NULL, &err);
	error_clear(&err);
	fake_forget(&f);
}

/* As db_free does: whatever is left is answered. */
void db_free(struct db *db)
{
	if (!db)
		return;
	while (db->count)
		fake_db_refuse(db, E_NOT_NOW, "The server is shutting down.", NULL);
	free(db);
}

__attribute__((unused)) static struct fake_request *fake_db_last(struct db *db)
{
	return db->count ? &db->pending[db->count - 1] : NULL;
}

struct db *db_new(const struct db_config *config, const struct db_loop *loop, struct error *err)
{
	(void)config;
	(void)loop;
	(void)err;
	return fake_db_new();
}

void db_drain(struct db *db, unsigned int grace_ms, void (*drained)(void *arg), void *arg)
{
	(void)db;
	(void)grace_ms;
	drained(arg);
}

bool db_ready(const struct db *db)
{
	return !db->full;
}

void db_on_stale_catalogue(struct db *db, void (*fn)(void *arg), void *arg)
{
	(void)db;
	(void)fn;
	(void)arg;
}

void db_on_committed(struct db *db, void (*fn)(void *arg), void *arg)
{
	(void)db;
	(void)fn;
	(void)arg;
}

void db_statistics(const struct db *db, struct db_statistics *out)
{
	*out = (struct db_statistics){ .queued = db->count };
}

#endif
