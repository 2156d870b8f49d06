/* statement.c - see statement.h. A hash of the text, chained. */
#include "db/statement.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static unsigned int statement_bucket(const char *sql)
{
	uint32_t hash = 2166136261u;		/* FNV-1a */

	for (; *sql; sql++)
		hash = (hash ^ (unsigned char)*sql) * 16777619u;
	return (hash ^ hash >> 16) % STATEMENT_BUCKETS;
}

static void statement_free(struct statement *s)
{
	free(s->name);
	free(s->sql);
	free(s);
}

static struct statement *statement_new(const char *name, const char *sql)
{
	struct statement *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->name = strdup(name);
	s->sql = strdup(sql);
	if (!s->name || !s->sql) {
		statement_free(s);
		return NULL;
	}
	return s;
}

const struct statement *statement_of(struct statements *all, const char *name, const char *sql)
{
	struct statement **bucket = &all->bucket[statement_bucket(sql)];
	struct statement *s;

	for (s = *bucket; s; s = s->next)
		if (!strcmp(s->sql, sql))
			return s;
	s = statement_new(name, sql);
	if (!s)
		return NULL;
	s->id = all->count++;
	s->next = *bucket;
	*bucket = s;
	return s;
}

void statements_clear(struct statements *all)
{
	for (int i = 0; i < STATEMENT_BUCKETS; i++) {
		struct statement *s = all->bucket[i], *next;

		for (; s; s = next) {
			next = s->next;
			statement_free(s);
		}
	}
	memset(all, 0, sizeof(*all));
}
