/* csv.c - see csv.h. */
#include "db/csv.h"

#include "base/buffer.h"

#include <string.h>

enum { FIELD_MAX = 64 * 1024 };

struct reader {
	const char *at;
	int line;
	struct buffer field;
};

/* Reads one field up to its comma or the end of its line. */
static enum error_code read_field(struct reader *r, struct error *err)
{
	bool quoted = *r->at == '"';

	buffer_reset(&r->field);
	if (quoted)
		r->at++;
	for (; *r->at; r->at++) {
		if (quoted && *r->at == '"' && r->at[1] == '"')
			r->at++;
		else if (quoted ? *r->at == '"' : *r->at == ',' || *r->at == '\n' || *r->at == '\r')
			break;
		r->line += *r->at == '\n';
		buffer_append(&r->field, r->at, 1);
	}
	if (quoted && *r->at++ != '"')
		return error_set(err, E_PARAMS, "line %d: a quotation mark is missing", r->line);
	if (*r->at && !strchr(",\r\n", *r->at))
		return error_set(err, E_PARAMS, "line %d: text after a quotation mark", r->line);
	return r->field.failed ? error_set(err, E_PARAMS, "line %d: a field is too long", r->line) : OK;
}

/* One line's fields. NULL and err when they cannot be read. */
static json_t *read_line(struct reader *r, struct error *err)
{
	json_t *fields = json_array();
	bool more = true;

	while (more) {
		if (read_field(r, err) != OK || json_array_append_new(fields, json_string(buffer_text(&r->field)))) {
			if (err->code == OK)
				error_set(err, E_PARAMS, "line %d: not UTF-8", r->line);
			json_decref(fields);
			return NULL;
		}
		more = *r->at == ',';
		if (more)
			r->at++;
	}
	while (*r->at == '\r')
		r->at++;
	if (*r->at == '\n') {
		r->at++;
		r->line++;
	}
	return fields;
}

static json_t *csv_row(const json_t *fields, const json_t *header, const char *const *keys)
{
	json_t *row = json_object(), *field;
	size_t i;

	json_array_foreach(fields, i, field) {
		const char *key = keys ? keys[i] : json_string_value(json_array_get(header, i));

		if (!key)
			break;
		json_object_set(row, key, field);
	}
	return row;
}

json_t *csv_rows(const char *text, const char *const *keys, struct error *err)
{
	struct reader r = { .at = text, .line = 1 };
	json_t *rows = json_array(), *header, *fields = NULL;

	buffer_init(&r.field, FIELD_MAX);
	header = read_line(&r, err);
	while (err->code == OK && *r.at) {
		int line = r.line;

		fields = read_line(&r, err);
		if (fields && json_array_size(fields) != json_array_size(header))
			error_set(err, E_PARAMS, "line %d: %zu fields where the header has %zu", line, json_array_size(fields), json_array_size(header));
		if (fields && err->code == OK)
			json_array_append_new(rows, csv_row(fields, header, keys));
		json_decref(fields);
	}
	json_decref(header);
	buffer_clear(&r.field);
	if (err->code == OK)
		return rows;
	json_decref(rows);
	return NULL;
}
