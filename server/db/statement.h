/* statement.h - every distinct SQL text a pool was ever given, numbered, so that a connection notes in an array which it has prepared. */
#ifndef NINETWO_DB_STATEMENT_H
#define NINETWO_DB_STATEMENT_H

struct statement {
	struct statement *next;		/* in its bucket */
	unsigned int id;		/* dense, from 0 */
	char *name, *sql;
};

enum { STATEMENT_BUCKETS = 256, STATEMENT_NAME_MAX = 64 };
struct statements {
	unsigned int count;
	struct statement *bucket[STATEMENT_BUCKETS];
};

/* The statement of this text; taken up, with copies, when it is new. NULL when out of memory. Lives until statements_clear. */
const struct statement *statement_of(struct statements *all, const char *name, const char *sql);
void statements_clear(struct statements *all);

#endif
