/* sql_source.h - the files of sql/: those built into the program, or those of a folder during development. */
#ifndef NINETWO_DB_SQL_SOURCE_H
#define NINETWO_DB_SQL_SOURCE_H

#include "base/error.h"

#include <stddef.h>

struct sql_file {
	char *name;		/* "roles.sql", "migrations/0001_foundation.sql", "nouns/finding.sql", "catalogues/index.csv" */
	char *text;		/* NUL-terminated */
	size_t length;
};

enum { SQL_CHECKSUM = 65 };	/* SHA-256 in hexadecimal, and its NUL */

struct sql_source;
/* folder NULL: what is built in. NULL and err when the folder holds no roles.sql or a file cannot be read. */
struct sql_source *sql_source_open(const char *folder, struct error *err);
void sql_source_free(struct sql_source *s);	/* accepts NULL */

/* The n-th file whose name begins with prefix, in the order of names; NULL: there are no more. Borrowed. */
const struct sql_file *sql_source_file(const struct sql_source *s, const char *prefix, size_t n);
const struct sql_file *sql_source_named(const struct sql_source *s, const char *name);
void sql_file_checksum(const struct sql_file *file, char out[SQL_CHECKSUM]);
/* The checksum of everything. A database that was brought to exactly this state keeps it. */
void sql_source_checksum(const struct sql_source *s, char out[SQL_CHECKSUM]);

/* Made by embed.sh; ends with a row of NULL. */
struct sql_embedded { const char *name, *begin, *end; };
extern const struct sql_embedded sql_embedded[];

#endif
