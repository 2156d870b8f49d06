/* output.c - which form a result is printed in. */
#include "client-cli/output.h"

#include "client-cli/terminal_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void output_json(FILE *out, const json_t *value)
{
	json_dumpf(value, out, JSON_INDENT(2) | JSON_ENCODE_ANY);
	fputc('\n', out);
}

/* Follows a path such as items.0.state. */
static json_t *at_path(json_t *value, const char *path)
{
	char part[128];

	while (value && *path) {
		size_t n = strcspn(path, ".");

		if (n >= sizeof part)
			return NULL;
		memcpy(part, path, n);
		part[n] = '\0';
		value = json_is_array(value) && isdigit((unsigned char)*part) ? json_array_get(value, strtoul(part, NULL, 10)) : json_object_get(value, part);
		path += n + (path[n] == '.');
	}
	return value;
}

static bool put_one_field(FILE *out, const struct options *o, json_t *result, struct failure *f)
{
	json_t *value = at_path(result, o->field);
	char *text;

	if (!value)
		return failure_local(f, "The result has no field %s.", o->field);
	if (json_is_object(value) || (json_is_array(value) && json_is_object(json_array_get(value, 0)))) {
		output_json(out, value);
		return true;
	}
	text = output_cell(value);
	fprintf(out, "%s\n", text);
	free(text);
	return true;
}

/* The records of a list: a page's items, or the result itself. NULL: it is no list. */
static json_t *list_in(const struct document *d, json_t *schema, json_t *result, json_t **item_schema)
{
	json_t *items = json_object_get(result, "items");

	schema = document_schema(d, schema);
	if (json_is_array(items) && json_object_get(result, "after")) {
		schema = document_schema(d, json_object_get(json_object_get(schema, "properties"), "items"));
	} else if (json_is_array(result) && (json_array_size(result) == 0 || json_is_object(json_array_get(result, 0)))) {
		items = result;
	} else {
		return NULL;
	}
	*item_schema = json_object_get(schema, "items");
	return items;
}

/* What the items of a list are, by its schema: a page, or an array. NULL: it is no list. */
static json_t *declared_items(const struct document *d, json_t *schema)
{
	json_t *properties = json_object_get(document_schema(d, schema), "properties");

	if (json_object_get(properties, "items") && json_object_get(properties, "after"))
		schema = json_object_get(properties, "items");
	return document_kind(d, schema) == KIND_ARRAY ? json_object_get(document_schema(d, schema), "items") : NULL;
}

bool output_possible(const struct options *o, const struct document *d, json_t *schema, struct failure *f)
{
	json_t *items = declared_items(d, schema), *record = document_schema(d, items ? items : schema);

	if (o->field || o->quiet || o->format == FORMAT_JSON || !json_object_get(record, "properties"))
		return true;
	if (o->format == FORMAT_CSV && !items)
		return failure_usage(f, "--csv is for lists.");
	return output_columns_known(d, record, NULL, o->columns, f);
}

static bool put_list(FILE *out, const struct options *o, const struct document *d, json_t *item_schema, json_t *items, struct failure *f)
{
	bool csv = o->format == FORMAT_CSV;
	json_t *columns;

	if (!output_columns_known(d, item_schema, items, o->columns, f))
		return failure_local(f, "%s", f->message);
	columns = output_columns(d, item_schema, items, o->columns, csv);
	if (csv)
		output_csv(out, items, columns);
	else if (json_array_size(items) > 0)
		output_table(out, items, columns, terminal_width(o->width), 0, false);
	else
		fputs("(none)\n", out);
	json_decref(columns);
	return true;
}

static bool put_record(FILE *out, const struct options *o, const struct document *d, json_t *schema, json_t *record, struct failure *f)
{
	json_t *alone = json_pack("[O]", record), *fields = NULL;

	if (!o->columns) {
		output_record(out, d, schema, record, terminal_width(o->width));
	} else if (output_columns_known(d, schema, alone, o->columns, f)) {
		fields = output_columns(d, schema, alone, o->columns, false);
		output_fields(out, d, schema, record, fields, terminal_width(o->width));
	} else {
		failure_local(f, "%s", f->message);
	}
	json_decref(fields);
	json_decref(alone);
	return f->kind == FAILURE_NONE;
}

static void put_scalar(FILE *out, const json_t *result)
{
	char *text = output_cell(result);

	if (*text)
		fprintf(out, "%s\n", text);
	free(text);
}

bool output_result(FILE *out, const struct options *o, const struct document *d, json_t *schema, json_t *result, struct failure *f)
{
	json_t *item_schema, *items;

	if (o->field)
		return put_one_field(out, o, result, f);
	if (o->quiet)
		return true;
	items = list_in(d, schema, result, &item_schema);
	if (o->format == FORMAT_JSON)
		output_json(out, result);
	else if (items)
		return put_list(out, o, d, item_schema, items, f);
	else if (o->format == FORMAT_CSV)
		return failure_local(f, "--csv is for lists.");
	else if (json_is_object(result))
		return put_record(out, o, d, schema, result, f);
	else
		put_scalar(out, result);
	return true;
}
