/* output.h - results on standard output: tables and records for people, JSON and CSV for programs. */
#ifndef NINETWO_CLIENT_OUTPUT_H
#define NINETWO_CLIENT_OUTPUT_H

#include "client-cli/document.h"
#include "client-cli/options.h"

/* Whether a result of that schema (may be NULL: then nobody knows) can be printed as options ask. Asked before the call: what is found
 * out after it has been done all the same. */
bool output_possible(const struct options *o, const struct document *d, json_t *schema, struct failure *f);

/* Prints a result as options ask. `schema` (may be NULL) is the declared one: it gives the order of fields, which JSON objects from
 * the database do not keep. False with f set: --field or --columns name something that is not there. */
bool output_result(FILE *out, const struct options *o, const struct document *d, json_t *schema, json_t *result, struct failure *f);

/* Names of the columns for a list of records, most telling first: an array of strings, owned by the caller. `asked`: NULL or
 * comma-separated, as the fields are called or as the table heads them. everything: all fields (for CSV). */
json_t *output_columns(const struct document *d, json_t *item_schema, const json_t *items, const char *asked, bool everything);

/* A usage failure when a column is asked for (NULL: none is) that neither the schema nor any of the items has. Without both all are there. */
bool output_columns_known(const struct document *d, json_t *item_schema, const json_t *items, const char *asked, struct failure *f);

/* Within `width` columns, `indent` of them left free. wrap: the last column is wrapped, where it would else be cut. */
void output_table(FILE *out, const json_t *items, const json_t *columns, size_t width, size_t indent, bool wrap);
void output_csv(FILE *out, const json_t *items, const json_t *columns);
void output_record(FILE *out, const struct document *d, json_t *schema, json_t *record, size_t width);
/* Those fields alone, in that order; one that is null is empty. */
void output_fields(FILE *out, const struct document *d, json_t *schema, json_t *record, const json_t *fields, size_t width);
void output_json(FILE *out, const json_t *value);

/* The value as one line of text (lists joined by commas, an object by its message, else as JSON), to be freed. Null and absent are "". */
char *output_cell(const json_t *value);
/* The same for people: a moment to the second, in UTC, without what only a program needs. */
char *output_text(const json_t *value);

#endif
