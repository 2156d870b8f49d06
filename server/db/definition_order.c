/* definition_order.c - the order in which definitions are made; see definition.h. */
#include "db/definition.h"

#include <stdlib.h>
#include <string.h>

struct order {
	const struct definitions *all;
	enum definition_kind first, last;
	bool *seen;			/* by place in all->list */
	const struct definition **list;
	size_t count;
};

static bool is_wanted(const struct order *o, const struct definition *d)
{
	return d->kind >= o->first && d->kind <= o->last;
}

static void place_definition(struct order *o, size_t i);

/* Places the definitions of this name first. A circle is cut where it closes: PostgreSQL then says what it lacks. */
static void place_named(struct order *o, const char *schema, const char *name)
{
	for (size_t i = 0; i < o->all->count; i++) {
		const struct definition *d = &o->all->list[i];

		if (!o->seen[i] && !strcmp(d->name, name) && !strcmp(d->schema, schema) && is_wanted(o, d))
			place_definition(o, i);
	}
}

/* Of a body in a string nothing is seen here, and nothing need be: it is looked into when all are there. */
static void place_what_it_names(struct order *o, const struct definition *d)
{
	struct sql_scan s = sql_statement_scan(&d->text);
	char schema[SQL_NAME_MAX], name[SQL_NAME_MAX];
	struct sql_token t = sql_scan_next(&s);

	while (t.kind != SQL_END && t.kind != SQL_BROKEN) {
		struct sql_scan ahead = s;
		struct sql_token dot = sql_scan_next(&ahead), after = sql_scan_next(&ahead);

		if (sql_token_is(&dot, ".") && sql_token_name(&t, schema) && sql_token_name(&after, name))
			place_named(o, schema, name);
		t = sql_scan_next(&s);
	}
}

/* Recurses as deep as a chain of definitions that name each other is long: at most as many as there are. */
static void place_definition(struct order *o, size_t i)
{
	const struct definition *d = &o->all->list[i];

	o->seen[i] = true;
	if (d->kind == DEFINES_FUNCTION || d->kind == DEFINES_VIEW)
		place_what_it_names(o, d);
	o->list[o->count++] = d;
}

static int by_table(const void *a, const void *b)
{
	const struct definition *x = *(const struct definition *const *)a, *y = *(const struct definition *const *)b;
	int d = strcmp(x->schema, y->schema);

	if (!d)
		d = strcmp(x->name, y->name);
	if (!d)
		d = (int)x->kind - (int)y->kind;
	return d ? d : strcmp(x->own, y->own);
}

static enum error_code refuse_guard_twice(const struct order *o, struct error *err)
{
	for (size_t i = 1; i < o->count; i++) {
		const struct definition *a = o->list[i - 1], *b = o->list[i];

		if (!by_table(&a, &b))
			return error_set(err, E_BUSINESS, "sql/%s:%d: %s of %s.%s is defined in sql/%s:%d too.", b->file->name,
				b->text.line, b->own, b->schema, b->name, a->file->name, a->text.line);
	}
	return OK;
}

const struct definition **definitions_of(const struct definitions *all, enum definition_kind first,
	enum definition_kind last, size_t *count, struct error *err)
{
	struct order o = { .all = all, .first = first, .last = last };

	o.seen = calloc(all->count + 1, sizeof(*o.seen));
	o.list = calloc(all->count + 1, sizeof(*o.list));
	if (!o.seen || !o.list)
		error_set(err, E_INTERNAL, NULL);
	for (size_t i = 0; err->code == OK && i < all->count; i++)
		if (!o.seen[i] && is_wanted(&o, &all->list[i]))
			place_definition(&o, i);
	if (err->code == OK && first >= DEFINES_POLICY) {
		qsort(o.list, o.count, sizeof(*o.list), by_table);
		refuse_guard_twice(&o, err);
	}
	free(o.seen);
	*count = o.count;
	if (err->code == OK)
		return o.list;
	free(o.list);
	return NULL;
}
