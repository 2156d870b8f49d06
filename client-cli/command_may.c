/* command_may.c - `ninetwo may NOUN REF…`: which verbs the caller could use now on some records, and why not the others. */
#include "client-cli/command.h"

#include "base/error.h"
#include "client-cli/fill.h"
#include "client-cli/output.h"
#include "client-cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

enum { RECORDS_MOST = 50, INDENT = 2, VERB_MAX = 64 };

struct may {
	const struct client *client;
	const char *noun;
	const char **names;		/* of the records, as they were typed */
	const json_t *items;		/* of the answer, in the same order */
};

/* ---- the answer, in rows ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Everything that stands in the way: the refusal, and what else there is. */
static json_t *why(json_t *refusal)
{
	json_t *all = json_array();

	if (json_object_get(refusal, "message"))
		json_array_append(all, refusal);
	json_array_extend(all, json_object_get(refusal, "also"));
	return all;
}

static void add_row(json_t *rows, const char *record, const char *verb, json_t *answer)
{
	json_t *row = record ? json_pack("{s:s}", "record", record) : json_object();
	char typed[VERB_MAX];

	snprintf(typed, sizeof typed, "%s", verb);
	for (char *p = typed; *p; p++)
		if (*p == '_')
			*p = '-';
	json_object_set_new(row, "verb", json_string(typed));
	json_object_set_new(row, "may", json_boolean(json_is_true(json_object_get(answer, "allowed"))));
	json_object_set_new(row, "why", why(answer));
	json_array_append_new(rows, row);
}

/* What may be done first, then the rest, each by name. */
static void add_rows(json_t *rows, const char *record, json_t *verbs)
{
	const char **names = calloc(json_object_size(verbs) + 1, sizeof *names), *name;
	size_t count = 0;
	json_t *answer;

	if (!names)
		return;
	json_object_foreach(verbs, name, answer)
		names[count++] = name;
	qsort(names, count, sizeof *names, by_text);
	for (int allowed = 1; allowed >= 0; allowed--)
		for (size_t i = 0; i < count; i++) {
			answer = json_object_get(verbs, names[i]);
			if (json_is_true(json_object_get(answer, "allowed")) == allowed)
				add_row(rows, record, names[i], answer);
		}
	free(names);
}

static json_t *verbs_of(const struct may *m, size_t i)
{
	return json_object_get(json_array_get(m->items, i), "verbs");
}

/* ---- how it is shown ---- */

/* A table for each record, headed by its name where there are several. */
static void put_tables(const struct may *m)
{
	json_t *columns = json_pack("[s, s, s]", "verb", "may", "why"), *rows, *item;
	bool several = json_array_size(m->items) > 1;
	size_t i;

	json_array_foreach(m->items, i, item) {
		rows = json_array();
		add_rows(rows, NULL, verbs_of(m, i));
		if (several)
			fprintf(stdout, "%s%s\n", i ? "\n" : "", m->names[i]);
		if (json_array_size(rows) > 0)
			output_table(stdout, rows, columns, terminal_width(m->client->options.width), several ? INDENT : 0, true);
		else
			fprintf(stdout, "%*s(none)\n", several ? INDENT : 0, "");
		json_decref(rows);
	}
	json_decref(columns);
}

static void put_csv(const struct may *m)
{
	json_t *columns = json_pack("[s, s, s, s]", "record", "verb", "may", "why"), *rows = json_array(), *item;
	size_t i;

	json_array_foreach(m->items, i, item)
		add_rows(rows, m->names[i], verbs_of(m, i));
	output_csv(stdout, rows, columns);
	json_decref(rows);
	json_decref(columns);
}

static bool put(const struct may *m, json_t *answer, struct failure *f)
{
	const struct options *o = &m->client->options;

	if (o->field || o->quiet || o->format == FORMAT_JSON)
		return output_result(stdout, o, &m->client->document, NULL, answer, f);
	(o->format == FORMAT_CSV ? put_csv : put_tables)(m);
	return true;
}

static bool all_there(const struct may *m, struct failure *f)
{
	json_t *item;
	size_t i;

	json_array_foreach(m->items, i, item)
		if (!json_is_object(verbs_of(m, i)))
			return failure_code(f, E_NOT_FOUND, "There is no %s %s, or it is not for you to see.", m->noun, m->names[i]);
	return true;
}

/* ---- the command ---- */

static json_t *ask(struct client *c, const struct may *m, struct failure *f)
{
	json_t *ids = json_array(), *params = json_pack("{s:s, s:o}", "noun", m->noun, "ids", ids), *answer;
	size_t count = 0;

	for (; m->names[count]; count++)
		json_array_append_new(ids, json_string(m->names[count]));
	answer = client_document(c, f) && fill_params(c, "may", params, f) ? client_call(c, "may", params, f) : NULL;
	json_decref(params);
	if (answer && json_array_size(json_object_get(answer, "items")) != count) {
		failure_local(f, "The server answers for other records than it was asked of.");
		json_decref(answer);
		return NULL;
	}
	return answer;
}

bool command_may(struct client *c, struct words *w, struct failure *f)
{
	const char *words[RECORDS_MOST + 2] = { NULL };
	struct may m = { .client = c, .names = words + 1 };
	json_t *answer;
	bool ok;

	if (!command_words(c, w, NULL, words, RECORDS_MOST + 1, f))
		return false;
	m.noun = words[0];
	if (!words[0] || !words[1])
		return failure_usage(f, "may wants a noun and records of it, like: ninetwo may finding IA-2026-01-F-03");
	if (c->options.columns)
		return failure_usage(f, "may has columns of its own.");
	answer = ask(c, &m, f);
	m.items = json_object_get(answer, "items");
	ok = answer && put(&m, answer, f) && all_there(&m, f);
	json_decref(answer);
	return ok;
}
