/* catalogue.c - see catalogue.h. */
#include "db/catalogue.h"

#include "db/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 300 };

static const char *of(const json_t *row, const char *key)
{
	const char *value = json_string_value(json_object_get(row, key));

	return value ? value : "";
}

/* The rows of a file; caller frees. NULL and err naming the file. */
static json_t *rows_of(const struct sql_file *file, const char *const *keys, struct error *err)
{
	struct error why = { 0 };
	json_t *rows = csv_rows(file->text, keys, &why);

	if (!rows)
		error_set(err, E_PARAMS, "sql/%s, %s.", file->name, why.message);
	error_clear(&why);
	return rows;
}

/* The same as JSON text. */
static char *rows_text(const struct sql_file *file, const char *const *keys, struct error *err)
{
	json_t *rows = rows_of(file, keys, err);
	char *text = rows ? json_dumps(rows, JSON_COMPACT) : NULL;

	if (rows && !text)
		error_set(err, E_INTERNAL, NULL);
	json_decref(rows);
	return text;
}

static enum error_code load_catalogue(struct session *s, const json_t *entry, const struct sql_file *file,
	struct error *err)
{
	static const char *const mapping_keys[] = { "source", "target", "strength", NULL };
	bool mapping = *of(entry, "target_name");
	char *rows = rows_text(file, mapping ? mapping_keys : NULL, err);
	struct session_rows *result = NULL;

	if (!rows)
		return err->code;
	if (mapping)
		session_query(s, "select app.mapping_load($1, $2, $3, $4, $5, $6::jsonb)", 6, (const char *const[]){ of(entry, "name"),
			of(entry, "edition"), of(entry, "target_name"), of(entry, "target_edition"), of(entry, "origin"), rows }, &result, err);
	else
		session_query(s, "select app.catalogue_load($1, $2, $3::jsonb)", 3,
			(const char *const[]){ of(entry, "name"), of(entry, "edition"), rows }, &result, err);
	rows_free(result);
	free(rows);
	return err->code;
}

static enum error_code load_all(struct session *s, const struct sql_source *source, const json_t *index, struct error *err)
{
	json_t *entry;
	size_t i;

	json_array_foreach(index, i, entry) {
		char name[NAME_MAX_BYTES];
		const struct sql_file *file;

		snprintf(name, sizeof(name), "catalogues/%s", of(entry, "file"));
		file = sql_source_named(source, name);
		if (!file)
			return error_set(err, E_NOT_FOUND, "sql/catalogues/index.csv names %s, which is not there.", of(entry, "file"));
		if (load_catalogue(s, entry, file, err) != OK)
			return err->code;
	}
	return OK;
}

enum error_code catalogues_load(struct session *s, const struct sql_source *source, struct error *err)
{
	const struct sql_file *file = sql_source_named(source, "catalogues/index.csv");
	struct error ignored = { 0 };
	json_t *index = file ? rows_of(file, NULL, err) : NULL;

	if (!index)
		return err->code;
	if (session_run(s, NULL, "begin; set role ninetwo_owner", err) == OK && load_all(s, source, index, err) == OK)
		session_run(s, NULL, "commit; reset role", err);
	else
		session_run(s, NULL, "rollback; reset role", &ignored);
	error_clear(&ignored);
	json_decref(index);
	return err->code;
}
