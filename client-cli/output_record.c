/* output_record.c - one record, a field a line; lists of records inside it indented below their name. */
#include "client-cli/output.h"

#include "base/uuid.h"
#include "client-cli/client.h"
#include "client-cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

enum { NESTING_MAX = 6, INDENT = 2, LABEL_MOST = 28 };

struct record_output {
	FILE *out;
	const struct document *document;
	size_t width;
};

static void put_record_fields(const struct record_output *r, json_t *schema, json_t *record, size_t indent);

static size_t label_width(const json_t *record, const json_t *fields)
{
	size_t width = 0, i;
	json_t *field;

	json_array_foreach(fields, i, field) {
		const char *name = json_string_value(field);
		size_t n = strlen(name);

		if (json_object_get(record, name) && !json_is_null(json_object_get(record, name)) && n > width)
			width = n;
	}
	return width > LABEL_MOST ? LABEL_MOST : width;
}

static void put_label(FILE *out, const char *name, size_t indent, size_t width)
{
	size_t n = strlen(name);
	char *label = strdup(name);

	fprintf(out, "%*s", (int)indent, "");
	for (char *p = label; p && *p; p++)
		if (*p == '_')
			*p = ' ';
	terminal_text_print(out, label ? label : name, n);
	fprintf(out, "%*s", (int)(n < width ? width - n : 0) + INDENT, "");
	free(label);
}

/* Whether a value is printed below its name: an object or a list of them, unless each says itself in a sentence. */
static bool holds_records(const json_t *value)
{
	const json_t *one = json_is_array(value) ? json_array_get(value, 0) : value;

	return json_is_object(one) && json_object_size(one) > 0 && !json_object_get(one, "message");
}

static bool is_flat(const json_t *list)
{
	json_t *record, *value;
	const char *name;
	size_t i;

	json_array_foreach(list, i, record)
		json_object_foreach(record, name, value)
			if (holds_records(value))
				return false;
	return true;
}

static void put_table(const struct record_output *r, json_t *schema, json_t *list, size_t indent)
{
	json_t *columns = output_columns(r->document, json_object_get(document_schema(r->document, schema), "items"), list, NULL, false);

	output_table(r->out, list, columns, r->width, indent, true);
	json_decref(columns);
}

static void put_nested(const struct record_output *r, json_t *schema, json_t *value, size_t indent)
{
	json_t *one;
	size_t i;

	fputc('\n', r->out);
	if (json_is_object(value)) {
		put_record_fields(r, schema, value, indent + INDENT);
		return;
	}
	if (is_flat(value)) {
		put_table(r, schema, value, indent + INDENT);
		return;
	}
	json_array_foreach(value, i, one) {
		if (i)
			fputc('\n', r->out);
		put_record_fields(r, json_object_get(document_schema(r->document, schema), "items"), one,
			indent + INDENT);
	}
}

static void put_record_field(const struct record_output *r, json_t *schema, const char *name, json_t *value,
	size_t indent, size_t label)
{
	size_t at = indent + label + INDENT;
	char *text;

	put_label(r->out, name, indent, label);
	if (holds_records(value) && indent < NESTING_MAX * INDENT) {
		put_nested(r, schema, value, indent);
		return;
	}
	text = output_text(value);
	terminal_text_wrap(r->out, text, at, at, r->width);
	fputc('\n', r->out);
	free(text);
}

/* The organisation is always the reader's, and an id that has its name beside it says nothing more. */
static bool is_noise(const json_t *record, const char *name, const json_t *value)
{
	char named[128];

	if (!json_is_string(value) || !uuid_is(json_string_value(value)))
		return false;
	snprintf(named, sizeof named, "%s_name", name);
	return !strcmp(name, "organisation") || json_is_string(json_object_get(record, named));
}

static void put_record_fields(const struct record_output *r, json_t *schema, json_t *record, size_t indent)
{
	json_t *properties = json_object_get(document_schema(r->document, schema), "properties");
	json_t *fields = output_columns(r->document, schema, NULL, NULL, true), *one;
	const char *name;
	size_t i, label;

	/* Fields that the schema does not know come last. */
	json_object_foreach(record, name, one) {
		bool known = json_object_get(properties, name) != NULL;

		if (!known)
			json_array_append_new(fields, json_string(name));
	}
	label = label_width(record, fields);
	json_array_foreach(fields, i, one) {
		json_t *value = json_object_get(record, json_string_value(one));

		if (value && !json_is_null(value) && !is_noise(record, json_string_value(one), value))
			put_record_field(r, json_object_get(properties, json_string_value(one)),
				json_string_value(one), value, indent, label);
	}
	json_decref(fields);
}

void output_fields(FILE *out, const struct document *d, json_t *schema, json_t *record, const json_t *fields, size_t width)
{
	json_t *properties = json_object_get(document_schema(d, schema), "properties"), *field;
	struct record_output r = { out, d, width };
	size_t i, label = 0;

	json_array_foreach(fields, i, field)
		if (json_string_length(field) > label)
			label = json_string_length(field);
	json_array_foreach(fields, i, field) {
		const char *name = json_string_value(field);

		put_record_field(&r, json_object_get(properties, name), name, json_object_get(record, name), 0,
			label > LABEL_MOST ? LABEL_MOST : label);
	}
}

void output_record(FILE *out, const struct document *d, json_t *schema, json_t *record, size_t width)
{
	struct record_output r = { out, d, width };

	put_record_fields(&r, schema, record, 0);
}
