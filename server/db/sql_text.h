/* sql_text.h - SQL text taken apart as PostgreSQL's own scanner does: into tokens, and into statements. Pure;
 * borrows the text. */
#ifndef NINETWO_DB_SQL_TEXT_H
#define NINETWO_DB_SQL_TEXT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum sql_token_kind {
	SQL_END,
	SQL_WORD,		/* a key word or a name without quotation marks */
	SQL_NAME,		/* "…" */
	SQL_STRING,		/* '…', E'…' (with the E), $tag$…$tag$ */
	SQL_NUMBER,
	SQL_SYMBOL,		/* one byte of anything else */
	SQL_BROKEN,		/* a string, name or comment that does not end; the scan goes no further */
};

struct sql_token {
	enum sql_token_kind kind;
	const char *text;
	size_t length;
	int line;		/* that it begins on */
};

/* A place in a text, from which tokens are taken. To begin: { text, text + length, 1 }. */
struct sql_scan {
	const char *at, *end;
	int line;
};

/* Blanks and comments are passed over. At the end, and where it is broken, every further call says the same. */
struct sql_token sql_scan_next(struct sql_scan *s);

/* Whether it is this word, in any case, or this symbol. */
bool sql_token_is(const struct sql_token *t, const char *word);

enum { SQL_NAME_MAX = 64 };	/* PostgreSQL's limit of a name, with its NUL */
/* The name that a word or a quoted name stands for. False when it is neither, or too long. */
bool sql_token_name(const struct sql_token *t, char out[SQL_NAME_MAX]);

/* One statement: from its first token to its last, without the semicolon. */
struct sql_statement {
	const char *text;
	size_t length;
	int line;
};

/* Takes the next statement. False when there is none left (err is OK), or when the text is not SQL from here on
 * (E_PARAMS, "line n: …"). */
bool sql_statement_next(struct sql_scan *s, struct sql_statement *out, struct error *err);
struct sql_scan sql_statement_scan(const struct sql_statement *s);

#endif
