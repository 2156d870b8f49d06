/* definition.h - what the files of sql/core, sql/rules and sql/nouns define, each thing once: read, judged and put in
 * order. Pure.
 *
 * Such a file holds these statements, in any order, and no others:
 *   create or replace function|procedure, create view, create policy, create [constraint] trigger,
 *   comment on … (but of a policy or a trigger: those comments are the loader's), grant … on …, revoke … on …
 * Whose a thing is follows from the schema it is in. */
#ifndef NINETWO_DB_DEFINITION_H
#define NINETWO_DB_DEFINITION_H

#include "db/sql_source.h"
#include "db/sql_text.h"

enum definition_kind { DEFINES_FUNCTION, DEFINES_VIEW, DEFINES_GRANT, DEFINES_POLICY, DEFINES_TRIGGER };

enum { DEFINITION_DIGEST = 17 };	/* 16 hexadecimal digits and a NUL */

struct definition {
	enum definition_kind kind;		/* a comment counts as a grant */
	const struct sql_file *file;		/* borrowed from the source */
	struct sql_statement text;
	const char *role;			/* who makes it, and whose it then is */
	/* the function or view; the table of a policy or trigger, whose name is `own`; what a grant is about */
	char schema[SQL_NAME_MAX], name[SQL_NAME_MAX], own[SQL_NAME_MAX];
	size_t head;				/* the length of the text before the body, where that is SQL and no string; else 0 */
	bool says_language;
};

struct definitions {
	struct definition *list;
	size_t count, room;
};

/* Adds those of every file whose name begins with prefix. E_BUSINESS names file, line and first words of what does
 * not belong there. The source must outlive them; definitions_clear in any case. */
enum error_code definitions_read(struct definitions *all, const struct sql_source *source, const char *prefix,
	struct error *err);
void definitions_clear(struct definitions *all);

/* Adds those of one text, which must outlive them like a file of the source. */
enum error_code definitions_read_file(struct definitions *all, const struct sql_file *file, struct error *err);
/* Adds a copy of each of others. */
enum error_code definitions_add(struct definitions *all, const struct definitions *others, struct error *err);

/* Those of one kind, as a list of `count` that the caller frees: functions and views after those that they name, so
 * that each is made when what it needs is there; policies and triggers by table and name; the others as they stand.
 * NULL and err when out of memory, or when one policy or trigger is defined twice. An empty list is not NULL. */
const struct definition **definitions_of(const struct definitions *all, enum definition_kind first,
	enum definition_kind last, size_t *count, struct error *err);

/* The digest of its text, in which blanks, comments and the case of words do not count. */
void definition_digest(const struct definition *d, char out[DEFINITION_DIGEST]);

/* The line on which the body of a function begins; that of the statement when it has none. */
int definition_body_line(const struct definition *d);

#endif
