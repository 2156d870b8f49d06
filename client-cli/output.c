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

/* items.0.state */
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

static bool put_field(FILE *out, const struct options *o, json_t *result, struct failure *f)
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
	} else if (json_is_array(result) && json_is_object(json_array_get(result, 0))) {
		items = result;
	} else {
		return NULL;
	}
	*item_schema = json_object_get(schema, "items");
	return items;
}

static void put_list(FILE *out, const struct options *o, const struct document *d, json_t *item_schema, json_t *items)
{
	bool csv = o->format == FORMAT_CSV;
	json_t *columns = output_columns(d, item_schema, items, o->columns, csv);

	if (csv)
		output_csv(out, items, columns);
	else if (json_array_size(items) > 0)
		output_table(out, items, columns, terminal_width(o->width), 0, false);
	else
		fputs("(none)\n", out);
	json_decref(columns);
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
		return put_field(out, o, result, f);
	if (o->quiet)
		return true;
	items = list_in(d, schema, result, &item_schema);
	if (o->format == FORMAT_JSON)
		output_json(out, result);
	else if (items)
		put_list(out, o, d, item_schema, items);
	else if (o->format == FORMAT_CSV)
		return failure_usage(f, "--csv is for lists.");
	else if (json_is_object(result))
		output_record(out, d, schema, result, terminal_width(o->width));
	else
		put_scalar(out, result);
	return true;
}
